"""Who sees which bookings; the list, the page of a booking and of a slot."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.enums import COMING, LIVE, BookingState, WishState
from traektoria.consultations.bookings.models import Booking, BookingMove, QueueLine, WaitingWish
from traektoria.consultations.slots.enums import SlotWay
from traektoria.consultations.slots.models import HelpDateTutor, Slot
from traektoria.core.audit import events_of
from traektoria.core.joined_rows import Joined
from traektoria.core.labels import text_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, prepared
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import HEADS, Role
from traektoria.people.history import HistoryLine, history_lines
from traektoria.people.models import short_name

LOOKS: dict[str, tuple[str, str]] = {
    BookingState.ASKED: ("warning", "hourglass"),
    BookingState.OFFERED: ("warning", "hand-helping"),
    BookingState.BOOKED: ("success", "calendar-check"),
    BookingState.OFFER_OVER: ("neutral", ""),
    BookingState.UNANSWERED: ("neutral", ""),
    BookingState.CAME: ("success", "check"),
    BookingState.MISSED: ("neutral", "user-x"),
    BookingState.OFF_BY_US: ("neutral", "x"),
    BookingState.OFF_BY_ASKER: ("neutral", "x"),
}
"""Kind and icon of the chip of each state."""
WHOLE = ("date__hour", "date__point", "date__room", "tutor", "centre__municipality")
MINE, RECEIVED, SCHOOL, CENTRE = "mine", "received", "school", "centre"
NAMES = tuple(f"{who}__{part}" for who in ("person", "slot__tutor") for part in ("surname", "given", "patronymic"))
COLUMNS = ("pk", "state", "slot", "slot__start", "slot__date__way", "slot__date__point__name", "slot__date__room__name")
_BOOKINGS: Final = Joined(Booking, "person", "school")
_LINES: Final = Joined(QueueLine, "person")
_MOVES: Final = Joined(BookingMove)


def received_by(actor: Actor) -> Q:
    """In slots that the person receives, alone or with others, as a tutor of the centre."""
    together = HelpDateTutor.objects.filter(tutor=actor.person_id).order_by().values("date")
    own = Q(slot__tutor=actor.person_id) | Q(slot__tutor=None, slot__date__in=together)
    return own & Q(slot__centre__in=actor.centres(Role.TUTOR))


def visible_to(actor: Actor) -> QuerySet[Booking]:
    """One's own; those of the slots that one receives; those that the school booked or asked for, for its heads; all
    of the coordinator's centre. What a teacher books alone is no business of the head."""
    if actor.person_id is None:
        return Booking.objects.none()
    seen = Q(person=actor.person_id)
    for kind in _kinds_of(actor.roles)[1:]:
        seen |= _of_kind(actor, kind)
    return Booking.objects.filter(seen)


def _kinds_of(roles: frozenset[Role]) -> list[str]:
    """Lists that the roles have; the first is one's own."""
    held = {
        MINE: True,
        RECEIVED: Role.TUTOR in roles,
        SCHOOL: bool(roles & set(HEADS)),
        CENTRE: Role.COORDINATOR in roles,
    }
    return [kind for kind, has in held.items() if has]


def _of_kind(actor: Actor, kind: str) -> Q:
    if kind == RECEIVED:
        return received_by(actor)
    if kind == SCHOOL:
        return Q(school__in=actor.schools(*HEADS), slot__centre__in=actor.centres(*HEADS))
    if kind == CENTRE:
        return Q(slot__centre__in=actor.centres(Role.COORDINATOR))
    return Q(person=actor.person_id)


def lists_of(actor: Actor) -> list[str]:
    """Which lists the person has, the likeliest first; who only teaches has one."""
    found = _kinds_of(actor.roles)
    return found if actor.is_teacher else found[1:] or found


def find(actor: Actor, pk: int) -> Booking | None:
    """What the actor may see, whole. One query; two of an hour of several tutors together."""
    if actor.person_id is None:
        return None
    found: Booking | None = _whole(actor.roles).first(pk=pk, **given_of(actor))
    if found is not None:
        with_receivers(found.slot)
    return found


