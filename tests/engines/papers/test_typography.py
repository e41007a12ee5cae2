"""Russian printing manners."""

from datetime import date

import pytest

from traektoria.engines.papers.typography import cleaned, long_date, or_dash, printed, soft_hyphenated, years


def test_long_date_breaks_only_before_the_year() -> None:
    assert long_date(date(2026, 9, 5)) == "5\u00a0сентября 2026\u00a0г."


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0 лет"), (1, "1 год"), (2, "2 года"), (5, "5 лет"), (11, "11 лет"), (21, "21 год"), (112, "112 лет")],
)
def test_years(number: int, expected: str) -> None:
    assert years(number) == expected.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('МБОУ "СОШ № 5"', "МБОУ «СОШ №~5»"),
        ("Иванова М. П. и Петров", "Иванова~М.~П. и~Петров"),
        ("тьютор Н. В. Орлова", "тьютор Н.~В.~Орлова"),
        ("дефицит - тема", "дефицит~— тема"),
        ("5-6 классы", "5-6 классы"),
        ('незакрытая " кавычка', 'незакрытая " кавычка'),
        ("  a\tb\x00 ", "a b"),
        ("раз\r\nдва\rтри", "раз\nдва\nтри"),
    ],
)
def test_printed(typed: str, expected: str) -> None:
    assert printed(typed) == expected.replace("~", "\u00a0")


def test_printed_twice_is_printed_once() -> None:
    text = printed('в школе "№ 5" - у Н. В. Орловой')
    assert printed(text) == text


def test_nothing_is_a_dash() -> None:
    assert or_dash(" \x07\n") == "—"
    assert cleaned("й") == "й"


def test_only_long_words_get_soft_hyphens() -> None:
    assert soft_hyphenated("урок") == "урок"
    assert soft_hyphenated("высокопрофессиональные").replace("\u00ad", "-") == "высо-ко-про-фессио-нальные"
