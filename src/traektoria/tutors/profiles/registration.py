"""What profiles tell the rooms below: words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import AuditWording, audit_wording

_WORDS = {
    "tutor_profile.change": gettext_lazy("the profile was changed"),
    "tutor_profile.capacity": gettext_lazy("the capacity was changed"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 610 + number, sentence))
