"""Where a library of dates invents one: the second table of docs/deadlines.md. Ours has none of those dates."""

from datetime import datetime

import pytest

from tests.engines.deadlines.samples import PLAN
from tests.engines.deadlines.test_spec import lines
from traektoria.engines.deadlines.plan_occurrences import occurrences
from traektoria.engines.deadlines.reader import parse

SEARCH = pytest.importorskip("dateparser.search")
SETTINGS = {"RELATIVE_BASE": datetime(2025, 9, 1), "PREFER_DATES_FROM": "future"}


@pytest.mark.parametrize(("phrase", "words", "date"), lines(3), ids=lambda cell: cell)
def test_a_date_that_the_phrase_has_not(phrase: str, words: str, date: str) -> None:
    found = SEARCH.search_dates(phrase, languages=["ru"], settings=SETTINGS)
    assert [(said, day.date().isoformat()) for said, day in found] == [(words, date)]
    deadline = parse(phrase).deadline
    ours = occurrences(deadline, PLAN).occurrences if deadline else ()
    assert all(date not in (str(one.start), str(one.end)) for one in ours)
