"""An attacker who kept everything that was ever visible, with linear programming and integer linear algebra.

Each test simulates files of one work that come one after another: schools arrive one by one or in groups, pupils are
added, leave and are corrected. What readers saw are sums; the attacker solves for the rest.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tests.thoroughness import rounds
from traektoria.engines.disclosure import EVERYBODY, Decision, Key, Roll, State, release, secret_order, weak_bundles
from traektoria.engines.disclosure.roll import covers, identify

Pupil = tuple[str, str, int, int]
"""School, class, number, and how often the scores were corrected."""
MUNICIPALITY = ("Область", "Район")


def roll_of(people: Sequence[Pupil], municipality: str = "Район") -> Roll:
    units: dict[Key, int] = {}
    unit = [units.setdefault(("Область", municipality, one[0], one[1]), len(units)) for one in people]
    prints = np.array([crc32(repr((one[0].split()[-1], *one[1:])).encode()) | 1 for one in people], np.int64)
    flags = {"journal": np.array([crc32(repr(one[:3]).encode()) % 5 > 0 for one in people], np.bool_)}
    return Roll(tuple(units), tuple(str(key[2]) for key in units), np.array(unit, np.int64), flags, {EVERYBODY: prints})


def whole(school: str, *sizes: int) -> list[Pupil]:
    return [(school, f"4{letter}", number, 0) for letter, n in zip("АБВ", sizes, strict=False) for number in range(n)]


@st.composite
def histories(draw: Any) -> list[list[Pupil]]:
    """Two to four files of one work: some schools are small, some files differ by a pupil or two."""
    sizes = st.lists(st.one_of(st.integers(1, 9), st.integers(10, 30)), min_size=1, max_size=2)
    schools = {f"s{number}": whole(f"s{number}", *draw(sizes)) for number in range(draw(st.integers(3, 9)))}
    names = list(schools)
    here = draw(st.sets(st.sampled_from(names), min_size=2))
    files = []
    for _file in range(draw(st.integers(2, 4))):
        gone = draw(st.sets(st.tuples(st.sampled_from(names), st.integers(0, 12)), max_size=12))
        files.append(
            [
                (school, name, number, int((school, number) in gone and number % 2 == 0))
                for school in sorted(here)
                for _school, name, number, _corrected in schools[school]
                if (school, number) not in gone or number % 2 == 0
            ]
        )
        here ^= draw(st.sets(st.sampled_from(names), max_size=3))
        here = here or {names[0]}
    return [people for people in files if people]


def published(files: Iterable[Sequence[Pupil]], secret: str = "") -> list[State]:
    """What readers saw of the files, one after another; a file that waits was never seen."""
    states: list[State] = []
    for people in files:
        roll = roll_of(people)
        decisions = release(roll, states, order=secret_order(secret))
        if decisions is not None:
            states.append(State(roll, decisions))
    return states


def equations(states: Sequence[State], table: str) -> tuple[np.ndarray, list[Pupil | int], list[tuple[int, Key]]]:
    """A row for each published figure, a column for each pupil with one row of scores."""
    numbers = identify([state.roll for state in states])
    everybody = sorted({int(one) for found in numbers for one in found})
    place = {one: column for column, one in enumerate(everybody)}
    rows, names = [], []
    for number, (state, found) in enumerate(zip(states, numbers, strict=True)):
        here = state.roll.taking_part(table)
        for key in sorted(state.of(table).shown, key=repr):
            row = np.zeros(len(everybody))
            for one, unit, counted in zip(found.tolist(), state.roll.unit.tolist(), here.tolist(), strict=True):
                row[place[one]] += counted and state.roll.units[unit][: len(key)] == key
            rows.append(row)
            names.append((number, key))
    return np.array(rows), list(everybody), names


def fewest(rows: np.ndarray) -> float:
    """The least number of pupils that a combination of published figures can speak of, over all that speak of one.

    Minimising ‖wA‖₁ under (wA)ᵢ = 1 for each pupil i: the least sum of weights is a bound from below to the number of
    pupils times the largest weight; figures of classes, schools and moments give weights of one.
    """
    columns, inverse = np.unique(rows, axis=1, return_inverse=True)
    counts = np.bincount(inverse.reshape(-1))
    figures, kinds = columns.shape
    least = np.inf
    for kind in range(kinds):
        if not columns[:, kind].any():
            continue
        cost = np.concatenate([np.zeros(2 * figures), counts, counts])
        equal = np.block([[columns.T, -columns.T, -np.eye(kinds), np.eye(kinds)]])
        aim = np.zeros((1, equal.shape[1]))
        aim[0, :figures], aim[0, figures : 2 * figures] = columns[:, kind], -columns[:, kind]
        solved = linprog(cost, A_eq=np.vstack([equal, aim]), b_eq=np.append(np.zeros(kinds), 1), method="highs")
        if solved.status == 0:
            least = min(least, solved.fun)
    return float(least)


@settings(max_examples=rounds(8, 40), deadline=None)
@given(histories(), st.sampled_from([EVERYBODY, "journal"]))
def test_nothing_that_was_ever_visible_gives_figures_of_fewer_than_ten(files: list[list[Pupil]], table: str) -> None:
    states = published(files)
    rows, _people, _names = equations(states, table)
    assert not len(rows) or fewest(rows) > 9.99
    assert not weak_bundles(states, table)


@settings(max_examples=rounds(8, 40), deadline=None)
@given(histories())
def test_nothing_that_was_ever_visible_speaks_of_one_school_but_its_own_rows(files: list[list[Pupil]]) -> None:
    """By rank: combinations in which all other schools cancel are no more than the rows of the school itself give.

    And two rows of one school, of different moments, are not subtracted: they count the same pupils or have none in
    common, or one of them is a sum of rows shown at one moment.
    """
    states = published(files)
    rows, _people, names = equations(states, EVERYBODY)
    if not len(rows):
        return
    school_of: dict[Pupil | int, str] = {}
    for state, found in zip(states, identify([one.roll for one in states]), strict=True):
        for one, unit in zip(found.tolist(), state.roll.unit.tolist(), strict=True):
            school_of[one] = state.roll.schools[unit]
    schools = np.array([school_of[one] for one in sorted(school_of, key=int)])
    kinds, first = np.unique(np.vstack([rows, [list(map(hash, schools))]]), axis=1, return_index=True)
    rows, schools = kinds[:-1], schools[first]
    parts = [
        rows[one]
        - sum(rows[other] for other, (at, key) in enumerate(names) if at == number and key and key[:-1] == group)
        for one, (number, group) in enumerate(names)
    ]
    for school in set(schools.tolist()):
        own = [part for part in parts if part.any() and set(schools[part != 0]) == {school}]
        alone = np.linalg.matrix_rank(rows) - np.linalg.matrix_rank(rows[:, schools != school])
        assert alone == len({tuple(part) for part in own})
        assert all((one == other).all() or not (one * other).any() for one in own for other in own)


def test_a_state_is_compared_with_those_it_meets_only_through_another() -> None:
    """The third file has no pupil of the first; with the second they would leave the one who was corrected."""
    ten, two = whole("s1", 10), [("s2", "4А", 0, 0), ("s3", "4А", 0, 0)]
    first = [("s2", "4А", 0, 1), *two[1:], *whole("s4", 10)]
    states = published([first, [*ten, *two, *whole("s4", 10)], ten])
    assert len(states) == 2
    assert not weak_bundles(states)


@settings(max_examples=rounds(8, 25), deadline=None)
@given(histories())
def test_hidden_sizes_stay_open_over_all_moments(files: list[list[Pupil]]) -> None:
    """Sizes of hidden classes by linear programming, for an attacker who even knows which classes never changed.

    An unknown is a number of pupils of one class with one history; a class that never changed has at least one.
    """
    states = published(files)
    histories: dict[tuple[Key, tuple[int, ...]], int] = {}
    for key in {key for state in states for key in state.roll.units}:
        met: dict[Pupil | int, list[int]] = {}
        for number, (state, found) in enumerate(zip(states, identify([one.roll for one in states]), strict=True)):
            for one, unit in zip(found.tolist(), state.roll.unit.tolist(), strict=True):
                if state.roll.units[unit] == key:
                    met.setdefault(one, []).append(number)
        for seen in met.values():
            histories[key, tuple(seen)] = histories.get((key, tuple(seen)), 0) + 1
    unknown = list(histories)
    alone = [sum(other[0] == key for other in unknown) == 1 for key, _seen in unknown]
    known, total = [], []
    for number, state in enumerate(states):
        for shown in state.decisions[EVERYBODY].shown:
            row = [float(key[: len(shown)] == shown and number in seen) for key, seen in unknown]
            known.append(row)
            total.append(sum(n for n, one in zip(histories.values(), row, strict=True) if one))
    if not known:
        return
    for number, state in enumerate(states):
        for leaf in [key for key in state.roll.sizes() if state.decisions[EVERYBODY].hides(key)]:
            cost = np.array([float(key == leaf and number in seen) for key, seen in unknown])
            if cost.tolist() in known:
                continue  # these very pupils were shown as a class at another moment
            bounds = [(int(one), None) for one in alone]
            low, high = (
                linprog(sign * cost, A_eq=known, b_eq=total, bounds=bounds, method="highs") for sign in (1, -1)
            )
            assert high.status == 3 or -high.fun - low.fun > 7.99


def base() -> list[Pupil]:
    people = [one for number in range(6) for one in whole(f"s{number}", 24, 21)]
    return [*people, *whole("t1", 4), *whole("t2", 8)]


def shown_in(people: Sequence[Pupil], *before: Sequence[Pupil]) -> Decision | None:
    states = published(before)
    found = release(roll_of(people), states, order=secret_order(""))
    return found[EVERYBODY] if found else None


def test_a_small_school_waits_for_company() -> None:
    assert shown_in([*base(), *whole("n1", 6)], base()) is None
    two = shown_in([*base(), *whole("n1", 6), *whole("n2", 7)], base())
    assert two is not None
    assert two.hides((*MUNICIPALITY, "n1"))
    assert not two.hides(MUNICIPALITY)


def test_a_large_school_covers_a_small_one_that_comes_with_it() -> None:
    found = shown_in([*base(), *whole("n1", 6), *whole("n2", 25)], base())
    assert found is not None
    assert found.hides((*MUNICIPALITY, "n2"))


@pytest.mark.parametrize(
    ("changes", "free"),
    [
        ({"n1": 30}, False),
        ({"n1": 4, "n2": 6}, True),
        ({"n1": 3, "n2": 4}, False),
        ({"n1": 30, "n2": 30}, True),
    ],
)
@pytest.mark.parametrize("leaves", [False, True])
def test_a_total_is_free_when_ten_pupils_of_two_schools_differ(
    changes: dict[str, int], free: bool, leaves: bool
) -> None:
    fuller = [*base(), *(one for name, size in changes.items() for one in whole(name, size))]
    before, now = (fuller, base()) if leaves else (base(), fuller)
    assert (shown_in(now, before) is not None) is free


def test_two_new_schools_have_rows_of_their_own_and_a_lone_one_has_none() -> None:
    both = shown_in([*base(), *whole("n1", 30), *whole("n2", 30)], base())
    assert both is not None
    assert not any(both.hides((*MUNICIPALITY, name)) for name in ("n1", "n2"))
    first = whole("n1", 30)
    assert shown_in([*base(), *first], base()) is None
    assert shown_in([*base(), *whole("n1", 30)[:15], *whole("n2", 15)], base()) is not None


@pytest.mark.parametrize("called", ["s0", "МБОУ s0"])
def test_a_correction_in_one_school_keeps_the_earlier_file_whatever_the_school_is_called(called: str) -> None:
    changed = {("s0", "4А", number) for number in range(12)}
    people = [(*one[:3], int(one[:3] in changed)) for one in base()]
    assert shown_in([(called if one[0] == "s0" else one[0], *one[1:]) for one in people], base()) is None
    assert shown_in([one for one in base() if one[:3] not in changed], base()) is None


def test_one_municipality_is_frozen_while_another_is_set_free() -> None:
    """A lone school comes in one municipality, two in another: the first total is not shown, nor is it subtracted."""

    def region(*more: tuple[Sequence[Pupil], str]) -> Roll:
        rolls = [
            *more,
            *(([(f"{name}-{one[0]}", *one[1:]) for one in base()], name) for name in ("Ближний", "Дальний", "Третий")),
        ]
        parts = [roll_of(people, name) for people, name in rolls]
        starts = np.cumsum([0, *(len(part.units) for part in parts)])
        return Roll(
            tuple(unit for part in parts for unit in part.units),
            tuple(school for part in parts for school in part.schools),
            np.concatenate([part.unit + start for part, start in zip(parts, starts, strict=False)]),
            {},
            {EVERYBODY: np.concatenate([part.print_of(EVERYBODY) for part in parts])},
        )

    order, first = secret_order(""), region()
    states = [State(first, release(first, order=order) or {})]
    assert release(region((whole("n1", 30), "Ближний")), states, order=order) is None
    found = release(
        region((whole("n1", 30), "Ближний"), ([*whole("m1", 20), *whole("m2", 25)], "Дальний")), states, order=order
    )
    assert found is not None
    assert not found[EVERYBODY].hides(())
    assert found[EVERYBODY].hides(("Область", "Ближний"))
    assert not found[EVERYBODY].hides(("Область", "Третий"))


@pytest.mark.parametrize("few", [1, 5, 9])
def test_fewer_than_ten_changed_pupils_keep_the_earlier_file(few: int) -> None:
    people = base()
    left = [one for place, one in enumerate(people) if place % 45 or place // 45 >= few]
    assert len(people) - len(left) <= few
    assert shown_in(people[few:], people) is None
    assert shown_in([(*one[:3], int(place < few)) for place, one in enumerate(people)], people) is None


def test_ten_changed_pupils_of_two_schools_set_the_total_free_and_hide_their_schools() -> None:
    changed = {("s0", "4А", number) for number in range(4)} | {("s1", "4Б", number) for number in range(7)}
    found = shown_in([(*one[:3], int(one[:3] in changed)) for one in base()], base())
    assert found is not None
    assert not found.hides(())
    assert found.hides((*MUNICIPALITY, "s0"))
    assert found.hides((*MUNICIPALITY, "s1"))
    assert not found.hides((*MUNICIPALITY, "s2"))


def test_four_files_give_what_no_two_of_them_give() -> None:
    """a + b, then b alone by two others: pairwise differences are large, all four together speak of six pupils."""
    x, a, b, c = base(), whole("a", 6), [*whole("b1", 8), *whole("b2", 9)], [*whole("c1", 7), *whole("c2", 8)]
    states = published([x, [*x, *c], [*x, *c, *b]])
    assert len(states) == 3
    assert release(roll_of([*x, *b, *a]), states, order=secret_order("")) is None


def test_a_school_called_otherwise_is_known_by_its_pupils() -> None:
    people = [(f"МБОУ {one[0]}", *one[1:]) for one in base()[1:]]
    assert shown_in(people, base()) is None


def test_files_of_other_pupils_and_parallel_works_do_not_matter() -> None:
    assert shown_in([one for number in range(7, 10) for one in whole(f"s{number}", 24)], base()) is not None
    assert shown_in([(*one[:3], 7) for one in base()[1:]], base()) is not None


def test_a_file_of_groups_is_compared_in_its_own_table() -> None:
    people = base()
    states = published([people])
    for less, waits in ((0, False), (1, True)):
        journal = roll_of(people).taking_part("journal")
        kept = [one for one, counted in zip(people, journal.tolist(), strict=True) if counted][less:]
        pupils = roll_of(kept)
        form = Roll(pupils.units, pupils.schools, pupils.unit, base="journal")
        assert (release(form, states, order=secret_order("")) is None) is waits


def test_a_roll_survives_the_database() -> None:
    roll = roll_of(base())
    again = Roll.of_bytes(roll.as_bytes())
    assert (again.units, again.schools, again.base) == (roll.units, roll.schools, roll.base)
    assert again.sizes("journal") == roll.sizes("journal")
    assert (identify([roll, again])[0] == identify([roll, again])[1]).all()


def test_which_file_is_the_same_work() -> None:
    old, both = whole("s1", 24, 22), base()
    first, second = whole("s1", 24), whole("s1", 24, 22)[24:]
    assert covers(roll_of(both[1:]), roll_of(both))
    assert covers(roll_of(old), roll_of(first))
    assert covers(roll_of(old), roll_of(second))
    assert not covers(roll_of(first), roll_of(second))
    assert not covers(roll_of([(*one[:3], 5) for one in both]), roll_of(both))
    assert not covers(roll_of(both), roll_of(both, "Дальний район"))
    assert covers(roll_of([one for one in both if one[0] != "s3"]), roll_of(both))
    assert not covers(roll_of(whole("s1", 24, 21)), roll_of(both))
    assert not covers(roll_of(both), roll_of([]))
