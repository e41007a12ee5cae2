"""What announcements tell the rooms below: what may be begun, words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import Creation, creations, word_events
from traektoria.events.event.permissions import KEEPERS

creations.add(
    Creation(
        slug="events.announcement",
        order=17,
        label=gettext_lazy("Tell of an outer event"),
        url_name="events:announcement_new",
        icon="radio",
        visible=lambda actor: not actor.roles.isdisjoint(KEEPERS),
    )
)
_WORDS = {
    "announcement.make": gettext_lazy("outer event announced"),
    "announcement.edit": gettext_lazy("announcement changed"),
    "announcement.withdraw": gettext_lazy("announcement withdrawn"),
}
word_events(_WORDS)
