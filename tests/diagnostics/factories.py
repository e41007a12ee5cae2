"""Hypotheses and datasets for tests, made straight in the database and in Parquet."""

import json
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils import timezone

from tests.engines.results.tables.conftest import ANSWERS, PARTICIPANTS
from traektoria.diagnostics.models import Hypothesis
from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Person
from traektoria.results.models import Dataset
from traektoria.results.publication import plan_of, publish

FIGURES: dict[str, Any] = {
    "tasks": ["3", "9"],
    "classes": ["4А"],
    "shared": False,
    "n": 27,
    "completion": 52.0,
    "n_municipality": 340,
    "completion_municipality": 68.0,
    "difference": -16.0,
    "low": -27.0,
    "high": -5.0,
    "bases": ["below_municipality"],
    "skill": "Решение текстовых задач",
    "kes": ["1.1"],
    "kt": ["2.2"],
}
_numbers = count(1)


def make_dataset(centre: TutorCentre, folder: Path | None = None, **fields: Any) -> Dataset:
    number = next(_numbers)
    values = {"procedure": "vpr", "year": 2021, "subject": "math", "grade": 4, "layout": "export_2021", **fields}
    if folder:
        values["tasks"] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["tasks"]
    dataset = Dataset.objects.create(
        centre=centre,
        source_name=f"file{number}.xlsx",
        sha256=f"{number:064d}",
        folder=folder.name if folder else "",
        rows=0,
        published_at=timezone.now(),
        **values,
    )
    if folder:
        publish(dataset, plan_of(dataset, folder))
    return dataset


def make_hypothesis(centre: TutorCentre, person: Person | None, **fields: Any) -> Hypothesis:
    """Proposed from results; fields override."""
    number = next(_numbers)
    values = {
        "origin": "results",
        "subject": "math",
        "block": "subject",
        "topic": f"Решать задачи в три действия ({number})",
        "evidence": FIGURES,
        "evidence_key": f"{number}",
        "strength": "strong",
        **fields,
    }
    if values["origin"] == "results" and "dataset" not in values:
        values["dataset"] = make_dataset(centre)
    return Hypothesis.objects.create(centre=centre, person=person, **values)


def write_dataset(folder: Path, classes: Mapping[tuple[str, str | None], Sequence[Sequence[int]]]) -> Path:
    """A dataset of one municipality: (school code, class name) → the answers of each pupil, one point a task."""
    participants: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    tasks = len(next(iter(classes.values()))[0])
    for (school, name), pupils in classes.items():
        for scores in pupils:
            row = len(participants) + 1
            who = {"municipality": "reg99_m001", "school": school, "class_name": name, "counted": True}
            participants.append({"row": row, "participant": str(row), "region": "99", **who})
            answers += [
                {"participant_row": row, "task": str(n), "position": n, "score": score, "state": "scored", **who}
                for n, score in enumerate(scores, 1)
            ]
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema, rows in (("participants", PARTICIPANTS, participants), ("answers", ANSWERS, answers)):
        full = [{column: row.get(column) for column in schema.names} for row in rows]
        pq.write_table(pa.Table.from_pylist(full, schema), folder / f"{name}.parquet")
    meta = {"tasks": [{"position": n, "label": str(n), "max": 1} for n in range(1, tasks + 1)], "max_primary": tasks}
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    return folder
