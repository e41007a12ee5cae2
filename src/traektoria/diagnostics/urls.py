"""Addresses of the room: ``/diagnostics/…``, a module for each of its sub-rooms."""

from traektoria.diagnostics.bank import urls as bank
from traektoria.diagnostics.campaigns import urls as campaigns
from traektoria.diagnostics.findings import urls as findings
from traektoria.diagnostics.instruments import urls as instruments
from traektoria.diagnostics.marking import urls as marking
from traektoria.diagnostics.paper import urls as paper
from traektoria.diagnostics.problem_field import urls as problem_field
from traektoria.diagnostics.protocols import urls as protocols
from traektoria.diagnostics.sittings import urls as sittings

app_name = "diagnostics"
urlpatterns = [
    *sittings.urlpatterns,  # the steps of a sitting come most often, and each address is tried in this order
    *problem_field.urlpatterns,
    *bank.urlpatterns,
    *campaigns.urlpatterns,
    *instruments.urlpatterns,
    *protocols.urlpatterns,
    *paper.urlpatterns,
    *marking.urlpatterns,
    *findings.urlpatterns,
]
