"""What protocols tell the rooms below: lines of the desk, words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    word_events,
)
from traektoria.diagnostics.bank.registries import PictureReaders, picture_readers
from traektoria.diagnostics.protocols import workflow  # noqa: F401  the workflow registers itself
from traektoria.diagnostics.protocols.queries import pictures_of_own_protocols

picture_readers.add(PictureReaders("protocols", 50, pictures_of_own_protocols))
_WORDS = {
    "protocol.begin": gettext_lazy("protocol begun"),
    "protocol.share": gettext_lazy("protocol shared with the teacher"),
    "protocol.take_back": gettext_lazy("protocol taken back"),
    "protocol.read": gettext_lazy("protocol read by the teacher"),
    "protocol.discard": gettext_lazy("draft of a protocol thrown away"),
    "access.diagnostics.protocol": gettext_lazy("a protocol of an interview or a lesson of yours"),
}
word_events(_WORDS)
