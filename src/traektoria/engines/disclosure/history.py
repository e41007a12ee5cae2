"""What may be shown of a new file, after all that has been shown of the same work before.

A promise to each pupil: no combination of figures that were ever visible gives a figure of fewer than ten pupils, or of
one class alone that is not shown itself. ``decision`` keeps it at one moment, ``release`` over time and between files:
it starts from the decision of the new file and hides more groups of it, from the finest up, until nothing small can be
computed from it together with any of the earlier states (``linear_algebra``). When even the total can't be shown, the
new file waits for company: readers keep the earlier one.

What comes out by subtraction is of ``MINIMUM`` pupils of at least ``SCHOOLS`` schools, unless it is just what one
published row says. And between two states a total stays as it is, or differs by so many: a single school, however
large, does not set it free.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from traektoria.engines.lazy_imports import np

from .decision import MINIMUM, Decision, Key, Order, by_name, decide
from .linear_algebra import Bundle, Column, Row, bundles_of, bundles_of_one
from .roll import EVERYBODY, UNKNOWN, Ints, Roll, class_of, identify

NOTHING = Decision(frozenset())
SCHOOLS = 2
"""Schools that the difference of two published figures speaks of, at least."""


@dataclass(frozen=True)
class State:
    """What readers saw of one file: its tables, each with the groups that were shown."""

    roll: Roll
    decisions: Mapping[str, Decision]

    def of(self, table: str) -> Decision:
        """The decision of a table; a table that the file does not have shows nothing."""
        return self.decisions.get(table, NOTHING)


def release(
    roll: Roll, earlier: Sequence[State] = (), *, order: Order = by_name, hidden: Collection[Key] = ()
) -> dict[str, Decision] | None:
    """Return the decision for each table of the new file, or None while it has to wait.

    ``earlier`` are the states of the same work that were ever published, in the order of time. ``hidden`` are groups
    that the file does not show anyway.
    """
    search = _search(roll, earlier, order)
    wide = search.decision(roll.base, hidden)
    if search.earlier and not wide.shown:
        return None
    hidden = _totals(roll.sizes()).keys() - wide.shown
    found = {roll.base: wide}
    for table in roll.tables[1:]:
        found[table] = wide if search.is_like_everybody(table) else search.decision(table, hidden)
    return found


def release_tables(
    roll: Roll, tables: Collection[str], within: Decision, earlier: Sequence[State], *, order: Order = by_name
) -> dict[str, Decision]:
    """Decide some tables of a file anew whose figures have changed since it was shown; its other tables stay.

    ``within`` is what the table of everybody shows; the file's own earlier state is among ``earlier``.
    """
    search = _search(roll, earlier, order)
    hidden = _totals(roll.sizes()).keys() - within.shown
    return {table: search.decision(table, hidden) for table in tables}


def _search(roll: Roll, earlier: Sequence[State], order: Order) -> "_Search":
    *before, new = identify([*(state.roll for state in earlier), roll])
    touched = _touched(before, new)
    return _Search(roll, new, [(earlier[number], before[number]) for number in touched], order)


def _touched(before: Sequence[Ints], new: Ints) -> list[int]:
    """The states that share pupils with the new file, directly or through others: their figures can be combined."""
    touched: set[int] = set()
    reached = new
    while fresh := {
        number for number, people in enumerate(before) if number not in touched and np.isin(people, reached).any()
    }:
        touched |= fresh
        reached = np.concatenate([before[number] for number in fresh])
    return sorted(touched)


def weak_bundles(states: Sequence[State], table: str = EVERYBODY) -> list[Bundle]:
    """Return what the states give away together: empty where the promise is kept."""
    people = identify([state.roll for state in states])
    weighed = [(state, numbers, state.of(table)) for state, numbers in zip(states, people, strict=True)]
    return _Weighing(weighed, table).weak


class _Search:
    """One new file against the states that share pupils with it."""

    def __init__(self, roll: Roll, numbers: Ints, earlier: Sequence[tuple[State, Ints]], order: Order) -> None:
        self.roll, self.numbers, self.earlier, self.order = roll, numbers, earlier, order

    def is_like_everybody(self, table: str) -> bool:
        """The table counts everybody and shows scores alone, in this file and in all earlier ones."""
        rolls = [self.roll, *(state.roll for state, _numbers in self.earlier)]
        return (
            all(roll.taking_part(table).all() for roll in rolls)
            and (not self.earlier or not any(table in roll.prints for roll in rolls))
            and all(state.of(table) == state.of(EVERYBODY) for state, _numbers in self.earlier)
        )

    def decision(self, table: str, hidden: Collection[Key]) -> Decision:
        sizes = self.roll.sizes(table)
        totals = _totals(sizes)
        found = decide(sizes, order=self.order, hidden=hidden)
        while self.earlier and found.shown:
            weighing = self._weigh(table, found)
            company = _Company(weighing.columns, len(self.earlier))
            weak = [self._to_hide(bundle, company, totals) for bundle in weighing.weak]
            gone = {key for key in weak if key is not None} | weighing.frozen()
            deepest = max(map(len, gone), default=-1)
            if deepest >= 0:
                found = found.without([key for key in gone if len(key) == deepest])
                continue
            whole = decide(sizes, order=self.order, hidden=totals.keys() - found.shown)
            if whole == found:
                break
            found = whole
        return found

    def _weigh(self, table: str, found: Decision) -> "_Weighing":
        states = [(state, numbers, state.of(table)) for state, numbers in self.earlier]
        return _Weighing([*states, (State(self.roll, {}), self.numbers, found)], table)

    def _to_hide(self, bundle: Bundle, company: "_Company", totals: Mapping[Key, int]) -> Key | None:
        """The group of the new file to hide next; None where earlier states alone give the bundle away.

        A part that came or changed like the bundle is hidden with it; where there is none, the whole group is.
        """
        rows = [key for state, key in bundle.rows if state == len(self.earlier)]
        if not rows:
            return None
        group = max(rows, key=lambda key: (len(key), self.order(key)))
        parts = company.parts(group, bundle)
        return min(parts, key=lambda key: (totals[key], self.order(key))) if parts else group


class _Company:
    """Groups of the new file by what else is known of their pupils."""

    def __init__(self, columns: Sequence[Column], new: int) -> None:
        self.new = new
        self.groups: dict[frozenset[Row], list[Key]] = defaultdict(list)
        for column in columns:
            elsewhere, place = self._split(column)
            if place is not None:
                self.groups[elsewhere].append(place)

    def parts(self, group: Key, bundle: Bundle) -> set[Key]:
        """Shown parts of the group with pupils of whom the same is known elsewhere as of the bundle's."""
        depth, split = len(group), map(self._split, bundle.columns)
        alike = {elsewhere for elsewhere, place in split if place is not None}
        return {
            place[: depth + 1]
            for elsewhere in alike
            for place in self.groups[elsewhere]
            if len(place) > depth and place[:depth] == group
        }

    def _split(self, column: Column) -> tuple[frozenset[Row], Key | None]:
        place = next((key for state, key in column.rows if state == self.new), None)
        return frozenset(row for row in column.rows if row[0] != self.new), place


