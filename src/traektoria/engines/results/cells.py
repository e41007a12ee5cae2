"""Meaning of single cells, remembered: a column of 26 000 cells holds five different values.

The memos are dictionaries that answer for unknown cells once (`__missing__`), so that a column is decoded by
`map(memo.__getitem__, column)` at the speed of a lookup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from traektoria.engines.lazy_imports import np
from traektoria.engines.tables.cells import Dated, Fault, shown

if TYPE_CHECKING:
    import numpy.typing as npt

Ints: TypeAlias = "npt.NDArray[np.int16]"

STATES: Final = ("scored", "not_started", "not_covered", "over_maximum", "unreadable", "missing")
SCORED, NOT_STARTED, NOT_COVERED, OVER_MAXIMUM, UNREADABLE, MISSING = range(len(STATES))
SIGN_OF_ABSENCE: Final = len(STATES)
"""While a sheet is read: a cell that says the pupil was not there, or the task was not done. None of the STATES."""
NO_NUMBER: Final = -1
PLUS, MINUS = "+", frozenset("-–—−")
"""Where teachers mark with a plus what is solved, a dash beside it is what is not: 1 and 0 points."""
_STATE_STEP: Final = 1024

_SCORE = re.compile(r"(\d{1,3})(?:[.,]0+)?")
_NOT_STARTED: Final = frozenset("xXхХ")  # Latin and Cyrillic
_NOT_COVERED = re.compile(r"не\s*(пройд|изуч)", re.IGNORECASE)
# Signs of absence after `_plain_sign`. One that may mean something else, «Б» as a variant, says nothing by itself.
_ABSENT = re.compile(
    r"отсут.*|отс|абс.*|abs.*|н/?б|н/?я|неявк.*|неявил.*|не ?(писал|был|явил|участв|присут|сдавал|выполнял|приш).*"
    r"|бол(ен|ьна|ел|еет|ьн|езн).*|по болезни|бол|пропус.*|осв(об.*)?|выбыл.*|уваж.*|у/п|дист.*",
)
_MAYBE_ABSENT = re.compile(r"н|б|нет|н/?а|n/?a|-+")
_LATIN_IN_SIGNS: Final = str.maketrans("haboetcpxmk", "навоетсрхмк")
_NO_CLASS: Final = frozenset({"нет", "-", "–", "—", "нет класса"})
_LOGIN = re.compile(r"\b(?:edu|sch)\d{3,}\b", re.IGNORECASE)


class ScoreMemo(dict[Any, int]):
    """Cell → state · 1024 + score; the score of a cell without one is 0."""

    def __missing__(self, cell: Any) -> int:
        state, score = read_score(cell)
        code = self[cell] = state * _STATE_STEP + score
        return code

    def decode(self, column: Sequence[Any]) -> tuple[Ints, Ints]:
        """States and scores of a column of cells, both int16 of its length."""
        codes = np.fromiter(map(self.__getitem__, distinguishable(column)), np.int16, len(column))
        return codes // np.int16(_STATE_STEP), codes % np.int16(_STATE_STEP)


def read_score(cell: Any) -> tuple[int, int]:
    """State and score of one cell; the maximum is not known here."""
    text = "" if is_formula(cell) else shown(cell)
    if not text:
        return MISSING, 0
    if text in _NOT_STARTED:
        return NOT_STARTED, 0
    if match := _SCORE.fullmatch(text):
        return SCORED, int(match[1])
    if text == PLUS:
        return SCORED, 1
    if is_sign_of_absence(text):
        return SIGN_OF_ABSENCE, 0
    return (NOT_COVERED if _NOT_COVERED.match(text) else UNREADABLE), 0


class NumberMemo(dict[Any, int]):
    """Cell → whole number; -1 for an empty cell, -2 for anything else."""

    UNREADABLE: Final = -2

    def __missing__(self, cell: Any) -> int:
        text = "" if is_formula(cell) else shown(cell)
        match = _SCORE.fullmatch(text)
        number = self[cell] = int(match[1]) if match else self.UNREADABLE if text else NO_NUMBER
        return number

    def decode(self, column: Sequence[Any]) -> Ints:
        """Numbers of a column of cells, int16."""
        return np.fromiter(map(self.__getitem__, distinguishable(column)), np.int16, len(column))


class TextMemo(dict[Any, str | None]):
    """Cell → text as a person reads it, None for an empty one; a class 5-1 that became a date is what was typed."""

    def __missing__(self, cell: Any) -> str | None:
        read = "" if isinstance(cell, Fault) else cell.typed if isinstance(cell, Dated) else shown(cell)
        text = self[cell] = read or None
        return text

    def decode(self, column: Sequence[Any]) -> list[str | None]:
        """Texts of a column of cells."""
        return list(map(self.__getitem__, distinguishable(column)))


def distinguishable(column: Sequence[Any]) -> Sequence[Any]:
    """The column with TRUE and FALSE as words: to a dictionary, True and 1 are the same key."""
    if bool not in set(map(type, column)):
        return column
    return [str(cell) if isinstance(cell, bool) else cell for cell in column]


def is_formula(cell: Any) -> bool:
    """A formula that no program has computed: there is no value."""
    return isinstance(cell, Fault) and cell.is_formula


def is_absent(text: str | None) -> bool:
    """«отсутствовал», «н/б», «болен», in any spelling."""
    return text is not None and any(_ABSENT.fullmatch(plain) for plain in _plain_sign(text))


def is_sign_of_absence(text: str | None) -> bool:
    """The same, and what says so only where there are no points: «н», «–», «б»."""
    if text is None or len(text) > 80:
        return False
    return is_absent(text) or any(_MAYBE_ABSENT.fullmatch(plain) for plain in _plain_sign(text))


def _plain_sign(text: str) -> tuple[str, str]:
    """Without dots, brackets and case, one dash for all; as written, and with Latin letters taken for Cyrillic."""
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", text.lower().replace("ё", "е"))
    plain = re.sub(r"\s*[/\\]\s*", "/", " ".join(re.sub(r"[.,;:!()«»\"]", " ", plain).split()))
    return plain, plain.translate(_LATIN_IN_SIGNS)


def is_no_class(name: str | None) -> bool:
    """«НЕТ»: what schools write where a class has no letter or is not told."""
    return name is None or name.lower() in _NO_CLASS


def read_sex(text: str | None) -> str | None:
    """м or ж, from either case and from whole words; None for anything else."""
    first = (text or "").strip().lower()[:1]
    return {"м": "м", "m": "м", "ж": "ж", "f": "ж"}.get(first)


def school_code(text: str | None) -> str:
    """Code of a school out of «edu997547 | МБОУ …» or «ОО(edu997547)»; the whole text where there is none."""
    login = _LOGIN.search(text or "")
    return login[0] if login else (text or "").split(" | ")[0].strip()


def name_after_bar(text: str | None) -> str | None:
    """«reg22_m014 | Муниципальный район № 14» → the name; a text without a bar as it is."""
    return (text.split("|", 1)[1].strip() or None) if text and "|" in text else text
