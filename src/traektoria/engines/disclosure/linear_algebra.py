"""What can be computed from published sums: linear algebra over all of them, at all moments.

Every published figure of a group is a sum over its pupils, so whoever has seen several can compute their combinations
and nothing else. Pupils whom no published group tells apart form a column; a published group, without its published
parts, is a row. A combination is dangerous when it leaves few pupils: when all columns of many pupils cancel in it.
These combinations form a space; columns that stand in the same ratio in all of it (a bundle) come out together or not
at all. The whole answer is therefore: which bundles are there, and is each large enough.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .decision import Key, by_name

_FIELD = (1 << 61) - 1
"""Arithmetic modulo a large prime: exact, and small numbers stay small."""

Row = tuple[int, Key]
"""A published group: the number of its state, and its path."""
Vector = dict[int, int]


@dataclass(frozen=True, eq=False)
class Column:
    """Pupils whom nothing published tells apart. ``units``: how many of them are in each class of each school."""

    rows: frozenset[Row]
    size: int
    units: Mapping[int, int]


@dataclass(frozen=True)
class Bundle:
    """Columns that come out together, by a combination of ``rows``."""

    columns: tuple[Column, ...]
    rows: frozenset[Row]

    @property
    def size(self) -> int:
        """The least number of pupils: who was corrected is in two columns, but in one a state."""
        by_state: dict[int, int] = defaultdict(int)
        for column in self.columns:
            for state in {row[0] for row in column.rows}:
                by_state[state] += column.size
        return max(by_state.values(), default=0)

    @property
    def units(self) -> Mapping[int, int]:
        """How many records of each finest group are in the bundle."""
        counts: dict[int, int] = defaultdict(int)
        for column in self.columns:
            for unit, number in column.units.items():
                counts[unit] += number
        return counts


def bundles_of(columns: Sequence[Column], is_safe: Callable[[Bundle], bool]) -> list[Bundle]:
    """Return what can be computed and is not safe: the bundles, each with the rows it comes from.

    ``is_safe`` never turns false by more pupils. So a combination with a safe bundle in it is safe as a whole, and the
    search goes on among the combinations in which all safe bundles cancel, until none is left or only unsafe ones are.
    """
    safe = {column for column in columns if is_safe(Bundle((column,), column.rows))}
    found: list[Bundle] = []
    for block in _blocks(columns):
        large = [column for column in block if column in safe]
        while len(large) < len(block):
            bundles = _bundles(block, large)
            fresh = [column for bundle in bundles if is_safe(bundle) for column in bundle.columns]
            if not fresh:
                found += bundles
                break
            large += fresh
    return found


def bundles_of_one(columns: Sequence[Column], owner: Callable[[Column], str | None]) -> list[Bundle]:
    """Return what can be computed of one owner alone (a school), beyond what a single published row says of it.

    ``owner`` tells None for columns of several. For each owner the columns of all others are eliminated. What is left
    is harmless where each bundle is a published row: then all that can be computed are sums of rows without a pupil in
    common.
    """
    widths = Counter(row for column in columns for row in column.rows)

    def is_row(bundle: Bundle) -> bool:
        shared = frozenset.intersection(*(column.rows for column in bundle.columns))
        return any(widths[row] == len(bundle.columns) for row in shared)

    found: list[Bundle] = []
    for block in _blocks(columns):
        rest: dict[str, list[Column]] = defaultdict(list)
        for column in block:
            name = owner(column)
            if name is not None and not is_row(Bundle((column,), column.rows)):
                rest[name].append(column)
        changed = {column for own in rest.values() for column in own}
        shared = [column for column in block if column not in changed]
        ordered = [*shared, *(column for own in rest.values() for column in own)]
        names, vectors = _rows(block, ordered)
        space = _remaining(vectors, len(shared), len(ordered))
        places = {column: place for place, column in enumerate(ordered)}
        for own in rest.values():
            mine = set(own)
            turned = [*(column for column in ordered if column not in mine), *own]
            turn = {places[column]: place for place, column in enumerate(turned)}
            moved = [{turn.get(place, place): value for place, value in vector.items()} for vector in space]
            left = _remaining(moved, len(ordered) - len(own), len(ordered))
            found += [bundle for bundle in _parallel(left, turned, names) if not is_row(bundle)]
    return found


def _blocks(columns: Iterable[Column]) -> list[list[Column]]:
    """Columns that share rows, directly or through others."""
    leader: dict[Row, Row] = {}

    def find(row: Row) -> Row:
        while leader[row] != row:
            leader[row] = leader[leader[row]]
            row = leader[row]
        return row

    kept = [column for column in columns if column.rows]
    for column in kept:
        first, *others = column.rows
        leader.setdefault(first, first)
        for row in others:
            leader.setdefault(row, row)
            leader[find(row)] = find(first)
    found: dict[Row, list[Column]] = defaultdict(list)
    for column in kept:
        found[find(next(iter(column.rows)))].append(column)
    return list(found.values())


def _bundles(block: Sequence[Column], large: Collection[Column]) -> list[Bundle]:
    """Eliminate the large columns; what remains of the rows speaks of the others alone."""
    first = set(large)
    ordered = [*large, *(column for column in block if column not in first)]
    names, vectors = _rows(block, ordered)
    return _parallel(_remaining(vectors, len(large), len(ordered)), ordered, names)


def _rows(block: Sequence[Column], ordered: Sequence[Column]) -> tuple[list[Row], list[Vector]]:
    """The published rows and their vectors: a place for each column, and behind these a mark for each row."""
    names = sorted({row for column in block for row in column.rows}, key=lambda row: (row[0], by_name(row[1])))
    vectors: dict[Row, Vector] = {row: {len(ordered) + place: 1} for place, row in enumerate(names)}
    for number, column in enumerate(ordered):
        for row in column.rows:
            vectors[row][number] = 1
    return names, list(vectors.values())


def _remaining(vectors: Iterable[Vector], large: int, width: int) -> list[Vector]:
    """The reduced combinations in which the first ``large`` places vanish; entries from ``width`` on are only marks."""
    leads: dict[int, Vector] = {}
    for vector in vectors:
        while (lead := min(vector)) < width and lead in leads:
            vector = _minus(vector, leads[lead], vector[lead])
        if lead < width:
            inverse = pow(vector[lead], -1, _FIELD)
            leads[lead] = {place: value * inverse % _FIELD for place, value in vector.items()}
    kept = sorted(lead for lead in leads if lead >= large)
    for lead in reversed(kept):
        for other in kept:
            if other < lead and lead in leads[other]:
                leads[other] = _minus(leads[other], leads[lead], leads[other][lead])
    return [leads[lead] for lead in kept]


def _minus(vector: Vector, other: Vector, times: int) -> Vector:
    result = dict(vector)
    for place, value in other.items():
        left = (result.get(place, 0) - times * value) % _FIELD
        if left:
            result[place] = left
        else:
            result.pop(place, None)
    return result


def _parallel(space: Sequence[Vector], ordered: Sequence[Column], names: Sequence[Row]) -> list[Bundle]:
    columns: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, vector in enumerate(space):
        for place, value in vector.items():
            if place < len(ordered):
                columns[place].append((number, value))
    together: dict[tuple[tuple[int, int], ...], list[int]] = defaultdict(list)
    for place, entries in columns.items():
        inverse = pow(entries[0][1], -1, _FIELD)
        together[tuple((number, value * inverse % _FIELD) for number, value in entries)].append(place)
    return [
        Bundle(
            tuple(ordered[place] for place in places),
            frozenset(
                names[place - len(ordered)]
                for number, _value in ratio
                for place in space[number]
                if place >= len(ordered)
            ),
        )
        for ratio, places in together.items()
    ]
