"""Rows a page stand in one place, and pages of lists of every kind go by it."""

import re
from pathlib import Path

import pytest

import traektoria
from traektoria.core import paging

ROOT = Path(traektoria.__file__).parent
OWN = re.compile(
    r"\bPaginator\b|\bpaginate_by\b|\bper_page\b|\bpaging\.ROWS_A_PAGE\b|paging import [^\n]*\bROWS_A_PAGE\b"
)


def test_nobody_else_knows_how_many_rows_a_page_has() -> None:
    sources = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py")}
    assert {name: found for name, source in sources.items() if (found := OWN.findall(source))} == {}


@pytest.mark.parametrize(("asked", "rows"), [(None, [1, 2]), ("2", [3, 4]), ("3", [5]), ("9", [5]), ("x", [1, 2])])
def test_a_counted_page_goes_by_it(monkeypatch: pytest.MonkeyPatch, asked: str | None, rows: list[int]) -> None:
    monkeypatch.setattr(paging, "ROWS_A_PAGE", 2)
    page = paging.counted_page([1, 2, 3, 4, 5], asked)
    assert (list(page), page.total, page.last) == (rows, 5, 3)
    assert page.has_next == (5 not in rows)


def test_a_page_of_a_statement_goes_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "ROWS_A_PAGE", 2)
    assert (paging.window(None), paging.window("3")) == ((0, 3), (4, 3))
    assert (paging.needed(None), paging.needed("3")) == (3, 7)
    first, last = paging.cut([1, 2, 3], None), paging.cut([5], "3")
    assert (list(first), first.has_next, first.has_previous) == ([1, 2], True, False)
    assert (list(last), last.has_next, last.has_previous) == ([5], False, True)
