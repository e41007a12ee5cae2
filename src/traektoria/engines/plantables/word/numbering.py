"""Automatic numbers of paragraphs: Word keeps how to count and no number; the cell itself is empty.

Source: ECMA-376 part 1, 17.9. A list counts through the whole document, in the order of its paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from traektoria.engines.plantables.word.xml import Element, attribute, child, children, is_on, name, number, value

BULLET: Final = "–"
_LEVELS: Final = 9
_STEPS: Final = 20
_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """A list: which numbering it follows, with its own levels, and from where it begins anew."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """Counts as Word does; `label` is to be asked once for each paragraph, in their order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {attribute(one, "styleId") or "": one for one in children(styles, "style")}
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._learn(numbering)

    def label(self, paragraph: Element) -> str:
        """«3.», «1.2.», «а)», «–» for a bullet, "" where the paragraph has no number."""
        properties = child(paragraph, "pPr")
        found = self._place(properties)
        if found is None:
            return ""
        listed, level = self._lists.get(found[0]), found[1]
        if listed is None or not 0 <= level < _LEVELS:
            return ""
        levels = {**self._levels_of(listed.abstract), **listed.levels}
        return self._counted(found[0], listed, levels, level)

    def _learn(self, root: Element) -> None:
        for one in root:
            if name(one) == "abstractNum":
                key = attribute(one, "abstractNumId") or ""
                self._abstract[key] = {
                    number(attribute(level, "ilvl")): _level(level, _Level()) for level in children(one, "lvl")
                }
                self._links[key] = value(one, "numStyleLink") or ""
            elif name(one) == "num":
                self._lists[attribute(one, "numId") or ""] = self._list(one)

    def _list(self, element: Element) -> _List:
        levels, starts = {}, {}
        abstract = value(element, "abstractNumId") or ""
        for override in children(element, "lvlOverride"):
            at = number(attribute(override, "ilvl"))
            own = child(override, "lvl")
            if own is not None:
                levels[at] = _level(own, self._abstract.get(abstract, {}).get(at, _Level()))
            if (start := value(override, "startOverride")) is not None:
                starts[at] = number(start, 1)
        return _List(abstract, levels, starts)

    def _levels_of(self, abstract: str) -> dict[int, _Level]:
        """Levels of a numbering, or of the style that it is borrowed from."""
        for _ in range(_STEPS):
            style = self._links.get(abstract)
            listed = self._lists.get(value(self._styles.get(style or ""), "pPr", "numPr", "numId") or "")
            if not style or listed is None:
                break
            abstract = listed.abstract
        return self._abstract.get(abstract, {})

    def _place(self, properties: Element | None) -> tuple[str, int] | None:
        """The list of a paragraph and its level, its own or of its style."""
        own = child(properties, "numPr")
        listed, level = value(own, "numId"), value(own, "ilvl")
        style = value(properties, "pStyle")
        for _ in range(_STEPS):
            if listed is not None or style is None:
                break
            element = self._styles.get(style)
            inherited = child(element, "pPr", "numPr")
            listed = value(inherited, "numId")
            level = level or value(inherited, "ilvl") or (listed and self._level_of_style(listed, style))
            style = value(element, "basedOn")
        return None if listed is None or listed == "0" else (listed, number(level))

    def _level_of_style(self, listed: str, style: str) -> str | None:
        found = self._lists.get(listed)
        levels = self._levels_of(found.abstract) if found else {}
        return next((str(at) for at, level in levels.items() if level.style == style), None)

    def _counted(self, key: str, listed: _List, levels: dict[int, _Level], at: int) -> str:
        counts = self._counts.setdefault(listed.abstract, [None] * _LEVELS)
        if at in listed.starts and (key, at) not in self._begun:
            counts[at] = None
        first = (key, at) not in self._begun
        self._begun.add((key, at))
        for upper in range(at):
            if counts[upper] is None:
                counts[upper] = levels.get(upper, _Level()).start
        now = counts[at]
        begins = listed.starts.get(at, levels.get(at, _Level()).start) if first else levels.get(at, _Level()).start
        counts[at] = begins if now is None else now + 1
        for lower in range(at + 1, _LEVELS):
            restart = levels.get(lower, _Level()).restart
            if restart is None or at < restart:
                counts[lower] = None
        return _written(levels, at, counts)


def _level(element: Element, base: _Level) -> _Level:
    restart = value(element, "lvlRestart")
    return replace(
        base,
        start=number(value(element, "start"), base.start if child(element, "start") is None else 1),
        form=value(element, "numFmt") or base.form,
        text=text if (text := value(element, "lvlText")) is not None else base.text,
        legal=is_on(element, "isLgl"),
        restart=None if restart is None else number(restart),
        style=value(element, "pStyle") or "",
    )


def _written(levels: dict[int, _Level], at: int, counts: list[int | None]) -> str:
    level = levels.get(at, _Level())
    if level.form == "bullet":
        return BULLET

    def one(match: re.Match[str]) -> str:
        upper = int(match[1]) - 1
        form = "decimal" if level.legal else levels.get(upper, _Level()).form
        return formatted(counts[upper] or 0, form)

    return _PLACEHOLDER.sub(one, level.text).strip()


def formatted(count: int, form: str) -> str:
    """A number as Word writes it; forms that no Russian plan has are written in figures."""
    writer = _FORMS.get(form)
    return writer(count) if writer and 0 < count < 4000 else "" if form == "none" else str(count)


def _roman(count: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        text += letters * times
    return text


def _lettered(letters: str) -> Callable[[int], str]:
    """а, б, … я, аа, бб: the letter as often as the alphabet went round."""
    return lambda count: letters[(count - 1) % len(letters)] * ((count - 1) // len(letters) + 1)


_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda count: _lettered(_LATIN)(count).upper(),
    "lowerLetter": _lettered(_LATIN),
    "russianUpper": lambda count: _lettered(_RUSSIAN)(count).upper(),
    "russianLower": _lettered(_RUSSIAN),
    "decimalZero": lambda count: f"{count:02d}",
}
