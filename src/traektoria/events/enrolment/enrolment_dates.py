"""Registrations as they stand, for what waits and for what is fixed in time: one read of their dates for all of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from traektoria.core.ledgers import read_once
from traektoria.core.prepared_statements import Numbers, prepared
from traektoria.events.enrolment.enums import LIVE
from traektoria.events.enrolment.models import Seat
from traektoria.events.event.enums import STANDS, DateState


class DateOfOne(NamedTuple):
    """A date on which somebody comes, or waits to come; ``state`` is of the registration."""

    pk: int
    person: int
    state: str
    school: int | None
    school_name: str | None
    event: int
    event_state: str
    title: str
    centre: int
    zone: str
    date: int
    start: datetime
    end: datetime
    original: datetime


def dates_of(enrolments: Collection[int]) -> list[DateOfOne]:
    """Dates that stand, of events that stand, by registration; of each the earliest first. At most one query."""
    return read_once(_read, enrolments)


def _read(enrolments: Collection[int]) -> list[DateOfOne]:
    return [DateOfOne(*row) for row in _dates().all(enrolments=enrolments)] if enrolments else []


@prepared
def _dates() -> QuerySet[Seat, Any]:
    found = Seat.objects.filter(
        enrolment__in=Numbers("enrolments"), enrolment__state__in=LIVE, date__state=DateState.STANDING,
        enrolment__event__state__in=STANDS,
    )  # fmt: skip
    return found.order_by("enrolment", "date__start", "date").values_list(
        "enrolment", "enrolment__person", "enrolment__state", "enrolment__school", "enrolment__school__name",
        "enrolment__event", "enrolment__event__state", "enrolment__event__title", "enrolment__event__centre",
        "enrolment__event__centre__municipality__time_zone", "date", "date__start",
        "date__end", "date__original",
    )  # fmt: skip
