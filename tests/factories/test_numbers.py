"""What factories make by itself never meets what a test writes, in whatever order tests run."""

import re
from pathlib import Path

OURS = re.compile(r"(?<!\d)7\d{5}(?!\d)")  # as in tests.factories


def test_no_test_writes_a_number_of_the_factories() -> None:
    for path in sorted(Path(__file__).parents[1].rglob("test_*.py")):
        assert not OURS.search(path.read_text(encoding="utf-8")), path.name
