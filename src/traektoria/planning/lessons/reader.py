"""A file or a pasted table becomes what a lesson calendar keeps; what can't be read is said in one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.school_year import first_day, last_day
from traektoria.engines.deadlines.calendar import Plan
from traektoria.engines.lessons.checks import contradictions
from traektoria.engines.lessons.model import Calendar, Stated, Year
from traektoria.engines.lessons.reader import read_calendar
from traektoria.engines.plantables.file_kinds import is_pdf, open_paper, weight_of
from traektoria.engines.plantables.pasted_text import read_pasted
from traektoria.engines.tables.errors import Unreadable
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.planning.imports.sentences import refusal
from traektoria.planning.lessons.kept_calendar import calendar_as_kept, odd_as_kept, topics_as_kept
from traektoria.planning.lessons.topics import hard_topics, with_lines
from traektoria.planning.terms.calendars import of_centre, window

MOST = 3_000_000
"""Bytes of XML that are read at all: three hundred rows of Word are a fifth of it."""
ODD = 200
"""So many contradictions are kept: a calendar with more of them is for another file."""


@dataclass(frozen=True)
class Brought:
    """Whose calendar it is and what is said of it by the curriculum; a file or a pasted text. ``name`` of the file
    tells how to open it, and is not kept."""

    subject: str
    grade: int
    letter: str = ""
    stated: Sequence[Stated] = ()
    source: bytes = b""
    text: str = ""
    name: str = ""


def facts_of(centre: TutorCentre, brought: Brought, start_year: int, by: Actor) -> dict[str, Any]:
    """What a ``LessonCalendar`` keeps. Raises ``Invalid``."""
    calendar = _read(brought, start_year)
    found = list(contradictions(calendar, brought.stated, _year(centre, start_year)))[:ODD]
    topics = with_lines(hard_topics(centre, brought.subject, brought.grade, start_year, by), calendar)
    return {
        "subject": brought.subject,
        "grade": brought.grade,
        "letter": brought.letter.strip().upper()[:4],
        "rows": len(calendar.lessons),
        "hours": calendar.hours,
        "odd_count": len(found),
        "calendar": calendar_as_kept(calendar),
        "odd": odd_as_kept(found),
        "topics": topics_as_kept(topics),
    }


def weeks_of(centre: TutorCentre, start_year: int) -> int:
    """Weeks of lessons by the calendar of the centre: five lesson days are one. One query."""
    plan = window(centre, start_year, school=True)
    return (sum(map(plan.is_lesson_day, _days(plan))) + 2) // 5


def _days(plan: Plan) -> list[date]:
    return [date.fromordinal(at) for at in range(plan.first.toordinal(), plan.last.toordinal() + 1)]


def check_weight(source: bytes) -> None:
    """Raises ``Invalid`` for what holds more than the lessons of a class."""
    if source and (is_pdf(source) or weight_of(source) > MOST):
        raise Invalid(
            _("It takes too long to read: leave only the table of lessons (DOCX, XLSX, CSV) or paste the table."),
            code="too_heavy",
        )


def _read(brought: Brought, start_year: int) -> Calendar:
    check_weight(brought.source)
    try:
        paper = open_paper(brought.source, brought.name) if brought.source else read_pasted(brought.text)
        return read_calendar(paper, start_year)
    except Unreadable as error:
        if error.code == "no_lessons":
            raise Invalid(
                _("No table of lessons was found: its headings name themes, and hours, days or numbers of lessons."),
                code=error.code,
            ) from error
        if error.code == "several":
            raise Invalid(
                _("There are several tables of lessons in it, each from the beginning. Leave one: of one class."),
                code=error.code,
            ) from error
        raise Invalid(refusal(error), code=error.code) from error


def _year(centre: TutorCentre, start_year: int) -> Year:
    """Holidays that all pupils have; where nobody knows when lessons end, the whole school year."""
    calendar = of_centre(centre, [start_year])[start_year]
    span = calendar.year()
    first, last = (span.first, span.last) if span else (first_day(start_year), last_day(start_year))
    return Year(first, last, tuple((one.first, one.last, one.confirmed) for one in calendar.holidays(None)))
