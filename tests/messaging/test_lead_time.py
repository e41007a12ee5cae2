"""How long before people are reminded is one number: sentences take it from there, the guide says the same."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils.translation import override

import traektoria
from traektoria.core.typography import NBSP
from traektoria.messaging.lead_time import BOOKINGS, EVENTS, TOO_SOON, days_before, fact_of, soon, windows

ROOT = Path(traektoria.__file__).parent
GUIDE = ROOT.parents[1] / "docs" / "guide"
OF_ITS_OWN = re.compile(r"(?:[Rr]emind\w+|comes) a day before|(?:[Нн]апомн\w+|[Нн]апоминан\w+) за день")


@pytest.mark.parametrize(
    ("days", "before", "at_most"),
    [
        (1, "за день", "Завтра или раньше"),
        (3, "за 3 дня", "Через 3 дня или раньше"),
        (7, "за 7 дней", "Через 7 дней или раньше"),
    ],
)
def test_the_words_follow_the_number(days: int, before: str, at_most: str) -> None:
    with override("ru"):
        assert (days_before((days,)).replace(NBSP, " "), soon(days).replace(NBSP, " ")) == (before, at_most)


def test_several_reminders_are_said_from_the_first_on() -> None:
    with override("ru"):
        assert days_before((1, 3)).replace(NBSP, " ") == "за 3 дня, за день"


def test_one_reminder_begins_where_the_nearer_one_ends() -> None:
    now = datetime(2027, 1, 11, 9, tzinfo=UTC)
    near, far = windows(now, (3, 1))
    assert (near.days, near.since, near.until) == (1, now + TOO_SOON, now + timedelta(days=1))
    assert (far.days, far.since, far.until) == (3, near.until, now + timedelta(days=3))


def test_each_reminder_of_a_time_is_a_fact_of_its_own_and_the_first_one_stays_what_it_was() -> None:
    assert fact_of(7, "2027-01-12T09:00:00+00:00", 1) == "7 2027-01-12T09:00:00+00:00"
    assert len({fact_of(7, "2027-01-12T09:00:00+00:00", days) for days in (1, 2, 3)}) == 3


def test_no_sentence_has_the_number_of_its_own() -> None:
    found = []
    for path in (path for ending in ("*.py", "*.html", "*.po") for path in ROOT.rglob(ending)):
        text = " ".join(path.read_text(encoding="utf-8").replace('"\n"', "").split())
        found += [f"{path.relative_to(ROOT)}: {one[0]}" for one in OF_ITS_OWN.finditer(text)]
    assert found == []


def test_the_guide_says_the_same_number() -> None:
    with override("ru"):
        before = days_before(BOOKINGS)
        assert days_before(EVENTS) == before
    pages = {name: (GUIDE / f"{name}.md").read_text(encoding="utf-8") for name in ("consultations", "events", "hours")}
    assert [name for name, text in pages.items() if before not in text.lower()] == []
    assert (GUIDE / "letters.md").read_text(encoding="utf-8").count(before) >= 3
