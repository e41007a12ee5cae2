"""A page of a long list: one row more is asked for to know whether another page follows. Rows are counted only where
the page says how many there are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from traektoria.core.text import MOST_DIGITS

Row = TypeVar("Row")
ROWS_A_PAGE = 25
"""Rows a page, of every list."""
FURTHEST = 10_000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """What ``pagination`` and the template need; ``number`` counts from 1. ``total`` rows, where they were counted."""

    object_list: Sequence[Row]
    number: int
    has_next: bool
    total: int | None = None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_next or self.has_previous

    @property
    def last(self) -> int | None:
        """The number of the last page, where rows were counted."""
        return None if self.total is None else max(1, ceil(self.total / ROWS_A_PAGE))


def number_of(asked: object) -> int:
    """The number of the page that the address asks for; 1 where it is no number."""
    return max(1, min(int(asked[:MOST_DIGITS]), FURTHEST)) if isinstance(asked, str) and asked.isdecimal() else 1


def number_with(place: int) -> int:
    """The number of the page on which the row at ``place``, from 0, stands."""
    return place // ROWS_A_PAGE + 1


def with_next(rows: QuerySet[Any, Row], number: int) -> QuerySet[Any, Row]:
    """The rows of a page, and one more if another page follows."""
    start = (number - 1) * ROWS_A_PAGE
    return rows[start : start + ROWS_A_PAGE + 1]


def window(asked: object) -> tuple[int, int]:
    """The same for a statement of ours (``Joined.find``): from which row on, and how many."""
    return (number_of(asked) - 1) * ROWS_A_PAGE, ROWS_A_PAGE + 1


def needed(asked: object) -> int:
    """How many rows there must be from the first one on for the asked page, and to know of the next."""
    start, limit = window(asked)
    return start + limit


def cut(rows: Iterable[Row], asked: object) -> Page[Row]:
    """The page of rows that ``with_next`` or ``window`` asked for."""
    found = list(rows)
    return Page(found[:ROWS_A_PAGE], number_of(asked), len(found) > ROWS_A_PAGE)


def replaced(page: Page[Any], rows: Sequence[Row]) -> Page[Row]:
    """The same page of what was made of its rows."""
    return Page(rows, page.number, page.has_next, page.total)


def page_of(rows: QuerySet[Any, Row], asked: object) -> Page[Row]:
    """The asked page (the first where the number is no number); a page past the end is empty. One query."""
    return cut(with_next(rows, number_of(asked)), asked)


def counted_page(rows: QuerySet[Any, Row] | Sequence[Row], asked: object) -> Page[Row]:
    """The same with the number of all rows; past the end it is the last page. Two queries, none for a list."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    number = min(number_of(asked), max(1, ceil(total / ROWS_A_PAGE)))
    start = (number - 1) * ROWS_A_PAGE
    return Page(list(rows[start : start + ROWS_A_PAGE]), number, number * ROWS_A_PAGE < total, total)
