"""Addresses under /consultations/."""

from traektoria.consultations.absences import urls as absences
from traektoria.consultations.bookings import urls as bookings
from traektoria.consultations.hours import urls as hours
from traektoria.consultations.load import urls as load
from traektoria.consultations.points import urls as points
from traektoria.consultations.requests import urls as requests
from traektoria.consultations.slots import urls as slots

app_name = "consultations"
urlpatterns = [
    *bookings.urlpatterns,  # first: what many ask in one minute
    *requests.urlpatterns,
    *points.urlpatterns,
    *slots.urlpatterns,
    *hours.urlpatterns,
    *load.urlpatterns,
    *absences.urlpatterns,
]
