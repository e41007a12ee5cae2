"""Addresses under /plans/."""

from traektoria.planning.fulfilment import urls as fulfilment
from traektoria.planning.imports import urls as imports
from traektoria.planning.plans import urls as plans
from traektoria.planning.reports import urls as reports

app_name = "planning"
urlpatterns = [
    *plans.urlpatterns,
    *fulfilment.urlpatterns,
    *imports.urlpatterns,
    *reports.urlpatterns,
]
