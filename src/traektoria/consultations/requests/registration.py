"""What requests for consultations tell the rooms below: the menu, what may be begun, words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.consultations.requests import letters as letters
from traektoria.consultations.requests import video as video
from traektoria.consultations.requests import waiting as waiting
from traektoria.consultations.requests import workflow as workflow  # the diagrams of docs/workflows
from traektoria.consultations.requests.farewell import settle_person
from traektoria.consultations.requests.item_link import asks_from, beside_items
from traektoria.consultations.requests.models import RequestFile
from traektoria.consultations.requests.permissions import ASKERS, READ
from traektoria.core.installation.sources import Attached, attached
from traektoria.core.registries import Creation, MenuEntry, creations, menu, word_events
from traektoria.core.support import Farewell, farewells
from traektoria.people.actor import Actor
from traektoria.routes.route.registries import ItemLink, item_links


def _asks(actor: Actor) -> bool:
    return not actor.roles.isdisjoint(ASKERS)


attached.add(Attached("consultations.requests", 30, RequestFile, "person", ("request__centre",)))
farewells.add(Farewell("consultations.requests", 31, settle_person))
item_links.add(ItemLink("consultations.request", 10, asks_from, beside_items))
menu.add(
    MenuEntry(
        slug="consultations",
        order=23,
        label=gettext_lazy("Meetings"),
        url_name="consultations:request_list",
        icon="messages-square",
        visible=lambda actor: not actor.roles.isdisjoint(READ),
        prefixes=("/consultations/", "/events/"),
    )
)
creations.add(
    Creation(
        slug="consultations.request",
        order=14,
        label=gettext_lazy("Ask for a consultation"),
        url_name="consultations:request_new",
        icon="messages-square",
        visible=_asks,
    )
)
_WORDS = {
    "consultation.ask": gettext_lazy("consultation asked for"),
    "consultation.attach": gettext_lazy("files attached"),
    "consultation.detach": gettext_lazy("a file taken away"),
    "consultation.assign": gettext_lazy("given to a tutor"),
    "consultation.address": gettext_lazy("given to the tutor of the route"),
    "consultation.recall": gettext_lazy("taken back from the tutor"),
    "consultation.take": gettext_lazy("the tutor answered"),
    "consultation.book": gettext_lazy("an hour was booked for it"),
    "consultation.follow": gettext_lazy("the booked hour was moved"),
    "consultation.substitute": gettext_lazy("another tutor gives the hour"),
    "consultation.unbook": gettext_lazy("the booked hour was cancelled: the tutor answers anew"),
    "consultation.free": gettext_lazy("the booked hour was cancelled, the tutor is not there"),
    "consultation.return": gettext_lazy("the tutor returned it"),
    "consultation.lose": gettext_lazy("no longer a tutor: it waits for another one"),
    "consultation.suspend": gettext_lazy("the tutor takes nobody now: it waits for another one"),
    "consultation.hold": gettext_lazy("the consultation was held"),
    "consultation.reopen": gettext_lazy("the hour was withdrawn, open again"),
    "consultation.decline": gettext_lazy("declined"),
    "consultation.withdraw": gettext_lazy("request taken back"),
    "consultation.lapse": gettext_lazy("request lapsed: nobody wants it any longer"),
    "access.consultation": gettext_lazy("your request for a consultation"),
}
word_events(_WORDS)
