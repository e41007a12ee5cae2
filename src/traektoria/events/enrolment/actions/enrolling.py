"""People are registered, by themselves, by their school, by who keeps the event; a place is given back."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.requests.policies import check_reason
from traektoria.consultations.slots.locks import lock_people
from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.core.joined_rows import Joined, RowWriter, marks
from traektoria.core.waiting import gathered, renew_new
from traektoria.events.enrolment.actions.promoting import WRITTEN, Taking, promote, take_free
from traektoria.events.enrolment.enums import LIVE, EnrolmentState, LogLine
from traektoria.events.enrolment.letters import CHANGED, PROMOTED, REGISTERED, live_of, tell, tell_first
from traektoria.events.enrolment.models import Enrolment, EventLine, Seat
from traektoria.events.enrolment.permissions import check_enrol, check_leave, check_remove
from traektoria.events.enrolment.policies import (
    can_open,
    check_chosen,
    check_leaving,
    check_open,
    check_people,
    coming_dates,
    schools_of,
)
from traektoria.events.enrolment.seats import SeatNumbers, free_seats, wait_on
from traektoria.events.event.enums import DateState
from traektoria.events.event.locks import locked_event
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import keeps
from traektoria.events.event.registries import News
from traektoria.organisations.models import School
from traektoria.people.actor import Actor
from traektoria.routes.models import RouteItem

_ROWS: Final = Joined(Enrolment)
_LINES: Final = RowWriter(EventLine)
_AGAIN: Final = ("by", "school", "item", "whole", "work", "since", "why", "decided_at", "state")
"""What becomes new of who comes again."""


@transaction.atomic
def enrol(
    *,
    event: Event,
    people: Collection[int],
    by: Actor,
    school: School | None = None,
    dates: Collection[int] = (),
    item: RouteItem | None = None,
    now: datetime | None = None,
) -> list[Enrolment]:
    """Register each of ``people``: where there is a place on all their dates they have it, else they wait, in the
    order in which they came. Who is in already stays as they are: pressed twice it is one registration. Who waits has
    a place that nobody was called for, before those who come just now (``promoting.take_free``).

    ``dates``: only these of a series. Who gave a place back before comes to the end. Returns those who come on these
    dates, or wait. Side effects: audit; they are told. Raises ``Refused``, ``Conflict`` and ``Invalid`` with what
    stands against it.
    """
    wanted = set(people)
    check_enrol(by, event, wanted, school, item)
    lock_people(wanted)
    row = locked_event(event.pk)
    check_enrol(by, row, wanted, school, item)
    there = _there(row, wanted)
    live = [one for one in there.values() if one.is_live]
    new = sorted(wanted - {one.person_id for one in live})
    moment = now or timezone.now()
    kept = keeps(by, row) and school is None and wanted != {by.person_id}
    waits = {one.person_id: one for one in live if one.waits}
    if new:
        check_open(row, moment, kept=kept)
    if new or not live or (school and waits):
        check_people(row, [*new, *(waits if school else ())], school)
    chosen = [one.pk for one in check_chosen(row, dates, moment)] if new else []
    takes = bool(waits) and can_open(row, moment, kept=kept)
    with gathered():
        numbers = SeatNumbers(row) if takes or new else None
        took = take_free(row, waits, Taking(by, school, item), numbers, moment) if numbers and takes else []
        made = _enrolled(row, new, chosen, there, by, school, item, numbers, whole=not dates) if numbers and new else []
    stay = _on(row, live, dates, moment)
    if not stay and not made:
        text = _("There is a registration, on other dates: give that place back, then register for these.")
        raise Conflict(text, code="other_dates")
    tell(took, PROMOTED)
    tell([one for one in made if one.person_id in there], REGISTERED)
    tell_first([one for one in made if one.person_id not in there], REGISTERED)
    return [*stay, *made]


def _on(event: Event, live: list[Enrolment], dates: Collection[int], now: datetime) -> list[Enrolment]:
    """Those who come, or wait to come, on any of the dates that are meant; all where no date is to come. At most one
    query."""
    meant = {*dates} or {one.pk for one in coming_dates(event, now)}
    if not live or not meant:
        return live
    on = Seat.objects.filter(enrolment__in=[one.pk for one in live], date__in=meant)
    found = {*on.values_list("enrolment_id", flat=True)}
    return [one for one in live if one.pk in found]


def _there(event: Event, people: Collection[int]) -> dict[int, Enrolment]:
    """By person. One query, none for nobody."""
    same = f"t.event_id = %s AND t.person_id IN ({marks(people)})"
    return {one.person_id: one for one in _ROWS.find(same, event.pk, *sorted(people))} if people else {}


def _enrolled(
    event: Event, people: list[int], dates: list[int], there: dict[int, Enrolment], by: Actor, school: School | None,
    item: RouteItem | None, numbers: SeatNumbers, *, whole: bool,
) -> list[Enrolment]:  # fmt: skip
    works = schools_of(people, event)
    made = []
    for person in people:
        row = there.get(person) or Enrolment(event=event, person_id=person)
        row.event, row.by_id, row.school, row.item, row.whole = event, by.person_id, school, item, whole
        row.work_id, row.since, row.why, row.decided_at = works.get(person), timezone.now(), "", None
        has = numbers.have_room(dates) and numbers.school_has_room(row.work_id)
        row.state = EnrolmentState.IN if has else EnrolmentState.WAITS
        if person in there:
            WRITTEN.update(row, *_AGAIN, heard=True)
            free_seats(row)
        else:
            renew_new(WRITTEN.insert(row))
        if has:
            numbers.take(row, dates)
        else:
            wait_on(row, dates)
        audit.record("enrolment.enrol" if has else "enrolment.wait", row, by=by, of=event.pk)
        made.append(row)
    return made


@transaction.atomic
def leave(*, row: Enrolment, by: Actor, now: datetime | None = None) -> Enrolment:
    """The place is given back, or one waits no longer, or declines what the school wished; it goes to who waits. Twice
    is once."""
    moment = now or timezone.now()
    found = _locked(row)
    check_leave(by, found)
    if found.state in LIVE:
        check_leaving(found, moment)
        with gathered():
            _off(found, EnrolmentState.LEFT, "", by, moment)
    return found


@transaction.atomic
def remove(*, row: Enrolment, reason: str, by: Actor, now: datetime | None = None) -> Enrolment:
    """Taken off by who keeps the event, or by the school that registered; the person reads why. Twice is once."""
    moment, why = now or timezone.now(), check_reason(reason)
    found = _locked(row)
    check_remove(by, found)
    if found.state in LIVE:
        check_leaving(found, moment)
        with gathered():
            _off(found, EnrolmentState.REMOVED, why, by, moment)
        tell([found], CHANGED)
    return found


def _locked(row: Enrolment) -> Enrolment:
    event = locked_event(row.event_id)
    found = _ROWS.get(row.pk, lock=True)
    found.event = event
    return found


def _off(row: Enrolment, state: EnrolmentState, why: str, by: Actor | None, now: datetime) -> None:
    was_in = row.is_in
    free_seats(row)
    row.state, row.why, row.decided_at, row.item = state, why, now, None
    WRITTEN.update(row, "state", "why", "decided_at", "item", heard=True)
    audit.record(f"enrolment.{'leave' if state == EnrolmentState.LEFT else 'remove'}", row, by=by, of=row.event_id)
    if was_in:
        _LINES.insert(EventLine(event_id=row.event_id, person_id=row.person_id, said=LogLine.GAVE_BACK))
        promote(row.event, now)


def follow(event: Event, news: News, dates: Collection[int], by: Actor) -> None:
    """What becomes of who takes part when the event changes (registered as ``EventUser``)."""
    now = timezone.now()
    if news == News.ANNOUNCED:  # nobody can have registered yet
        return
    if news == News.ROOM:
        promote(event, now)
        return
    people = live_of(event, dates)
    if news in (News.CHANGED, News.NOT_HELD) and dates:
        _without_dropped(event, people, now)
    if news != News.NOT_HELD:
        tell(people, CHANGED)
    if dates:
        promote(event, now)


def _without_dropped(event: Event, people: list[Enrolment], now: datetime) -> None:
    """Who came on dropped dates alone comes no longer."""
    dropped = {one.pk: one.why for one in event.dates.all() if one.state == DateState.DROPPED}
    for row in people if dropped else ():
        row.event = event
        left = {one.date_id for one in row.seats.all()}
        if left and left <= set(dropped):
            free_seats(row)
            row.state, row.why, row.decided_at = EnrolmentState.REMOVED, dropped[max(left)], now
            WRITTEN.update(row, "state", "why", "decided_at", heard=True)


def let_go(row: Enrolment, why: str, by: Actor | None, now: datetime) -> None:
    """The person can't come any longer; inside the caller's transaction."""
    found = _locked(row)
    if found.state in LIVE:
        with gathered():
            _off(found, EnrolmentState.REMOVED, why, by, now)
