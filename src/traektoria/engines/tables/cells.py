"""What a cell can be, and how a person sees it.

A cell is "" (nothing), a text, a number without a look of its own (a float), a boolean, a `Dated` or a `Fault`. Numbers
with a number format come as the text that the spreadsheet shows: «50 %», «007», «1,50».
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

TRUE_FALSE: Final = {True: "ИСТИНА", False: "ЛОЖЬ"}
_TRIMMED: Final = " \t\r\n\u00a0\ufeff\u202f"
_SIGNIFICANT: Final = 10  # digits that a spreadsheet shows of a number without a format


@dataclass(frozen=True, slots=True)
class Dated:
    """A cell that a spreadsheet holds for a date: the moment, how it looks, and what was typed if it is no date.

    Who types 4.1 gets 04.01.2026 or «04.янв»; who types 4.13 gets «апр.13». `typed` is "4.1" and "4.13".
    """

    moment: datetime
    shown: str
    typed: str

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell without a value: an error (`text` is «#N/A») or a formula that no program has computed («=»)."""

    text: str

    @property
    def is_formula(self) -> bool:
        """A formula that was never computed, no error of one that was."""
        return self.text == "="

    def __str__(self) -> str:
        return self.text


def shown(cell: Any) -> str:
    """A cell as a person reads it, blanks at the ends dropped: 40001.0 is «40001», 0.1 + 0.2 is «0,3»."""
    if isinstance(cell, str):
        return cell.strip(_TRIMMED)
    if isinstance(cell, bool):
        return TRUE_FALSE[cell]
    if isinstance(cell, float | int):
        return general(cell)
    return "" if cell is None else str(cell).strip(_TRIMMED)


def general(number: float) -> str:
    """A number without a format, with a decimal comma."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.{_SIGNIFICANT}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}E{exponent}"
    return text.replace(".", ",")


def column_number(letters: str) -> int:
    """0-based number of a column named as a spreadsheet names it: A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """Name of a 0-based column: 0 → A, 26 → AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
