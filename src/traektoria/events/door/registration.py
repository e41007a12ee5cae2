"""What the door tells the rooms below: files for quotas, words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.installation.sources import Attached, attached
from traektoria.core.registries import word_events
from traektoria.events.door.models import SheetPhoto

attached.add(Attached("events.sheets", 32, SheetPhoto, "by", ("date__event__centre",)))
_WORDS = {
    "event.sheet_photo": gettext_lazy("photo of the signed sheet added"),
    "event.sheet_photo_off": gettext_lazy("photo of the signed sheet taken away"),
}
word_events(_WORDS)
