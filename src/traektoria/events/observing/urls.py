from django.urls import path

from traektoria.events.observing import views

urlpatterns = [
    path("<int:pk>/observe/", views.observe, name="observe"),
    path("<int:pk>/observations/", views.observations, name="observations"),
]
