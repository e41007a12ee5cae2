"""The list of free time of a centre: dates of the window with their slots, narrowed by subject, point, tutor, way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from traektoria.consultations.points.models import ConsultationPoint
from traektoria.consultations.slots.enums import DateState
from traektoria.consultations.slots.models import HelpDate, HelpDateTutor, HelpHourTutor
from traektoria.consultations.slots.queries.free import hours_of_subject
from traektoria.consultations.slots.queries.hours import DATE_COLUMNS, NAME, DateRow
from traektoria.consultations.slots.queries.places import SlotRow, slots_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared import Given, Numbers, prepared
from traektoria.organisations.regulations.consulting import ConsultingRules
from traektoria.people.models import short_name


@dataclass(frozen=True)
class Sought:
    """What one looks for; empty and 0 is anything."""

    subject: str = ""
    point: int = 0
    tutor: int = 0
    way: str = ""

    @property
    def narrows(self) -> bool:
        return bool(self.subject or self.point or self.tutor or self.way)


@dataclass(frozen=True)
class OfferedDate:
    """A date with its slots that can still be booked, and who receives."""

    row: DateRow
    slots: Sequence[SlotRow]
    tutors: Sequence[str]

    @property
    def free(self) -> int:
        return sum(one.free for one in self.slots)


def offered_page(
    centre_id: int, rules: ConsultingRules, sought: Sought, asked: object, *, now: datetime
) -> Page[OfferedDate]:
    """The nearest dates first. At most five queries."""
    soonest, latest = now + timedelta(hours=rules.notice_hours), now + timedelta(days=rules.window_days)
    found = _dates(bool(sought.point), bool(sought.way), bool(sought.tutor), bool(sought.subject)).page(
        asked, centre=centre_id, soonest=soonest, latest=latest, point=sought.point, way=sought.way,
        tutor=sought.tutor, hours=hours_of_subject(centre_id, sought.subject) if sought.subject else (),
    )  # fmt: skip
    rows = [DateRow(*columns) for columns in found]
    keys = [row.pk for row in rows]
    slots, tutors = (slots_of(keys), _names(keys)) if keys else ({}, {})
    return replaced(found, [
        OfferedDate(
            row, [one for one in slots.get(row.pk, ()) if soonest <= one.start <= latest], tutors.get(row.pk, ())
        )
        for row in rows
    ])  # fmt: skip


@prepared
def _dates(by_point: bool, by_way: bool, by_tutor: bool, by_subject: bool) -> QuerySet[HelpDate, Any]:
    rows = HelpDate.objects.filter(
        centre=Given("centre"), state=DateState.STANDING, end__gt=Given("soonest"), start__lte=Given("latest"),
        opened_at__isnull=False,
    )  # fmt: skip
    if by_point:
        rows = rows.filter(point=Given("point"))
    if by_way:
        rows = rows.filter(way=Given("way"))
    if by_tutor:
        rows = rows.filter(receives__tutor=Given("tutor"))
    if by_subject:
        rows = rows.filter(hour__in=Numbers("hours"))
    return rows.order_by("start", "pk").values_list(*DATE_COLUMNS)


def _names(dates: Sequence[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for pk, *parts in _receivers().all(dates=dates):
        names.setdefault(pk, []).append(short_name(*parts))
    return names


@prepared
def _receivers() -> QuerySet[HelpDateTutor, Any]:
    rows = HelpDateTutor.objects.filter(date__in=Numbers("dates")).order_by("tutor__sort_name")
    return rows.values_list("date", *NAME)


def points_offered(centre_id: int) -> list[tuple[int, str]]:
    """Points that the centre reads of, for the choice. One query."""
    return list(_points().all(centre=centre_id))


@prepared
def _points() -> QuerySet[ConsultationPoint, Any]:
    rows = ConsultationPoint.objects.filter(centre=Given("centre"), published=True, closed_on=None)
    return rows.order_by("name").values_list("pk", "name")


def tutors_offered(centre_id: int) -> list[tuple[int, str]]:
    """Who receives in Hours that are not ended, by name. One query."""
    return [(pk, short_name(*parts)) for pk, *parts in _tutors().all(centre=centre_id)]


@prepared
def _tutors() -> QuerySet[HelpHourTutor, Any]:
    rows = HelpHourTutor.objects.filter(hour__centre=Given("centre"), hour__ended_on=None)
    return rows.order_by("tutor__sort_name", "tutor").values_list("tutor", *NAME).distinct()
