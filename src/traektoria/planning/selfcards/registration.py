"""What self-analysis cards tell the rooms below: letters, what waits, words of the journal."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import word_events
from traektoria.planning.selfcards import letters as letters
from traektoria.planning.selfcards import waiting as waiting

_WORDS = {
    "self_card.begin": gettext_lazy("self-analysis card begun"),
    "self_card.share": gettext_lazy("self-analysis card shared with the centre"),
    "self_card.drop": gettext_lazy("draft of a self-analysis card thrown away"),
    "self_card.read": gettext_lazy("self-analysis card read by the centre"),
    "self_card.remark": gettext_lazy("remark to a self-analysis card"),
}
word_events(_WORDS)
