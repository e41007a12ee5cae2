"""Lesson calendars of an audit, as far as somebody reads them, and the page of one."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.text import capfirst

from traektoria.core.labels import text_of
from traektoria.core.prepared_statements import Given, prepared
from traektoria.engines.lessons.checks import controls_of, hours_by_section, shown
from traektoria.engines.lessons.model import Calendar, Contradiction
from traektoria.people.actor import Actor
from traektoria.people.enums import Subject
from traektoria.planning.audits.enums import WANTING
from traektoria.planning.audits.models import Audit
from traektoria.planning.audits.permissions import can_fill, reads_answers, reads_calendar
from traektoria.planning.audits.queries.audits import find_audit
from traektoria.planning.lessons.kept_calendar import HardTopic, calendar_of, odd_of, topics_of
from traektoria.planning.lessons.models import LessonCalendar
from traektoria.planning.lessons.sentences import MEANINGS, left_words, places_words, sentence_of, spot_words


class CalendarRow(NamedTuple):
    """A calendar in the list of its audit."""

    pk: int
    subject: str
    grade: int
    letter: str
    rows: int
    odd_count: int
    by_school: bool

    def __str__(self) -> str:
        return capfirst(f"{text_of(Subject, self.subject)}, {self.grade} {self.letter}".strip())


def calendars_of(actor: Actor, audit: Audit) -> list[CalendarRow]:
    """Those that the person reads. One query."""
    rows = map(CalendarRow._make, _rows().all(audit=audit.pk))
    return [one for one in rows if reads_calendar(actor, audit, by_school=one.by_school)]


@prepared
def _rows() -> QuerySet[LessonCalendar, Any]:
    return LessonCalendar.objects.filter(audit=Given("audit")).values_list(*CalendarRow._fields)


def all_of(audit: Audit) -> QuerySet[LessonCalendar]:
    """For the act."""
    return LessonCalendar.objects.filter(audit=audit)


def find_calendar(actor: Actor, pk: int) -> LessonCalendar | None:
    """Three queries."""
    row = LessonCalendar.objects.filter(pk=pk).first()
    audit = find_audit(actor, pk=row.audit_id) if row is not None else None
    if row is None or audit is None or not reads_calendar(actor, audit, by_school=row.by_school):
        return None
    row.audit = audit
    return row


@dataclass(frozen=True)
class OddLine:
    """What does not agree: its sentence, its places, the name under which it is put to a criterion. ``is_noted``: it
    was put to one that is wanting still."""

    what: str
    sentence: str
    places: str
    is_noted: bool = False


@dataclass(frozen=True)
class TopicLine:
    """``said``: «yes», «no» or nothing yet; ``found``: places with the lines that may be about it."""

    topic: HardTopic
    found: tuple[tuple[str, str], ...]
    said: str = ""
    is_noted: bool = False

    @property
    def what(self) -> str:
        return f"topic-{self.topic.key}"


@dataclass(frozen=True)
class CalendarPage:
    calendar: Calendar
    sections: tuple[tuple[str, str, str], ...]
    """Title, hours by the rows, hours stated."""
    controls: tuple[str, ...]
    odd: tuple[OddLine, ...]
    topics: tuple[TopicLine, ...]
    columns: tuple[tuple[str, Any], ...]
    left: tuple[str, ...]

    @property
    def hours(self) -> str:
        return shown(self.calendar.hours)


def page_of(row: LessonCalendar, wanting: Iterable[int] = (), *, judged: bool = True) -> CalendarPage:
    """``wanting``: criteria of the audit with such an answer; ``judged``: the auditors' words are shown, their topics
    too."""
    calendar = calendar_of(row)
    said = row.said if judged else {}
    told, still = hours_by_section(calendar), set(map(str, wanting))
    noted = {what for what, put in said.items() if put in still}
    topics = [one for one in topics_of(row) if judged or not one.by_hand]
    return CalendarPage(
        calendar,
        tuple(
            (one.title or spot_words(one.place), shown(hours), shown(one.stated) if one.stated is not None else "")
            for one, hours in told
        ),
        tuple(f"{spot_words(one.place)}: {one.theme}" for one in controls_of(calendar)),
        tuple(_odd(f"odd-{at}", one, noted) for at, one in enumerate(odd_of(row))),
        tuple(_topic(one, said.get(one.key, ""), noted) for one in topics),
        tuple((one.title or "–", MEANINGS[one.meaning]) for one in calendar.columns),
        tuple(map(left_words, calendar.left)),
    )


def page_for(actor: Actor, row: LessonCalendar) -> CalendarPage:
    """Of whoever reads only what the school has brought the auditors' words are kept. One query."""
    judged = reads_answers(actor, row.audit)
    answers = row.audit.answers.filter(verdict__in=WANTING).values_list("criterion", flat=True)
    return page_of(row, answers if can_fill(actor, row.audit) else (), judged=judged)


def _odd(what: str, one: Contradiction, noted: Set[str]) -> OddLine:
    return OddLine(what, sentence_of(one), places_words(one.places), what in noted)


def _topic(topic: HardTopic, said: str, noted: Set[str]) -> TopicLine:
    found = tuple((spot_words(one.place), one.text) for one in topic.likely)
    line = TopicLine(topic, found, said)
    return replace(line, is_noted=line.what in noted)
