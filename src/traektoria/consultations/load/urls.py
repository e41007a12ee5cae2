from django.urls import path

from traektoria.consultations.load import views

urlpatterns = [path("load/", views.load, name="load")]