@prepared
def _whole(roles: frozenset[Role]) -> QuerySet[Booking]:
    slot = (f"slot__{one}" for one in WHOLE)
    return visible_to(anybody(roles)).filter(pk=Given("pk")).select_related("person", "school", "request", *slot)


def find_slot(actor: Actor, pk: int) -> Slot | None:
    """A slot of a centre of the person, whole. One query; two of an hour of several tutors together."""
    found: Slot | None = _slot().first(pk=pk)
    if found is None or found.centre_id not in actor.centre_ids:
        return None
    return with_receivers(found)


@prepared
def _slot() -> QuerySet[Slot]:
    return Slot.objects.filter(pk=Given("pk")).select_related(*WHOLE)


def with_receivers(slot: Slot) -> Slot:
    """Who receives is loaded where it is not one."""
    if slot.tutor_id is None:
        prefetch_related_objects([slot], "date__receives__tutor")
    return slot


@dataclass(frozen=True)
class BookingRow:
    """``tutor`` is empty where all tutors of the date receive together."""

    pk: int
    state: str
    slot: int
    start: datetime
    way: str
    point: str | None
    room: str | None
    person: str
    tutor: str

    @property
    def place(self) -> str:
        return place_in_words(self.way, self.point, self.room)

    @property
    def state_label(self) -> str:
        return text_of(BookingState, self.state)

    @property
    def look(self) -> tuple[str, str]:
        return LOOKS[self.state]

    @property
    def is_coming(self) -> bool:
        return self.state in COMING


def place_in_words(way: str, point: str | None, room: str | None) -> str:
    if way == SlotWay.VIDEO:
        return _("by video")
    return ", ".join(filter(None, (point, room)))


def booking_page(actor: Actor, asked: object, *, kind: str, over: bool) -> Page[BookingRow]:
    """Coming ones by their time and those of which nobody has said who came; or what is over, the latest first. One
    query."""
    found = _listed(actor.roles, kind, over).page(asked, **given_of(actor))
    return replaced(found, [_row(*columns) for columns in found])


def _row(*columns: Any) -> BookingRow:
    own, names = columns[: len(COLUMNS)], columns[len(COLUMNS) :]
    tutor = short_name(*names[3:]) if names[3] else ""
    return BookingRow(*(*own, short_name(*names[:3]), tutor))


@prepared
def _listed(roles: frozenset[Role], kind: str, over: bool) -> QuerySet[Booking, Any]:
    rows = Booking.objects.filter(_of_kind(anybody(roles), kind))
    if over:
        rows = rows.exclude(state__in=COMING).order_by("-slot__start", "-pk")
    else:
        rows = rows.filter(state__in=COMING).order_by("slot__start", "slot", "seat")
    return rows.values_list(*COLUMNS, *NAMES)


def bookings_of(slot: Slot) -> list[Booking]:
    """By place, the cancelled ones last. One query."""
    rows = _BOOKINGS.find("t.slot_id = %s", slot.pk, order="t.seat, t.id")
    return sorted(rows, key=lambda one: one.state not in LIVE)


def log_of(slot: Slot) -> list[QueueLine]:
    return _LINES.find("t.slot_id = %s", slot.pk, order="t.id DESC", of=(0, 50))


def history_of(booking: Booking) -> list[HistoryLine]:
    return history_lines(events_of(booking))


def moves_of(booking: Booking) -> list[BookingMove]:
    """One query."""
    return _MOVES.find("t.booking_id = %s", booking.pk, order="t.id")


def wishes_of(actor: Actor) -> list[WaitingWish]:
    """What the person waits for. One query."""
    if not actor.is_teacher:
        return []
    rows = WaitingWish.objects.filter(person=actor.person_id, state=WishState.WAITS)
    return list(rows.filter(last_day__gte=timezone.localdate()).select_related("tutor", "centre").order_by("pk"))
