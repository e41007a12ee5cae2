from django.urls import path

from traektoria.events.feedback import views

urlpatterns = [
    path("<int:pk>/feedback/", views.feedback, name="feedback"),
    path("<int:pk>/feedback/told/", views.feedback_told, name="feedback_told"),
]
