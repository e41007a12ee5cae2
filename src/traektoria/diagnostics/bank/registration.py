"""What the bank of items tells the rooms below: how its events read."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import AuditWording, audit_wording

_WORDS = {
    "bank.add": gettext_lazy("item added to the bank"),
    "bank.change": gettext_lazy("new version of the item"),
    "bank.tag": gettext_lazy("tags of the item changed"),
    "bank.archive": gettext_lazy("item put into the archive"),
    "bank.restore": gettext_lazy("item taken back from the archive"),
    "bank.copy": gettext_lazy("item copied"),
    "bank.describe_picture": gettext_lazy("picture of the item described"),
    "bank.import": gettext_lazy("items loaded from a file"),
    "bank.export": gettext_lazy("items saved into a file"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 220 + number, sentence))
