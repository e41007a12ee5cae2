"""What one process of a run makes, the others read."""

import multiprocessing
from pathlib import Path

import pytest

from tests.once import once


def _ask(folder: str) -> int:
    def make() -> int:
        with (Path(folder) / "made").open("a") as file:
            file.write("x")
        return 7

    return once(Path(folder), "it", make)


def test_four_at_once_make_it_once(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert pool.map(_ask, [str(tmp_path)] * 4) == [7] * 4
    assert (tmp_path / "made").read_text() == "x"


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        once(tmp_path, "it", lambda: 1 // 0)
    assert once(tmp_path, "it", lambda: 1) == 1
