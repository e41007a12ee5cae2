"""Pieces of answers: places, steps and words, read from what a person or a program sent."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid

MOST_TEXT: Final = 20_000
"""Characters of an answer in words."""
MARKED_ON_PAPER: Final = {"text": "—"}
"""An answer whose points were entered from paper (``diagnostics.paper``): nobody has its words."""

Value = dict[str, Any]


def wrong() -> Invalid:
    return Invalid(_("This answer does not belong to the question. Open the page again."), code="bad_answer")


def only(name: str, value: Any) -> Value:
    """{name: value}, {} for no answer."""
    return {} if value in (None, "", []) else {name: value}


def place(raw: object, count: int) -> int | None:
    """One of ``count`` places, from 0. Raises ``Invalid`` for what is none."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, int) or isinstance(raw, bool) or not 0 <= raw < count:
        raise wrong()
    return raw


def step(raw: object, count: int) -> int | None:
    """One of ``count`` steps, from 1."""
    if raw in (None, ""):
        return None
    return (place(raw - 1 if isinstance(raw, int) and not isinstance(raw, bool) else raw, count) or 0) + 1


def places(raw: object, count: int) -> list[int]:
    """Several places, each once, in their order."""
    if raw in (None, ""):
        return []
    if not isinstance(raw, list):
        raise wrong()
    found = {place(one, count) for one in raw}
    if None in found:
        raise wrong()
    return sorted(one for one in found if one is not None)


def words(raw: object) -> str:
    """An answer in words, blanks at the ends cut off."""
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise wrong()
    if len(raw) > MOST_TEXT:
        raise Invalid(
            _("The answer is longer than %(most)s characters. Shorten it.") % {"most": MOST_TEXT}, code="too_long"
        )
    return raw.replace("\x00", "").strip()


def number(raw: str | None) -> int | str | None:
    """A place of a plain form as a number; what is none goes on as it is, to be refused."""
    return int(raw) if raw is not None and raw.isascii() and raw.isdecimal() and len(raw) < 6 else raw


def shuffled(count: int, seed: int) -> list[int]:
    """Places in an order of chance, the same for the same seed."""
    return sorted(range(count), key=lambda at: blake2b(f"{seed}:{at}".encode(), digest_size=8).digest())


def placed(ranks: Sequence[int | None]) -> list[int]:
    """Lines by place; -1 where no line was put, or more than one."""
    return [ranks.index(rank) if ranks.count(rank) == 1 else -1 for rank in range(1, len(ranks) + 1)]
