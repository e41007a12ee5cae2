"""How the events of group routes read."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import AuditWording, audit_wording

_WORDS = {
    "group.invite": gettext_lazy("a suggested group invited"),
    "group.accept": gettext_lazy("invitation to a group route accepted"),
    "group.decline": gettext_lazy("invitation to a group route declined"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 340 + number, sentence))
