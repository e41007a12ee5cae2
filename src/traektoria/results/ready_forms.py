"""Ready tables of groups (Ф3, the comparison with the journal): their rows as a tree, and what of them may be shown.

The rows are a list: the whole, a region, a municipality, its schools. Neighbours under one wider row are its parts. Who
stands in the wider row and in none of its parts is a part too, one that no row shows.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from traektoria.engines.disclosure import Decision, Key, Roll, school_key
from traektoria.engines.lazy_imports import np

_SCHOOL = re.compile(r"\((?:edu|sch)\d+\)", re.IGNORECASE)
_MUNICIPALITY = re.compile(r"\(reg\d+_m\d+\)", re.IGNORECASE)
_DEPTH = 4
_MOST = 1000
"""The rest of a wide row is counted up to here: no decision asks for more."""


@dataclass(frozen=True)
class Rows:
    """Rows with their paths, and the paths of those who are in no row of their own."""

    rows: Sequence[Mapping[str, Any]]
    paths: tuple[Key, ...]
    rests: Mapping[Key, int]

    def roll(self, table: str) -> Roll:
        """The form as a file of pupils of whom nothing but the place is known."""
        wider = {path[:depth] for path in self.paths for depth in range(len(path))}
        leaves = {path: self._size(number) for number, path in enumerate(self.paths) if path not in wider}
        names = {path: school_key(str(row["group"])) for path, row in zip(self.paths, self.rows, strict=True)}
        sizes = {_whole(path): size for path, size in leaves.items()} | {
            _whole(path): size for path, size in self.rests.items()
        }
        schools = [names[path] for path in leaves] + [f"? {key}" for key in self.rests]
        unit = np.repeat(np.arange(len(sizes)), list(sizes.values()))
        return Roll(tuple(sizes), tuple(schools), unit, base=table)

    def hidden(self, decision: Decision) -> Collection[int]:
        """Numbers of the rows that may not be shown."""
        return {number for number, path in enumerate(self.paths) if decision.hides(path)}

    def _size(self, number: int) -> int:
        return int(self.rows[number]["participants"] or 0)


def rows_of(rows: Sequence[Mapping[str, Any]]) -> Rows:
    """Give every row its path: the numbers of the wider rows above it, and its own."""
    paths: list[Key] = []
    above: list[int] = []
    for number, row in enumerate(rows):
        depth = _depth(str(row["group"]), number)
        while above and _depth(str(rows[above[-1]]["group"]), above[-1]) >= depth:
            above.pop()
        above.append(number)
        paths.append(tuple(_name(rows, one) for one in above))
    return Rows(rows, tuple(paths), _rests(rows, paths))


def published_rows(rows: Sequence[Mapping[str, Any]], decision: Decision) -> list[dict[str, Any]]:
    """The rows as they may be shown: a hidden one keeps its name alone."""
    hidden = rows_of(rows).hidden(decision)
    return [
        {"group": row["group"], "suppressed": True} if number in hidden else dict(row)
        for number, row in enumerate(rows)
    ]


def _name(rows: Sequence[Mapping[str, Any]], number: int) -> str:
    """A row's part of the path: a school is called as in files of pupils, so that it is drawn alike (``Order``)."""
    group = str(rows[number]["group"])
    return f"{group} {number}" if _SCHOOL.search(group) else str(number)


def _rests(rows: Sequence[Mapping[str, Any]], paths: Sequence[Key]) -> dict[Key, int]:
    sizes = {path: int(row["participants"] or 0) for path, row in zip(paths, rows, strict=True)}
    inside: dict[Key, int] = {}
    for path, size in sizes.items():
        inside[path[:-1]] = inside.get(path[:-1], 0) + size
    rests: dict[Key, int] = {
        (*path, ""): min(size - inside[path], _MOST) for path, size in sizes.items() if path in inside
    }
    if len([path for path in paths if len(path) == 1]) > 1:
        rests[("",)] = _MOST
    return {path: size for path, size in rests.items() if size > 0}


def _whole(path: Key) -> Key:
    return (*path, *[""] * (_DEPTH - len(path)))


def _depth(group: str, number: int) -> int:
    """How deep a row stands, by the code in its name: a school, a municipality, or what is wider."""
    if _SCHOOL.search(group):
        return 3
    return 2 if _MUNICIPALITY.search(group) else min(number, 1)
