"""Who receives: a tutor of the centre today (not suspended, not left), who is there on the day."""

from collections.abc import Collection
from datetime import date, datetime, tzinfo
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from traektoria.consultations.slots.enums import SlotState
from traektoria.consultations.slots.models import HelpDateTutor, Slot, TutorAbsence
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.tutors.statuses.queries import may_take_teachers


def tutors_of(slot: Slot) -> set[int]:
    """Who receives: one, or all of the date together. One query where they are several."""
    if slot.tutor_id is not None:
        return {slot.tutor_id}
    return {tutor for (tutor,) in _together().all(date=slot.date_id)}


@prepared
def _together() -> QuerySet[HelpDateTutor, Any]:
    return HelpDateTutor.objects.filter(date=Given("date")).order_by().values_list("tutor")


def receiving(tutors: Collection[int], centre_id: int) -> set[int]:
    """Of these those who are tutors of the centre now. At most two queries."""
    return may_take_teachers(tutors, centre_id)


def away_until(tutors: Collection[int], day: date) -> dict[int, date]:
    """By tutor who is away on the day: the last day of it. Who is away is so in all their centres. One query."""
    return {tutor: max(last for _first, last in found) for tutor, found in absences_of(tutors, day, day).items()}


def absences_of(tutors: Collection[int], since: date, until: date) -> dict[int, list[tuple[date, date]]]:
    """First and last day of each absence that touches these days, by tutor. One query."""
    found: dict[int, list[tuple[date, date]]] = {}
    for tutor, first, last in _absences().all(tutors=tutors, since=since, until=until):
        found.setdefault(tutor, []).append((first, last))
    return found


@prepared
def _absences() -> QuerySet[TutorAbsence, Any]:
    rows = TutorAbsence.objects.filter(
        tutor__in=Numbers("tutors"), cancelled_at=None, start__lte=Given("until"), end__gte=Given("since")
    )
    return rows.order_by().values_list("tutor", "start", "end")


def slots_of_absent(
    tutors: Collection[int], centre_id: int, since: datetime, until: datetime, zone: tzinfo
) -> list[int]:
    """Slots between these moments of which nobody of ``tutors`` receives on the day, because of absences: of one who is
    away, of a group whose tutors all are. One query, two where somebody is away."""
    first, last = timezone.localdate(since, zone), timezone.localdate(until, zone)
    absences = _absences().all(tutors=tutors, since=first, until=last)
    if not absences:
        return []
    rows = _taken_away().all(
        absent={row[0] for row in absences}, tutors=tutors, centre=centre_id, since=since, until=until
    )
    there: dict[int, bool] = {}
    for pk, tutor, one_of_all, start in rows:
        away = _is_away(absences, tutor or one_of_all, timezone.localdate(start, zone))
        there[pk] = there.get(pk, False) or not away
    return [pk for pk, somebody in there.items() if not somebody]


def _is_away(absences: Collection[tuple[int, date, date]], tutor: int, day: date) -> bool:
    return any(one == tutor and first <= day <= last for one, first, last in absences)


@prepared
def _taken_away() -> QuerySet[Slot, Any]:
    """Of who is absent, and of groups: a row for each who receives together."""
    whose = Q(tutor__in=Numbers("absent")) | Q(tutor=None, date__receives__tutor__in=Numbers("tutors"))
    rows = Slot.objects.filter(
        whose, centre=Given("centre"), state=SlotState.OPEN, start__gte=Given("since"), start__lte=Given("until")
    )
    return rows.order_by().values_list("pk", "tutor", "date__receives__tutor", "start")
