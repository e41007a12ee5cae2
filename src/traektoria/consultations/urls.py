"""Addresses under /consultations/."""

from traektoria.consultations.requests import urls as requests

app_name = "consultations"
urlpatterns = [*requests.urlpatterns]
