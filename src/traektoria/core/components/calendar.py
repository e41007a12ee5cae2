"""What stands in the cells of a calendar: hours and what they are, one under another."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from traektoria.core.components.markup import escaped


def hours_cells(url: str, cells: Iterable[tuple[str, Sequence[Any]]]) -> Markup:
    """Cells of a row of a table: of each its day, and pieces with ``.begins``, ``.ends``, ``.label``, ``.number``,
    ``.clash``. In ``url`` the day stands for «{}». In Python, as a week of a centre has six hundred of them."""
    before, _day, after = escaped(url).partition("{}")
    return Markup("".join([_cell(f"{before}{day}{after}", pieces) if pieces else EMPTY for day, pieces in cells]))


def _cell(url: str, pieces: Sequence[Any]) -> str:
    return f'<td><a href="{url}">{"".join(map(_piece, pieces))}</a></td>'


def _piece(piece: Any) -> str:
    until = f"–{piece.ends}" if piece.ends else ""
    number = f" × {piece.number}" if piece.number > 1 else ""
    text = f"<b>{piece.begins}{until}</b> {_label(piece.label)}{number}"
    if piece.clash:
        also = escaped(_("at the same time as another one"))
        return f'<span class="cal-piece cal-piece--clash">{text}, {also}</span>'
    return f'<span class="cal-piece">{text}</span>'


EMPTY = "<td></td>"


@lru_cache(maxsize=256)
def _label(text: str) -> str:
    return str(escape(text))
