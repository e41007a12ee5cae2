"""One date of an Hour is dropped, restored, moved, given to another tutor; an Hour ends before its time."""

from collections.abc import Collection, Sequence
from datetime import date as Day
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.requests.policies import check_reason
from traektoria.consultations.slots.actions.opening import open_dates, tell_opened
from traektoria.consultations.slots.enums import DateChange, DateState, SlotState
from traektoria.consultations.slots.letters import (
    DROPPED,
    FEWER,
    MOVED,
    REST,
    RESTORED,
    tell_ended,
    tell_receivers,
)
from traektoria.consultations.slots.locks import (
    lock_people,
    lock_point,
    lock_room,
    locked_date,
    locked_hour,
    locked_slots,
)
from traektoria.consultations.slots.models import HelpDate, HelpDateChange, HelpDateTutor, HelpHour, Slot
from traektoria.consultations.slots.permissions import check_change_date, check_keep
from traektoria.consultations.slots.policies import (
    check_coming,
    check_free,
    check_not_begun,
    check_place,
    check_rest,
    check_standing,
    check_there,
)
from traektoria.consultations.slots.queries.rules import rules_of
from traektoria.consultations.slots.registries import SlotMove, slot_users
from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict, Invalid
from traektoria.engines.intervals import Interval
from traektoria.organisations import zones
from traektoria.people.actor import Actor
from traektoria.tutors.statuses.queries import may_take_teachers


@transaction.atomic
def drop_date(
    *, date: HelpDate, reason: str, by: Actor, now: datetime | None = None, told: Collection[int] = ()
) -> HelpDate:
    """It does not take place: its time is free, its slots are offered no more; ``slot_users`` tell who had booked. Of
    what has begun the rest is dropped: who came to the earlier meetings is said by people.

    Dropped twice is dropped once. Side effects: audit, one line of history; who receives is told, but for those
    whom the caller has ``told``. Raises ``Conflict``.
    """
    moment = now or timezone.now()
    row = _locked(date)
    check_change_date(by, row)
    if not row.is_standing:
        return row
    check_coming(row, moment)
    check_rest(row, moment)
    _drop(row, check_reason(reason), by, moment, told)
    return row


def leave_date(row: HelpDate, tutor_id: int, reason: str, by: Actor | None, now: datetime) -> None:
    """The tutor receives on it no more: what is theirs alone is dropped, with others it goes on without them. Meetings
    that have begun stay as they are."""
    date = _locked(row)
    if not date.is_standing:
        return
    others = [one for one in _tutors(date) if one != tutor_id]
    if not others:
        _drop(date, reason, by, now, [tutor_id])
        return
    _remember(date, DateChange.TUTORS, reason, by)
    date.save(update_fields=["number"])
    HelpDateTutor.objects.filter(date=date, tutor=tutor_id).delete()
    coming = _coming(date, now)
    drop_slots([slot for slot in coming if slot.tutor_id == tutor_id], reason, by)
    hand_slots([slot for slot in coming if slot.tutor_id is None], by)
    tell_receivers(date, others, FEWER, by)
    audit.record("help_date.leave", date, by=by, tutor=tutor_id)


def hand_slots(slots: Sequence[Slot], by: Actor | None) -> None:
    """Somebody else receives in them: ``slot_users`` follow."""
    for user in slot_users if slots else ():
        user.handed(slots, by)


def drop_slots(slots: Sequence[Slot], reason: str, by: Actor | None) -> None:
    """They are offered no more; who had booked them is told by ``slot_users``."""
    for slot in slots:
        slot.state = SlotState.DROPPED
    Slot.objects.bulk_update(slots, ["state"])
    for user in slot_users:
        user.dropped(slots, reason, by)


def _drop(row: HelpDate, reason: str, by: Actor | None, now: datetime, told: Collection[int] = ()) -> None:
    """A date that has begun stands on without the meetings that have not."""
    begun = row.start <= now
    slots = _coming(row, now)
    if begun and not slots:
        return
    _remember(row, DateChange.REST if begun else DateChange.DROPPED, reason, by)
    if not begun:
        row.state, row.why = DateState.DROPPED, reason
        row.receives.update(live=False)
    row.save(update_fields=["state", "why", "number"])
    waiting.renew(row)
    drop_slots(slots, reason, by)
    tell_receivers(row, set(_tutors(row)) - set(told), REST if begun else DROPPED, by)
    audit.record("help_date.drop", row, by=by, slots=len(slots))


def _coming(date: HelpDate, now: datetime) -> list[Slot]:
    """Open meetings that have not begun, locked."""
    return [slot for slot in locked_slots(date) if slot.is_open and slot.start > now]


@transaction.atomic
def restore_date(*, date: HelpDate, by: Actor, now: datetime | None = None) -> HelpDate:
    """It takes place after all, if its tutors are there, and they and its room still free; bookings that were told are
    not brought back.

    Side effects: audit, one line of history; its slots are offered again, who receives is told. Raises ``Conflict``.
    """
    moment = now or timezone.now()
    row = _locked(date)
    check_change_date(by, row)
    if row.is_standing:
        return row
    check_not_begun(row, moment)
    if row.hour.ended_on is not None and row.day > row.hour.ended_on:
        raise Conflict(_("This Hour has ended: make a new one."), code="ended")
    tutors = _tutors(row)
    if len(may_take_teachers(tutors, row.centre_id)) != len(tutors):
        raise Conflict(_("Somebody of these is no tutor of the centre now."), code="not_a_tutor")
    _check_can_be(row, tutors, row.start)
    check_free(tutors, row.room_id, row.interval, without=row.pk)
    _remember(row, DateChange.RESTORED, row.why, by)
    row.state, row.why = DateState.STANDING, ""
    row.save(update_fields=["state", "why", "number"])
    row.receives.update(live=True)
    waiting.renew(row)
    tell_opened(_reopened(row, tutors), moment)
    open_dates(row.hour, rules=rules_of(row.centre_id), now=moment)
    tell_receivers(row, tutors, RESTORED, by)
    audit.record("help_date.restore", row, by=by)
    return row


