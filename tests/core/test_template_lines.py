"""Templates are read in reviews, line by line: no line is over 120 columns, as in Python."""

from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "src/traektoria/templates"
LONGEST = 120


def test_lines_of_templates_fit() -> None:
    found = [
        f"{path.relative_to(TEMPLATES)}:{number}: {len(line)} columns"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > LONGEST
    ]
    assert not found, "wrap these, one element a line:\n" + "\n".join(found)
