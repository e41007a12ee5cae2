"""Addresses of the guide."""

from django.urls import path

from traektoria.core import guide

app_name = "help"
urlpatterns = [
    path("", guide.help_page, name="index"),
    path("pictures/<slug:slug>.webp", guide.help_picture, name="picture"),
    path("<slug:slug>/", guide.help_page, name="page"),
]
