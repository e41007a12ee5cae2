"""How long before people are reminded is one number: sentences take it from there, the guide says the same."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

import traektoria
from traektoria.core.typography import NBSP
from traektoria.messaging.lead_time import days_before, soon

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
        assert (days_before(days).replace(NBSP, " "), soon(days).replace(NBSP, " ")) == (before, at_most)


def test_no_sentence_has_the_number_of_its_own() -> None:
    found = []
    for path in (path for ending in ("*.py", "*.html", "*.po") for path in ROOT.rglob(ending)):
        text = " ".join(path.read_text(encoding="utf-8").replace('"\n"', "").split())
        found += [f"{path.relative_to(ROOT)}: {one[0]}" for one in OF_ITS_OWN.finditer(text)]
    assert found == []


def test_the_guide_says_the_same_number() -> None:
    with override("ru"):
        before = days_before()
    pages = {name: (GUIDE / f"{name}.md").read_text(encoding="utf-8") for name in ("consultations", "events", "hours")}
    assert [name for name, text in pages.items() if before not in text.lower()] == []
    assert (GUIDE / "letters.md").read_text(encoding="utf-8").count(before) >= 3
