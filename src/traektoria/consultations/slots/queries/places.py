"""Places of slots, and how many of them are taken: of dates, and of slots one by one."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from traektoria.consultations.slots.enums import SlotState, Which
from traektoria.consultations.slots.models import HelpDate, Slot
from traektoria.consultations.slots.queries.hours import NAME, DateRow
from traektoria.consultations.slots.registries import taken_places
from traektoria.consultations.slots.wording import hours
from traektoria.core.prepared_statements import Numbers, prepared
from traektoria.people.models import short_name


class SlotRow(NamedTuple):
    """A slot of a list; ``tutor`` is empty where all tutors of the date are there together."""

    pk: int
    date: int
    start: datetime
    end: datetime
    places: int
    tutor: str
    taken: int = 0

    @property
    def free(self) -> int:
        return max(0, self.places - self.taken)

    @property
    def clock(self) -> str:
        return hours(self.start, self.end)


def slots_of(dates: Collection[int]) -> dict[int, list[SlotRow]]:
    """Open slots by date, in their order, with what is taken of them. One query, and one for each room that books."""
    found = [_row(*columns) for columns in _open().all(dates=dates)]
    taken = taken_places([one.pk for one in found]) if found else {}
    by_date: dict[int, list[SlotRow]] = {}
    for one in found:
        by_date.setdefault(one.date, []).append(one._replace(taken=taken.get(one.pk, 0)))
    return by_date


@prepared
def _open() -> QuerySet[Slot, Any]:
    rows = Slot.objects.filter(date__in=Numbers("dates"), state=SlotState.OPEN)
    return rows.order_by("start", "tutor__sort_name", "pk").values_list("pk", "date", "start", "end", "places", *NAME)


def _row(*columns: Any) -> SlotRow:
    own, name = columns[:5], columns[5:]
    return SlotRow(*(*own, short_name(*name) if name[0] else ""))


def slots_from(date: HelpDate) -> dict[Which, list[int]]:
    """Open slots to come of a date, of it with the following ones of its Hour, of all of them. One query."""
    rows = Slot.objects.filter(date__hour=date.hour_id, state=SlotState.OPEN, date__start__gt=timezone.now())
    found = list(rows.order_by().values_list("pk", "date", "date__day"))
    return {
        Which.THIS: [pk for pk, of, _day in found if of == date.pk],
        Which.FOLLOWING: [pk for pk, _of, day in found if day >= date.day],
        Which.ALL: [pk for pk, _of, _day in found],
    }


def with_places(dates: Iterable[DateRow]) -> Sequence[DateRow]:
    """The same dates with their places. As ``slots_of``."""
    rows = list(dates)
    slots = slots_of([row.pk for row in rows])
    return [_with(row, slots.get(row.pk, ())) for row in rows]


def _with(row: DateRow, slots: Sequence[SlotRow]) -> DateRow:
    if not slots:
        return row
    return row._replace(places=sum([one.places for one in slots]), taken=sum([one.taken for one in slots]))
