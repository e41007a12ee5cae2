"""What rooms to the left tell the slots: who has booked them, and what else takes a tutor's time."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from traektoria.consultations.slots.models import Slot
from traektoria.core.registries import Registry
from traektoria.engines.intervals import Interval
from traektoria.people.actor import Actor
from traektoria.people.models import Person


@dataclass(frozen=True)
class SlotMove:
    """A slot at its new time, and when it was before."""

    slot: Slot
    start: datetime
    end: datetime


@dataclass(frozen=True)
class SlotUser:
    """Who books slots.

    ``taken``: places by slot, those asked for and not confirmed too. ``told``: whom a drop or a move of these slots is
    told. ``dropped``, ``moved``, ``handed`` (to another tutor), ``opened`` (new, or open again) and ``edited`` (at
    another place where it says True, else of another topic) are called inside the transaction, with the slots locked
    and written; by nobody where a tutor has left.
    """

    slug: str
    order: int
    taken: Callable[[Collection[int]], Mapping[int, int]]
    told: Callable[[Collection[int]], Sequence[Person]]
    dropped: Callable[[Sequence[Slot], str, Actor | None], None]
    moved: Callable[[Sequence[SlotMove], str, Actor], None]
    handed: Callable[[Sequence[Slot], Actor | None], None]
    opened: Callable[[Sequence[Slot], datetime], None]
    edited: Callable[[Sequence[Slot], bool, Actor], None]


@dataclass(frozen=True)
class Busy:
    """Time of a tutor that is taken, and by what, in words."""

    tutor: int
    interval: Interval
    words: str


@dataclass(frozen=True)
class BusyTimes:
    """What takes time of people beside the dates of Hours: ``rows`` of ``Given`` since and until and ``Numbers``
    people, whose ``columns`` are person, start, end and, where ``words`` do not say it, what it is. All rooms are asked
    in one statement; ``asked``: whether there can be any within an interval."""

    slug: str
    order: int
    rows: Callable[[], QuerySet[Any]]
    columns: tuple[str, ...]
    words: Any = ""  # lazy string
    asked: Callable[[Interval], bool] = lambda span: True


slot_users: Registry[SlotUser] = Registry("slot users")
busy_times: Registry[BusyTimes] = Registry("busy times")


def taken_places(slots: Collection[int]) -> dict[int, int]:
    """Places that are taken, by slot; a slot without any is not there."""
    taken: dict[int, int] = {}
    for user in slot_users:
        for slot, places in user.taken(slots).items():
            taken[slot] = taken.get(slot, 0) + places
    return taken


def whom_to_tell(slots: Collection[int]) -> list[Person]:
    """Each person once, in the order of the names."""
    people = {person.pk: person for user in slot_users for person in user.told(slots)} if slots else {}
    return sorted(people.values(), key=lambda person: (person.sort_name, person.pk))
