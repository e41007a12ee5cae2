"""One rule of the school year and of days: nobody asks the clock or counts 365 days in a room of their own."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests import sources
from traektoria.core import school_year
from traektoria.engines.days import months_later, years_later

EVENING = datetime(2026, 8, 31, 20, 30, tzinfo=UTC)
"""31 August, 23:30 in Moscow; 1 September, 01:30 in Yekaterinburg."""

CLOCKS = {"today", "now", "utcnow"}
OWN_RULE = {
    "core/school_year.py": "the rule",
    "core/typography.py": "the day of a moment",
    "demo/": "days of a made-up past",
    "engines/deadlines/": "an engine without a clock: the year of a plan is given, and its dates are what it computes",
    "engines/waiting_list.py": "an engine without a clock: moment and zone are given",
    "engines/promises.py": "an engine without a clock: moment and zone are given",
    "organisations/sheets.py": "a cell of a workbook has no zone",
    "tutors/commission/forms/composition.py": "the local hour of a session",
    "consultations/absences/": "local hours of dates, and how long an absence may be",
    "events/board/queries/events.py": "months of the calendar",
    "events/event/": "local hours of dates",
    "consultations/bookings/letters.py": "the day after which news are of no use: rather early than late",
    "consultations/bookings/queries/free_slots.py": "local hours of dates",
    "diagnostics/campaigns/forms.py": "the local hours of a campaign",
    "people/status_roles.py": "how far back a lost beginning is looked for",
    "tutors/statuses/actions/reminders.py": "how far ahead terms are looked at",
    "core/views.py": "how long a browser keeps a cookie",
    "people/devices.py": "how long a browser keeps a cookie",
}


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 8, 31), "2025/26"), (date(2026, 9, 1), "2026/27"), (date(2026, 1, 1), "2025/26"),
        (date(2000, 8, 1), "1999/00"),
    ],
)  # fmt: skip
def test_the_year_begins_in_september(day: date, year: str) -> None:
    assert school_year.label(school_year.year_of(day)) == year


def test_each_day_is_in_the_year_of_its_ends() -> None:
    for number in range(date(2024, 1, 1).toordinal(), date(2028, 1, 1).toordinal()):
        day = date.fromordinal(number)
        year = school_year.year_of(day)
        assert school_year.first_day(year) <= day <= school_year.last_day(year)


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (datetime(2026, 7, 31, 20, 30, tzinfo=UTC), 2025), (datetime(2026, 7, 31, 21, 30, tzinfo=UTC), 2026),
        (EVENING, 2026), (datetime(2026, 9, 1, 9, tzinfo=UTC), 2026), (datetime(2027, 1, 15, 9, tzinfo=UTC), 2026),
    ],
)  # fmt: skip
def test_in_august_forms_begin_with_the_coming_year(moment: datetime, year: int) -> None:
    with timezone.override(ZoneInfo("Europe/Moscow")), patch("django.utils.timezone.now", return_value=moment):
        assert school_year.coming() == year


@pytest.mark.parametrize(("zone", "year"), [("Europe/Moscow", 2025), ("Asia/Yekaterinburg", 2026)])
def test_the_year_of_now_is_that_of_the_place(zone: str, year: int) -> None:
    with timezone.override(ZoneInfo(zone)), patch("django.utils.timezone.now", return_value=EVENING):
        assert school_year.this_year() == year
        assert school_year.begun() == date(year, 9, 1)
        assert school_year.first_moment(year).astimezone(ZoneInfo(zone)).isoformat()[:16] == f"{year}-09-01T00:00"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)), (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)), (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)  # fmt: skip
def test_months_go_by_the_calendar(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_a_year_is_over_on_its_anniversary() -> None:
    assert years_later(date(2005, 9, 1), 21) == date(2026, 9, 1)


def own_rules(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Places that take the day of another zone, begin the school year themselves or count a year as 365 days."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value
            if node.func.attr == "date" and not node.args:
                yield node.lineno, ".date()"
            if (
                node.func.attr in ("today", "now", "utcnow")
                and isinstance(of, ast.Name)
                and of.id in ("date", "datetime")
            ):
                yield node.lineno, f"{of.id}.{node.func.attr}()"
        if isinstance(node, ast.Constant) and node.value in (365, 365.25, 366):
            yield node.lineno, str(node.value)
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr == "month":
            yield node.lineno, "month compared"
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "date" and _is_first(node.args, 9):
            yield node.lineno, "the first of September"


def _is_first(args: list[ast.expr], month: int) -> bool:
    return len(args) == 3 and [getattr(one, "value", None) for one in args[1:]] == [month, 1]


def test_no_room_has_a_rule_of_its_own() -> None:
    wrong = {}
    for name, tree in sources.trees().items():
        if "/migrations/" not in name and not name.startswith(tuple(OWN_RULE)):
            wrong[name] = [f"{line}: {what}" for line, what in own_rules(tree)]
    allowed = {"organisations/regulations/schema.py": 2, "routes/supports/forms/supports.py": 1}
    allowed["desk/calendar/lines.py"] = 2  # moments that stand by the clock of the calendar already
    assert {name: said for name, said in wrong.items() if len(said) > allowed.get(name, 0)} == {}


@pytest.mark.parametrize(
    "line", ["x.date()", "date.today()", "datetime.now()", "y / 365.25", "day.month >= 8", "date(year, 9, 1)"]
)
def test_the_search_sees(line: str) -> None:
    assert list(own_rules(ast.parse(line)))
