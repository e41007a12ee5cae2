"""What events tell the rooms below: the daily desk, the calendar, the load, letters, words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import Creation, creations, word_events
from traektoria.core.support import Farewell, farewells
from traektoria.events.event import busy_source as busy_source
from traektoria.events.event import engagements as engagements
from traektoria.events.event import letters as letters
from traektoria.events.event import load_source as load_source
from traektoria.events.event import waiting as waiting
from traektoria.events.event import workflow as workflow  # the diagrams of docs/workflows
from traektoria.events.event.farewell import settle_leader
from traektoria.events.event.permissions import KEEPERS

creations.add(
    Creation(
        slug="events.event",
        order=16,
        label=gettext_lazy("Announce an event"),
        url_name="events:event_new",
        icon="megaphone",
        visible=lambda actor: not actor.roles.isdisjoint(KEEPERS),
    )
)
farewells.add(Farewell("events", 40, settle_leader))
_WORDS = {
    "event.begin": gettext_lazy("event written"),
    "event.edit": gettext_lazy("event changed"),
    "event.material": gettext_lazy("material added"),
    "event.material_off": gettext_lazy("material taken away"),
    "event.announce": gettext_lazy("announced"),
    "event.propose": gettext_lazy("sent for approval"),
    "event.recall": gettext_lazy("taken back, a draft again"),
    "event.approve": gettext_lazy("approved and announced"),
    "event.return": gettext_lazy("returned to be changed"),
    "event.move": gettext_lazy("dates moved"),
    "event.drop": gettext_lazy("a date dropped"),
    "event.date_held": gettext_lazy("a date took place"),
    "event.pupils": gettext_lazy("said how many pupils came"),
    "event.hold": gettext_lazy("event held"),
    "event.close": gettext_lazy("event closed"),
    "event.reopen": gettext_lazy("event opened anew"),
    "event.cancel": gettext_lazy("event cancelled"),
    "event.date_not_held": gettext_lazy("a date did not take place: its only mark was taken back"),
    "event.unhold": gettext_lazy("event not held yet"),
    "event.leader_left": gettext_lazy("a leader is of the centre no longer"),
}
word_events(_WORDS)
