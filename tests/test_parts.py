"""Parts of the suite at once: each is heard, and one that fails fails the whole."""

import sys

import pytest

from tests.choosing import ROOT
from tests.parts import PARTS, Part, run


def part(name: str, code: str) -> Part:
    return Part(name, [sys.executable, "-c", code])


def test_one_that_fails_fails_the_whole_and_is_told_last(capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = part("good", "print('dots')"), part("bad", "print('why'); raise SystemExit(3)")
    assert run([bad, good]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert {"good | dots", "bad  | why"} <= set(lines)
    told = lines.index("bad failed; its last lines:")
    assert lines[told + 1] == "why"
    assert [line.split()[:2] for line in lines[-2:]] == [["bad", "FAILED"], ["good", "passed"]]


def test_all_that_pass_pass() -> None:
    burns = part("burns", "sum(range(10**6))")
    assert run([burns, part("other", "")]) == 0
    assert burns.burnt > 0


def test_each_part_is_a_target_of_the_makefile() -> None:
    targets = {line.partition(":")[0] for line in (ROOT / "Makefile").read_text().splitlines() if ":" in line}
    assert targets >= set(PARTS)
