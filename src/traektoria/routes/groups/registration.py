"""How the events of group routes read."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import word_events

_WORDS = {
    "group.invite": gettext_lazy("a suggested group invited"),
    "group.accept": gettext_lazy("invitation to a group route accepted"),
    "group.decline": gettext_lazy("invitation to a group route declined"),
}
word_events(_WORDS)