class _Weighing:
    """The columns of some states in one table, and the bundles among them that are too small."""

    def __init__(self, states: Sequence[tuple[State, Ints, Decision]], table: str) -> None:
        self.new = len(states) - 1
        self._atoms(states, table)
        self.weak = [*bundles_of(self.columns, self._is_large), *bundles_of_one(self.columns, self._owner)]

    def frozen(self) -> set[Key]:
        """Shown totals of the last state that differ too little from the same total of an earlier one."""
        groups: dict[Row, set[Column]] = defaultdict(set)
        for column in self.columns:
            for state, key in column.rows:
                for depth in range(len(key) + 1):
                    groups[state, key[:depth]].add(column)
        totals = {row: columns for row, columns in groups.items() if self._is_of_several(columns)}
        return {
            key
            for (state, key), columns in totals.items()
            if state == self.new
            and any(self._is_frozen(columns ^ totals.get((other, key), columns)) for other in range(self.new))
        }

    def _is_frozen(self, changed: set[Column]) -> bool:
        size = Bundle(tuple(changed), frozenset()).size
        return bool(changed) and (size < MINIMUM or not self._is_of_several(changed))

    def _atoms(self, states: Sequence[tuple[State, Ints, Decision]], table: str) -> None:
        """One atom is a pupil with one figure in this table; a corrected mark makes two of one pupil."""
        rows: list[Row] = []
        names: dict[tuple[str, str], int] = {}
        pupils, prints, cells, units = [], [], [], []
        for number, (state, people, decision) in enumerate(states):
            roll, here = state.roll, state.roll.taking_part(table)
            cell = np.full(len(roll.units), -1, np.int64)
            of_row: dict[Key, int] = {}
            for unit, path in enumerate(roll.units):
                shown = _deepest(path, decision)
                if shown is not None:
                    if shown not in of_row:
                        of_row[shown] = len(rows)
                        rows.append((number, shown))
                    cell[unit] = of_row[shown]
            called = [
                names.setdefault((school, class_of(path)), len(names))
                for school, path in zip(roll.schools, roll.units, strict=True)
            ]
            pupils.append(people[here])
            prints.append(roll.print_of(table)[here] if table != EVERYBODY else np.zeros(here.sum(), np.int64))
            cells.append(cell[roll.unit][here])
            units.append(np.array(called, np.int64)[roll.unit][here])
        found, inverse = np.unique(_keys(np.concatenate(pupils), np.concatenate(prints)), return_inverse=True)
        matrix = np.full((len(found), len(states)), -1, np.int64)
        unit_of = np.zeros(len(found), np.int64)
        start = 0
        for number, cell in enumerate(cells):
            own = inverse[start : start + len(cell)]
            matrix[own, number] = cell
            unit_of[own] = units[number]
            start += len(cell)
        self.unit_sizes = np.bincount(unit_of, minlength=len(names))
        self.school_of = _one_name([school for school, _class in names], np.concatenate(pupils), np.concatenate(units))
        self.columns = _columns(matrix, unit_of, rows)

    def _whole(self, units: Mapping[int, int]) -> int:
        """How many classes are wholly here: each is named on the page, so it has at least one pupil."""
        return sum(number == self.unit_sizes[unit] for unit, number in units.items())

    def _is_large(self, bundle: Bundle) -> bool:
        return bundle.size >= MINIMUM and bundle.size - self._whole(bundle.units) >= MINIMUM - 2

    def _owner(self, column: Column) -> str | None:
        """The school of all these pupils; None where they are of several."""
        first, *others = self._schools([column])
        return None if others else first

    def _is_of_several(self, columns: Iterable[Column]) -> bool:
        """One school is no total: it stands for itself in each file."""
        return len(self._schools(columns)) >= SCHOOLS

    def _schools(self, columns: Iterable[Column]) -> set[str]:
        return {self.school_of[unit] for column in columns for unit in column.units}


