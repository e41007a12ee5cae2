"""For whom an hour is looked for, and what it is to serve: by the address of the page."""

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.actions.booking import BookingPurpose
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.permissions import can_withdraw
from traektoria.consultations.requests.queries.attendees import asked_for
from traektoria.consultations.requests.queries.requests import find, named_in
from traektoria.core.errors import Refused
from traektoria.core.joined_rows import Joined
from traektoria.core.text import whole_number
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.guard import ActorRequest, existing, fetch
from traektoria.routes.models import RouteItem
from traektoria.routes.route.views.common import fetch_item
from traektoria.routes.tutees.permissions import is_member_of, is_tutor_of, member_ids

SELF, FOR_SCHOOL, KEEPER = "self", "school", "keeper"
_CENTRE: Final = Joined(TutorCentre, "municipality")
CARRIED = ("as", "place", "request", "item", "person")


@dataclass(frozen=True)
class Source:
    """``mode``: for oneself, for teachers of the school, or (who receives, the coordinator) for any teacher."""

    centre: TutorCentre
    mode: str
    query: str
    people: frozenset[int] = frozenset()
    school: School | None = None
    request: ConsultationRequest | None = None
    item: RouteItem | None = None
    topic: str = ""
    subject: str = ""

    @property
    def is_of_school(self) -> bool:
        """Its heads read what is written: the school books, or asked for it."""
        return self.school is not None or (self.request is not None and self.request.school_id is not None)

    @property
    def named(self) -> bool:
        """Nobody has to be chosen any more."""
        return self.mode == SELF or bool(self.people)

    def purpose(self, topic: str = "") -> BookingPurpose:
        return BookingPurpose(topic or self.topic, self.request, self.item)


def modes_of(actor: Actor, centre_id: int) -> list[str]:
    held = {grant.role for grant in actor.grants if grant.centre_id == centre_id}
    has = {SELF: Role.TEACHER in held, FOR_SCHOOL: not held.isdisjoint(HEADS)}
    has[KEEPER] = not held.isdisjoint((Role.TUTOR, Role.COORDINATOR))
    return [mode for mode, one in has.items() if one]


def source_of(request: ActorRequest, centre: TutorCentre | None = None) -> Source:
    """By the address; what is posted has the same address. ``centre``: of the slot that was chosen."""
    asked, actor = request.GET, request.actor
    if whole_number(asked.get("request")):
        return _of_request(actor, existing(find(actor, whole_number(asked["request"]))), asked)
    if whole_number(asked.get("item")):
        return _of_item(actor, fetch_item(actor, whole_number(asked["item"])), asked)
    centre = centre or _centre(_chosen(actor, whole_number(asked.get("place"))))
    mode = _mode(actor, centre.pk, asked.get("as"))
    people = (
        frozenset(whole_number(one) for one in asked.getlist("person")) - {0} if mode == KEEPER else frozenset[int]()
    )
    return _whose(actor, Source(centre, mode, query_of(asked), people))


def query_of(asked: QueryDict, **more: object) -> str:
    """What the next page is to know too, with «?»."""
    kept = [(name, one) for name in CARRIED for one in asked.getlist(name)]
    text = urlencode([*kept, *more.items()])
    return f"?{text}" if text else ""


def _whose(actor: Actor, source: Source) -> Source:
    """With oneself, or with the school that the person heads in the centre."""
    if source.mode == SELF and actor.person_id:
        return _with(source, people=frozenset({actor.person_id}))
    if source.mode == FOR_SCHOOL and source.school is None:
        grants = [one for one in actor.grants if one.role in HEADS and one.centre_id == source.centre.pk]
        return _with(source, school=fetch(School.objects.all(), pk=grants[0].school_id))
    return source


def _with(source: Source, **changes: object) -> Source:
    return replace(source, **changes)  # type: ignore[arg-type]


def _of_request(actor: Actor, found: ConsultationRequest, asked: QueryDict) -> Source:
    """The tutor and the coordinator for whom it names; who asked for themselves; a head for the named teachers."""
    source = Source(found.centre, KEEPER, query_of(asked), request=found, topic=found.topic, subject=found.subject)
    if KEEPER in modes_of(actor, found.centre_id) and not can_withdraw(actor, found):
        return _with(source, people=frozenset(asked_for(found)))
    if not can_withdraw(actor, found):
        raise Refused(_no_right(), code="not_yours")
    if found.school is None:
        return _whose(actor, _with(source, mode=SELF))
    return _with(source, mode=FOR_SCHOOL, school=found.school, people=frozenset(named_in(found.pk)))


def _of_item(actor: Actor, item: RouteItem, asked: QueryDict) -> Source:
    support = item.route.support
    source = Source(
        _centre(support.centre_id), SELF, query_of(asked), item=item, topic=item.task[:200], subject=support.subject
    )
    if is_tutor_of(actor, support):
        return _with(source, mode=KEEPER, people=frozenset(member_ids(support)))
    if not is_member_of(actor, support) or not actor.has(support.centre_id, Role.TEACHER):
        raise Refused(_no_right(), code="not_yours")
    return _whose(actor, source)


def _no_right() -> str:
    return _("An hour for it is booked by who asked, the tutor or the coordinator.")


def _chosen(actor: Actor, place: int) -> int:
    """The centre of the address, else the first where the person can book at all."""
    own = sorted({grant.centre_id for grant in actor.grants if grant.centre_id and modes_of(actor, grant.centre_id)})
    return place if place in own else own[0]


def _mode(actor: Actor, centre_id: int, asked: str | None) -> str:
    modes = modes_of(actor, centre_id)
    return asked if asked in modes else modes[0]


def _centre(pk: int) -> TutorCentre:
    return _CENTRE.get(pk)
