"""Who stands in a published file, as far as subtraction needs it: places, prints of figures, and no names.

Two files of one work are compared pupil by pupil. A pupil is known again by the print of all scores within the school
(codes are renumbered when a row goes, so they are no help); where a file holds groups only, any pupil of the school may
be meant, which is the careful reading. A school that two files call differently is known by its pupils.
"""

import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from traektoria.engines.lazy_imports import np
from traektoria.engines.results.classes import class_parts

from .decision import Key

if TYPE_CHECKING:
    from numpy.typing import NDArray

EVERYBODY = ""
"""The table of participants: what every other table narrows."""
UNKNOWN = 0
"""The print of a pupil whose scores the file does not hold."""
Ints: TypeAlias = "NDArray[np.int64]"
Bools: TypeAlias = "NDArray[np.bool_]"


@dataclass(frozen=True)
class Roll:
    """The counted participants of one file, an entry each.

    ``base``: the table of all of them, EVERYBODY unless the file holds groups of one table. ``units``: paths of the
    finest groups, ``schools``: their schools, called alike in every file (``school_key``); ``unit``: the number of each
    participant's unit. ``counted``: table → who takes part in it. ``prints``: table → print of the figures that it
    shows of each; a table without prints of its own stands on the scores.
    """

    units: tuple[Key, ...]
    schools: tuple[str, ...]
    unit: Ints
    counted: Mapping[str, Bools] = field(default_factory=dict)
    prints: Mapping[str, Ints] = field(default_factory=dict)
    base: str = EVERYBODY

    @property
    def tables(self) -> tuple[str, ...]:
        """All tables of the file, that of all its participants first."""
        return (self.base, *self.counted)

    def taking_part(self, table: str) -> Bools:
        """Who takes part in the table."""
        return self.counted[table] if table in self.counted else np.full(len(self.unit), table == self.base)

    def print_of(self, table: str) -> Ints:
        """Prints of the figures that the table shows."""
        return self.prints.get(table, np.zeros(len(self.unit), np.int64))

    def sizes(self, table: str | None = None) -> dict[Key, int]:
        """Participants of the table, of all by default, by finest group."""
        here = self.taking_part(self.base if table is None else table)
        counts = np.bincount(self.unit[here], minlength=len(self.units))
        return {key: int(n) for key, n in zip(self.units, counts, strict=True) if n}

    def as_bytes(self) -> bytes:
        """Return the roll as the database keeps it. Prints are so short that none leads back to one row of scores."""
        target = io.BytesIO()
        told = [self.base, self.units, self.schools, list(self.counted), list(self.prints)]
        arrays = {f"c{n}": np.packbits(flags) for n, flags in enumerate(self.counted.values())}
        arrays |= {f"p{n}": prints.astype(np.uint32) for n, prints in enumerate(self.prints.values())}
        header = np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), np.uint8)
        np.savez_compressed(target, names=header, unit=self.unit.astype(np.int32), **arrays)  # type: ignore[arg-type]
        return target.getvalue()

    @classmethod
    def of_bytes(cls, kept: bytes) -> "Roll":
        """Read what ``as_bytes`` wrote."""
        with np.load(io.BytesIO(kept)) as arrays:
            base, units, schools, tables, prints = json.loads(bytes(arrays["names"]))
            unit = arrays["unit"].astype(np.int64)
            flags = {
                name: np.unpackbits(arrays[f"c{n}"], count=len(unit)).astype(bool) for n, name in enumerate(tables)
            }
            printed = {name: arrays[f"p{n}"].astype(np.int64) for n, name in enumerate(prints)}
        return cls(tuple(map(tuple, units)), tuple(schools), unit, flags, printed, base)


def identify(rolls: Sequence[Roll]) -> list[Ints]:
    """Return a number for each participant of each file, in time order; one number is one pupil with one row of scores.

    A pupil whose scores were corrected is two: the one that went and the one that came.
    """
    people = _People({roll.base for roll in rolls} - {EVERYBODY})
    return [people.place(roll) for roll in rolls]


@dataclass(slots=True, eq=False)
class _Pupil:
    """``tables``: those that a file of groups alone may stand on, as far as this pupil is counted in them."""

    number: int
    print: int
    unit: Key
    tables: frozenset[str]