def _one_name(schools: Sequence[str], pupils: Ints, units: Ints) -> list[str]:
    """One name of the school of each unit: a school that was called otherwise is known by a pupil it shares."""
    _pupils, first, place = np.unique(pupils, return_index=True, return_inverse=True)
    pairs = np.unique(np.stack([units, units[first][place.reshape(-1)]], axis=1), axis=0)
    names = list(schools)
    for one, other in pairs.tolist():
        if (old := names[one]) != (name := names[other]):
            names = [name if known == old else known for known in names]
    return names


def _keys(pupils: Ints, prints: Ints) -> Ints:
    """Pupil and figure as one number; of whom a file holds no figure, the one known from another is taken."""
    order = np.lexsort((-prints, pupils))
    first = order[np.unique(pupils[order], return_index=True)[1]]
    known = prints[first][np.searchsorted(pupils[first], pupils)]
    keys: Ints = pupils << 32 | np.where(prints == UNKNOWN, known, prints)
    return keys


def _columns(matrix: Ints, unit_of: Ints, rows: Sequence[Row]) -> list[Column]:
    published = (matrix >= 0).any(axis=1)
    matrix, unit_of = matrix[published], unit_of[published]
    if not len(matrix):
        return []
    patterns, column_of = np.unique(matrix, axis=0, return_inverse=True)
    column_of = column_of.reshape(-1)
    pairs, counts = np.unique(np.stack([column_of, unit_of], axis=1), axis=0, return_counts=True)
    units: list[dict[int, int]] = [{} for _pattern in patterns]
    for (column, unit), count in zip(pairs.tolist(), counts.tolist(), strict=True):
        units[column][unit] = count
    return [
        Column(frozenset(rows[cell] for cell in pattern if cell >= 0), sum(inside.values()), inside)
        for pattern, inside in zip(patterns.tolist(), units, strict=True)
    ]


def _deepest(path: Key, decision: Decision) -> Key | None:
    """The finest shown group that a finest group of the file belongs to."""
    return next((path[:depth] for depth in range(len(path), -1, -1) if path[:depth] in decision.shown), None)


def _totals(sizes: Mapping[Key, int]) -> dict[Key, int]:
    totals: dict[Key, int] = defaultdict(int)
    for key, size in sizes.items():
        for depth in range(len(key) + 1):
            totals[key[:depth]] += size
    return totals
