"""Addresses: of many rows of one page, and those of the web that people give."""

from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid, twin


def check_web_address(link: str) -> None:
    """Of a page: ``javascript:`` and a file of one's own computer are none. Raises ``Invalid``."""
    if not link.startswith(("http://", "https://")):
        raise Invalid(_("The address must begin with http:// or https://."), code="link")


is_web_address = twin(check_web_address)


def path_of(name: str, number: int | str) -> str:
    """As ``reverse(name, args=[number])`` of an address with one number in it, which costs sixty calls a row."""
    before, after = _around(name)
    return f"{before}{number}{after}"


@lru_cache(maxsize=256)
def _around(name: str) -> tuple[str, str]:
    """Raises ``ValueError`` for an address with another number before it."""
    first, second = (reverse(name, args=[number]) for number in (1, 2))
    at = next(place for place, (one, two) in enumerate(zip(first, second, strict=True)) if one != two)
    return first[:at], first[at + 1 :]
