"""An hour is written down, corrected, withdrawn; the teachers who were there are told, and may say how it was."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.actions.outcomes import say_who_came, unsay_who_came
from traektoria.consultations.bookings.enums import AWAITED, LIVE, BookingState
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.hours.letters import CORRECTED, RECORDED, TAKEN_OUT, WITHDRAWN, tell_teachers
from traektoria.consultations.hours.models import ConsultationHour, HourEdition, HourTeacher
from traektoria.consultations.hours.permissions import check_change, check_led, check_received, check_record, check_say
from traektoria.consultations.hours.policies import (
    check_free,
    check_source,
    check_standing,
    check_teachers,
    check_time,
    reopens,
)
from traektoria.consultations.requests.actions.answering import hold_request, reopen_request
from traektoria.consultations.requests.actions.requests import locked_request
from traektoria.consultations.requests.enums import OPEN
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.permissions import check_answer
from traektoria.consultations.requests.policies import check_reason
from traektoria.consultations.slots.locks import locked_slot
from traektoria.consultations.slots.models import Slot
from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.core.shared_forms import stamp
from traektoria.core.waiting import renew
from traektoria.engines.intervals import Interval
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, acting
from traektoria.people.models import Person
from traektoria.routes.models import RouteItem

FEEDBACK = "feedback"
"""In an edition: what those who were taken out had said, by their ids as texts."""
OWN = frozenset({"private_note", "teachers"})
"""Changes of these are no news to who was there and stays."""


@dataclass(frozen=True)
class GivenHour:
    """What is written down of an hour, beside who was there."""

    start: datetime
    end: datetime
    way: str
    subject: str
    topic: str
    pupils: int = 0
    recommendations: str = ""
    materials: str = ""
    shared_note: str = ""
    private_note: str = ""
    next_day: date | None = None

    @property
    def interval(self) -> Interval:
        return Interval(self.start, self.end)


@transaction.atomic
def record_hour(
    *,
    centre: TutorCentre,
    given: GivenHour,
    teachers: Collection[int],
    by: Actor,
    request: ConsultationRequest | None = None,
    item: RouteItem | None = None,
    slot: Slot | None = None,
    missed: Collection[int] = (),
    closes: bool = True,
) -> ConsultationHour:
    """Write down an hour that ``by`` gave. The same hour, word for word, pressed twice is one. ``closes`` the request.
    Of a ``slot``: who was booked and was there came, ``missed`` did not; of others nothing is guessed.

    Side effects: audit; the teachers are told. Raises ``Invalid``; ``Conflict`` where the request or the
    support allows no hour, ``AtOnce`` where the tutor has another one.
    """
    check_record(by, centre.pk)
    me, whom = acting(by), set(teachers)
    _lock(me)
    if slot is not None:
        locked_slot(slot.pk)
    if request is not None:
        request = locked_request(request)
        check_answer(by, request)
    if item is not None:
        check_led(by, item.route.support)
    check_source(centre.pk, request, item)
    if slot is not None:
        check_received(by, slot)
    check_time(given.interval, timezone.now())
    check_teachers(centre.pk, whom, me)
    served = item.pk if item else request.item_id if request else None
    facts = {"centre": centre, "request": request, "item_id": served, "slot": slot, **asdict(given)}
    hour = _same(me, facts, whom)
    if hour is None:
        check_free(me, given.interval)
        hour = ConsultationHour.objects.create(tutor_id=me, **facts)
        HourTeacher.objects.bulk_create([HourTeacher(hour=hour, person_id=pk) for pk in sorted(whom)])
        renew(hour)
        audit.record("hour.record", hour, by=by, teachers=len(whom), minutes=hour.minutes)
        tell_teachers(hour, whom, RECORDED)
    if request is not None and closes and request.state in OPEN:
        hold_request(request=request, by=by, hour=True)
    if slot is not None:
        _say_who_came(slot, whom, set(missed) - whom, by)
    _renew_booked(hour)
    return hour


def _renew_booked(hour: ConsultationHour) -> None:
    """In calendars a booking gives way to the hour that was written down for it, and comes back without it."""
    if hour.slot_id is not None:
        renew(*Booking.objects.filter(slot=hour.slot_id, state__in=LIVE))


def _say_who_came(slot: Slot, came: Collection[int], missed: Collection[int], by: Actor) -> None:
    """Of those who are booked on the slot."""
    known = Q(state__in=AWAITED, person__in=[*came, *missed]) | Q(state=BookingState.UNANSWERED, person__in=came)
    for booking in Booking.objects.filter(known, slot=slot).order_by("pk"):
        what = BookingState.CAME if booking.person_id in came else BookingState.MISSED
        say_who_came(booking=booking, what=what, by=by)


def _unsay(hour: ConsultationHour, slot: Slot, gone: Collection[int], by: Actor) -> None:
    """Who came is said by the hours that stand: of who is in none of the slot it is said no longer."""
    others = HourTeacher.objects.filter(hour__slot=slot, hour__withdrawn_at=None, person__in=gone)
    unsay_who_came(slot, set(gone) - set(others.exclude(hour=hour).values_list("person_id", flat=True)), by)


@transaction.atomic
def correct_hour(
    *, hour: ConsultationHour, given: GivenHour, teachers: Collection[int], by: Actor, seen: str
) -> ConsultationHour:
    """Change what an hour says; what it said stays as an edition. ``seen`` is the ``mark_of`` that the form showed.

    Who is still there keeps their feedback; of who is taken out the edition keeps it. All of them are told. Only
    what changes is checked: an old hour, or of who teaches no longer, keeps its time and its people. The same
    correction again changes nothing. Raises ``Conflict`` where the hour was changed meanwhile or withdrawn.
    """
    _lock(hour.tutor_id)
    slot = locked_slot(hour.slot_id) if hour.slot_id else None
    row = locked_hour(hour)
    check_change(by, row)
    check_standing(row)
    whom, before = set(teachers), facts_of(row)
    if given.interval != row.interval:
        check_time(given.interval, timezone.now())
    check_teachers(row.centre_id, whom, row.tutor_id, known=before["teachers"])
    wanted = {**asdict(given), "teachers": sorted(whom)}
    if before == wanted:
        return row
    if seen != mark_of(row):
        raise Conflict(_("The hour was changed meanwhile: open it again."), code="changed_meanwhile")
    check_free(row.tutor_id, given.interval, without=row.pk)
    gone = row.teachers.exclude(person__in=whom)
    said = {str(pk): feedback for pk, feedback in gone.exclude(feedback="").values_list("person_id", "feedback")}
    HourEdition.objects.create(hour=row, number=row.number, facts=_kept(before) | ({FEEDBACK: said} if said else {}))
    for name, value in asdict(given).items():
        setattr(row, name, value)
    row.number += 1
    row.save()
    there = set(before["teachers"])
    new = whom - there
    gone.delete()
    HourTeacher.objects.bulk_create([HourTeacher(hour=row, person_id=pk) for pk in sorted(new)])
    renew(row)
    if slot is not None:
        _say_who_came(slot, new, (), by)
        _unsay(row, slot, there - whom, by)
    _renew_booked(row)
    audit.record("hour.correct", row, by=by, edition=row.number)
    tell_teachers(row, new, RECORDED)
    tell_teachers(row, there - whom, TAKEN_OUT)
    if any(before[name] != wanted[name] for name in wanted if name not in OWN):
        tell_teachers(row, there & whom, CORRECTED)
    return row


@transaction.atomic
def withdraw_hour(*, hour: ConsultationHour, reason: str, by: Actor) -> ConsultationHour:
    """It did not take place, or was written down by mistake: it stays to be read, and its time is free again.

    Side effects: audit; the teachers are told; a request that no other hour met is open again.
    """
    _lock(hour.tutor_id)
    slot = locked_slot(hour.slot_id) if hour.slot_id else None
    request = locked_request(hour.request) if hour.request else None
    row = locked_hour(hour)
    check_change(by, row)
    if row.withdrawn_at is not None:
        return row
    row.withdrawn_why, row.withdrawn_at = check_reason(reason), timezone.now()
    row.save(update_fields=["withdrawn_why", "withdrawn_at"])
    if slot is not None:
        _unsay(row, slot, _there(row), by)
    _renew_booked(row)
    audit.record("hour.withdraw", row, by=by)
    tell_teachers(row, _there(row), WITHDRAWN)
    if request is not None and reopens(row):
        reopen_request(request=request, by=by)
    return row


@transaction.atomic
def say_how_it_was(*, hour: ConsultationHour, feedback: str, by: Actor) -> HourTeacher:
    """One tap of a teacher who was there; another tap changes it, the same one changes nothing."""
    row = locked_hour(hour)
    check_say(by, row)
    check_standing(row)
    mine = row.teachers.select_for_update(no_key=True).get(person=acting(by))
    if mine.feedback != feedback:
        mine.feedback, mine.feedback_at = feedback, timezone.now()
        mine.save(update_fields=["feedback", "feedback_at"])
        audit.record("hour.feedback", row, by=by)
    return mine


def locked_hour(hour: ConsultationHour) -> ConsultationHour:
    return ConsultationHour.objects.select_for_update(of=("self",), no_key=True).get(pk=hour.pk)


def facts_of(hour: ConsultationHour) -> dict[str, Any]:
    """What the hour says now: the fields of ``GivenHour`` and the ids of who was there."""
    fields = {name: getattr(hour, name) for name in GivenHour.__dataclass_fields__}
    return {**fields, "teachers": sorted(_there(hour))}


def mark_of(hour: ConsultationHour) -> str:
    """Changes whenever the hour does: a form that was opened before is told."""
    return stamp({"number": hour.number})


def _kept(facts: dict[str, Any]) -> dict[str, Any]:
    """As JSON: moments and days are texts."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}


def _there(hour: ConsultationHour) -> set[int]:
    return set(hour.teachers.values_list("person_id", flat=True))


def _lock(tutor_id: int) -> None:
    """Whoever writes down hours of one tutor waits for the other."""
    Person.objects.select_for_update(no_key=True).get(pk=tutor_id)


def _same(tutor_id: int, facts: dict[str, Any], whom: set[int]) -> ConsultationHour | None:
    """Written down word for word; another word makes it another hour, for nothing that was typed may be lost."""
    rows = ConsultationHour.objects.filter(tutor=tutor_id, start=facts["start"], withdrawn_at__isnull=True)
    alike = (row for row in rows if all(getattr(row, name) == value for name, value in facts.items()))
    return next((row for row in alike if _there(row) == whom), None)
