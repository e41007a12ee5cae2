"""A date of a series changes: its topic, places, times, where it is; this one alone, this and the following ones, or
all that are to come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.consultations.requests.policies import check_reason
from traektoria.consultations.slots.actions.opening import open_dates, tell_opened
from traektoria.consultations.slots.enums import DateChange, DateState, SlotState, Which
from traektoria.consultations.slots.letters import MOVED, PLACED, tell_receivers
from traektoria.consultations.slots.locks import lock_people, lock_point, lock_room, locked_hour, locked_slots
from traektoria.consultations.slots.models import HelpDate, HelpDateChange, HelpDateTutor, HelpHour, Slot
from traektoria.consultations.slots.permissions import check_change_date, check_keep
from traektoria.consultations.slots.policies import (
    check_decided,
    check_edit,
    check_free,
    check_not_begun,
    check_place,
    check_standing,
    check_takes_place_at,
)
from traektoria.consultations.slots.queries.rules import rules_of
from traektoria.consultations.slots.registries import SlotMove, slot_users, taken_places
from traektoria.consultations.slots.wording import moment_by_rule, place_words
from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict
from traektoria.core.text import squash
from traektoria.core.typography import short_day
from traektoria.engines.intervals import Interval
from traektoria.engines.recurrence import interval_on, meetings
from traektoria.organisations import zones
from traektoria.people.actor import Actor


@dataclass(frozen=True)
class Where:
    """By video where there is no point, or one for video."""

    way: str
    point: ConsultationPoint | None = None
    room: PointRoom | None = None

    @property
    def facts(self) -> dict[str, Any]:
        return {"way": self.way, "point": self.point, "room": self.room}


@dataclass(frozen=True)
class Edit:
    """What the date is to be, by the clock of its place; ``where`` None: where it is."""

    topic: str
    places: int
    start: time
    end: time
    where: Where | None = None


@dataclass(frozen=True)
class Edited:
    """Dates that were changed; those that stay as they were, and why."""

    dates: Sequence[HelpDate]
    left: Sequence[tuple[HelpDate, str]]


@dataclass(frozen=True)
class _Act:
    """What goes to each of the dates, and who says it."""

    hour: HelpHour
    changes: Mapping[str, Any]
    reason: str
    by: Actor
    moment: datetime


@transaction.atomic
def edit_dates(
    *, date: HelpDate, wanted: Edit, which: Which, reason: str, by: Actor, seen: int = 0, now: datetime | None = None
) -> Edited:
    """Change what differs on the date, and on the others that ``which`` means, each that can be. One that can not (its
    time or room is taken, a tutor is away, more are booked than there are to be places) stays as it is and is said;
    what has begun is none of them.

    Bookings stay on their meetings and follow them; a meeting that no longer fits is dropped. Side effects: audit, one
    line of history a date; who is booked is told once of each booking, who waits is offered what is new. Twice is once.
    ``seen`` is the edition of the date that the form showed. Raises ``Conflict`` and ``Invalid`` of the date itself.
    """
    moment, said = now or timezone.now(), check_reason(reason)
    hour, rows = _locked(date, moment, which, wanted.where)
    row = _found(date, rows, moment)
    check_change_date(by, row)
    if which != Which.THIS:
        check_keep(by, hour)
    check_edit(hour, wanted.places, wanted.start, wanted.end)
    act = _Act(hour, _differs(row, wanted), said, by, moment)
    if not act.changes:
        return Edited([], [])
    if seen and seen != row.number:
        raise Conflict(_("This date was changed meanwhile: open it again."), code="changed_meanwhile")
    if "where" in act.changes:
        check_takes_place_at(hour, act.changes["where"].point, act.changes["where"].room)
    edited = _edited(rows, act, date.pk)
    if which != Which.THIS:
        _change_rule(hour, act.changes)
    open_dates(hour, rules=rules_of(hour.centre_id), now=moment)
    return edited


def _locked(date: HelpDate, moment: datetime, which: Which, where: Where | None) -> tuple[HelpHour, list[HelpDate]]:
    """The Hour, and the dates that are still to come, under the locks of all who and what they take and are to take."""
    chosen = _chosen(date, moment, which)
    lock_people(set(HelpDateTutor.objects.filter(date__in=chosen).values_list("tutor_id", flat=True)))
    to = (where.point, where.room) if where else (None, None)
    for point in _both(chosen.values_list("point_id", flat=True), to[0]):
        lock_point(point)
    for room in _both(chosen.values_list("room_id", flat=True), to[1]):
        lock_room(room)
    hour = locked_hour(date.hour_id)
    rows = list(chosen.select_for_update(of=("self",), no_key=True).select_related("point", "room").order_by("pk"))
    for row in rows:
        row.hour = hour
    return hour, rows


def _chosen(date: HelpDate, moment: datetime, which: Which) -> QuerySet[HelpDate]:
    chosen = HelpDate.objects.filter(hour=date.hour_id, state=DateState.STANDING, start__gt=moment)
    if which == Which.THIS:
        return chosen.filter(pk=date.pk)
    return chosen.filter(day__gte=date.day) if which == Which.FOLLOWING else chosen


def _both(held: Iterable[int | None], to: Model | None) -> list[int]:
    return sorted({pk for pk in (*held, to.pk if to else None) if pk})


def _found(date: HelpDate, rows: Sequence[HelpDate], moment: datetime) -> HelpDate:
    for row in rows:
        if row.pk == date.pk:
            return row
    now = HelpDate.objects.get(pk=date.pk)
    check_standing(now)
    check_not_begun(now, moment)
    raise Conflict(_("This date was changed meanwhile: open it again."), code="changed_meanwhile")


def _differs(row: HelpDate, wanted: Edit) -> dict[str, Any]:
    """Only what is another than it was goes to the following dates."""
    zone = zones.zone(row.hour.zone)
    times = tuple(timezone.localtime(moment, zone).time() for moment in (row.start, row.end))
    here = Where(row.way, row.point, row.room)
    to_be = {
        "topic": squash(wanted.topic), "places": wanted.places, "times": (wanted.start, wanted.end),
        "where": wanted.where or here,
    }  # fmt: skip
    was = {"topic": row.topic, "places": row.places, "times": times, "where": here}
    return {name: value for name, value in to_be.items() if value != was[name]}


def _edited(rows: Sequence[HelpDate], act: _Act, asked: int) -> Edited:
    """Never all or nothing, but for the date that was asked for."""
    done, left = [], []
    for one in rows:
        try:
            with transaction.atomic():
                if _edit(one, act):
                    done.append(one)
        except Conflict as refusal:
            if one.pk == asked:
                raise
            left.append((one, refusal.sentence))
    return Edited(done, left)


def _edit(row: HelpDate, act: _Act) -> bool:
    """Whether something of it was another."""
    here = Where(row.way, row.point, row.room)
    topic, places = act.changes.get("topic", row.topic), act.changes.get("places", row.places)
    interval, where = _interval(row, act), act.changes.get("where", here)
    if (topic, places, interval, where) == (row.topic, row.places, row.interval, here):
        return False
    renamed = topic != row.topic
    tutors = list(row.receives.filter(live=True).values_list("tutor_id", flat=True))
    moves, placed = interval != row.interval, where != here
    if moves or placed:
        _check_can_be(row, tutors, interval, where, act)
    _remember(row, tutors, act)
    row.original = moment_by_rule(row)
    row.topic, row.places, row.start, row.end = topic, places, interval.start, interval.end
    row.way, row.point, row.room = where.way, where.point, where.room
    row.save(update_fields=["original", "topic", "places", "start", "end", "way", "point", "room", "number"])
    row.receives.update(start=row.start, end=row.end)
    waiting.renew(row)
    if row.opened_at is not None:
        _lay_anew(row, tutors, act, tells=placed or renamed, placed=placed)
    if moves or placed:
        tell_receivers(row, tutors, MOVED if moves else PLACED, act.by)
    audit.record("help_date.edit", row, by=act.by)
    return True


def _check_can_be(row: HelpDate, tutors: Sequence[int], interval: Interval, where: Where, act: _Act) -> None:
    """At that time and place: nobody is away then, the point is open, nobody and nothing is taken."""
    if interval.start <= act.moment:
        raise Conflict(_("A date is moved to a time that is still to come."), code="past")
    zone = zones.zone(act.hour.centre.municipality.time_zone)
    check_decided(tutors, interval.start, zone)
    check_place(HelpDate(point=where.point), timezone.localdate(interval.start, zone))
    check_free(tutors, where.room.pk if where.room else None, interval, without=row.pk)


def _interval(row: HelpDate, act: _Act) -> Interval:
    if "times" not in act.changes:
        return row.interval
    zone = zones.zone(act.hour.zone)
    start, end = act.changes["times"]
    return interval_on(timezone.localdate(row.start, zone), start, end, zone)


def _lay_anew(row: HelpDate, tutors: Sequence[int], act: _Act, *, tells: bool, placed: bool) -> None:
    """Each slot in its order goes to the meeting of the same order; what is left over is dropped, what is new open."""
    slots = locked_slots(row)
    _check_booked(row, slots)
    together: list[int | None] = [None] if any(slot.tutor_id is None for slot in slots) else [*tutors]
    plan = meetings(row.interval, act.hour.slot_minutes, act.hour.break_minutes)
    moves: list[SlotMove] = []
    opened: list[Slot] = []
    over: list[Slot] = []
    for tutor in together:
        own = sorted((slot for slot in slots if slot.tutor_id == tutor), key=lambda one: one.start)
        grown = [slot for slot in own if slot.places < row.places]
        moves += _put(own, plan, row)
        over += [slot for slot in own[len(plan) :] if slot.is_open]
        again = [slot for slot in own[: len(plan)] if not slot.is_open]
        _say(again, SlotState.OPEN)
        opened += [*_new(row, tutor, plan[len(own) :]), *again, *(slot for slot in grown if slot not in again)]
    _say(over, SlotState.DROPPED)
    moved = sorted((move for move in moves if move.slot.is_open), key=lambda move: move.start)
    stay = {slot.pk for slot in slots if slot.is_open} - {move.slot.pk for move in moved}
    for user in slot_users:
        user.dropped(over, act.reason, act.by)
        user.moved(moved, act.reason, act.by)
        if tells:
            user.edited([slot for slot in slots if slot.pk in stay], placed, act.by)
    tell_opened([slot for slot in opened if slot.is_open], act.moment)


def _check_booked(row: HelpDate, slots: Sequence[Slot]) -> None:
    taken = taken_places([slot.pk for slot in slots if slot.is_open])
    if max(taken.values(), default=0) > row.places:
        text = _("On %(day)s more are booked than there would be places.")
        raise Conflict(text % {"day": short_day(timezone.localtime(row.start))}, code="booked_more")


def _put(slots: Sequence[Slot], plan: Sequence[Interval], row: HelpDate) -> list[SlotMove]:
    """To their new times, from the side to which they go: none stands in another's place meanwhile."""
    if not slots:
        return []
    shift = plan[0].start - slots[0].start
    moves = []
    for slot in reversed(slots) if shift > timedelta() else slots:
        slot.date, before = row, (slot.start, slot.end)
        slot.start, slot.end, slot.places = slot.start + shift, slot.end + shift, row.places
        slot.save(update_fields=["start", "end", "places"])
        if shift:
            moves.append(SlotMove(slot, *before))
    return moves


