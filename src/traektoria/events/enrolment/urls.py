from django.urls import path

from traektoria.events.enrolment.views import enrolments

urlpatterns = [
    path("<int:pk>/register/people/", enrolments.enrol_people, name="enrol_people"),
    path("<int:pk>/people/", enrolments.event_people, name="event_people"),
    path("registrations/<int:pk>/leave/", enrolments.enrolment_leave, name="enrolment_leave"),
    path("registrations/<int:pk>/remove/", enrolments.enrolment_remove, name="enrolment_remove"),
]
