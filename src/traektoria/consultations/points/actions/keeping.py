"""A point is made, changed, closed and opened again by the coordinator."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction

from traektoria.consultations.points.enums import PointKind
from traektoria.consultations.points.models import ConsultationPoint, PointRoom, PointTutor
from traektoria.consultations.points.permissions import check_keep_points
from traektoria.consultations.points.policies import (
    check_closable,
    check_name,
    check_receivers,
    check_rooms,
    check_school,
)
from traektoria.consultations.requests.policies import check_reason
from traektoria.core import audit
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.actor import Actor


@dataclass(frozen=True)
class PointFacts:
    """What is said of a point, beside its rooms and who receives there."""

    kind: str
    name: str
    school: School | None = None
    address: str = ""
    contacts: str = ""
    about: str = ""
    subjects: tuple[str, ...] = ()
    published: bool = True


@transaction.atomic
def make_point(
    *, centre: TutorCentre, facts: PointFacts, rooms: Sequence[str], tutors: Sequence[int], by: Actor
) -> ConsultationPoint:
    """A new point. Side effects: audit. Raises ``Invalid``."""
    check_keep_points(by, centre.pk)
    _check(centre, facts, rooms)
    check_receivers(tutors, centre.pk)
    point = ConsultationPoint.objects.create(centre=centre, **_values(facts))
    _write_rooms(point, rooms)
    PointTutor.objects.bulk_create([PointTutor(point=point, person_id=pk) for pk in sorted(set(tutors))])
    audit.record("point.make", point, by=by)
    return point


@transaction.atomic
def change_point(
    *, point: ConsultationPoint, facts: PointFacts, rooms: Sequence[str], tutors: Sequence[int], by: Actor
) -> ConsultationPoint:
    """What is said of it now. A room that is named no longer stays for the dates that were in it."""
    row = _locked(point)
    check_keep_points(by, row.centre_id)
    _check(row.centre, facts, rooms, without=row.pk)
    known = set(row.receives.values_list("person_id", flat=True))
    check_receivers(tutors, row.centre_id, known)
    for name, value in _values(facts).items():
        setattr(row, name, value)
    row.save()
    _write_rooms(row, rooms)
    row.receives.exclude(person__in=tutors).delete()
    PointTutor.objects.bulk_create([PointTutor(point=row, person_id=pk) for pk in sorted(set(tutors) - known)])
    audit.record("point.change", row, by=by)
    return row


@transaction.atomic
def close_point(*, point: ConsultationPoint, on: date, reason: str, by: Actor) -> ConsultationPoint:
    """It takes no Hours from that day on and stays to be read with the reason. Closed twice is closed once."""
    row = _locked(point)
    check_keep_points(by, row.centre_id)
    if not row.is_open:
        return row
    check_closable(row, on)
    row.closed_on, row.closed_why = on, check_reason(reason)
    row.save(update_fields=["closed_on", "closed_why"])
    audit.record("point.close", row, by=by)
    return row


@transaction.atomic
def reopen_point(*, point: ConsultationPoint, by: Actor) -> ConsultationPoint:
    row = _locked(point)
    check_keep_points(by, row.centre_id)
    if row.is_open:
        return row
    row.closed_on, row.closed_why = None, ""
    row.save(update_fields=["closed_on", "closed_why"])
    audit.record("point.reopen", row, by=by)
    return row


def _locked(point: ConsultationPoint) -> ConsultationPoint:
    rows = ConsultationPoint.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("centre__municipality").get(pk=point.pk)


def _check(centre: TutorCentre, facts: PointFacts, rooms: Sequence[str], without: int = 0) -> None:
    check_name(facts.name, centre.pk, without)
    check_school(facts.kind, facts.school, centre)
    check_rooms(rooms)


def _values(facts: PointFacts) -> dict[str, object]:
    """A point that is no school's names none; lists are kept as JSON."""
    values = {one.name: getattr(facts, one.name) for one in fields(facts)}
    school = facts.school if facts.kind == PointKind.SCHOOL else None
    return {**values, "school": school, "subjects": list(facts.subjects)}


def _write_rooms(point: ConsultationPoint, rooms: Sequence[str]) -> None:
    """A video point has no rooms; one that comes back is the same row."""
    wanted = list(dict.fromkeys(rooms)) if point.kind != PointKind.VIDEO else []
    there = {room.name: room for room in point.rooms.all()}
    point.rooms.exclude(name__in=wanted).update(in_use=False)
    point.rooms.filter(name__in=wanted).update(in_use=True)
    PointRoom.objects.bulk_create([PointRoom(point=point, name=name) for name in wanted if name not in there])
