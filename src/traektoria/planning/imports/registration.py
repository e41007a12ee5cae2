"""What tables of plans tell the rooms below: long work, words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import AuditWording, audit_wording
from traektoria.planning.imports import errands as errands

audit_wording.add(AuditWording("plan.table_taken", 720, gettext_lazy("a table moved into the plan")))
