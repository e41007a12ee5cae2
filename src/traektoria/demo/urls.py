"""The demo's one page."""

from django.urls import path

from traektoria.demo import views

app_name = "demo"
urlpatterns = [path("", views.people, name="people")]
