"""Appearance preferences and the gallery of components."""

from django.urls import path

from traektoria.core import views

app_name = "core"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("appearance/", views.appearance, name="appearance"),
]
