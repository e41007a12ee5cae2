"""Russian text in the database: both databases compare by code point, so keys are made here."""

import re
from typing import Final

TEXT: Final = 10_000
"""Signs of what a person writes in words, where a field does not say another number."""
WORDS: Final = 200
"""Signs of what is typed to search, and of marks that a form carries along."""
MOST_DIGITS: Final = 18
"""Of a number that a column of keys can hold."""
_NUMBER = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")


def squash(text: str) -> str:
    """One space between words, none around; NBSP counts as a space, and so does NUL, which PostgreSQL refuses."""
    return _SPACE.sub(" ", text.replace("\xa0", " ").replace("\0", " ")).strip()


def search_key(text: str) -> str:
    """For finding: case and ё do not matter."""
    return squash(text).casefold().replace("ё", "е")


def sort_key(text: str) -> str:
    """For ordering: ё stands after е, numbers go by value («СОШ № 2» before «СОШ № 10»)."""
    padded = _NUMBER.sub(lambda found: found.group().zfill(6), squash(text).casefold())
    return padded.replace("ё", "е\uffff")[:220]


def whole_number(text: str | None) -> int:
    """As an address or a form sends it; 0 where it is none that a row can have."""
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else 0
