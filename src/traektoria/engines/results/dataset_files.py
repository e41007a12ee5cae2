"""The canonical dataset on disk: written under a temporary name, then renamed, so that it is whole or not there."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from traektoria.engines.results.canonical import Canonical
from traektoria.engines.results.cells import MISSING, NO_NUMBER, NOT_STARTED, OVER_MAXIMUM, SCORED, STATES, Ints

if TYPE_CHECKING:
    import pyarrow as pa

TEMPORARY: Final = ".tmp-"
_ANSWERS_WITH_SCORE: Final = (SCORED, NOT_STARTED, OVER_MAXIMUM)


def write_dataset(target: Path, dataset_id: str | None, write: Callable[[Path], None]) -> Path:
    """Let `write` fill a temporary directory in `target`, then rename it to its id. A failure leaves nothing."""
    name = dataset_id or str(uuid.uuid4())
    target.mkdir(parents=True, exist_ok=True)
    temporary = target / f"{TEMPORARY}{name}-{uuid.uuid4().hex[:8]}"
    temporary.mkdir()
    try:
        write(temporary)
        final = target / name
        if final.exists():
            raise FileExistsError(final)
        temporary.replace(final)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return final


def write_tables(directory: Path, canonical: Canonical) -> None:
    """participants.parquet and answers.parquet of the contract in docs/architecture.md."""
    _write(participants_table(canonical), directory / "participants.parquet")
    _write(answers_table(canonical), directory / "answers.parquet")


def write_json(path: Path, value: Any) -> None:
    """A JSON file for people too: indented, Cyrillic as it is."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write(table: pa.Table, path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table, path, compression="zstd", compression_level=1, store_schema=False)


def participants_table(canonical: Canonical) -> pa.Table:
    """One row a participant, the absent included."""
    import pyarrow as pa

    people, columns = canonical.people, canonical.columns
    return pa.table(
        {
            "row": pa.array(columns.rows, pa.int32()),
            "participant": pa.array(people.participant, pa.string()),
            "region": _texts(people.region),
            "municipality": _texts(people.municipality),
            "school": _texts(people.school),
            "class_name": _texts(people.class_name),
            "variant": _texts(columns.variant),
            "sex": _texts(people.sex),
            "journal_mark": _numbers(people.journal, pa.int8()),
            "total_stated": _numbers(canonical.total_stated, pa.int16()),
            "task_sum": _numbers(canonical.task_sum, pa.int16()),
            "primary_score": _numbers(canonical.points, pa.int16()),
            "mark": _numbers(canonical.marks, pa.int8()),
            "mark_stated": _numbers(canonical.marks_stated, pa.int8()),
            "counted": pa.array(canonical.counted),
        }
    )


def answers_table(canonical: Canonical) -> pa.Table:
    """One row a participant and task, task by task; those who were absent have none."""
    import pyarrow as pa

    present = canonical.columns.present
    base = {
        "participant_row": pa.array(canonical.columns.rows[present], pa.int32()),
        "municipality": _texts(canonical.people.municipality).filter(pa.array(present)),
        "school": _texts(canonical.people.school).filter(pa.array(present)),
        "class_name": _texts(canonical.people.class_name).filter(pa.array(present)),
    }
    counted = pa.array(canonical.counted[present])
    states = pa.array(STATES, pa.string())
    size = int(present.sum())
    parts = []
    for task, column in zip(canonical.tasks, canonical.scores, strict=True):
        state = column.states[present]
        score = np.where(np.isin(state, _ANSWERS_WITH_SCORE), column.scores[present], NO_NUMBER)
        parts.append(
            pa.table(
                {
                    **base,
                    "task": pa.DictionaryArray.from_arrays(np.zeros(size, np.int32), pa.array([task.label])),
                    "position": pa.array(np.full(size, task.position, np.int16)),
                    "score": _numbers(score.astype(np.int16), pa.int16()),
                    "state": pa.DictionaryArray.from_arrays(state.astype(np.int32), states),
                    "counted": counted,
                }
            )
        )
    return pa.concat_tables(parts).unify_dictionaries()


def answer_counts(canonical: Canonical) -> dict[str, int]:
    """How many answers of those present are in each state."""
    counts = np.zeros(MISSING + 1, np.int64)
    for column in canonical.scores:
        counts += np.bincount(column.states[canonical.columns.present], minlength=MISSING + 1)
    return {state: int(counts[number]) for number, state in enumerate(STATES)}


def _texts(values: Any) -> pa.DictionaryArray:
    import pyarrow as pa

    return pa.array(values, pa.string()).dictionary_encode()


def _numbers(values: Ints, kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    return pa.array(values, mask=values == NO_NUMBER).cast(kind)
