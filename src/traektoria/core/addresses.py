"""Addresses of many rows of one page: ``reverse`` costs sixty calls a row, and differs in a number only."""

from functools import lru_cache

from django.urls import reverse


def path_of(name: str, number: int | str) -> str:
    """As ``reverse(name, args=[number])`` of an address with one number in it."""
    before, after = _around(name)
    return f"{before}{number}{after}"


@lru_cache(maxsize=256)
def _around(name: str) -> tuple[str, str]:
    """Raises ``ValueError`` for an address with another number before it."""
    first, second = (reverse(name, args=[number]) for number in (1, 2))
    at = next(place for place, (one, two) in enumerate(zip(first, second, strict=True)) if one != two)
    return first[:at], first[at + 1 :]
