"""Who sees which absences; the lists and the page of one."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from traektoria.consultations.absences.models import AbsenceStep
from traektoria.consultations.bookings.enums import LIVE
from traektoria.consultations.slots.enums import DateState
from traektoria.consultations.slots.models import HelpDate, HelpDateTutor, TutorAbsence
from traektoria.core.joined_rows import Joined, by, hold
from traektoria.core.paging import Page
from traektoria.core.prepared_statements import Given, prepared
from traektoria.organisations import zones
from traektoria.people.actor import Actor, in_force
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment

DAY = timedelta(days=1)
STEP = Joined(AbsenceStep, "date__point", "other")
TAKEN = (
    "SELECT COUNT(*) FROM consultations_booking b JOIN consultations_slot s ON s.id = b.slot_id "  # noqa: S608
    f"WHERE s.date_id = t.id AND b.state IN ({', '.join(repr(str(one.value)) for one in LIVE)})"
)
DATE = Joined(HelpDate, "hour", "point", "room", "centre__municipality", taken=TAKEN)
RECEIVES = Joined(HelpDateTutor)
TOUCHED = (
    "t.centre_id = %s AND t.state = %s AND t.start >= %s AND t.start < %s AND EXISTS (SELECT 1 FROM "
    "consultations_helpdatetutor r WHERE r.date_id = t.id AND r.tutor_id = %s AND r.live)"
)


def visible_to(actor: Actor) -> QuerySet[TutorAbsence]:
    """One's own, as a tutor of that centre; all of the coordinator's centre."""
    seen = Q(pk__in=[])
    if actor.is_tutor:
        seen |= Q(tutor=actor.person_id or 0, centre__in=actor.centres(Role.TUTOR))
    if actor.is_coordinator:
        seen |= Q(centre__in=actor.centres(Role.COORDINATOR))
    return TutorAbsence.objects.filter(seen).select_related("tutor", "centre__municipality")


def find(actor: Actor, pk: int) -> TutorAbsence | None:
    """What the actor may see, whole. One query."""
    found: TutorAbsence | None = _whole(actor.roles).first(pk=pk, **given_of(actor))
    return found


@prepared
def _whole(roles: frozenset[Role]) -> QuerySet[TutorAbsence]:
    return visible_to(anybody(roles)).filter(pk=Given("pk"))


def absence_page(actor: Actor, asked: object) -> Page[TutorAbsence]:
    """The latest first, with how many dates were decided. One query."""
    return _listed(actor.roles).page(asked, **given_of(actor))


@prepared
def _listed(roles: frozenset[Role]) -> QuerySet[TutorAbsence]:
    return visible_to(anybody(roles)).annotate(decided=Count("steps")).order_by("-end", "-pk")


def steps_of(absence: TutorAbsence) -> list[AbsenceStep]:
    """With their dates and who came instead. One query."""
    return STEP.find("t.absence_id = %s", absence.pk, order="t.start, t.id")


def touched(absence: TutorAbsence) -> list[HelpDate]:
    """Dates that stand, where the tutor receives on these days of the centre's clock, with who receives and how many
    places are ``taken``. Two queries."""
    zone = zones.zone(absence.centre.municipality.time_zone)
    days = map(connection.ops.adapt_datetimefield_value, _midnights(absence, zone))
    rows = DATE.find(
        TOUCHED, absence.centre_id, str(DateState.STANDING), *days, absence.tutor_id, order="t.start, t.id"
    )
    numbers = [row.pk for row in rows]
    hold(rows, "receives", by("date_id", RECEIVES.among("t.date_id", numbers, order="t.id")))
    return rows


def _midnights(absence: TutorAbsence, zone: tzinfo) -> tuple[datetime, datetime]:
    after = absence.end + timedelta(days=1)
    return datetime.combine(absence.start, time(), zone), datetime.combine(after, time(), zone)


def centres_of_tutor(tutor_id: int, *, besides: int) -> list[int]:
    """Where the person is a tutor today, or has still to receive. Two queries."""
    today = in_force(timezone.localdate())
    roles = RoleAssignment.objects.filter(today, person=tutor_id, role=Role.TUTOR, centre__isnull=False)
    dates = HelpDateTutor.objects.filter(tutor=tutor_id, live=True, end__gt=timezone.now())
    found = {*roles.values_list("centre_id", flat=True), *dates.values_list("date__centre_id", flat=True)}
    return sorted(found - {besides})


def days_between(first: date, last: date, taken: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Runs of days from ``first`` to ``last`` that none of ``taken`` (in their order, not overlapping) has."""
    found = []
    for start, end in taken:
        if first < start:
            found.append((first, start - DAY))
        first = end + DAY
    return [*found, (first, last)] if first <= last else found
