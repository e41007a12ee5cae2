"""The numbered places of the dates of a locked event."""

from collections.abc import Collection, Sequence

from django.db.models import Count, Max

from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Enrolment, Seat
from traektoria.events.event.models import Event, EventDate


class Numbers:
    """Which numbers are taken by date, and how many places each school has. Two queries, then none: whoever takes a
    place takes it here too."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self._taken: dict[int, set[int]] = {}
        rows = Seat.objects.filter(date__event=event.pk, number__isnull=False).order_by()
        for date, number in rows.values_list("date_id", "number"):
            self._taken.setdefault(date, set()).add(number or 0)
        held = Enrolment.objects.filter(event=event.pk, state=EnrolmentState.IN, work__isnull=False).order_by()
        self._schools: dict[int, int] = (
            dict(held.values("work").annotate(number=Count("pk")).values_list("work", "number"))
            if event.per_school
            else {}
        )

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
        """The lowest free number on each date."""
        for date in dates:
            taken = self._taken.setdefault(date, set())
            number = next(one for one in range(1, len(taken) + 2) if one not in taken)
            taken.add(number)
            Seat.objects.update_or_create(enrolment=row, date_id=date, defaults={"number": number})
        if row.work_id is not None:
            self._schools[row.work_id] = self._schools.get(row.work_id, 0) + 1


def wait_on(row: Enrolment, dates: Sequence[int]) -> None:
    """The dates are remembered, no place is taken."""
    Seat.objects.bulk_create([Seat(enrolment=row, date_id=date) for date in dates])


def free_seats(row: Enrolment) -> None:
    """Whoever does not come has no dates: what they came on before stays in the log."""
    row.seats.all().delete()


def most_taken(event_id: int) -> int:
    """Of the date that has most. One query."""
    rows = Seat.objects.filter(date__event=event_id, number__isnull=False).order_by().values("date")
    found: int | None = rows.annotate(number_of=Count("pk")).aggregate(most=Max("number_of"))["most"]
    return found or 0


def taken_on(dates: Sequence[EventDate]) -> dict[int, int]:
    """By date. One query."""
    rows = Seat.objects.filter(date__in=[one.pk for one in dates], number__isnull=False).order_by()
    return dict(rows.values("date").annotate(number_of=Count("pk")).values_list("date", "number_of"))