def _new(row: HelpDate, tutor: int | None, plan: Sequence[Interval]) -> list[Slot]:
    made = [
        Slot(date=row, centre_id=row.centre_id, tutor_id=tutor, start=one.start, end=one.end, places=row.places)
        for one in plan
    ]
    return list(Slot.objects.bulk_create(made))


def _say(slots: Sequence[Slot], state: SlotState) -> None:
    for slot in slots:
        slot.state = state
    Slot.objects.bulk_update(slots, ["state"])


def _change_rule(hour: HelpHour, changes: Mapping[str, Any]) -> None:
    """What the Hour says of itself from now on; dates that were made keep the moment of the rule of then."""
    if "times" in changes:
        kept = list(hour.dates.filter(original=None))
        for one in kept:
            one.hour = hour
            one.original = moment_by_rule(one)
        HelpDate.objects.bulk_update(kept, ["original"])
        hour.start, hour.end = changes["times"]
    where = changes["where"].facts if "where" in changes else {}
    for name, value in ({name: changes[name] for name in changes.keys() & {"topic", "places"}} | where).items():
        setattr(hour, name, value)
    hour.save(update_fields=["topic", "places", "start", "end", "way", "point", "room"])


def _remember(row: HelpDate, tutors: Sequence[int], act: _Act) -> None:
    """One line of the history; the date is an edition on."""
    before = {
        "start": row.start.isoformat(), "end": row.end.isoformat(), "tutors": list(tutors), "topic": row.topic,
        "places": row.places, "where": place_words(row.way, row.point, row.room),
    }  # fmt: skip
    facts = {"kind": DateChange.EDITED, "before": before, "reason": act.reason, "by_id": act.by.person_id}
    HelpDateChange.objects.create(date=row, **facts)
    row.number += 1
