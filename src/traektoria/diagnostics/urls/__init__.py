"""Addresses of the room: ``/diagnostics/…``, a module for each of its parts."""

from traektoria.diagnostics.urls import (
    bank,
    campaigns,
    findings,
    hypotheses,
    instruments,
    marking,
    protocols,
    results,
    sittings,
)

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
    *findings.urlpatterns,
]
