"""Addresses under /plans/."""

from django.urls import include, path

from traektoria.planning.associations import urls as associations
from traektoria.planning.audits import urls as audits
from traektoria.planning.fulfilment import urls as fulfilment
from traektoria.planning.imports import urls as imports
from traektoria.planning.plans import urls as plans
from traektoria.planning.programmes import urls as programmes
from traektoria.planning.reports import urls as reports
from traektoria.planning.selfcards import urls as selfcards

app_name = "planning"
urlpatterns = [
    *plans.urlpatterns,
    *fulfilment.urlpatterns,
    *imports.urlpatterns,
    *reports.urlpatterns,
    *programmes.urlpatterns,
    *associations.urlpatterns,
    *selfcards.urlpatterns,
    path("audits/", include(audits.urlpatterns)),
]
