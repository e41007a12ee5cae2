"""What results tell the rooms below: words of the audit, files that count for quotas."""

from django.utils.translation import gettext_lazy

from traektoria.core.installation.sources import Attached, attached
from traektoria.core.registries import AuditWording, audit_wording
from traektoria.events.results.models import ContestResult

attached.add(Attached("events.results", 34, ContestResult, "file_by", ("centre",)))
audit_wording.add(AuditWording("event.result", 695, gettext_lazy("a result of a contest was written down")))
audit_wording.add(AuditWording("event.result_off", 696, gettext_lazy("a result of a contest was taken back")))
audit_wording.add(AuditWording("access.contest", 697, gettext_lazy("your result of a contest")))
