"""Answers in the cells of a sheet, by the letters of the printed form: «Б», «АВ», «А, 27», «-» for none.

Letters of the Latin alphabet that look the same are taken. What is neither is told and never taken for words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.figures import shortest
from traektoria.diagnostics.items.pieces.answers import Value

ALIKE: Final = str.maketrans("ABEKMHOPCTXЁ", "АВЕКМНОРСТХЕ")
NONE: Final = {"-", "–", "—", "−"}
_MARK = re.compile(r"[0-9]+|[^\s,;.]")

Marks = Mapping[str, int]
"""Letter on the printed form → place in the content."""


@dataclass(frozen=True)
class Read:
    """An answer of a cell; ``points`` are given for what people judge, and counted for the rest."""

    value: Value
    points: Decimal | None


def marks_in(text: str, known: Marks, *, hyphen: bool = False) -> list[int | None]:
    """Places by letters, each once; ``hyphen``: a letter may be repeated, and «-» stands for none."""
    found: list[int | None] = []
    for mark in _MARK.findall(text.upper().translate(ALIKE)):
        if hyphen and mark in NONE:
            found.append(None)
        elif mark not in known:
            raise Invalid(
                _("There is no «%(mark)s» here; the letters are: %(letters)s.")
                % {"mark": mark, "letters": listed(known)},
                code="unknown_letter",
            )
        elif known[mark] in found and not hyphen:
            raise Invalid(_("«%(mark)s» is written twice.") % {"mark": mark}, code="twice")
        else:
            found.append(known[mark])
    if not found:
        raise Invalid(_("«%(text)s» is no letter.") % {"text": text[:20]}, code="no_letter")
    return found


def each_marked(text: str, known: Marks, wanted: int) -> list[int | None]:
    """A letter or «-» for each of ``wanted`` places."""
    found = marks_in(text, known, hyphen=True)
    if len(found) != wanted:
        raise Invalid(
            _("%(wanted)s letters are wanted, there are %(there)s.") % {"wanted": wanted, "there": len(found)},
            code="count",
        )
    return found


def written(places: Sequence[int | None], marks: Marks) -> list[str]:
    """Letters of the places, «-» for none."""
    by_place = {place: mark for mark, place in marks.items()}
    return ["-" if place is None or place == -1 else by_place[place] for place in places]


def joined(marks: Sequence[str]) -> str:
    """«АБ»; with a number among them, «А, 27»."""
    return (", " if any(mark.isdecimal() for mark in marks) else "").join(marks)


def listed(marks: Marks) -> str:
    """«А, Б, В» for hints."""
    return ", ".join(sorted(marks, key=in_order))


def in_order(mark: str) -> tuple[int, str]:
    return (int(mark), "") if mark.isdecimal() else (0, mark)


def step_in(text: str, most: int) -> int:
    """A number from 1 to ``most``."""
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:4]) <= most):
        raise Invalid(_("«%(text)s» is no number from 1 to %(most)s.") % {"text": text[:20], "most": most}, code="step")
    return int(text)


def points_in(text: str) -> Decimal | None:
    """A number of points; None where there is none."""
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def plain(points: Decimal) -> str:
    """«2,5», «10»: without idle zeros."""
    return shortest(points, 3)
