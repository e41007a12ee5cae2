"""What instruments tell the rooms below: how their events read."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import AuditWording, audit_wording
from traektoria.diagnostics.instruments import workflow  # noqa: F401  the workflow registers itself

_WORDS = {
    "instrument.create": gettext_lazy("instrument made"),
    "instrument.change": gettext_lazy("title or subject of the instrument changed"),
    "instrument.archive": gettext_lazy("instrument put into the archive"),
    "instrument.restore": gettext_lazy("instrument taken out of the archive"),
    "instrument.new_version": gettext_lazy("new version of the instrument begun"),
    "instrument.discard_draft": gettext_lazy("draft of the instrument taken away"),
    "instrument.change_settings": gettext_lazy("settings of the instrument changed"),
    "instrument.add_items": gettext_lazy("items added to the instrument"),
    "instrument.remove_item": gettext_lazy("item taken out of the instrument"),
    "instrument.replace_item": gettext_lazy("item of the instrument swapped"),
    "instrument.assemble": gettext_lazy("forms A and B made by the plan"),
    "instrument_version.publish": gettext_lazy("version of the instrument published"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 240 + number, sentence))
