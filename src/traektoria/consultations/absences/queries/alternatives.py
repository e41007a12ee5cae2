"""What could become of each date while its tutor is away: who could receive instead, when else, with the reason.

A bounded number of queries, whatever the number of dates and tutors.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.absences.enums import Step
from traektoria.consultations.absences.models import AbsenceStep
from traektoria.consultations.absences.queries.absences import steps_of, touched
from traektoria.consultations.absences.queries.colleagues import Colleague, Colleagues, colleagues_of
from traektoria.consultations.slots.models import HelpDate, TutorAbsence
from traektoria.consultations.slots.queries.busy_times import busy_room
from traektoria.core.typography import ru_moment
from traektoria.engines.intervals import Interval

WEEKS = 4
"""So many weeks after the absence another time is looked for."""
LEAVE = "later"


@dataclass(frozen=True)
class Choice:
    """A line of the choice: ``value`` is what the form sends."""

    value: str
    label: str


@dataclass(frozen=True)
class TouchedDate:
    """A date to be decided: ``taken`` places are booked; ``proposed`` is the choice that is filled in."""

    date: HelpDate
    taken: int
    choices: tuple[Choice, ...]
    proposed: str

    @property
    def name(self) -> str:
        return f"date_{self.date.pk}"


@dataclass(frozen=True)
class _AbsenceFacts:
    """What all dates are held against, read once; ``moved`` are times that were proposed already."""

    absence: TutorAbsence
    colleagues: Colleagues
    rooms: dict[int, list[Interval]]
    moved: list[Interval]


def to_decide(absence: TutorAbsence, now: datetime, steps: Sequence[AbsenceStep] | None = None) -> list[TouchedDate]:
    """Dates that have not begun and were not decided, in their order; ``steps`` where they are known."""
    done = {one.date_id for one in (steps_of(absence) if steps is None else steps)}
    dates = [one for one in touched(absence) if one.start > now and one.pk not in done]
    if not dates:
        return []
    known = _known(absence, dates)
    return [_row(one, known) for one in dates]


def _known(absence: TutorAbsence, dates: Sequence[HelpDate]) -> _AbsenceFacts:
    """The span reaches from the first date to the last week in which another time is looked for."""
    days = (absence.end - absence.start).days + 1
    last = max(one.end for one in dates) + timedelta(days=days, weeks=WEEKS)
    span = Interval(min(one.start for one in dates), last)
    rooms = sorted({one.room_id for one in dates if one.room_id})
    return _AbsenceFacts(
        absence,
        colleagues_of(absence.centre, span, away=[absence.tutor_id]),
        {room: busy_room(room, span) for room in rooms},
        [],
    )


def _row(date: HelpDate, known: _AbsenceFacts) -> TouchedDate:
    instead = known.colleagues.instead(date)
    alone = len(date.receives.all()) == 1
    taken: int = date.taken  # type: ignore[attr-defined]
    moves = _moves(date, known) if alone else []
    last = Choice(Step.DROP, _("drop: nobody receives")) if alone else Choice(Step.TAKE_OUT, _("the others receive"))
    named = [_substitute(one) for one in instead]
    choices = (*named, *moves, last, Choice(LEAVE, _("decide later")))
    fitting = [choice for choice, one in zip(named, instead, strict=True) if one.fits]
    proposed = [*fitting, *moves, *named, last][0]
    return TouchedDate(date, taken, choices, proposed.value)


def _substitute(one: Colleague) -> Choice:
    return Choice(f"{Step.SUBSTITUTE}:{one.pk}", _("instead: %(name)s") % {"name": one.words})


def _moves(date: HelpDate, known: _AbsenceFacts) -> list[Choice]:
    """The first same weekday and hour, by the clock of the place, after the absence when tutor and room are free."""
    zone, length = known.colleagues.zone, date.end - date.start
    start = timezone.localtime(date.start, zone).replace(tzinfo=None)
    weeks = (known.absence.end - timezone.localdate(date.start, zone)).days // 7 + 1
    for week in range(weeks, weeks + WEEKS):
        later = timezone.make_aware(start + timedelta(weeks=week), zone)
        interval = Interval(later, later + length)
        taken = [*known.rooms.get(date.room_id or 0, []), *known.moved]
        free = known.colleagues.is_free(known.absence.tutor_id, interval)
        if free and not any(one.clashes(interval) for one in taken):
            known.moved.append(interval)
            return [Choice(f"{Step.MOVE}:{later.isoformat()}", _("move to %(when)s") % {"when": ru_moment(later)})]
    return []
