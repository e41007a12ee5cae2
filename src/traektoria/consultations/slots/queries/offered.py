"""The list of free time of a centre: dates of the window with their slots, narrowed by subject, point, tutor, way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from traektoria.consultations.points.models import ConsultationPoint
from traektoria.consultations.slots.enums import DateState
from traektoria.consultations.slots.models import HelpDate, HelpDateTutor, HelpHour
from traektoria.consultations.slots.queries.free import hours_of_subject
from traektoria.consultations.slots.queries.hours import DATE_COLUMNS, NAME, DateRow
from traektoria.consultations.slots.queries.places import SlotRow, slots_of
from traektoria.core.paging import Page, page_of, replaced
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
    found = page_of(_dates(centre_id, soonest, latest, sought).values_list(*DATE_COLUMNS), asked)
    rows = [DateRow(*columns) for columns in found]
    keys = [row.pk for row in rows]
    slots, tutors = (slots_of(keys), _receivers(keys)) if keys else ({}, {})
    return replaced(found, [
        OfferedDate(
            row, [one for one in slots.get(row.pk, ()) if soonest <= one.start <= latest], tutors.get(row.pk, ())
        )
        for row in rows
    ])  # fmt: skip


def _dates(centre_id: int, soonest: datetime, latest: datetime, sought: Sought) -> QuerySet[HelpDate]:
    rows = HelpDate.objects.filter(
        centre=centre_id, state=DateState.STANDING, end__gt=soonest, start__lte=latest, opened_at__isnull=False
    )
    if sought.point:
        rows = rows.filter(point=sought.point)
    if sought.way:
        rows = rows.filter(way=sought.way)
    if sought.tutor:
        rows = rows.filter(receives__tutor=sought.tutor)
    if sought.subject:
        rows = rows.filter(hour__in=hours_of_subject(centre_id, sought.subject))
    return rows.order_by("start", "pk")


def _receivers(dates: Sequence[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    rows = HelpDateTutor.objects.filter(date__in=dates).order_by("tutor__sort_name").values_list("date", *NAME)
    for pk, *parts in rows:
        names.setdefault(pk, []).append(short_name(*parts))
    return names


def points_offered(centre_id: int) -> list[tuple[int, str]]:
    """Points that the centre reads of, for the choice."""
    rows = ConsultationPoint.objects.filter(centre=centre_id, published=True, closed_on=None)
    return list(rows.order_by("name").values_list("pk", "name"))


def tutors_offered(centre_id: int) -> list[tuple[int, str]]:
    """Who receives in Hours that are not ended, by name. One query."""
    rows: Any = HelpHour.objects.filter(centre=centre_id, ended_on=None).order_by("receives__tutor__sort_name")
    names = rows.values_list("receives__tutor", *(f"receives__{part}" for part in NAME)).distinct()
    return [(pk, short_name(*parts)) for pk, *parts in names if pk]
