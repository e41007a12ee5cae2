"""The roll of a dataset on disk: who is counted in which table, and prints of the figures; read from Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from traektoria.engines.disclosure import EVERYBODY, Roll, school_key
from traektoria.engines.lazy_imports import np

from .groups import COLUMNS

if TYPE_CHECKING:
    from numpy.typing import NDArray

MARKS_TABLE, JOURNAL_TABLE, PRIMARY_TABLE = "marks", "journal", "primary"
_STATES = ("scored", "not_started", "not_covered", "over_maximum", "unreadable", "missing")
_COUNTED_STATES = ("scored", "not_started")
_ABSENT = -1
_MULTIPLIER: Final = 0x9E3779B97F4A7C15
Numbers: TypeAlias = "NDArray[np.int64]"


def task_table(position: int) -> str:
    """The name of the table of one task."""
    return f"task {position}"


def roll_of(path: Path) -> Roll:
    """Read the roll of the dataset in ``path``: counted participants in the order of the file."""
    import pyarrow.parquet as pq

    people = pq.read_table(path / "participants.parquet")
    people = people.filter(people.column("counted"))
    units, unit = _units(people)
    columns = {name: _numbers(people, name) for name in ("mark", "journal_mark", "primary_score")}
    rows = people.column("row").to_numpy()
    cells, counted = _answers(path, rows)
    scores = _print(cells)
    marked = np.isin(columns["mark"], (2, 3, 4, 5))
    tables = {
        MARKS_TABLE: marked,
        JOURNAL_TABLE: marked & np.isin(columns["journal_mark"], (2, 3, 4, 5)),
        PRIMARY_TABLE: columns["primary_score"] != _ABSENT,
    }
    prints = {
        EVERYBODY: scores,
        MARKS_TABLE: _print([scores, columns["mark"]]),
        JOURNAL_TABLE: _print([scores, columns["mark"], columns["journal_mark"]]),
        PRIMARY_TABLE: _print([scores, columns["primary_score"]]),
    }
    schools = tuple(school_key(key[2]) if key[2] else f"? {key[1] or ''}" for key in units)
    return Roll(units, schools, unit, tables | counted, prints)


def _units(people: object) -> tuple[tuple[tuple[str | None, ...], ...], Numbers]:
    columns = [people.column(name).to_pylist() for name in COLUMNS]  # type: ignore[attr-defined]
    numbers: dict[tuple[str | None, ...], int] = {}
    unit = [numbers.setdefault(key, len(numbers)) for key in zip(*columns, strict=True)]
    return tuple(numbers), np.array(unit, np.int64)


def _numbers(table: object, name: str) -> Numbers:
    import pyarrow.compute as pc

    return pc.fill_null(table.column(name).cast("int64"), _ABSENT).to_numpy()  # type: ignore[attr-defined, no-any-return]


def _answers(path: Path, rows: Numbers) -> tuple[list[Numbers], dict[str, NDArray[np.bool_]]]:
    """Scores and states by task, in the order of the work, and who is counted in each task."""
    import pyarrow.parquet as pq

    answers = pq.read_table(path / "answers.parquet", columns=["participant_row", "position", "score", "state"])
    states = np.array(answers.column("state").cast("string").to_pylist())
    score, position = _numbers(answers, "score"), answers.column("position").to_numpy()
    place = np.searchsorted(rows, answers.column("participant_row").to_numpy())
    known = (place < len(rows)) & (rows[np.minimum(place, len(rows) - 1)] == answers.column("participant_row")) if len(
        rows
    ) else np.zeros(len(place), np.bool_)  # fmt: skip
    kind = sum(((states == state) * number for number, state in enumerate(_STATES, 1)), np.zeros(len(states), np.int64))
    cells: list[Numbers] = []
    counted: dict[str, NDArray[np.bool_]] = {}
    for task in np.unique(position).tolist():
        here = known & (position == task)
        cell = np.full(len(rows), _ABSENT, np.int64)
        cell[place[here]] = np.maximum(score[here], 0) * 8 + kind[here]
        flags = np.zeros(len(rows), np.bool_)
        flags[place[here]] = np.isin(states[here], _COUNTED_STATES)
        cells.append(cell)
        counted[task_table(task)] = flags
    return cells, counted


def _print(columns: list[Numbers]) -> Numbers:
    """One number from 1 to 2³²−1 for equal rows: short, so that many rows of scores share it."""
    length = len(columns[0]) if columns else 0
    mixed = np.zeros(length, np.uint64)
    for column in columns:
        mixed = (mixed ^ (column + 2).astype(np.uint64)) * np.uint64(_MULTIPLIER)
        mixed ^= mixed >> np.uint64(29)
    short: Numbers = np.maximum(mixed >> np.uint64(32), 1).astype(np.int64)
    return short