def _check_can_be(row: HelpDate, tutors: Collection[int], start: datetime) -> None:
    """On the day of ``start`` by the clock of the centre its tutors are there and its point is open."""
    zone = zones.zone(row.centre.municipality.time_zone)
    check_there(tutors, start, zone)
    check_place(row, timezone.localdate(start, zone))


@transaction.atomic
def move_date(
    *,
    date: HelpDate,
    start: datetime,
    reason: str,
    by: Actor,
    now: datetime | None = None,
    told: Collection[int] = (),
) -> HelpDate:
    """The date begins at ``start``, as long as before, with the same slots: a booking stays on its slot.

    Side effects: audit, one line of history; ``slot_users`` tell who had booked; who receives is told, but for those
    whom the caller has ``told``. Raises ``Conflict``, ``Invalid``; what has begun is not moved.
    """
    moment = now or timezone.now()
    row = _locked(date)
    check_change_date(by, row)
    check_standing(row)
    check_not_begun(row, moment)
    if start <= moment:
        raise Invalid(_("A date is moved to a time that is still to come."), code="past")
    shift = start - row.start
    if not shift:
        return row
    interval = Interval(start, row.end + shift)
    _check_can_be(row, _tutors(row), start)
    check_free(_tutors(row), row.room_id, interval, without=row.pk)
    _remember(row, DateChange.MOVED, check_reason(reason), by)
    row.start, row.end = interval.start, interval.end
    row.save(update_fields=["start", "end", "number"])
    row.receives.update(start=row.start, end=row.end)
    waiting.renew(row)
    moves = _shift(locked_slots(row), shift)
    for user in slot_users:
        user.moved(moves, reason.strip(), by)
    tell_receivers(row, set(_tutors(row)) - set(told), MOVED, by)
    open_dates(row.hour, rules=rules_of(row.centre_id), now=moment)
    audit.record("help_date.move", row, by=by, slots=len(moves))
    return row


@transaction.atomic
def end_hour(*, hour: HelpHour, after: Day, reason: str, by: Actor, now: datetime | None = None) -> HelpHour:
    """No dates after that day: those that are to come are dropped, each as one alone would be. One that goes on now
    stays.

    Side effects: audit; history of each date; who receives is told once. Ended twice is ended once.
    """
    moment = now or timezone.now()
    tutors = hour.receives.values_list("tutor_id", flat=True)
    on_dates = HelpDateTutor.objects.filter(date__hour=hour.pk).values_list("tutor_id", flat=True)
    lock_people({*tutors, *on_dates})
    row = locked_hour(hour.pk)
    check_keep(by, row)
    if row.ended_on is not None:
        return row
    said = check_reason(reason)
    row.ended_on, row.ended_why = after, said
    row.save(update_fields=["ended_on", "ended_why"])
    coming = row.dates.filter(day__gt=after, start__gt=moment, state=DateState.STANDING)
    told = set[int]()
    for date in coming.select_for_update(of=("self",), no_key=True).order_by("pk"):
        receiving = _tutors(date)
        _drop(date, said, by, moment, receiving)
        told.update(receiving)
    tell_ended(row, told, by)
    audit.record("help.end", row, by=by)
    return row


def _reopened(date: HelpDate, tutors: Sequence[int]) -> list[Slot]:
    """Those of who receives, offered again."""
    slots = [slot for slot in locked_slots(date) if slot.tutor_id is None or slot.tutor_id in tutors]
    for slot in slots:
        slot.state, slot.date = SlotState.OPEN, date
    Slot.objects.bulk_update(slots, ["state"])
    return slots


def _shift(slots: Sequence[Slot], shift: timedelta) -> list[SlotMove]:
    """All slots with their date; those that are open are told. From the side to which they go: none stands in another's
    place meanwhile."""
    moves = []
    for slot in sorted(slots, key=lambda one: one.start, reverse=shift > timedelta()):
        moves.append(SlotMove(slot, slot.start, slot.end))
        slot.start, slot.end = slot.start + shift, slot.end + shift
        slot.save(update_fields=["start", "end"])
    return sorted((move for move in moves if move.slot.is_open), key=lambda move: move.start)


def _locked(date: HelpDate) -> HelpDate:
    """The date under the locks of its tutors, room and Hour, in that order, with its point."""
    lock_people(list(date.receives.values_list("tutor_id", flat=True)))
    lock_point(date.point_id)
    lock_room(date.room_id)
    locked_hour(date.hour_id)
    return locked_date(date.pk)


def _tutors(date: HelpDate) -> Sequence[int]:
    return list(date.receives.values_list("tutor_id", flat=True))


def _remember(date: HelpDate, kind: DateChange, reason: str, by: Actor | None) -> None:
    """One line of the history; the date is an edition on."""
    before: dict[str, Any] = {"start": date.start.isoformat(), "end": date.end.isoformat(), "tutors": _tutors(date)}
    own = by.person_id if by else None
    HelpDateChange.objects.create(date=date, kind=kind, before=before, reason=reason, by_id=own)
    date.number += 1
