"""What results tell the rooms below: words of the audit, files that count for quotas."""

from django.utils.translation import gettext_lazy

from traektoria.core.installation.sources import Attached, attached
from traektoria.core.registries import word_events
from traektoria.events.results.models import ContestResult

attached.add(Attached("events.results", 34, ContestResult, "file_by", ("centre",)))
word_events(
    {
        "event.result": gettext_lazy("a result of a contest was written down"),
        "event.result_off": gettext_lazy("a result of a contest was taken back"),
        "access.contest": gettext_lazy("your result of a contest"),
    }
)
