"""How an answer is written in a cell, with the letters that the printed form has, and read back; each kind of items
says its own way (``items.kinds``).

«Б»; «АВ» for several; «БАВ» for the left sides or the lines in their order, «-» for none; a number for a step or for
the points of an extended answer; words as they are. Letters of the Latin alphabet that look the same are taken. After
the last letter the form goes on with numbers, and several marks stand apart then: «А, 27». Words of one's own beside
marks come after a semicolon. What is neither is told with its cell and never taken for words.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from traektoria.diagnostics.instruments.queries.forms import Entry
from traektoria.diagnostics.items.kinds.protocol import Marked
from traektoria.diagnostics.items.pieces.cells import Read
from traektoria.diagnostics.items.pieces.view import letter
from traektoria.diagnostics.sittings.models import Answer

EMPTY = Read({}, None)


def is_judged(entry: Entry) -> bool:
    """People give its points: they may stand in the cell instead of the answer."""
    return entry.content.marked is Marked.BY_PEOPLE


def differs(entry: Entry, there: Answer, read: Read) -> bool:
    """Whether the sheet says something else than what is kept. The same answer keeps its points: a key that would
    judge it otherwise today changes nothing behind anybody's back."""
    judged = is_judged(entry) and read.points is not None
    return there.value != read.value or (judged and there.score != read.points)


def letters_of(entry: Entry) -> dict[str, int]:
    """Letter on the printed form → place in the content. The form's paper orders choices by the id of its item."""
    return {letter(number): place for number, place in enumerate(entry.content.shown_order(entry.pk))}


def read_cell(entry: Entry, text: str) -> Read:
    """Raises ``Invalid`` with what is wrong in the cell."""
    written = text.strip()
    return entry.content.read_cell(written, letters_of(entry), entry.max_score) if written else EMPTY


def write_cell(entry: Entry, value: Mapping[str, Any], points: Decimal | None) -> str:
    """The same as text: what ``read_cell`` reads back."""
    return entry.content.write_cell(value, points, letters_of(entry)) if value else ""


def hint(entry: Entry) -> str:
    """What to write, for the sheet of hints."""
    return entry.content.cell_hint(letters_of(entry), entry.max_score)
