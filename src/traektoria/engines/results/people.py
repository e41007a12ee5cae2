"""Who sat: school, municipality, region, class, sex, journal mark of each participant. Persons' names are not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from traektoria.engines.results.cells import (
    NO_NUMBER,
    Ints,
    is_no_class,
    name_after_bar,
    read_sex,
    school_code,
)
from traektoria.engines.results.classes import one_spelling
from traektoria.engines.results.columns import Columns
from traektoria.engines.results.dirt import DirtCollector
from traektoria.engines.results.model import Recognised
from traektoria.engines.tables.cells import shown

_NO_MARK = re.compile(r"нет|н/?а|-|–|—", re.IGNORECASE)
_NAME = re.compile(r"[А-ЯЁ][а-яёА-ЯЁ-]+ +[А-ЯЁ]")
_GROUP_MUNICIPALITY = re.compile(r"reg\w*_m\d+")

Texts = list[str | None]


@dataclass(frozen=True, slots=True)
class People:
    """Columns of the length of the participants. `schools`: code → name; `municipalities`: name → code, as given."""

    participant: list[str]
    school: list[str]
    municipality: Texts
    region: Texts
    class_name: Texts
    sex: Texts
    journal: Ints
    schools: dict[str, str]
    municipalities: dict[str, str]


def read_people(found: Recognised, columns: Columns, school: str | None, dirt: DirtCollector) -> People:
    """Read the columns about persons and places; `school` stands where the file has no column for it."""
    codes, names = _schools(found, columns, school)
    municipality, places = _municipalities(found, columns)
    written = columns.texts(found.column("class_name"))
    class_name = one_spelling(codes, written)
    participant = _participants(found, columns)
    _report_people(found, columns, codes, class_name, participant, dirt)
    respelt = [i for i in np.flatnonzero(columns.present) if written[i] != class_name[i]]
    dirt.add(
        "class_spelling", columns.rows[respelt].tolist(), found.column("class_name"), lambda i: written[respelt[i]]
    )
    return People(
        participant=participant,
        school=codes,
        municipality=municipality,
        region=_regions(found, columns),
        class_name=class_name,
        sex=_mapped(columns.texts(found.column("sex")), read_sex),
        journal=_journal(found, columns, dirt),
        schools=names,
        municipalities=places,
    )


def _participants(found: Recognised, columns: Columns) -> list[str]:
    """Codes or numbers. Where the column holds names of pupils, they are not kept."""
    column = found.column("participant")
    texts = columns.texts(found.column("number") if column is None else column)
    names = sum(text is not None and _NAME.match(text) is not None for text in texts)
    return [""] * len(texts) if names * 2 > len(texts) else [text or "" for text in texts]


def _schools(found: Recognised, columns: Columns, school: str | None) -> tuple[list[str], dict[str, str]]:
    """Codes of schools, and the names that stand beside them: «edu997547 | МБОУ …» or a column of names."""
    places = found.roles.get("school", ())
    texts = columns.texts(places[0] if places else None)
    codes = [code or "" for code in _mapped(texts, school_code)]
    if any(columns.group_schools):
        codes = [code or group or "" for code, group in zip(codes, columns.group_schools, strict=True)]
    if not places or not any(codes):
        codes = [code or school or "" for code in codes]
    names: dict[str, str] = {}
    for place in (*places, *found.roles.get("school_name", ())):
        for code, text in set(zip(codes, columns.texts(place), strict=True)):
            name = name_after_bar(text)
            if code and name and name != code and code not in names:
                names[code] = name
    return codes, dict(sorted(names.items()))


def _municipalities(found: Recognised, columns: Columns) -> tuple[Texts, dict[str, str]]:
    texts = columns.texts(found.column("municipality"))
    if found.column("municipality") is None:
        return _mapped(columns.texts(found.column("groups")), _municipality_of_groups), {}
    codes = {text: text.split("|", 1)[0].strip() for text in set(texts) if text and "|" in text}
    named = {name_after_bar(text) or text: code for text, code in codes.items()}
    return _mapped(texts, name_after_bar), dict(sorted(named.items()))


def _regions(found: Recognised, columns: Columns) -> Texts:
    if found.column("region") is None:
        groups = columns.texts(found.column("groups"))
        return _mapped(groups, lambda text: text.split(",", 1)[0].strip() or None if text else None)
    return _mapped(columns.texts(found.column("region")), name_after_bar)


def _municipality_of_groups(text: str | None) -> str | None:
    found = _GROUP_MUNICIPALITY.search(text or "")
    return found[0] if found else None


def _mapped(texts: Texts, change: Callable[[str | None], str | None]) -> Texts:
    """Change each distinct text once."""
    memo = {text: change(text) for text in set(texts)}
    return list(map(memo.__getitem__, texts))


def _journal(found: Recognised, columns: Columns, dirt: DirtCollector) -> Ints:
    """Marks of the journal 2–5; what is no such mark is reported by cell."""
    column = found.column("journal")
    read = columns.numbers(column)
    good = (read >= 2) & (read <= 5)
    if column is not None:
        cells = columns.cells(column)
        for kind, positions in _without_mark(np.flatnonzero(~good & columns.present).tolist(), read, cells).items():
            dirt.add(kind, columns.rows[positions].tolist(), column, _picked(cells, positions))
    return np.where(good, read, NO_NUMBER).astype(np.int16)


def _picked(cells: Sequence[Any], positions: list[int]) -> Callable[[int], Any]:
    return lambda index: cells[positions[index]]


def _without_mark(positions: list[int], read: Ints, cells: Sequence[Any]) -> dict[str, list[int]]:
    """Kind of dirt → positions of the cells that hold no mark."""
    kinds: dict[str, list[int]] = {"no_journal_mark": [], "journal_mark_unreadable": []}
    for position in positions:
        none = read[position] == NO_NUMBER or _NO_MARK.match(shown(cells[position]))
        kinds["no_journal_mark" if none else "journal_mark_unreadable"].append(position)
    return kinds


def _report_people(
    found: Recognised,
    columns: Columns,
    codes: list[str],
    class_name: Texts,
    participant: list[str],
    dirt: DirtCollector,
) -> None:
    for row, sign in zip(columns.rows.tolist(), columns.signs, strict=True):
        if sign is not None:
            dirt.add("absent", [row], sign[0], partial(_same, sign[1]))
    present = np.flatnonzero(columns.present)
    column = found.column("class_name")
    if column is not None:
        nowhere = [i for i in present if is_no_class(class_name[i])]
        dirt.add("class_missing", columns.rows[nowhere].tolist(), column, lambda i: class_name[nowhere[i]])
    lost = [i for i, code in enumerate(codes) if not code]
    dirt.add("school_missing", columns.rows[lost].tolist(), found.column("school"), lambda _: "")
    again = _repeated(codes, participant)
    dirt.add(
        "repeated_participant",
        columns.rows[again].tolist(),
        found.column("participant"),
        lambda i: participant[again[i]],
    )


def _same(text: str, _: int) -> str:
    return text


def _repeated(codes: list[str], participant: list[str]) -> list[int]:
    """Positions where a code comes again in the same school."""
    keys = list(map("\0".join, zip(codes, participant, strict=True)))  # texts hold no NUL and set off no collector
    if len(set(keys)) == len(keys):
        return []
    seen: set[str] = set()
    again = []
    for position, key in enumerate(keys):
        if key in seen and participant[position]:
            again.append(position)
        seen.add(key)
    return again
