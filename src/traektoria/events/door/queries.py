"""What the door shows: who is expected, who is here, what was kept aside."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from traektoria.core.labels import text_of
from traektoria.core.prepared_statements import Given, prepared
from traektoria.engines.doorcodes import ticket_code
from traektoria.events.attendance.enums import Aside, Word
from traektoria.events.attendance.models import AttendanceMark, DoorGuest
from traektoria.events.attendance.queries import SheetRow, sheet_of
from traektoria.events.door.secrets import secret_of
from traektoria.events.event.models import EventDate


@dataclass(frozen=True)
class DoorRow:
    """A person on the list; ``code`` of their ticket."""

    person: int
    name: str
    work: str
    here: bool
    walk_in: bool
    code: str


@dataclass(frozen=True)
class Door:
    """``came`` of those who are ``expected``; ``more`` came without a registration."""

    rows: list[DoorRow]
    guests: list[DoorGuest]

    @property
    def expected(self) -> int:
        return sum(not row.walk_in for row in self.rows)

    @property
    def came(self) -> int:
        return sum(row.here and not row.walk_in for row in self.rows)

    @property
    def more(self) -> int:
        return sum(row.here and row.walk_in for row in self.rows) + len(self.guests)


def door_of(date: EventDate) -> Door:
    """Three queries."""
    secret = secret_of(date)
    rows = [_row(row, secret) for row in sheet_of(date, whole=True)]
    return Door([row for row in rows if row.here or not row.walk_in], _guests().all(date=date.pk))


@prepared
def _guests() -> QuerySet[DoorGuest, Any]:
    return DoorGuest.objects.filter(date=Given("date"), said=Word.CAME).order_by("name", "pk")


def _row(row: SheetRow, secret: bytes) -> DoorRow:
    code = ticket_code(secret, row.person)
    return DoorRow(row.person, row.name, row.work, row.said == Word.CAME, row.walk_in, code)


def state_of(date: EventDate) -> dict[str, Any]:
    """As a device asks for it: who has ``seats``, ``came`` of them, ``others`` and ``guests`` with their words; ``now``
    by our clock, milliseconds. Three queries."""
    door = door_of(date)
    return {
        "now": int(timezone.now().timestamp() * 1000),
        "expected": door.expected,
        "seats": [row.person for row in door.rows if not row.walk_in],
        "came": [row.person for row in door.rows if row.here and not row.walk_in],
        "others": [[row.person, row.name, row.work] for row in door.rows if row.walk_in],
        "guests": [[one.name, one.work] for one in door.guests],
    }


def aside_of(date: EventDate) -> tuple[int, list[str]]:
    """How many marks are kept aside, and why. One query."""
    found = [why for (why,) in _aside().all(date=date.pk)]
    return len(found), [text_of(Aside, one) for one in sorted(set(found))]


@prepared
def _aside() -> QuerySet[AttendanceMark, Any]:
    return AttendanceMark.objects.filter(date=Given("date"), aside__gt="").order_by().values_list("aside")
