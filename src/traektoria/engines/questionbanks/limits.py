"""What a file of questions may cost us at most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, lengths in characters, the rest are counts. A big bank is 30 MB with pictures."""

    file_bytes: int = 64_000_000
    unpacked_bytes: int = 256 * 2**20
    parts: int = 20_000
    questions: int = 20_000
    problems: int = 5_000
    question_characters: int = 200_000
    answers: int = 200
    picture_bytes: int = 5 * 2**20
    pictures_bytes: int = 48 * 2**20
    depth: int = 64


LIMITS: Final = Limits()
