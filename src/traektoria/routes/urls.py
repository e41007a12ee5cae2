"""Addresses under /support/, a module for each sub-room."""

from traektoria.routes.groups import urls as groups
from traektoria.routes.needs import urls as needs
from traektoria.routes.offers import urls as offers
from traektoria.routes.route import urls as route
from traektoria.routes.supports import urls as supports

app_name = "routes"
urlpatterns = [
    *groups.urlpatterns,
    *offers.urlpatterns,
    *supports.urlpatterns,
    *route.urlpatterns,
    *needs.urlpatterns,
]
