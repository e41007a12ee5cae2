"""What could become of each date while its tutor is away: who could receive instead, when else, with the reason.

A bounded number of queries, whatever the number of dates and tutors.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.absences.enums import Step
from traektoria.consultations.absences.queries.absences import touched
from traektoria.consultations.load.months import loads_of, months_from
from traektoria.consultations.slots.models import HelpDate, TutorAbsence
from traektoria.consultations.slots.queries.busy import Frame, busy_room, busy_tutors, frames
from traektoria.consultations.slots.registries import Busy, taken_places
from traektoria.core.typography import ru_moment
from traektoria.engines.intervals import Interval
from traektoria.organisations import zones
from traektoria.routes.tutees.queries import tutor_names
from traektoria.tutors.profiles.models import TutorProfile
from traektoria.tutors.statuses.queries import may_take_teachers

WEEKS = 4
"""So many weeks after the absence another time is looked for."""
BEST = 5
LEAVE = ""


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
class _Known:
    """What all dates are held against, read once; ``moved`` are times that were proposed already."""

    absence: TutorAbsence
    others: dict[int, str]
    subjects: dict[int, frozenset[str]]
    left: dict[int, int]
    busy: Sequence[Busy]
    frames: dict[int, Frame]
    taken: dict[int, int]
    rooms: dict[int, list[Interval]]
    moved: list[Interval]


def to_decide(absence: TutorAbsence, now: datetime) -> list[TouchedDate]:
    """Dates that have not begun and were not decided, in their order."""
    done = set(absence.steps.values_list("date_id", flat=True))
    rows = touched(absence).filter(start__gt=now).prefetch_related("slots", "receives")
    dates = [one for one in rows if one.pk not in done]
    if not dates:
        return []
    known = _known(absence, dates)
    return [_row(one, known) for one in dates]


def _known(absence: TutorAbsence, dates: Sequence[HelpDate]) -> _Known:
    zone = zones.zone(absence.centre.municipality.time_zone)
    names = tutor_names([absence.centre_id])
    allowed = may_take_teachers(names, absence.centre_id) - {absence.tutor_id}
    others = {pk: name for pk, name in names.items() if pk in allowed}
    span = Interval(min(one.start for one in dates), max(one.end for one in dates) + _far(absence))
    first, last = (timezone.localdate(moment, zone) for moment in (span.start, span.end))
    months = loads_of(absence.centre_id, months_from(first, 1), zone)
    rooms = {one.room_id for one in dates if one.room_id}
    return _Known(
        absence,
        others,
        {pk: frozenset(subjects) for pk, subjects in _profiles(absence.centre_id, allowed)},
        {pk: load[0].left if load[0].left is not None else -1 for pk, load in months.items()},
        busy_tutors({absence.tutor_id, *others}, span),
        frames({absence.tutor_id, *others}, absence.centre_id, zone, first, last),
        taken_places([slot.pk for one in dates for slot in one.slots.all()]),
        {room: busy_room(room, span) for room in sorted(rooms)},
        [],
    )


def _profiles(centre: int, tutors: Collection[int]) -> Sequence[tuple[int, list[str]]]:
    rows = TutorProfile.objects.filter(centre=centre, person__in=tutors)
    return list(rows.values_list("person_id", "subjects"))


def _far(absence: TutorAbsence) -> timedelta:
    """From the first date to the last week in which another time is looked for."""
    return timedelta(days=(absence.end - absence.start).days + 1, weeks=WEEKS)


def _row(date: HelpDate, known: _Known) -> TouchedDate:
    instead = _instead(date, known)
    alone = len(date.receives.all()) == 1
    taken = sum(known.taken.get(slot.pk, 0) for slot in date.slots.all())
    moves = _moves(date, known) if alone else []
    last = Choice(Step.DROP, _("drop: nobody receives")) if alone else Choice(Step.TAKE_OUT, _("the others receive"))
    choices = (*(choice for choice, _fits in instead), *moves, last, Choice(LEAVE, _("decide later")))
    return TouchedDate(date, taken, choices, _proposed(instead, moves, last))


def _proposed(instead: Sequence[tuple[Choice, bool]], moves: Sequence[Choice], last: Choice) -> str:
    """A colleague of the subject, else another time, else any colleague, else what is last."""
    fitting = [choice for choice, fits in instead if fits]
    found = [*fitting, *moves, *(choice for choice, _fits in instead), last]
    return found[0].value


def _instead(date: HelpDate, known: _Known) -> list[tuple[Choice, bool]]:
    """Colleagues who are free and there, those of the subject first, then who has more hours left."""
    there = {one.tutor_id for one in date.receives.all()}
    free = [pk for pk in known.others if pk not in there and _is_free(pk, date.interval, known)]
    wanted = set(date.hour.subjects)

    def fits(pk: int) -> bool:
        return not wanted or bool(wanted & known.subjects.get(pk, frozenset()))

    best = sorted(free, key=lambda pk: (not fits(pk), -known.left.get(pk, -1)))[:BEST]
    return [(Choice(f"{Step.SUBSTITUTE}:{pk}", _said(known.others[pk], fits(pk))), fits(pk)) for pk in best]


def _said(name: str, fits: bool) -> str:
    words = _("instead: %(name)s") if fits else _("instead: %(name)s, who does not offer the subject")
    return words % {"name": name}


def _is_free(pk: int, interval: Interval, known: _Known) -> bool:
    zone = zones.zone(known.absence.centre.municipality.time_zone)
    day = timezone.localdate(interval.start, zone)
    away = known.frames[pk].away_on(day) is not None
    return not away and not any(one.tutor == pk and one.interval.clashes(interval) for one in known.busy)


def _moves(date: HelpDate, known: _Known) -> list[Choice]:
    """The first same weekday and hour, by the clock of the place, after the absence when tutor and room are free."""
    zone = zones.zone(known.absence.centre.municipality.time_zone)
    start = timezone.localtime(date.start, zone)
    length = date.end - date.start
    for week in range(1, 60):
        later = timezone.make_aware(start.replace(tzinfo=None) + timedelta(weeks=week), zone)
        if later.date() <= known.absence.end:
            continue
        if (later.date() - known.absence.end) > timedelta(weeks=WEEKS):
            break
        interval = Interval(later, later + length)
        room = known.rooms.get(date.room_id or 0, [])
        tutor_free = _is_free(known.absence.tutor_id, interval, known)
        if tutor_free and not any(one.clashes(interval) for one in [*room, *known.moved]):
            known.moved.append(interval)
            return [Choice(f"{Step.MOVE}:{later.isoformat()}", _("move to %(when)s") % {"when": ru_moment(later)})]
    return []
