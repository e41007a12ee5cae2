"""How an answer is written in a cell, kind by kind, with the letters that the printed form has; and read back.

«Б»; «АВ» for several; «БАВ» for the left sides or the lines in their order, «-» for none; a number for a step or for
the points of an extended answer; words as they are. Letters of the Latin alphabet that look the same are taken.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.diagnostics import content as c
from traektoria.diagnostics.answers import Value, clean, score, shown_order
from traektoria.diagnostics.asking import letter
from traektoria.diagnostics.queries.marking import MARKED_ON_PAPER
from traektoria.diagnostics.queries.sittings import Entry

ALIKE = str.maketrans("ABEKMHOPCTXЁ", "АВЕКМНОРСТХЕ")
NONE = {"-", "–", "—", "−"}
_BETWEEN = re.compile(r"[\s,;.]+")


@dataclass(frozen=True)
class Read:
    """An answer of a cell; ``points`` are given for what people judge, and counted for the rest."""

    value: Value
    points: Decimal | None


EMPTY = Read({}, None)


def letters_of(entry: Entry) -> dict[str, int]:
    """Letter on the printed form → place in the content. The form's paper orders choices by the id of its item."""
    return {letter(number): place for number, place in enumerate(shown_order(entry.content, entry.pk))}


def read_cell(entry: Entry, text: str) -> Read:
    """Raises ``Invalid`` with what is wrong in the cell."""
    written = text.strip()
    if not written:
        return EMPTY
    if isinstance(entry.content, c.Extended) and (points := _points(written)) is not None:
        return _judged(entry, points)
    value = clean(entry.content, _raw(entry, written))
    return Read(value, score(entry.content, value, entry.max_score))


def write_cell(entry: Entry, value: Mapping[str, Any], points: Decimal | None) -> str:
    """The same as text: what ``read_cell`` reads back."""
    if not value:
        return ""
    by_place = {place: mark for mark, place in letters_of(entry).items()}
    match entry.content:
        case c.Single():
            return by_place[value["choice"]]
        case c.Multiple():
            return "".join(sorted(by_place[place] for place in value["choices"]))
        case c.Choice():
            marks = "".join(letter(place) for place in value.get("choices", ()))
            return "; ".join(filter(None, [marks, value.get("other", "")]))
        case c.Matching():
            return "".join("-" if place is None else by_place[place] for place in value["pairs"])
        case c.Ordering():
            return "".join(by_place[place] for place in value["order"])
        case c.Likert() | c.LevelMark():
            return str(value["step"])
        case c.Extended() if points is not None and value == MARKED_ON_PAPER:
            return _plain(points)
        case _:
            return str(value.get("text", ""))


def hint(entry: Entry) -> str:
    """What to write, for the sheet of hints."""
    marks = ", ".join(sorted(letters_of(entry)))
    match entry.content:
        case c.Single():
            return _("one letter: %(letters)s") % {"letters": marks}
        case c.Multiple():
            return _("letters without spaces: %(letters)s") % {"letters": marks}
        case c.Choice():
            known = ", ".join(letter(place) for place in range(len(entry.content.options)))
            line = _("; after a semicolon words of one's own") if entry.content.other else ""
            return _("letters: %(letters)s") % {"letters": known} + line
        case c.Matching():
            return _("a letter for each left side, in their order, «-» for none: %(letters)s") % {"letters": marks}
        case c.Ordering():
            return _("the letters of the lines in the right order: %(letters)s") % {"letters": marks}
        case c.Likert() | c.LevelMark():
            return _("a number from 1 to %(most)s") % {"most": _steps(entry.content)}
        case c.Extended():
            return _("points from 0 to %(most)s, or the words of the answer for the markers") % {
                "most": _plain(entry.max_score)
            }
        case _:
            return _("the answer as it is written")


def _raw(entry: Entry, text: str) -> Value:
    content = entry.content
    match content:
        case c.Single():
            return {"choice": _places(entry, text, 1)[0]}
        case c.Multiple():
            return {"choices": _places(entry, text)}
        case c.Choice():
            return _chosen(content, text)
        case c.Matching():
            return {"pairs": _all(_marks(text, letters_of(entry), hyphen=True), len(content.pairs))}
        case c.Ordering():
            return {"order": _all(_places(entry, text), len(content.order))}
        case c.Likert() | c.LevelMark():
            return {"step": _step(text, _steps(content))}
        case _:
            return {"text": text}


def _places(entry: Entry, text: str, most: int | None = None) -> list[int | None]:
    found = _marks(text, letters_of(entry))
    if most is not None and len(found) > most:
        raise Invalid(_("One letter is wanted, «%(text)s» has several.") % {"text": text[:20]}, code="several")
    return found


def _marks(text: str, known: Mapping[str, int], *, hyphen: bool = False) -> list[int | None]:
    """Places by letters, each once; ``hyphen``: a letter may be repeated, and «-» stands for none."""
    found: list[int | None] = []
    for mark in _BETWEEN.sub("", text).upper().translate(ALIKE):
        if hyphen and mark in NONE:
            found.append(None)
        elif mark not in known:
            raise Invalid(
                _("There is no «%(mark)s» here; the letters are: %(letters)s.")
                % {"mark": mark, "letters": ", ".join(sorted(known))},
                code="unknown_letter",
            )
        elif known[mark] in found and not hyphen:
            raise Invalid(_("«%(mark)s» is written twice.") % {"mark": mark}, code="twice")
        else:
            found.append(known[mark])
    if not found:
        raise Invalid(_("«%(text)s» is no letter.") % {"text": text[:20]}, code="no_letter")
    return found


def _all(found: Sequence[int | None], wanted: int) -> list[int | None]:
    if len(found) != wanted:
        raise Invalid(
            _("%(wanted)s letters are wanted, there are %(there)s.") % {"wanted": wanted, "there": len(found)},
            code="count",
        )
    return list(found)


def _chosen(content: c.Choice, text: str) -> Value:
    """Letters, words of one's own after a semicolon; where words are allowed, only words too."""
    known = {letter(place): place for place in range(len(content.options))}
    head, mark, tail = text.partition(";")
    try:
        choices = _marks(head, known) if head.strip() else []
    except Invalid:
        if not content.other or mark:
            raise
        choices, tail = [], text
    if len(choices) + bool(tail.strip()) > 1 and not content.many:
        raise Invalid(_("One answer is wanted, «%(text)s» has several.") % {"text": text[:20]}, code="several")
    return {"choices": choices, "other": tail.strip()}


def _step(text: str, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:4]) <= most):
        raise Invalid(_("«%(text)s» is no number from 1 to %(most)s.") % {"text": text[:20], "most": most}, code="step")
    return int(text)


def _steps(content: c.Likert | c.LevelMark) -> int:
    return len(content.steps if isinstance(content, c.Likert) else content.descriptors)


def _points(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _judged(entry: Entry, points: Decimal) -> Read:
    if not 0 <= points <= entry.max_score or points != points.quantize(Decimal("0.001")):
        raise Invalid(_("Points from 0 to %(most)s are wanted.") % {"most": _plain(entry.max_score)}, code="points")
    return Read(dict(MARKED_ON_PAPER), points)


def _plain(points: Decimal) -> str:
    """«2,5», «10»: without idle zeros."""
    return f"{points.normalize():f}".replace(".", ",")
