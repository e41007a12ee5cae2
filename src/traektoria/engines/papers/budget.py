"""How much a paper may hold: to set a megabyte of text takes seconds and hundreds of megabytes of memory, and cannot be
stopped in between. So it is measured before."""

from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Any, Final

SIGNS: Final = 400_000
"""Two hundred pages: about two seconds. The longest real paper has fifteen thousand."""
PIECES: Final = 24_000
"""Texts of all blocks and cells: the sheets that five thousand people sign have twenty thousand."""
_BEGINNING: Final = 60


class PaperTooLong(Exception):
    """``longest`` is how the longest text begins, ``signs`` its length, ``total`` and ``most`` those of the paper."""

    def __init__(self, longest: str, signs: int, total: int) -> None:
        super().__init__(total)
        self.longest = longest
        self.signs = signs
        self.total = total
        self.most = SIGNS

    def __reduce__(self) -> tuple[type["PaperTooLong"], tuple[str, int, int]]:
        """It is raised in the process that draws papers and shown in another one."""
        return PaperTooLong, (self.longest, self.signs, self.total)


def check_budget(content: Any) -> None:
    """``content`` is what is printed: a paper, or plain structures. Raises ``PaperTooLong``."""
    texts = list(_texts(content))
    total = sum(map(len, texts))
    if total > SIGNS or len(texts) > PIECES:
        longest = max(texts, key=len)
        raise PaperTooLong(longest[:_BEGINNING].strip(), len(longest), total)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif is_dataclass(value):
        yield from _texts(vars(value))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
