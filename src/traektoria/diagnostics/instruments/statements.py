"""Statements of a questionnaire as people write them down: one a line, those to be turned round with a minus."""

import re
from dataclasses import dataclass

from traektoria.core.text import squash

_NUMBER = re.compile(r"^\d{1,3}[.)]\s+")
_TURNED = re.compile(r"^(?:\(\s*[-−–—]\s*\)|\[\s*[-−–—]\s*\]|[-−–—])\s*")


@dataclass(frozen=True)
class Statement:
    text: str
    reverse: bool = False


def lines_of(text: str) -> list[str]:
    """Lines with something in them, without their numbers («1.», «2)»); a repeated line counts once."""
    lines = (_NUMBER.sub("", squash(line)) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def statements_of(text: str) -> list[Statement]:
    """«− Мне трудно …» or «(−) …» is a statement that is turned round; the sign itself is not a part of it."""
    found = []
    for line in lines_of(text):
        said = _NUMBER.sub("", _TURNED.sub("", line)).strip()
        if said:
            found.append(Statement(said, bool(_TURNED.match(line))))
    return found
