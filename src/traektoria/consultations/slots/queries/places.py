"""Places of slots, and how many of them are taken: of dates, and of slots one by one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from traektoria.consultations.slots.enums import SlotState
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.queries.hours import DateRow
from traektoria.consultations.slots.registries import taken_places
from traektoria.people.models import short_name


@dataclass(frozen=True)
class SlotRow:
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
    def minutes(self) -> int:
        return (self.end - self.start) // timedelta(minutes=1)


def slots_of(dates: Collection[int]) -> dict[int, list[SlotRow]]:
    """Open slots by date, in their order, with what is taken of them. One query, and one for each room that books."""
    names = ("tutor__surname", "tutor__given", "tutor__patronymic")
    rows = Slot.objects.filter(date__in=dates, state=SlotState.OPEN).order_by("start", "tutor__sort_name", "pk")
    found = [_row(*columns) for columns in rows.values_list("pk", "date", "start", "end", "places", *names)]
    taken = taken_places([one.pk for one in found]) if found else {}
    by_date: dict[int, list[SlotRow]] = {}
    for one in found:
        by_date.setdefault(one.date, []).append(replace(one, taken=taken.get(one.pk, 0)))
    return by_date


def _row(*columns: Any) -> SlotRow:
    own, name = columns[:5], columns[5:]
    return SlotRow(*(*own, short_name(*name) if name[0] else ""))


def with_places(dates: Iterable[DateRow]) -> Sequence[DateRow]:
    """The same dates with their places. As ``slots_of``."""
    rows = list(dates)
    slots = slots_of([row.pk for row in rows])
    return [
        replace(
            row, places=sum(one.places for one in slots.get(row.pk, ())),
            taken=sum(one.taken for one in slots.get(row.pk, ())),
        )
        for row in rows
    ]  # fmt: skip
