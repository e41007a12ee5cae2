"""Addresses under /messages/."""

from django.urls import path

from traektoria.messaging import views

app_name = "messaging"
urlpatterns = [
    path("", views.bell, name="bell"),
    path("read/", views.bell_read, name="bell_read"),
    path("<int:pk>/open/", views.message_open, name="message_open"),
    path("settings/", views.settings, name="settings"),
    path("letters/", views.catalogue, name="catalogue"),
    path("unsubscribe/<str:code>/", views.unsubscribe, name="unsubscribe"),
]
