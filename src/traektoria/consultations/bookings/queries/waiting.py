"""Who waits for which slots, in their order, and what stands against offering them one."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from traektoria.consultations.bookings.enums import LIVE, BookingState, Said, WishState
from traektoria.consultations.bookings.models import Booking, QueueLine, WaitingWish
from traektoria.consultations.bookings.queries.commitments import booked_in_month, elsewhere, month_of, teaching
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.queries.receivers import tutors_of
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.organisations.regulations.consultation_rules import ConsultingRules


class WaitingRow(NamedTuple):
    """A row of the list that waits."""

    pk: int
    person: int
    tutor: int | None
    subject: str
    first_day: date
    last_day: date
    since: datetime
    topic: str


def those_who_wait(centre: int, slots: Sequence[Slot]) -> dict[int, list[WaitingRow]]:
    """By slot: who waits for its tutor or any, a subject of its Hour or any, on its day; who waits longest first. One
    query where nobody waits."""
    days = {slot.pk: timezone.localdate(slot.start, ZoneInfo(slot.date.hour.zone)) for slot in slots}
    rows = _waiting().all(centre=centre, first=min(days.values()), last=max(days.values())) if days else ()
    wishes = [WaitingRow(*row) for row in rows]
    if not wishes:
        return {}
    tutors = {slot.pk: tutors_of(slot) for slot in slots}
    return {slot.pk: [one for one in wishes if _fits(one, slot, days[slot.pk], tutors[slot.pk])] for slot in slots}


def _fits(wish: WaitingRow, slot: Slot, day: date, tutors: Collection[int]) -> bool:
    subjects = slot.date.hour.subjects
    whose = wish.tutor is None or wish.tutor in tutors
    what = not wish.subject or not subjects or wish.subject in subjects
    return whose and what and wish.first_day <= day <= wish.last_day


@prepared
def _waiting() -> QuerySet[WaitingWish, Any]:
    rows = WaitingWish.objects.filter(
        centre=Given("centre"), state=WishState.WAITS, first_day__lte=Given("last"), last_day__gte=Given("first")
    )
    return rows.order_by("since", "pk").values_list(*WaitingRow._fields)


def who_let_pass(wishes: Iterable[WaitingRow]) -> set[int]:
    """Who did not answer an offer in time since they entered the list. One query."""
    keys = [wish.pk for wish in wishes]
    lapsed = QueueLine.objects.filter(person=OuterRef("person"), said=Said.LAPSED, at__gte=OuterRef("created_at"))
    rows = WaitingWish.objects.filter(Exists(lapsed), pk__in=keys).order_by() if keys else WaitingWish.objects.none()
    return set(rows.values_list("person", flat=True))


class Against:
    """What stands against offering places of a centre to ``people``: read of all of them at once."""

    def __init__(self, centre: int, people: Collection[int], rules: ConsultingRules) -> None:
        there = teaching(people, centre) if people else set[int]()
        self._centre, self._rules, self._people = centre, rules, set(people)
        self._months: dict[tuple[datetime, datetime], dict[int, int]] = {}
        self._always: dict[int, str] = dict.fromkeys(self._people - there, Said.GONE)
        if people:
            deciding = {person for (person,) in _deciding().all(centre=centre, people=people)}
            self._always |= dict.fromkeys(deciding & there, Said.DECIDES)

    def stops_all(self, people: Collection[int]) -> bool:
        """Whatever the slot is."""
        return all(person in self._always for person in people)

    def decides(self, person: int) -> None:
        """Who has an offer decides on it before there is another."""
        self._always[person] = Said.DECIDES

    def of(self, slot: Slot, people: Collection[int], *, anew: bool) -> dict[int, str]:
        """By person. Six queries, whatever their number; ``anew``: what was dropped with the date is no obstacle."""
        had = _had().all(slot=slot.pk, people=people)
        found: dict[int, str] = dict.fromkeys(self._at_limit(slot), Said.LIMIT)
        found |= dict.fromkeys(elsewhere(people, slot.interval), Said.BUSY)
        for person, state, why in had:
            dropped = bool(why) and state in (BookingState.OFF_BY_US, BookingState.OFFER_OVER)
            if not (anew and dropped):
                found[person] = Said.HAS_PLACE if state in LIVE else Said.HAD_IT
        own = tutors_of(slot)
        return found | self._always | dict.fromkeys([one for one in people if one in own], Said.OWN)

    def _at_limit(self, slot: Slot) -> list[int]:
        most = self._rules.most_a_person
        if not most:
            return []
        month = month_of(slot)
        if month not in self._months:
            self._months[month] = booked_in_month(self._people, self._centre, month)
        return [person for person, number in self._months[month].items() if number >= most]


@prepared
def _deciding() -> QuerySet[Booking, Any]:
    rows = Booking.objects.filter(
        person__in=Numbers("people"), state=BookingState.OFFERED, slot__centre=Given("centre")
    )
    return rows.order_by().values_list("person")


@prepared
def _had() -> QuerySet[Booking, Any]:
    rows = Booking.objects.filter(slot=Given("slot"), person__in=Numbers("people"))
    return rows.order_by("pk").values_list("person", "state", "why")
