"""Addresses of the room: ``/diagnostics/…``, a module for each of its parts."""

from traektoria.diagnostics.bank import urls as bank
from traektoria.diagnostics.campaigns import urls as campaigns
from traektoria.diagnostics.findings import urls as results
from traektoria.diagnostics.instruments import urls as instruments
from traektoria.diagnostics.marking import urls as marking
from traektoria.diagnostics.problem_field import finding_urls
from traektoria.diagnostics.problem_field import urls as hypotheses
from traektoria.diagnostics.protocols import urls as protocols
from traektoria.diagnostics.sittings import urls as sittings

app_name = "diagnostics"
urlpatterns = [
    *hypotheses.urlpatterns,
    *bank.urlpatterns,
    *campaigns.urlpatterns,
    *instruments.urlpatterns,
    *protocols.urlpatterns,
    *sittings.urlpatterns,
    *marking.urlpatterns,
    *results.urlpatterns,
    *finding_urls.urlpatterns,
]
