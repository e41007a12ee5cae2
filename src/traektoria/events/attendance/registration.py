"""What attendance tells the rooms below: the daily desk, words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import AuditWording, audit_wording
from traektoria.events.attendance import waiting as waiting

_WORDS = {
    "event.marks": gettext_lazy("marked who came"),
    "event.evidence": gettext_lazy("a teacher answered whether it counts for the route"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 670 + number, sentence))
