"""People of a centre by what a plan says of them: «Ивановой И. И.» is Иванова Ирина Игоревна, if nobody else is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from traektoria.engines.declension import Case, FullName, decline
from traektoria.engines.plantables.responsible import Named, Who

_SURNAME = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?")
_ALIKE = 3
"""Letters with which all forms of a surname begin, or it is as short."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who could be meant."""

    key: int
    surname: str
    given: str
    patronymic: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Keys of everybody who can be meant; ``sure``: one person, by surname and at least one initial."""

    keys: tuple[int, ...]
    sure: bool


def match_person(named: Named, people: Sequence[Known]) -> Match:
    """Nobody for a role or an organisation."""
    surname = named.surname or (named.text if _SURNAME.fullmatch(named.text) else "")
    if not surname or named.who not in {Who.PERSON, Who.UNKNOWN}:
        return Match((), sure=False)
    wanted = _letters(surname)
    found = [one for one in people if _begins_alike(one, wanted) and _fits(one, named.names) and wanted in _forms(one)]
    exact = [one for one in found if _letters(one.surname) == wanted]
    chosen = exact or found
    return Match(tuple(one.key for one in chosen), sure=len(chosen) == 1 and bool(named.names))


def _begins_alike(one: Known, wanted: str) -> bool:
    return _letters(one.surname)[:_ALIKE] == wanted[:_ALIKE]


def _fits(one: Known, names: str) -> bool:
    """Whether the initials, or the names in full or declined, are theirs."""
    told = re.findall(r"[^\W\d_]+", names)
    own = [one.given, *filter(None, [one.patronymic])]
    for said, name in zip(told, own, strict=False):
        short = min(len(said), len(name), 1 if len(said) == 1 else _ALIKE)
        if _letters(said)[:short] != _letters(name)[:short]:
            return False
    return True


def _forms(one: Known) -> set[str]:
    name = FullName(one.surname, one.given, one.patronymic)
    return {_letters(decline(name, case).text.split()[0]) for case in Case}


def _letters(text: str) -> str:
    return text.lower().replace("ё", "е")
