from django.urls import path

from traektoria.events.recommended import views

urlpatterns = [
    path("for-me/", views.recommended, name="recommended"),
    path("for-me/put-off/", views.put_off, name="put_off"),
]
