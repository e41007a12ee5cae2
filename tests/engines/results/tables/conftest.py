"""Datasets as an import leaves them, written by the tests themselves so that the tables stand on their own."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

PARTICIPANTS = pa.schema(
    [
        ("row", pa.int32()),
        ("participant", pa.string()),
        ("region", pa.string()),
        ("municipality", pa.string()),
        ("school", pa.string()),
        ("class_name", pa.string()),
        ("variant", pa.string()),
        ("sex", pa.string()),
        ("journal_mark", pa.int8()),
        ("total_stated", pa.int16()),
        ("primary_score", pa.int16()),
        ("mark", pa.int8()),
        ("counted", pa.bool_()),
    ]
)
ANSWERS = pa.schema(
    [
        ("participant_row", pa.int32()),
        ("municipality", pa.string()),
        ("school", pa.string()),
        ("class_name", pa.string()),
        ("task", pa.string()),
        ("position", pa.int16()),
        ("score", pa.int16()),
        ("state", pa.string()),
        ("counted", pa.bool_()),
    ]
)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a writer: participants as dictionaries with `answers` (scores, or the state of a cell without one)."""

    def _write(people: Sequence[dict[str, Any]], maxima: Sequence[int], labels: Sequence[str] | None = None) -> Path:
        names = list(labels or [str(number) for number in range(1, len(maxima) + 1)])
        rows, answers = [], []
        for number, person in enumerate(people, 1):
            row = {"row": number, "participant": str(number), "school": "s1", "counted": True} | person
            cells = row.pop("answers", ())
            row.setdefault("primary_score", sum(cell for cell in cells if isinstance(cell, int)))
            rows.append({name: row.get(name) for name in PARTICIPANTS.names})
            for position, cell in enumerate(cells, 1):
                read = isinstance(cell, int)
                answers.append(
                    {name: row.get(name) for name in ("municipality", "school", "class_name", "counted")}
                    | {"participant_row": number, "task": names[position - 1], "position": position}
                    | {"score": cell if read else None, "state": "scored" if read else cell}
                )
        pq.write_table(pa.Table.from_pylist(rows, PARTICIPANTS), tmp_path / "participants.parquet")
        pq.write_table(pa.Table.from_pylist(answers, ANSWERS), tmp_path / "answers.parquet")
        tasks = [
            {"position": n, "label": label, "max": m} for n, (label, m) in enumerate(zip(names, maxima, strict=True), 1)
        ]
        meta = {"tasks": tasks, "max_primary": sum(maxima)}
        (tmp_path / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
        return tmp_path

    return _write
