"""Addresses under /tutors/."""

from django.urls import URLPattern, URLResolver

app_name = "tutors"
urlpatterns: list[URLPattern | URLResolver] = []
