"""Addresses under /support/, a module for each sub-room; what is asked most often comes first, for each address before
the right one is tried in vain (four calls)."""

from traektoria.routes.categories import urls as categories
from traektoria.routes.groups import urls as groups
from traektoria.routes.needs import urls as needs
from traektoria.routes.offers import urls as offers
from traektoria.routes.route import urls as route
from traektoria.routes.supports import urls as supports

app_name = "routes"
urlpatterns = [
    *needs.urlpatterns,
    *supports.urlpatterns,
    *route.urlpatterns,
    *groups.urlpatterns,
    *offers.urlpatterns,
    *categories.urlpatterns,
]
