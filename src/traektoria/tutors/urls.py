"""Addresses under /tutors/, a module for each sub-room."""

from traektoria.tutors.applications import urls as applications
from traektoria.tutors.commission import urls as commission
from traektoria.tutors.orders import urls as orders
from traektoria.tutors.register import urls as register

app_name = "tutors"
urlpatterns = [
    *register.urlpatterns,
    *orders.urlpatterns,
    *commission.urlpatterns,
    *applications.urlpatterns,
]
