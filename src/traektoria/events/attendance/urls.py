from django.urls import path

from traektoria.events.attendance import views

urlpatterns = [
    path("dates/<int:pk>/people/", views.date_people, name="date_people"),
    path("attendance/<int:pk>/answer/", views.evidence_answer, name="evidence_answer"),
]
