"""What marking and results lay on the desk, and how their events read."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import word_events
from traektoria.core.support import Farewell, farewells
from traektoria.diagnostics.bank.registries import PictureReaders, picture_readers
from traektoria.diagnostics.marking.actions import take_back, take_off_marker
from traektoria.diagnostics.marking.queries import pictures_of_answers
from traektoria.diagnostics.sittings.signals import reopened

farewells.add(Farewell("diagnostics.marking", 20, take_off_marker))
picture_readers.add(PictureReaders("marking", 40, pictures_of_answers))
reopened.connect(take_back, dispatch_uid="marking.take_back")
_WORDS = {
    "campaign.hand_out": gettext_lazy("answers handed out to markers"),
    "campaign.change_markers": gettext_lazy("markers of the diagnostics changed"),
    "marking.done": gettext_lazy("extended answer marked"),
}
word_events(_WORDS)
