"""The numbered places of the dates of a locked event."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Count, Max, QuerySet

from traektoria.core import statements
from traektoria.core.joined_rows import RowWriter
from traektoria.core.prepared_statements import Given, prepared
from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Enrolment, Seat
from traektoria.events.event.models import Event, EventDate

_SEATS: Final = RowWriter(Seat)


class SeatNumbers:
    """Which numbers are taken by date, and how many places each school has, where that is limited. At most two queries,
    then none: whoever takes a place takes it here too."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self._taken: dict[int, set[int]] = {}
        for date, number in _taken().all(event=event.pk):
            self._taken.setdefault(date, set()).add(number or 0)
        self._schools: dict[int, int] = dict(_of_schools().all(event=event.pk)) if event.per_school else {}

    def have_room(self, dates: Collection[int]) -> bool:
        """A place on each of the dates."""
        most = self.event.places
        return most is None or all(len(self._taken.get(date, ())) < most for date in dates)

    def has_any_room(self, dates: Collection[int]) -> bool:
        return any(self.have_room([date]) for date in dates)

    def school_has_room(self, school: int | None) -> bool:
        most = self.event.per_school
        return most is None or school is None or self._schools.get(school, 0) < most

    def take(self, row: Enrolment, dates: Sequence[int]) -> None:
        """The lowest free number on each date. One query; what waits of the registration is renewed by its act."""
        _put(row, {date: self._next(date) for date in dates})
        if row.work_id is not None:
            self._schools[row.work_id] = self._schools.get(row.work_id, 0) + 1

    def keep(self, school: int | None, dates: Collection[int]) -> None:
        """Counted as taken, for somebody who may take it later. No query."""
        for date in dates:
            self._next(date)
        if school is not None:
            self._schools[school] = self._schools.get(school, 0) + 1

    def _next(self, date: int) -> int:
        taken = self._taken.setdefault(date, set())
        number = next(one for one in range(1, len(taken) + 2) if one not in taken)
        taken.add(number)
        return number


@prepared
def _taken() -> QuerySet[Seat, Any]:
    rows = Seat.objects.filter(date__event=Given("event"), number__isnull=False)
    return rows.order_by().values_list("date_id", "number")


@prepared
def _of_schools() -> QuerySet[Enrolment, Any]:
    held = Enrolment.objects.filter(event=Given("event"), state=EnrolmentState.IN, work__isnull=False).order_by()
    return held.values("work").annotate(number=Count("pk")).values_list("work", "number")


def wait_on(row: Enrolment, dates: Sequence[int]) -> None:
    """The dates are remembered, no place is taken."""
    _put(row, dict.fromkeys(dates))


def _put(row: Enrolment, numbers: dict[int, int | None] | dict[int, int]) -> None:
    """By date. A date that the person waited for is the same row."""
    seats = [Seat(enrolment_id=row.pk, date_id=date, number=number) for date, number in numbers.items()]
    _SEATS.insert_many(seats, " ON CONFLICT (enrolment_id, date_id) DO UPDATE SET number = EXCLUDED.number")


def free_seats(row: Enrolment) -> None:
    """Whoever does not come has no dates: what they came on before stays in the log. One query; what waits of the
    registration is renewed by its act."""
    statements.done(connections[DEFAULT_DB_ALIAS], "DELETE FROM events_seat WHERE enrolment_id = %s", [row.pk])


def most_taken(event_id: int) -> int:
    """Of the date that has most. One query."""
    rows = Seat.objects.filter(date__event=event_id, number__isnull=False).order_by().values("date")
    found: int | None = rows.annotate(number_of=Count("pk")).aggregate(most=Max("number_of"))["most"]
    return found or 0


def taken_on(dates: Sequence[EventDate]) -> dict[int, int]:
    """By date. One query."""
    rows = Seat.objects.filter(date__in=[one.pk for one in dates], number__isnull=False).order_by()
    return dict(rows.values("date").annotate(number_of=Count("pk")).values_list("date", "number_of"))
