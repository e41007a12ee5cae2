"""Statements written down one a line."""

import pytest

from traektoria.diagnostics.instruments.statements import Statement, lines_of, statements_of


@pytest.mark.parametrize(
    ("line", "statement"),
    [
        ("Мне легко", Statement("Мне легко")),
        ("- Мне трудно", Statement("Мне трудно", True)),
        ("− Мне трудно", Statement("Мне трудно", True)),
        ("(−) Мне трудно", Statement("Мне трудно", True)),
        ("( - )  Мне   трудно", Statement("Мне трудно", True)),
        ("3. Мне легко", Statement("Мне легко")),
        ("3. (-) Мне трудно", Statement("Мне трудно", True)),
        ("– 4) Мне трудно", Statement("Мне трудно", True)),
        ("5-классники считают", Statement("5-классники считают")),
    ],
)
def test_statements_of_a_line(line: str, statement: Statement) -> None:
    assert statements_of(line) == [statement]


def test_empty_and_repeated_lines_are_left_out() -> None:
    assert lines_of("Раз\n\n  \nДва\nРаз\n") == ["Раз", "Два"]
    assert statements_of("−\n(-)") == []
