"""What a lesson calendar keeps as JSON: the calendar itself, what does not agree, hard topics with likely lines."""

from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import TypeAdapter

from traektoria.core.boxes import readable, sentence
from traektoria.core.errors import Conflict
from traektoria.engines.lessons.model import Calendar, Contradiction
from traektoria.engines.plantables.model import Place
from traektoria.planning.lessons.models import LessonCalendar

_CALENDAR: Final = TypeAdapter(Calendar)
_ODD: Final = TypeAdapter(list[Contradiction])


@dataclass
class Line:
    """A line of the calendar that may be about a topic."""

    place: Place
    text: str


@dataclass
class HardTopic:
    """``source``: the work whose task it is, empty where somebody named it by hand. No figure stands here: neither of a
    teacher, a class or a school nor of the municipality, from which a neighbour could subtract their own."""

    key: str
    words: str
    source: str = ""
    likely: list[Line] = field(default_factory=list)

    @property
    def by_hand(self) -> bool:
        return not self.source


_TOPICS: Final = TypeAdapter(list[HardTopic])


def calendar_as_kept(calendar: Calendar) -> dict[str, Any]:
    found: dict[str, Any] = _CALENDAR.dump_python(calendar, mode="json")
    return found


def odd_as_kept(found: list[Contradiction]) -> list[Any]:
    rows: list[Any] = _ODD.dump_python(found, mode="json")
    return rows


def topics_as_kept(topics: list[HardTopic]) -> list[Any]:
    rows: list[Any] = _TOPICS.dump_python(topics, mode="json")
    return rows


def calendar_of(row: LessonCalendar) -> Calendar:
    """Raises ``Conflict`` where it can't be read any more."""
    found = readable("lesson calendar", lambda: _CALENDAR.validate_python(row.calendar), None)
    if found is None:
        raise Conflict(sentence(), code="unreadable")
    return found


def odd_of(row: LessonCalendar) -> list[Contradiction]:
    return readable("contradictions of a lesson calendar", lambda: _ODD.validate_python(row.odd), [])


def topics_of(row: LessonCalendar) -> list[HardTopic]:
    return readable("topics of a lesson calendar", lambda: _TOPICS.validate_python(row.topics), [])
