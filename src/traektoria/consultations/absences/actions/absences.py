"""A tutor is away: it is written down, what becomes of the dates is decided in one act, it ends earlier."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.absences.enums import Step
from traektoria.consultations.absences.letters import tell_absent, tell_booked, tell_replaced, tell_substitute
from traektoria.consultations.absences.models import AbsenceStep
from traektoria.consultations.absences.permissions import check_decide, check_record
from traektoria.consultations.absences.policies import check_alone, check_days, check_going_on, check_tutor
from traektoria.consultations.absences.queries.absences import centres_of_tutor, days_between
from traektoria.consultations.slots.actions.changing import drop_date, move_date
from traektoria.consultations.slots.actions.opening import offer_days
from traektoria.consultations.slots.actions.substituting import substitute_tutor, take_out_tutor
from traektoria.consultations.slots.locks import lock_people
from traektoria.consultations.slots.models import HelpDate, HelpDateTutor, TutorAbsence
from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.organisations import zones
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor

MOST = 200
"""Dates that one act decides."""


@dataclass(frozen=True)
class Away:
    """The days, why, and what the coordinator alone reads."""

    start: Day
    end: Day
    kind: str
    note: str = ""


@dataclass(frozen=True)
class DateDecision:
    """What becomes of one date. ``seen`` is its edition as the page showed it; ``other`` receives instead, ``start`` is
    when a moved one begins."""

    date: int
    seen: int
    step: Step
    other: int = 0
    start: datetime | None = None


@transaction.atomic
def record_absence(*, centre: TutorCentre, tutor_id: int, away: Away, by: Actor) -> TutorAbsence:
    """Nobody is offered to this tutor on these days from now on, in any of their centres; dates that stand wait for the
    decision of the coordinator of each. The others are not told why. The same days pressed twice are one absence. Side
    effects: audit, without kind and note; the tutor is told once."""
    check_record(by, centre.pk, tutor_id)
    check_days(away.start, away.end, timezone.localdate(timezone=zones.zone(centre.municipality.time_zone)))
    check_tutor(tutor_id, centre.pk)
    lock_people([tutor_id])
    same = {"tutor_id": tutor_id, "start": away.start, "end": away.end}
    known = TutorAbsence.objects.filter(centre=centre, cancelled_at=None, **same).first()
    if known is not None:
        return known
    check_alone(tutor_id, centre.pk, away.start, away.end)
    row = TutorAbsence.objects.create(centre=centre, kind=away.kind, note=away.note.strip(), **same)
    audit.record("absence.record", row, by=by)
    for other in centres_of_tutor(tutor_id, besides=centre.pk):
        _record_elsewhere(row, other, by)
    if by.person_id != tutor_id:
        tell_absent(row)
    return row


def _record_elsewhere(row: TutorAbsence, centre_id: int, by: Actor) -> None:
    """The same days there, but for those that are written down there already."""
    rows = TutorAbsence.objects.filter(tutor=row.tutor_id, centre=centre_id, cancelled_at=None)
    taken = rows.filter(start__lte=row.end, end__gte=row.start).order_by("start").values_list("start", "end")
    for start, end in days_between(row.start, row.end, list(taken)):
        other = TutorAbsence.objects.create(
            centre_id=centre_id, tutor_id=row.tutor_id, start=start, end=end, kind="", note="", source=row
        )
        audit.record("absence.record", other, by=by)


@transaction.atomic
def decide(
    *, absence: TutorAbsence, decisions: Sequence[DateDecision], by: Actor, now: datetime | None = None
) -> list[AbsenceStep]:
    """All of these dates in one act: what can't be done for one of them is done for none. A date that was decided
    before is passed over, so a second press does nothing. Each person is told once.

    Side effects: audit and history of each date, letters. Raises ``Conflict`` that names the date.
    """
    moment = now or timezone.now()
    if len(decisions) > MOST:
        raise Invalid(
            _("At most %(most)s dates at once: decide the rest afterwards.") % {"most": MOST}, code="too_many"
        )
    dates = {one.pk: one for one in _dates(absence, [one.date for one in decisions])}
    lock_people(_everybody(absence, decisions))
    row = TutorAbsence.objects.select_for_update(of=("self",), no_key=True).select_related("centre__municipality")
    locked = row.get(pk=absence.pk)
    check_decide(by, locked)
    done = set(locked.steps.values_list("date_id", flat=True))
    open_ones = [one for one in sorted(decisions, key=lambda one: one.date) if one.date not in done]
    if open_ones:
        check_going_on(locked, timezone.localdate(moment, zones.zone(locked.centre.municipality.time_zone)))
    made = [_decided(locked, dates, one, by, moment) for one in open_ones]
    _tell(locked, made)
    return made


@transaction.atomic
def end_absence(*, absence: TutorAbsence, last_day: Day, by: Actor) -> TutorAbsence:
    """The tutor is back after ``last_day``: the rest of the days is free again, in their other centres too. Before the
    first day it is as if it had never been. What was decided of dates stays; a dropped date is restored on its own
    page. Side effects: audit; the tutor is told once; who waits is offered what is free of them."""
    lock_people([absence.tutor_id])
    rows = TutorAbsence.objects.select_for_update(of=("self",), no_key=True).select_related("centre__municipality")
    row = rows.get(pk=absence.pk)
    check_record(by, row.centre_id, row.tutor_id)
    if row.cancelled_at is not None or last_day == row.end:
        return row
    check_going_on(row, timezone.localdate(timezone=zones.zone(row.centre.municipality.time_zone)))
    if last_day > row.end:
        raise Invalid(_("A longer absence is written down anew."), code="longer")
    told = _told_everywhere(row)
    row = next(one for one in told if one.pk == row.pk)
    free_to = max(one.end for one in told)
    free_from = max(min(one.start for one in told), last_day + timedelta(days=1))
    for one in told:
        _shorten(one, last_day, by)
    offer_days(row.tutor_id, free_from, free_to, timezone.now())
    if by.person_id != row.tutor_id:
        tell_absent(row)
    return row


def _told_everywhere(row: TutorAbsence) -> list[TutorAbsence]:
    """The absence as each centre has it, in pieces where some of its days were written down there already. What was
    written down before pieces knew of each other goes by the same days."""
    root = row.source_id or row.pk
    same = Q(source=None, start=row.start, end=row.end)
    rows = TutorAbsence.objects.filter(Q(pk=root) | Q(source=root) | same, tutor=row.tutor_id, cancelled_at=None)
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def _shorten(row: TutorAbsence, last_day: Day, by: Actor) -> None:
    if last_day >= row.end:
        return
    if last_day < row.start:
        row.cancelled_at = timezone.now()
    else:
        row.end = last_day
    row.save(update_fields=["end", "cancelled_at"])
    audit.record("absence.end", row, by=by)


@transaction.atomic
def replace_tutor(*, date: HelpDate, tutor_id: int, other_id: int, reason: str, by: Actor) -> HelpDate:
    """Another tutor receives on one date; both and who has booked are told, once. Raises ``Conflict``."""
    before = date.number
    row = substitute_tutor(date=date, tutor_id=tutor_id, other_id=other_id, reason=reason, by=by)
    if row.number != before:
        tell_replaced(row.pk, tutor_id, other_id)
        tell_booked(row.pk, other_id)
    return row


def _dates(absence: TutorAbsence, asked: Collection[int]) -> Sequence[HelpDate]:
    """Of this centre, where the tutor receives or received; with what an act needs. One query."""
    rows = HelpDate.objects.filter(pk__in=asked, centre=absence.centre_id)
    return list(rows.select_related("hour", "centre__municipality"))


def _everybody(absence: TutorAbsence, decisions: Sequence[DateDecision]) -> set[int]:
    """All tutors of these dates and all who receive instead: locked first, in one order."""
    there = HelpDateTutor.objects.filter(date__in=[one.date for one in decisions]).values_list("tutor_id", flat=True)
    return {absence.tutor_id, *there, *(one.other for one in decisions if one.other)}


def _decided(
    absence: TutorAbsence, dates: dict[int, HelpDate], one: DateDecision, by: Actor, now: datetime
) -> AbsenceStep:
    date = dates.get(one.date)
    if date is None or not date.receives.filter(tutor=absence.tutor_id, live=True).exists():
        raise Conflict(_("One of the dates is no longer of this tutor: open the page again."), code="changed_meanwhile")
    if date.number != one.seen:
        raise Conflict(_("One of the dates was changed meanwhile: open the page again."), code="changed_meanwhile")
    start, why = date.start, _("The tutor cannot receive on this day.")
    try:
        _act(date, absence.tutor_id, one, why, by, now)
    except Conflict as refusal:
        said = {"day": f"{timezone.localtime(start):%d.%m, %H:%M}", "why": refusal.sentence}
        raise Conflict(_("%(day)s: %(why)s") % said, code=refusal.code) from refusal
    return AbsenceStep.objects.create(
        absence=absence, date=date, step=one.step, other_id=one.other or None, start=start
    )


def _act(date: HelpDate, tutor_id: int, one: DateDecision, why: str, by: Actor, now: datetime) -> None:
    if one.step == Step.SUBSTITUTE:
        substitute_tutor(date=date, tutor_id=tutor_id, other_id=one.other, reason=why, by=by, now=now)
    elif one.step == Step.TAKE_OUT:
        take_out_tutor(date=date, tutor_id=tutor_id, reason=why, by=by, now=now)
    elif one.step == Step.MOVE:
        _move(date, tutor_id, one.start, why, by, now)
    else:
        _alone(date)
        drop_date(date=date, reason=why, by=by, now=now, told=[tutor_id])


def _move(date: HelpDate, tutor_id: int, start: datetime | None, why: str, by: Actor, now: datetime) -> None:
    if start is None:
        raise Invalid(_("Say to when the date is moved."), code="no_time")
    _alone(date)
    move_date(date=date, start=start, reason=why, by=by, now=now, told=[tutor_id])


def _alone(date: HelpDate) -> None:
    """A date with several tutors is neither dropped nor moved because one of them is away."""
    if date.receives.count() > 1:
        raise Conflict(_("Others receive on this date too: they can do it without this tutor."), code="others")


def _tell(absence: TutorAbsence, made: Sequence[AbsenceStep]) -> None:
    """Who receives instead and who is away once for all of it; who had booked once for each date that goes on. Who
    loses a place or gets another time is told by the bookings themselves."""
    for other in sorted({one.other_id for one in made if one.other_id}):
        tell_substitute(absence, other)
    for one in made:
        if one.step == Step.SUBSTITUTE:
            tell_booked(one.date_id, one.other_id or 0)
    if made:
        tell_absent(absence)
