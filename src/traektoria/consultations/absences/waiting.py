"""Dates of an absent tutor wait for the coordinator, until it is decided what becomes of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.absences.models import AbsenceStep
from traektoria.consultations.slots.enums import DateState
from traektoria.consultations.slots.models import HelpDate, HelpDateTutor, HelpHour, TutorAbsence
from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.typography import counted
from traektoria.core.waiting import waits
from traektoria.organisations import zones
from traektoria.people import addressees
from traektoria.people.enums import Role

DECIDE = "consultations.absence"
DAY = timedelta(days=1)
Receiving = defaultdict[tuple[int, int], list[datetime]]


def rows(absences: QuerySet[TutorAbsence]) -> Iterator[Wait]:
    """By the first date that is not decided; it shows until the last of them. Two queries."""
    found = list(absences.filter(cancelled_at=None).select_related("centre__municipality"))
    receiving = _receiving(found)
    for absence in found:
        zone = zones.zone(absence.centre.municipality.time_zone)
        days = sorted(timezone.localdate(one, zone) for one in receiving[absence.tutor_id, absence.centre_id])
        left = [day for day in days if absence.start <= day <= absence.end]
        if left:
            to = addressees.of_centre(Role.COORDINATOR, absence.centre_id)
            yield Wait(
                DECIDE, to, absence, absence.centre_id, absence.tutor_id, facts={"dates": len(left)}, due=left[0],
                shows_until=left[-1],
            )  # fmt: skip


def _receiving(absences: list[TutorAbsence]) -> Receiving:
    """Beginnings of dates that stand, by tutor and centre. What was decided is not among them: another tutor receives,
    or it is moved away, or dropped."""
    found: Receiving = defaultdict(list)
    if absences:
        first = min(one.start for one in absences)
        midnight = datetime.combine(first - DAY, datetime.min.time(), timezone.get_default_timezone())
        live = HelpDateTutor.objects.filter(
            tutor__in={one.tutor_id for one in absences}, live=True, date__state=DateState.STANDING,
            date__start__gte=midnight,
        )  # fmt: skip
        for tutor, centre, start in live.values_list("tutor_id", "date__centre_id", "date__start"):
            found[tutor, centre].append(start)
    return found


def decide(row: Waited) -> Words:
    what = counted(
        row.facts["dates"], "A tutor is away: %(n)s date to be decided", "A tutor is away: %(n)s dates to be decided"
    )
    return Words(what, row.name, reverse("consultations:absence_detail", args=[row.object_id]), _("Decide"))


def _of_date(date: HelpDate) -> Iterable[int]:
    """Absences in its centre on the day of its rule, or on which it takes place now."""
    day = timezone.localdate(date.start)
    near = Q(start__lte=date.day, end__gte=date.day) | Q(start__lte=day + DAY, end__gte=day - DAY)
    return TutorAbsence.objects.filter(near, centre=date.centre_id, cancelled_at=None).values_list("pk", flat=True)


def _of_hour(hour: HelpHour) -> Iterable[int]:
    rows = TutorAbsence.objects.filter(centre=hour.centre_id, cancelled_at=None, start__lte=hour.last_day)
    return rows.filter(end__gte=hour.first_day).values_list("pk", flat=True)


waits(
    WaitingSource(
        slug="consultations.absences",
        order=15,
        model=TutorAbsence,
        rows=rows,
        kinds=(
            WaitingKind(
                DECIDE, 15, DeskGroup.SOON, decide,
                no_letter="a tutor falls ill today: three days before is too late, the desk says it at once",
            ),
        ),
        watches=(
            Watch(AbsenceStep, lambda step: [step.absence_id]),
            Watch(HelpDate, _of_date),
            Watch(HelpDateTutor, lambda row: _of_date(row.date)),
            Watch(HelpHour, _of_hour),
        ),
    )
)  # fmt: skip
