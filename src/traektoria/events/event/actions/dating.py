"""A date of an announced event is moved or dropped, alone or with those after it; it is said that it took place."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.requests.policies import check_reason
from traektoria.consultations.slots.locks import lock_room
from traektoria.core import audit, waiting
from traektoria.core.errors import Invalid
from traektoria.core.workflow import move
from traektoria.engines.intervals import Interval
from traektoria.events.event.actions.writing import later
from traektoria.events.event.enums import DateChangeKind, DateState, EventState, Scope
from traektoria.events.event.letters import tell_leaders
from traektoria.events.event.locks import locked_date
from traektoria.events.event.models import Event, EventDate, EventDateChange
from traektoria.events.event.permissions import check_keep, check_lead
from traektoria.events.event.policies import (
    as_long,
    check_coming_date,
    check_dates,
    check_drop,
    check_held,
    check_room,
)
from traektoria.events.event.registration_days import move_days
from traektoria.events.event.registries import News, tell_users
from traektoria.events.event.time_and_place import first_day, zone_of
from traektoria.events.event.workflow import event_workflow
from traektoria.people.actor import Actor


@transaction.atomic
def move_dates(
    *, date: EventDate, to: Interval, reason: str, by: Actor, scope: str = Scope.ONE, now: datetime | None = None
) -> Event:
    """``date`` is at ``to`` now; by ``scope`` those after it, or all that are to come, move by as many days and to the
    same hours, each as much longer or shorter. Whoever takes part and leads is told once; calendars and the days of
    registration follow. The same time again changes nothing.

    Raises ``Conflict`` for what has begun, ``Invalid`` for a time that is over or taken by another date.
    """
    moment, why = now or timezone.now(), check_reason(reason)
    lock_room(date.event.room_id)
    row = locked_date(date.pk)
    check_keep(by, row.event)
    if row.interval == to:
        return row.event
    check_coming_date(row, moment)
    new = _moved(row, to, scope, moment)
    if min(new.values()).start <= moment:
        raise Invalid(_("This time is over: choose one that is to come."), code="past")
    kept = [one.interval for one in row.event.dates.all() if one.stands and one.pk not in new]
    check_dates([*new.values(), *kept])
    check_room(row.event, list(new.values()))
    first = first_day(row.event)
    for one in _in_order(row.event, new):
        _remember(one, DateChangeKind.MOVED, why, by)
        one.start, one.end = new[one.pk].start, new[one.pk].end
        one.save(update_fields=["start", "end"])
    move_days(row.event, first, first_day(row.event), timezone.localdate(moment, zone_of(row.event)))
    audit.record("event.move", row.event, by=by, dates=len(new))
    _after(row.event, list(new), by)
    return row.event


def _in_order(event: Event, chosen: dict[int, Interval]) -> Sequence[EventDate]:
    return [one for one in event.dates.all() if one.pk in chosen]


def _moved(row: EventDate, to: Interval, scope: str, now: datetime) -> dict[int, Interval]:
    """When each date of the scope is then."""
    local, wanted = (timezone.localtime(one) for one in (row.start, to.start))
    shift = wanted.date() - local.date()
    found = {row.pk: to}
    for one in dates_in(row, scope, now):
        if one.pk != row.pk:
            day = timezone.localtime(later(one.start, shift)).date()
            start = timezone.make_aware(datetime.combine(day, wanted.time()))
            longer = to.length - row.interval.length
            found[one.pk] = as_long(Interval(start, start + to.length), one.interval.length + longer)
    return found


def dates_in(row: EventDate, scope: str, now: datetime) -> list[EventDate]:
    """Which dates are meant: of those that stand, have not begun and are not said to be held already. Reads
    ``event.dates``."""
    coming = [one for one in row.event.dates.all() if one.stands and one.start > now and one.held_at is None]
    if scope == Scope.ALL:
        return coming
    if scope == Scope.FOLLOWING:
        return [one for one in coming if one.start >= row.start]
    return [one for one in coming if one.pk == row.pk]


@transaction.atomic
def drop_date(*, date: EventDate, reason: str, by: Actor, now: datetime | None = None) -> Event:
    """It does not take place, the others do; who comes on it is told. Of one that is over and that nobody said to be
    held it is written down alone. Marks of it are put aside. Dropped twice is dropped once. The only one is not
    dropped: the event is cancelled. Where all others were held, the event is."""
    moment, why = now or timezone.now(), check_reason(reason)
    row = locked_date(date.pk)
    check_keep(by, row.event)
    if not row.stands:
        return row.event
    check_drop(row, moment)
    if not [one for one in row.event.dates.all() if one.stands and one.pk != row.pk]:
        raise Invalid(_("It is the only date: cancel the event."), code="only_date")
    first = first_day(row.event)
    _remember(row, DateChangeKind.DROPPED, why, by)
    row.state, row.why = DateState.DROPPED, why
    row.save(update_fields=["state", "why"])
    if row.start > moment:
        move_days(row.event, first, first_day(row.event), timezone.localdate(moment, zone_of(row.event)))
    audit.record("event.drop", row.event, by=by)
    if row.end > moment:
        _after(row.event, [row.pk], by)
    else:
        tell_users(row.event, News.NOT_HELD, by, [row.pk])
    _all_held(row.event, by)
    waiting.renew(row.event)
    return row.event


def _after(event: Event, dates: Sequence[int], by: Actor) -> None:
    waiting.renew(event)
    tell_users(event, News.CHANGED, by, dates)
    tell_leaders(event, besides=by)


def _remember(row: EventDate, kind: DateChangeKind, reason: str, by: Actor) -> None:
    EventDateChange.objects.create(date=row, kind=kind, start=row.start, end=row.end, reason=reason, by_id=by.person_id)


@transaction.atomic
def hold_date(*, date: EventDate, by: Actor, pupils: int | None = None, now: datetime | None = None) -> EventDate:
    """It took place: from now on its hours count for who led it. ``pupils``: how many came, where any did.

    When the last of the dates is held, the event is. Said again, only the number is corrected.
    """
    moment = now or timezone.now()
    row = locked_date(date.pk)
    check_lead(by, row.event)
    check_held(row, moment)
    held(row, by, moment)
    if row.held_by_marks:
        row.held_by_marks = False
        row.save(update_fields=["held_by_marks"])
    if pupils is not None and row.pupils != pupils:
        row.pupils = pupils
        row.save(update_fields=["pupils"])
        audit.record("event.pupils", row.event, by=by)
    return row


def held(row: EventDate, by: Actor | None, moment: datetime, *, by_marks: bool = False) -> None:
    """Inside the caller's transaction, with the date locked. ``by_marks``: it follows from who came alone."""
    if row.held_at is None:
        row.held_at, row.held_by_marks = moment, by_marks
        row.save(update_fields=["held_at", "held_by_marks"])
        audit.record("event.date_held", row.event, by=by)
    _all_held(row.event, by)
    waiting.renew(row.event)


def _all_held(event: Event, by: Actor | None) -> None:
    """Where the last of its dates was held, the event is."""
    left = EventDate.objects.filter(event=event.pk, state=DateState.STANDING, held_at=None)
    if event.state == EventState.ANNOUNCED and not left.exists():
        move(event_workflow, event, "hold", by=by, locked=True)


def not_held(row: EventDate, by: Actor) -> None:
    """The mark from which it followed was a mistake. Inside the caller's transaction, with the date locked."""
    row.held_at, row.held_by_marks = None, False
    row.save(update_fields=["held_at", "held_by_marks"])
    audit.record("event.date_not_held", row.event, by=by)
    if row.event.state == EventState.HELD:
        move(event_workflow, row.event, "unhold", by=by, locked=True)
    waiting.renew(row.event)
