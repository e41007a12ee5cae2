"""Every cell of the column of deadlines in the plans of the five centres, broken over lines as in the papers."""

from datetime import date

import pytest

from tests.shared import shared
from traektoria.engines.deadlines.calendar import Period, PeriodKind, Plan, SchoolCalendar, plan_of_calendar_year
from traektoria.engines.deadlines.occurrence import said
from traektoria.engines.deadlines.paraphrases import paraphrase
from traektoria.engines.deadlines.plan_occurrences import occurrences
from traektoria.engines.deadlines.reader import parse

QUARTERS = [
    ("2020-09-01", "2020-10-25"), ("2020-11-05", "2020-12-27"), ("2021-01-11", "2021-03-19"),
    ("2021-03-29", "2021-05-25"),
]  # fmt: skip
CALENDAR = SchoolCalendar(
    2020,
    (
        Period(PeriodKind.YEAR, "Учебный год", date(2020, 9, 1), date(2021, 5, 25)),
        *(
            Period(PeriodKind.QUARTER, f"{number} четверть", *map(date.fromisoformat, days))
            for number, days in enumerate(QUARTERS, 1)
        ),
    ),
)
FROM_DECEMBER = Plan(
    (CALENDAR,),
    date(2020, 12, 1),
    date(2021, 11, 30),
    date(2020, 12, 1),
    date(2021, 11, 30),
    date(2020, 12, 1),
    school=False,
)
"""The plan of Tbilisskaya: December 2020 to November 2021."""


def told(phrase: str, plan: Plan) -> tuple[str, list[str], list[str]]:
    deadline = parse(phrase).deadline
    assert deadline is not None
    found = occurrences(deadline, plan)
    return paraphrase(deadline), [said(one) for one in found.occurrences], [one.reason.value for one in found.why]


def test_the_plan_of_tbilisskaya() -> None:
    text = shared("../seeds/tbilisskaya_consulting_point_2020.txt").read_text()
    cells = [line.split("\t")[2] for line in text.splitlines() if line[:1].isdigit() and line.count("\t") == 3]
    quarters = ["01.12.2020–27.12.2020", "11.01.2021–19.03.2021", "29.03.2021–25.05.2021"]
    blocks = [
        "01.12.2020–31.01.2021", "01.02.2021–31.03.2021", "01.04.2021–31.05.2021", "01.06.2021–31.07.2021",
        "01.08.2021–30.09.2021", "01.10.2021–30.11.2021",
    ]  # fmt: skip
    every_quarter, floor = ("1 раз в четверть", quarters, []), ("не реже 1 раза в 2 месяца", blocks, [])
    all_year = ("в течение года", ["01.12.2020–30.11.2021"], [])
    assert [told(cell, FROM_DECEMBER) for cell in cells] == [
        ("декабрь 2020 года", ["01.12.2020–31.12.2020"], []),
        ("январь 2021 года", ["01.01.2021–31.01.2021"], []),
        *[every_quarter] * 3,
        *[all_year] * 2,
        every_quarter,
        *[floor] * 3,
    ]


@pytest.mark.parametrize(
    ("cell", "meaning", "reason"),
    [
        ("по отдельному\n\nграфику", "по отдельному графику", ["by_plan"]),
        ("1 раз в\nчетверть", "1 раз в четверть", []),
        ("по запросу ОО", "по запросу ОО", ["on_request"]),
        ("По итогам\n\nрезультатов\nработ", "по итогам результатов работ", ["named_event"]),
        ("на 2021 год", "в течение 2021 года", []),
    ],
)
def test_the_plan_of_gelendzhik(cell: str, meaning: str, reason: list[str]) -> None:
    said_again, dates, reasons = told(cell, plan_of_calendar_year(2021, (CALENDAR,)))
    assert (said_again, reasons, bool(dates)) == (meaning, reason, not reason)


@pytest.mark.parametrize(
    ("phrase", "meaning"),
    [
        ("два раза в год", "2 раза в год"),
        ("в течение периода функционирования муниципальной проектной площадки",
         "в течение периода функционирования муниципальной проектной площадки"),
        ("традиционно в сентябре", "сентябрь"),
        ("на учебный год", "в течение учебного года"),
    ],
)  # fmt: skip
def test_the_regulation_of_balta_and_the_article_of_kushchevskaya(phrase: str, meaning: str) -> None:
    assert told(phrase, FROM_DECEMBER)[0] == meaning
