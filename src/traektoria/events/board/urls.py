from django.urls import path

from traektoria.events.board.views import pages, registration

urlpatterns = [
    path("", pages.event_list, name="event_list"),
    path("<int:pk>/", pages.event_detail, name="event_detail"),
    path("<int:pk>/register/", registration.enrol, name="enrol"),
    path("dates/<int:pk>/", pages.date_detail, name="date_detail"),
]
