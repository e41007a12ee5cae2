"""What people write in cells."""

from datetime import date

import pytest

from traektoria.people import vocabulary
from traektoria.people.vocabulary import NotUnderstood

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "subjects", "found"),
    [
        ("4А", ("primary",), {("primary", 4, "А")}),
        ("4А, 4 «Б»; 3-В", ("math",), {("math", 4, "А"), ("math", 4, "Б"), ("math", 3, "В")}),
        ("5A", ("math",), {("math", 5, "А")}),  # a Latin letter
        ("9", ("math",), {("math", 9, "")}),
        ("5А, 5Б математика; 6В информатика", (), {("math", 5, "А"), ("math", 5, "Б"), ("informatics", 6, "В")}),
        ("11 класс физика", ("math", "physics"), {("physics", 11, "")}),
        ("5 математика", (), {("math", 5, "")}),
        ("", (), set()),
    ],
)
def test_read_classes(text: str, subjects: tuple[str, ...], found: set[vocabulary.Class]) -> None:
    assert vocabulary.read_classes(text, subjects) == found


@pytest.mark.parametrize(
    ("text", "subjects"), [("А4", ("math",)), ("4А", ("math", "physics")), ("15А", ("math",)), ("4А танцы", ("math",))]
)
def test_read_classes_refuses(text: str, subjects: tuple[str, ...]) -> None:
    with pytest.raises(NotUnderstood):
        vocabulary.read_classes(text, subjects)


def test_classes_in_words_are_read_back() -> None:
    classes = frozenset({("math", 5, "А"), ("math", 5, "Б"), ("informatics", 6, "")})
    assert vocabulary.read_classes(vocabulary.classes_in_words(classes, vocabulary.subject_words()), ()) == classes


def test_read_subjects_keeps_what_is_unknown_apart() -> None:
    assert vocabulary.read_subjects("Алгебра, геометрия; физкультура") == (("math",), ("физкультура",))


@pytest.mark.parametrize(
    ("text", "year"), [("2026/27", 2026), ("2026-2027", 2026), ("2026–2027 уч. год", 2026), ("2026", 2026)]
)
def test_read_school_year(text: str, year: int) -> None:
    assert vocabulary.read_school_year(text) == year


@pytest.mark.parametrize("text", ["2026/28", "год", "1926/27"])
def test_read_school_year_refuses(text: str) -> None:
    with pytest.raises(NotUnderstood):
        vocabulary.read_school_year(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2009", date(2009, 9, 1)), ("01.02.2009", date(2009, 2, 1)), ("2009-02-01", date(2009, 2, 1))],
)
def test_read_since(text: str, day: date) -> None:
    assert vocabulary.read_since(text, TODAY) == day


@pytest.mark.parametrize("text", ["2030", "31.02.2009", "давно", "1900"])
def test_read_since_refuses(text: str) -> None:
    with pytest.raises(NotUnderstood):
        vocabulary.read_since(text, TODAY)
