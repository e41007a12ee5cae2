"""Addresses under /video/."""

from django.urls import path

from traektoria.video.views import connection, meetings

app_name = "video"
urlpatterns = [
    path("centres/", connection.connection_list, name="connection_list"),
    path("centres/<int:pk>/", connection.connection, name="connection"),
    path("centres/<int:pk>/check/", connection.connection_check, name="connection_check"),
    path("centres/<int:pk>/forget/", connection.connection_forget, name="connection_forget"),
    path("<slug:kind>/<int:pk>/", meetings.meeting, name="meeting"),
    path("<slug:kind>/<int:pk>/join/", meetings.join, name="join"),
    path("<slug:kind>/<int:pk>/link/", meetings.link, name="link"),
    path("<slug:kind>/<int:pk>/end/", meetings.end, name="end"),
    path("<slug:kind>/<int:pk>/recordings/", meetings.recordings, name="recordings"),
]
