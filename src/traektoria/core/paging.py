"""A page of a long list without counting the list: one row more is asked for to know whether another page follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

Row = TypeVar("Row")
FURTHEST = 10_000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """What ``{% pagination %}`` and the template need; ``number`` counts from 1."""

    object_list: Sequence[Row]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_next or self.has_previous

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1


def number_of(asked: object) -> int:
    """The number of the page that the address asks for; 1 where it is no number."""
    return max(1, min(int(asked), FURTHEST)) if isinstance(asked, str) and asked.isdecimal() else 1


def with_next(rows: QuerySet[Any, Row], per_page: int, number: int) -> QuerySet[Any, Row]:
    """The rows of a page, and one more if another page follows."""
    start = (number - 1) * per_page
    return rows[start : start + per_page + 1]


def cut(rows: Iterable[Row], per_page: int, asked: object) -> Page[Row]:
    """The page of rows that ``with_next`` asked for."""
    found = list(rows)
    return Page(found[:per_page], number_of(asked), len(found) > per_page)


def page_of(rows: QuerySet[Any, Row], per_page: int, asked: object) -> Page[Row]:
    """The asked page (the first where the number is no number); a page past the end is empty. One query."""
    return cut(with_next(rows, per_page, number_of(asked)), per_page, asked)
