"""Addresses under /consultations/."""

from traektoria.consultations.hours import urls as hours
from traektoria.consultations.load import urls as load
from traektoria.consultations.requests import urls as requests

app_name = "consultations"
urlpatterns = [*requests.urlpatterns, *hours.urlpatterns, *load.urlpatterns]
