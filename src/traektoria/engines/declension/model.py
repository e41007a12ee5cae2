"""What goes into declension and what comes out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

NBSP = "\u00a0"
_LETTER_WITH_DOT = re.compile(r"([^\W\d_])\.\s*(?=[^\W\d_])")


class Case(StrEnum):
    """The six cases of Russian, in the order of a school textbook."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    PREPOSITIONAL = "prepositional"


class NameGender(StrEnum):
    """Grammatical gender of a person's name."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True)
class FullName:
    """A person's name in the nominative, as it was entered.

    ``given`` and ``patronymic`` may be initials; ``patronymic`` may be empty. ``gender`` is detected when ``None``.
    ``overrides`` is the whole name as a person wrote it by hand for a case: it wins over every rule.
    """

    surname: str
    given: str
    patronymic: str = ""
    gender: NameGender | None = None
    overrides: Mapping[Case, str] = field(default_factory=dict, hash=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read «Иванова Мария Петровна», «Иванова М.П.» or «Алиев Гейдар Мамед оглы»: the surname comes first."""
        surname, given, *patronymic = [*_LETTER_WITH_DOT.sub(r"\1. ", text).split(), "", ""]
        return cls(surname, given, " ".join(patronymic).strip())


@dataclass(frozen=True)
class Declined:
    """A text in the wanted case; ``certain`` is false where a person should look at it before it is printed."""

    text: str
    certain: bool = True
