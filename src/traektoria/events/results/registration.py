"""What results tell the rooms below: words of the audit, files that count for quotas."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from traektoria.core.installation.sources import Attached, attached
from traektoria.core.registries import AuditWording, audit_wording
from traektoria.events.results.models import ContestResult


def _attached(**whose: int) -> Iterable[str]:
    columns = {"person_id": "file_by", "centre_id": "centre"}
    rows = ContestResult.objects.filter(**{columns[name]: value for name, value in whose.items()}).exclude(file="")
    return rows.values_list("file", flat=True)


attached.add(Attached("events.results", 34, _attached))
audit_wording.add(AuditWording("event.result", 695, gettext_lazy("a result of a contest was written down")))
audit_wording.add(AuditWording("event.result_off", 696, gettext_lazy("a result of a contest was taken back")))
audit_wording.add(AuditWording("access.contest", 697, gettext_lazy("your result of a contest")))
