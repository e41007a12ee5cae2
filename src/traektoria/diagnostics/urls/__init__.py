"""Addresses of the room: ``/diagnostics/…``, a module for each of its parts."""

from traektoria.diagnostics.urls import hypotheses, instruments

app_name = "diagnostics"
urlpatterns = [*hypotheses.urlpatterns, *instruments.urlpatterns]
