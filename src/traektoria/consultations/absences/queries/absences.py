"""Who sees which absences; the lists and the page of one."""

from datetime import datetime, time, timedelta, tzinfo

from django.db.models import Count, Q, QuerySet

from traektoria.consultations.absences.models import AbsenceStep
from traektoria.consultations.slots.enums import DateState
from traektoria.consultations.slots.models import HelpDate, TutorAbsence
from traektoria.organisations import zones
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import Role


def visible_to(actor: Actor) -> QuerySet[TutorAbsence]:
    """One's own, as a tutor of that centre; all of the coordinator's centre."""
    seen = Q(pk__in=[])
    if actor.is_tutor:
        seen |= Q(tutor=actor.person_id or 0, centre__in=actor.centres(Role.TUTOR))
    if actor.is_coordinator:
        seen |= Q(centre__in=actor.centres(Role.COORDINATOR))
    return TutorAbsence.objects.filter(seen).select_related("tutor", "centre__municipality")


def absence_rows(actor: Actor) -> QuerySet[TutorAbsence]:
    """The latest first, with how many dates were decided."""
    return visible_to(actor).annotate(decided=Count("steps")).order_by("-end", "-pk")


def steps_of(absence: TutorAbsence) -> list[AbsenceStep]:
    """One query."""
    rows = absence.steps.select_related("date__point", "date__hour", "other")
    return list(rows.order_by("start", "pk"))


def touched(absence: TutorAbsence) -> QuerySet[HelpDate]:
    """Dates that stand, where the tutor receives on these days of the centre's clock."""
    zone = zones.zone(absence.centre.municipality.time_zone)
    first, after = _midnights(absence, zone)
    rows = HelpDate.objects.filter(
        centre=absence.centre_id, state=DateState.STANDING, start__gte=first, start__lt=after,
        receives__tutor=absence.tutor_id, receives__live=True,
    )  # fmt: skip
    return rows.select_related("hour", "point", "room", "centre__municipality").order_by("start", "pk")


def _midnights(absence: TutorAbsence, zone: tzinfo) -> tuple[datetime, datetime]:
    after = absence.end + timedelta(days=1)
    return datetime.combine(absence.start, time(), zone), datetime.combine(after, time(), zone)


def centres_for(actor: Actor) -> QuerySet[TutorCentre]:
    """Where the person may write an absence down."""
    rows = TutorCentre.objects.filter(pk__in=actor.centres(Role.COORDINATOR, Role.TUTOR))
    return rows.select_related("municipality").order_by("pk")
