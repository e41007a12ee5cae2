"""Appearance preferences and the gallery of components."""

from django.urls import path

from traektoria.core import views
from traektoria.core.offline_pages import offline_worker

app_name = "core"
urlpatterns = [
    path("offline.js", offline_worker, name="offline_worker"),
    path("", views.gallery, name="gallery"),
    path("find/", views.find, name="find"),
    path("appearance/", views.appearance, name="appearance"),
]
