"""What a certificate is found by: the code of its address, and the word that stands beside its number."""

import secrets
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No letters or digits that are mistaken for one another."""
LENGTH: Final = 12
CONSONANTS, VOWELS, SYLLABLES = "бвгдзклмнпрст", "аиоуэ", 5
"""Five syllables of 65: a thousand million words, easy to read aloud and to type on a phone."""
_LOOKALIKES = str.maketrans("ёе", "ээ")


def new_code() -> str:
    """30¹² possibilities."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def new_word() -> str:
    """«бамолисуто»."""
    return "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _syllable in range(SYLLABLES))


def code_typed(text: str) -> str:
    """Any case, spaces and dashes."""
    return "".join(sign for sign in text.upper() if sign.isalnum())[: LENGTH + 1]


def word_typed(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalpha()).translate(_LOOKALIKES)


def number_typed(text: str) -> tuple[int, int, int] | None:
    """Centre, year and number of «№ 3-2026-0015»; None for what is none."""
    parts = "".join(sign if sign.isdecimal() else " " for sign in text).split()
    if len(parts) != 3 or any(len(part) > 9 for part in parts):
        return None
    centre, year, number = map(int, parts)
    return centre, year, number
