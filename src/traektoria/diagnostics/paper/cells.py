"""How an answer is written in a cell, kind by kind, with the letters that the printed form has; and read back.

«Б»; «АВ» for several; «БАВ» for the left sides or the lines in their order, «-» for none; a number for a step or for
the points of an extended answer; words as they are. Letters of the Latin alphabet that look the same are taken. After
the last letter the form goes on with numbers, and several marks stand apart then: «А, 27». Words of one's own beside
marks come after a semicolon. What is neither is told with its cell and never taken for words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, assert_never

from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.figures import shortest
from traektoria.diagnostics.instruments.queries.forms import Entry
from traektoria.diagnostics.items import content as c
from traektoria.diagnostics.items.answers import Value, clean, placed, score, shown_order
from traektoria.diagnostics.items.item_view import letter
from traektoria.diagnostics.sittings.models import Answer
from traektoria.diagnostics.sittings.queries.sittings import MARKED_ON_PAPER

ALIKE = str.maketrans("ABEKMHOPCTXЁ", "АВЕКМНОРСТХЕ")
NONE = {"-", "–", "—", "−"}
_MARK = re.compile(r"[0-9]+|[^\s,;.]")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Read:
    """An answer of a cell; ``points`` are given for what people judge, and counted for the rest."""

    value: Value
    points: Decimal | None


EMPTY = Read({}, None)


def differs(entry: Entry, there: Answer, read: Read) -> bool:
    """Whether the sheet says something else than what is kept. The same answer keeps its points: a key that would
    judge it otherwise today changes nothing behind anybody's back."""
    judged = isinstance(entry.content, c.Extended) and read.points is not None
    return there.value != read.value or (judged and there.score != read.points)


def letters_of(entry: Entry) -> dict[str, int]:
    """Letter on the printed form → place in the content. The form's paper orders choices by the id of its item."""
    return {letter(number): place for number, place in enumerate(shown_order(entry.content, entry.pk))}


def read_cell(entry: Entry, text: str) -> Read:
    """Raises ``Invalid`` with what is wrong in the cell."""
    written = text.strip()
    if not written:
        return EMPTY
    if isinstance(entry.content, c.Extended):
        if (points := _points(written)) is not None:
            return _judged(entry, points)
        written = _unquoted(written)
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
            return _joined(sorted((by_place[place] for place in value["choices"]), key=_in_order))
        case c.Choice():
            marks, own = _joined([letter(place) for place in value.get("choices", ())]), value.get("other", "")
            return f"{marks}; {own}".strip() if own else marks
        case c.Matching():
            return _joined(["-" if place is None else by_place[place] for place in value["pairs"]])
        case c.Ordering():
            order = value.get("order") or placed(value["ranks"])
            return _joined(["-" if place == -1 else by_place[place] for place in order])
        case c.Likert() | c.LevelMark():
            return str(value["step"])
        case c.Extended() if points is not None and value == MARKED_ON_PAPER:
            return _plain(points)
        case c.Extended():
            return _quoted(str(value.get("text", "")))
        case c.Short() | c.Numeric() | c.Open() | c.Description() | c.Unreadable():
            return str(value.get("text", ""))
        case _:
            assert_never(entry.content)


def hint(entry: Entry) -> str:
    """What to write, for the sheet of hints."""
    marks = ", ".join(sorted(letters_of(entry), key=_in_order))
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
        case c.Short() | c.Numeric() | c.Open() | c.Description() | c.Unreadable():
            return _("the answer as it is written")
        case _:
            assert_never(entry.content)


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
            return {"ranks": _ranks(_all(_marks(text, letters_of(entry), hyphen=True), len(content.order)))}
        case c.Likert() | c.LevelMark():
            return {"step": _step(text, _steps(content))}
        case c.Short() | c.Numeric() | c.Extended() | c.Open() | c.Description() | c.Unreadable():
            return {"text": text}
        case _:
            assert_never(content)


def _places(entry: Entry, text: str, most: int | None = None) -> list[int | None]:
    found = _marks(text, letters_of(entry))
    if most is not None and len(found) > most:
        raise Invalid(_("One letter is wanted, «%(text)s» has several.") % {"text": text[:20]}, code="several")
    return found


def _marks(text: str, known: Mapping[str, int], *, hyphen: bool = False) -> list[int | None]:
    """Places by letters, each once; ``hyphen``: a letter may be repeated, and «-» stands for none."""
    found: list[int | None] = []
    for mark in _MARK.findall(text.upper().translate(ALIKE)):
        if hyphen and mark in NONE:
            found.append(None)
        elif mark not in known:
            raise Invalid(
                _("There is no «%(mark)s» here; the letters are: %(letters)s.")
                % {"mark": mark, "letters": ", ".join(sorted(known, key=_in_order))},
                code="unknown_letter",
            )
        elif known[mark] in found and not hyphen:
            raise Invalid(_("«%(mark)s» is written twice.") % {"mark": mark}, code="twice")
        else:
            found.append(known[mark])
    if not found:
        raise Invalid(_("«%(text)s» is no letter.") % {"text": text[:20]}, code="no_letter")
    return found


def _ranks(places: Sequence[int | None]) -> list[int | None]:
    """Places of the lines by lines in their places; a line that stands twice is said so."""
    put = [place for place in places if place is not None]
    if len(set(put)) != len(put):
        raise Invalid(_("A line stands there twice: each letter once, «-» for a place left over."), code="twice")
    return [places.index(line) + 1 if line in put else None for line in range(len(places))]


def _all(found: Sequence[int | None], wanted: int) -> list[int | None]:
    if len(found) != wanted:
        raise Invalid(
            _("%(wanted)s letters are wanted, there are %(there)s.") % {"wanted": wanted, "there": len(found)},
            code="count",
        )
    return list(found)


def _chosen(content: c.Choice, text: str) -> Value:
    """Letters, words of one's own after a semicolon; where words are allowed, only words too, if they are no marks."""
    known = {letter(place): place for place in range(len(content.options))}
    head, mark, tail = text.partition(";")
    try:
        choices = _marks(head, known) if head.strip() else []
    except Invalid:
        if not content.other or mark or not _WORD.search(text):
            raise
        choices, tail = [], text
    if len(choices) + bool(tail.strip()) > 1 and not content.many:
        raise Invalid(_("One answer is wanted, «%(text)s» has several.") % {"text": text[:20]}, code="several")
    return {"choices": choices, "other": tail.strip()}


def _joined(marks: Sequence[str]) -> str:
    """«АБ»; with a number among them, «А, 27»."""
    return (", " if any(mark.isdecimal() for mark in marks) else "").join(marks)


def _in_order(mark: str) -> tuple[int, str]:
    return (int(mark), "") if mark.isdecimal() else (0, mark)


def _quoted(text: str) -> str:
    """Words that are a number stand in quotes, for a bare number is points."""
    return f"«{text}»" if _points(text.strip("«»")) is not None else text


def _unquoted(text: str) -> str:
    quoted = text.startswith("«") and text.endswith("»") and _points(text.strip("«»")) is not None
    return text[1:-1] if quoted else text


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
    return shortest(points, 3)
