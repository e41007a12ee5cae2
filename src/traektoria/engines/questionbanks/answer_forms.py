"""When two short answers are one.

A person types what they see: Cyrillic Н and О for the Latin ones of «H2O», a minus in any of its signs, blanks of any
width, a decimal comma. The author of a key may ask for the answer letter by letter (`Question.strict`).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from traektoria.engines.questionbanks.model import Question
from traektoria.engines.questionbanks.numbers import INVISIBLE, MINUSES, ungrouped

_SPACES = re.compile(r"\s+")
_SIGNS: Final = str.maketrans(
    dict.fromkeys("«»„“”‟‹›″", '"') | dict.fromkeys("’‘‚`´", "'") | dict.fromkeys(MINUSES, "-")
)
_CAPITALS: Final = str.maketrans("АВЕКМНОРСТУХІЅЈ", "ABEKMHOPCTYXISJ")
_SMALL: Final = str.maketrans("аекорсухіѕј", "aekopcyxisj")  # «в» is no «b» where the size of letters decides
_EITHER: Final = str.maketrans("авекмнорстухіѕј", "abekmhopctyxisj")
_INDEX: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_INDICES = re.compile(r"(?:(?<=[^\W\d_])|(?<=[)\]]))[₀-₉]+")
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[%‰°])")


def forms(text: str, question: Question) -> tuple[str, ...]:
    """The text as it is compared, the closest form first; where the key is strict, there is no other."""
    written = _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(INVISIBLE)).strip()
    if question.strict:
        return (written,)
    said = written.replace("ё", "е").replace("Ё", "Е").translate(_SIGNS)
    said = said if question.case_sensitive else said.casefold()
    return said, _seen(said, case_sensitive=question.case_sensitive)


def _seen(said: str, *, case_sensitive: bool) -> str:
    """Letters of both alphabets that look alike are one, «CO₂» is «CO2», «3,14» is «3.14», «12 000» is «12000»."""
    seen = said.translate(_CAPITALS).translate(_SMALL) if case_sensitive else said.translate(_EITHER)
    seen = _INDICES.sub(lambda found: found[0].translate(_INDEX), seen)
    return _COMMA.sub(".", _BEFORE_UNIT.sub("", ungrouped(seen)))
