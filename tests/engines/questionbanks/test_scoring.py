"""Marks: every kind, every rule, exactly."""

from fractions import Fraction
from typing import Any

import pytest

from tests.engines.questionbanks.short_reads import gift, only
from traektoria.engines.questionbanks import MultipleRule, PartsRule, Question, Rules, score
from traektoria.engines.questionbanks.scoring import fits

SINGLE = "В {~мимо ~%50%почти ~%-50%хуже =точно}"
MULTIPLE = "В {~%50%а ~%50%б ~%-50%в ~г}"
THIRDS = "В {~%33.33333%а ~%33.33333%б ~%33.33333%в ~%-100%г}"
MATCHING = "В {=а -> 1\n=б -> 2\n=в -> 1\n= -> 3}"
ORDERING = "В {>4 ALL\nа\nб\nв\nг\n}"


def asked(text: str) -> Question:
    return only(gift(text))


@pytest.mark.parametrize(
    ("text", "answer", "share"),
    [
        (SINGLE, 3, "1"),
        (SINGLE, 1, "1/2"),
        (SINGLE, 2, "0"),
        (SINGLE, None, "0"),
        (SINGLE, 9, "0"),
        (SINGLE, -1, "0"),
        (SINGLE, [3], "1"),
        (SINGLE, [1, 3], "0"),
        (SINGLE, "точно", "0"),
        (MULTIPLE, [0, 1], "1"),
        (MULTIPLE, [0], "1/2"),
        (MULTIPLE, [0, 2], "0"),
        (MULTIPLE, [0, 1, 2], "1/2"),
        (MULTIPLE, [2], "0"),
        (MULTIPLE, [], "0"),
        (MULTIPLE, [0, 0], "0"),
        (THIRDS, [0, 1, 2], "1"),
        (THIRDS, [0, 2], "2/3"),
        ("В {=Ёлка =%50%ел*ь}", "  ЕЛКА ", "1"),
        ("В {=Ёлка =%50%ел*ь}", "ель", "1/2"),
        ("В {=Ёлка =%50%ел*ь}", "ели", "0"),
        ("В {=Ёлка}", "", "0"),
        ("В {=«да» — нет}", '"ДА"  - нет', "1"),
        ("В {=первый =%0%перв*}", "первый", "1"),
        ("// [case:1]\nВ {=Ом}", "ом", "0"),
        ("// [case:1]\nВ {=Ом}", "Ом", "1"),
        ("В {=2\\\\*2}", "2*2", "1"),
        ("В {=2\\\\*2}", "2x2", "0"),
        ("В {#3,14:0,01}", "3.15", "1"),
        ("В {#3,14:0,01}", "3,1500001", "0"),
        ("В {#0.3:0}", "0,30", "1"),
        ("В {#1..5}", " 5 ", "1"),
        ("В {#1000}", "1 000", "1"),
        ("В {#-2}", "−2", "1"),
        ("В {#5}", "5 м", "0"),
        ("В {#5}", "", "0"),
        ("В {#=1822:0 =%50%1822:2 ~#нет}", "1821", "1/2"),
        ("В {#=1822:0 =%50%1822:2 ~#нет}", "1830", "0"),
        (MATCHING, ["1", "2", "1"], "1"),
        (MATCHING, ["1", "3", ""], "1/3"),
        (MATCHING, ["1"], "0"),
        (ORDERING, [0, 1, 2, 3], "1"),
        (ORDERING, [1, 0, 2, 3], "0"),
        (ORDERING, [0, 0, 1, 2], "0"),
        ("В {TRUE}", 0, "1"),
        ("В {TRUE}", 1, "0"),
    ],
)
def test_share(text: str, answer: Any, share: str) -> None:
    assert score(asked(text), answer) == Fraction(share)


@pytest.mark.parametrize(
    ("text", "answer", "share"),
    [
        (MULTIPLE, [1, 0], "1"),
        (MULTIPLE, [0, 1, 3], "0"),
        (MULTIPLE, [0], "0"),
        (MATCHING, ["1", "2", "1"], "1"),
        (MATCHING, ["1", "2", "3"], "0"),
        (ORDERING, [1, 2, 3, 0], "2/3"),
        (ORDERING, [3, 2, 1, 0], "0"),
        (ORDERING, [0, 1, 3, 2], "1/3"),
    ],
)
def test_other_rules(text: str, answer: Any, share: str) -> None:
    rules = Rules(MultipleRule.EXACT, PartsRule.ALL, PartsRule.SHARE)
    assert score(asked(text), answer, rules) == Fraction(share)


@pytest.mark.parametrize("text", ["Эссе {}", "Просто текст.\n\n::x:: {"])
def test_people_judge(text: str) -> None:
    assert score(gift(text).questions[0], "что угодно") is None


def test_equal_items_may_change_places() -> None:
    question = asked("В {>3 ALL\nа\nа\nб\n}")
    assert score(question, [1, 0, 2]) == 1


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("*", "", True),
        ("a*b*c", "aXbYc", True),
        ("a*b*c", "acb", False),
        ("ab*ba", "aba", False),
        ("*b*", "abc", True),
        (r"a\*", "a*", True),
        (r"a\*", "ab", False),
        ("a*" * 200 + "b", "a" * 20_000, False),
    ],
)
def test_wildcards(pattern: str, text: str, expected: bool) -> None:
    assert fits(pattern, text) is expected
