"""Templates are read in reviews, line by line: no line is over 120 columns, as in Python."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "src/traektoria/templates"
LONGEST = 120
WHOLE = re.compile(r'\s*\{% (?:stat_)?count [\w.|]+ "[^"]*" "[^"]*"(?: as \w+)? %\}')
"""Two msgids in one tag, alone on its line: Django has no way to break it."""


def _too_long(line: str) -> bool:
    return len(line) > LONGEST and not WHOLE.fullmatch(line)


def test_lines_of_templates_fit() -> None:
    found = [
        f"{path.relative_to(TEMPLATES)}:{number}: {len(line)} columns"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if _too_long(line)
    ]
    assert not found, "wrap these, one element a line:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("line", "long"),
    [
        ("<p>" + "a" * 117, False),
        ("<p>" + "a" * 118, True),
        ('  {% count n "' + "a" * 70 + '" "' + "b" * 70 + '" as what %}', False),
        ('<p>{% count n "' + "a" * 70 + '" "' + "b" * 70 + '" %}</p>', True),
    ],
)
def test_a_line_is_measured_in_letters(line: str, long: bool) -> None:
    assert _too_long(line) is long
