from django.urls import path

from traektoria.events.exports import views

urlpatterns = [
    path("<int:pk>/people/file/", views.people_export, name="people_export"),
    path("hours/file/", views.hours_export, name="hours_export"),
]
