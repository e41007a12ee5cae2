"""Parts of the suite at once: each is heard, and one that fails fails the whole."""

import re
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import given, strategies

from tests.bytecode import pytest_pycollect_makeitem
from tests.choosing import ROOT
from tests.parts import AFTER, Part, run


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


def test_one_that_can_not_be_begun_fails_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([Part("nowhere", ["no-such-program"]), part("good", "")]) == 1
    assert "No such file" in capsys.readouterr().out


def test_a_terminal_without_a_letter_hides_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(BytesIO(), encoding="ascii"))
    assert run([part("good", r"print('\u2013')"), part("bad", r"print('\u2013'); raise SystemExit(3)")]) == 1


def test_all_that_pass_pass() -> None:
    burns = part("burns", "sum(range(10**6))")
    assert run([burns, part("other", "")]) == 0
    assert burns.burnt > 0


def test_one_that_waits_begins_when_the_other_has_ended_however_it_did(tmp_path: Path) -> None:
    first = part("first", f"sum(range(10**7)); open({str(tmp_path / 'made')!r}, 'w'); raise SystemExit(1)")
    later = part("later", f"open({str(tmp_path / 'made')!r})")
    later.after = first
    assert run([later, first]) == 1
    assert (first.ended, later.ended) == (1, 0)


def test_each_part_is_a_target_of_the_makefile() -> None:
    targets = {line.partition(":")[0] for line in (ROOT / "Makefile").read_text().splitlines() if ":" in line}
    assert targets >= AFTER.keys() >= set(AFTER.values()) - {""}


def test_what_postgresql_leaves_out_is_there() -> None:
    (listed,) = re.findall(r"^ON_POSTGRES := .*?\(foreach one,([\w ]+),", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert [name for name in listed.split() if not (ROOT / "tests" / "e2e" / f"test_{name}.py").exists()] == []


def test_where_byte_code_is_made_only_tests_of_hypothesis_are_collected() -> None:
    assert pytest_pycollect_makeitem(test_all_that_pass_pass) == []
    assert pytest_pycollect_makeitem(given(strategies.none())(lambda one: None)) is None
