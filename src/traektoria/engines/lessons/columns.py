"""Which column of a lesson calendar is what: by its heading, of one storey or of two, in any order."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from traektoria.engines.lessons.model import Column, LessonColumn
from traektoria.engines.plantables.joined_lines import joined
from traektoria.engines.plantables.model import Cell, Grid, GridRow

_NOISE = re.compile(r"[\s*:.,;«»\"()_–—\-\\]+")
_WITHIN: Final = 25
"""Rows of a table among which its headings are: over them stand titles and who approves."""
_LONGEST: Final = 140
_PART = re.compile(r"(план|факт|коррекц|всего|общее|контр|практ|лаб|теор|к/р|п/р|л/р|^\d{1,2}\s?[а-я]$|по плану)")
"""What the lower of two storeys of headings says: «план | факт», «всего | контрольные | практические»."""
_ALONE: Final = 12
"""«По плану» may be the only one; «Общее понятие о дробях (6 ч)» is the first section."""
_SAYS: Final = (
    (re.compile(r"факт|коррекц|корректир|скоррект"), LessonColumn.OTHER),
    (re.compile(r"дата|сроки|срок |срок$|календарн"), LessonColumn.DATE),
    (
        re.compile(
            r"(?=.*(контрольн|практич|лаборат|к/р|п/р|л/р|теор))(?=.*(\bчас(?!т)|кол |количество|всего))(?!.*всего)"
        ),
        LessonColumn.OTHER,
    ),
    (re.compile(r"\bчас(?!т)|кол во|количество|^ч$|^всего$"), LessonColumn.HOURS),
    (re.compile(r"контрол|оценивани"), LessonColumn.CONTROL),
    (re.compile(r"№ (темы|раздела)|(номер|№) в (теме|разделе)"), LessonColumn.OTHER),
    (re.compile(r"№|п/п|^пп$|номер|^n$|^n п"), LessonColumn.NUMBER),
    (re.compile(r"\bтем(?:а|ы|атик\w*)?\b"), LessonColumn.THEME),
    (re.compile(r"раздел|модуль|^блок|глава"), LessonColumn.SECTION),
    (re.compile(r"содержан|наименован|названи|изучаем"), LessonColumn.THEME),
)
_THEMES: Final = (re.compile(r"тема урок|темы урок|тема занят"), re.compile(r"\bтем"), re.compile(r""))
"""The first is the best where several columns speak of themes."""


def key_of(title: str) -> str:
    return _NOISE.sub(" ", title.lower().replace("ё", "е")).strip()


def meaning_of(title: str) -> LessonColumn:
    key = key_of(title)
    if not key or len(key) > _LONGEST:
        return LessonColumn.OTHER
    return next((meaning for pattern, meaning in _SAYS if pattern.search(key)), LessonColumn.OTHER)


def find_heading(grid: Grid) -> tuple[int, tuple[Column, ...]] | None:
    """Where the rows below the headings begin, and the columns; None where no table of lessons is."""
    for at, row in enumerate(grid.rows[:_WITHIN]):
        if not heading_of(row):
            continue
        below = grid.rows[at + 1] if at + 1 < len(grid.rows) else None
        both = _two_storeys(row, below, spans=grid.spans) if below is not None else None
        columns = heading_of(both) if both else ()
        return (at + 2, columns) if columns else (at + 1, heading_of(row))
    return None


def heading_of(row: GridRow) -> tuple[Column, ...]:
    """The columns under a row of headings; none of a row that is none: themes, and hours, days or numbers."""
    titles = [(cell, joined(cell.lines)) for cell in row.filled]
    if len(titles) < 2 or any(len(title) > _LONGEST for _cell, title in titles):
        return ()
    columns = _once([Column(cell.start, cell.end, title, meaning_of(title)) for cell, title in titles])
    told = {one.meaning for one in columns}
    enough = LessonColumn.THEME in told and told & {LessonColumn.HOURS, LessonColumn.DATE, LessonColumn.NUMBER}
    return columns if enough else ()


def _two_storeys(upper: GridRow, lower: GridRow, *, spans: bool) -> GridRow | None:
    """Headings over headings as one row, None where the lower one is none of headings."""
    own = [cell for cell in lower.filled if not cell.goes_on]
    keys = [key_of(joined(cell.lines)) for cell in own]
    if not own or not all(map(_PART.search, keys)) or (len(keys) == 1 and len(keys[0]) > _ALONE):
        return None
    cells: list[Cell] = []
    above = list(upper.filled)
    for at, cell in enumerate(above):
        end = cell.end if spans else (above[at + 1].start if at + 1 < len(above) else 10_000)
        under = [one for one in own if cell.start <= one.start < end]
        cells += [replace(one, lines=(*cell.lines, *one.lines)) for one in under] or [cell]
    return GridRow(lower.place, tuple(cells))


def _once(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Each meaning once: of several the best theme, otherwise the first; a section without a theme is the theme."""
    best = dict[LessonColumn, Column]()
    for column in columns:
        best.setdefault(column.meaning, column)
    themes = [one for one in columns if one.meaning is LessonColumn.THEME]
    if themes:
        best[LessonColumn.THEME] = min(themes, key=_rank)
    elif LessonColumn.SECTION in best:
        best[LessonColumn.THEME] = replace(best.pop(LessonColumn.SECTION), meaning=LessonColumn.THEME)
    chosen = {(one.start, meaning) for meaning, one in best.items() if meaning is not LessonColumn.OTHER}
    found = list[Column]()
    for column in columns:
        meaning = next((said for start, said in chosen if start == column.start), LessonColumn.OTHER)
        found.append(replace(column, meaning=meaning))
    return tuple(found)


def _rank(column: Column) -> int:
    return next(at for at, pattern in enumerate(_THEMES) if pattern.search(key_of(column.title)))