class _People:
    """Everybody met so far, by school."""

    def __init__(self, tables: Collection[str]) -> None:
        self.schools: dict[str, list[_Pupil]] = defaultdict(list)
        self.tables = sorted(tables)
        self.met = 0

    def place(self, roll: Roll) -> Ints:
        """Give everybody of the file a number."""
        flags = {table: roll.taking_part(table).tolist() for table in self.tables}
        arriving: dict[str, list[_Pupil]] = defaultdict(list)
        everybody: list[_Pupil] = []
        for row, (unit, one) in enumerate(zip(roll.unit.tolist(), roll.print_of(EVERYBODY).tolist(), strict=True)):
            tables = frozenset(table for table, flag in flags.items() if flag[row])
            pupil = _Pupil(0, one, roll.units[unit], tables)
            arriving[roll.schools[unit]].append(pupil)
            everybody.append(pupil)
        called = self._called_otherwise({school: [one.print for one in own] for school, own in arriving.items()})
        for school, own in arriving.items():
            self._match(self.schools[called.get(school, school)], own)
        return np.array([pupil.number for pupil in everybody], np.int64)

    def _called_otherwise(self, arriving: Mapping[str, Sequence[int]]) -> dict[str, str]:
        """New names of schools → the school known by another name that has mostly the same pupils."""
        new = arriving.keys() - self.schools.keys()
        where: dict[int, set[str]] = defaultdict(set)
        for school in self.schools.keys() - arriving.keys() if new else ():
            for pupil in self.schools[school]:
                where[pupil.print].add(school)
        where.pop(UNKNOWN, None)
        found: dict[str, str] = {}
        for school in sorted(new):
            prints = set(arriving[school])
            alike = Counter(other for one in prints for other in where.get(one, ()))
            for other, number in alike.most_common(1):
                if 2 * number > len(prints) and other not in found.values():
                    found[school] = other
        return found

    def _match(self, known: list[_Pupil], arriving: list[_Pupil]) -> None:
        """The same scores in the same class, then in the same school, then anybody of whom no scores are known."""
        free, left = _paired(known, [one for one in arriving if one.print], lambda one: (one.print, one.unit))
        free, left = _paired(free, left, lambda one: one.print)
        left += [one for one in arriving if not one.print]
        for one in left:
            same = next((other for other in free if _may_be(one, other)), None)
            if same is None:
                self.met += 1
                one.number = self.met
                known.append(one)
            else:
                free.remove(same)
                one.number, same.print, same.tables = same.number, same.print or one.print, same.tables | one.tables


def _paired(
    known: Sequence[_Pupil], arriving: Sequence[_Pupil], same: Callable[[_Pupil], object]
) -> tuple[list[_Pupil], list[_Pupil]]:
    """Give the arriving the numbers of those who are the same; who is left on both sides."""
    pool: dict[object, list[_Pupil]] = defaultdict(list)
    for pupil in known:
        pool[same(pupil)].append(pupil)
    left = []
    for one in arriving:
        alike = pool.get(same(one))
        if alike:
            one.number = alike.pop().number
        else:
            left.append(one)
    return [pupil for pupils in pool.values() for pupil in pupils], left


def _may_be(one: _Pupil, other: _Pupil) -> bool:
    """Of one of them the scores are not known, and both are counted in the same table of groups."""
    return UNKNOWN in (one.print, other.print) and not one.tables.isdisjoint(other.tables)


def covers(new: Roll, old: Roll) -> bool:
    """Tell whether the new file is the same work of the same pupils as the old one, so that it takes its place.

    Of the same scope (one municipality, or many), with the classes of at least half of the old file's pupils, and in
    these classes the same scores of at least half of them: a parallel work has other scores, the class beside has other
    pupils, and a municipal file leaves the regional one where it is. Where a file holds groups only, schools and
    numbers of pupils stand for classes and scores.
    """
    if not len(old.unit) or not _same_scope(new, old):
        return False
    here, there = _pupils(new), _pupils(old)
    pairs = [(name, other) for name in there for other in _namesakes(name, here)]
    met = sum(there[name].total() for name in {name for name, _other in pairs})
    alike = sum(_alike(there[name], here[other]) for name, other in pairs)
    return 2 * met >= len(old.unit) and 2 * alike >= met


Place = tuple[str, str]
"""School and class; «» is a class that the file does not state."""


def _same_scope(new: Roll, old: Roll) -> bool:
    first, second = ({key[1] if len(key) > 1 else None for key in roll.units} for roll in (new, old))
    if len(first) == len(second) == 1:
        return first == second or None in first | second
    return len(first) > 1 and len(second) > 1


def _pupils(roll: Roll) -> dict[Place, Counter[int]]:
    found: dict[Place, Counter[int]] = defaultdict(Counter)
    places = [(school, class_of(path)) for school, path in zip(roll.schools, roll.units, strict=True)]
    for unit, one in zip(roll.unit.tolist(), roll.print_of(EVERYBODY).tolist(), strict=True):
        found[places[unit]][one] += 1
    return found


def _namesakes(name: Place, places: Mapping[Place, object]) -> list[Place]:
    school, letter = name
    if letter and (school, "") not in places:
        return [name] if name in places else []
    return [other for other in places if other[0] == school]


def _alike(old: Counter[int], new: Counter[int]) -> int:
    if UNKNOWN in old or UNKNOWN in new:
        return min(old.total(), new.total())
    return (old & new).total()


def class_of(path: Key) -> str:
    """The class of a finest group, «» where none is stated: «4А», «4 «а» класс» and «А» are one, as in the tables."""
    grade, letter = class_parts(path[3] if len(path) > 3 else None)
    return letter or str(grade or "")
