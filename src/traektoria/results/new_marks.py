"""Marks of a file by a scale that was entered or taken back after its import: a new folder of the same figures with
other marks.

What readers were shown stays remembered (``PublishedState``): the tables of marks are decided anew beside it, all
others stay as they were. Where new marks would tell about a few pupils beside the old ones, the old ones stay.
"""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from traektoria.core import audit
from traektoria.core.installation import leavings
from traektoria.core.installation.roots import DATASETS
from traektoria.engines.results import MarkScale, parts_of, scale_for
from traektoria.people.actor import Actor
from traektoria.results import dataset_import, publication
from traektoria.results.models import WORK, Dataset, WorkScale
from traektoria.results.scales import as_engine
from traektoria.results.tasks import task_facts

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from traektoria.engines.results.cells import Ints

MARKED, KEPT, OTHER_MAXIMUM, NO_TASKS, LOST = "marked", "kept", "other_maximum", "no_tasks", "lost"
PUBLISHED, STATED, UNMARKED, FORGOTTEN = "published", "stated", "unmarked", "forgotten"
"""What a file has once a scale is taken back: marks by the published scale, its own, none; or its own are not kept."""
OWN_MARKS = "mark_stated"
RESOLVED = frozenset({"scale_mismatch", "condition_without_tasks"})
"""Remarks that end with a scale that fits."""
_ATTEMPTS = 5


@dataclass(frozen=True)
class Marked:
    """What became of one file. ``given`` and ``changed``: pupils with a mark, and those whose mark is another now."""

    dataset: Dataset
    outcome: str
    given: int = 0
    changed: int = 0


def mark_anew(dataset: Dataset, scale: WorkScale, by: Actor | None) -> Marked:
    """Give the marks of ``scale``. Side effects where it comes out: a new folder, a new state, an audit event."""
    try:
        found = _marks(dataset, as_engine(scale))
        return found if isinstance(found, Marked) else _write(dataset, found, by, {"scale": scale.pk})
    except OSError:
        return Marked(dataset, LOST)


def mark_as_before(dataset: Dataset, by: Actor | None) -> Marked:
    """Give the marks that the file has without a scale of the centre: by the published one, its own, or none."""
    try:
        published = scale_for(*(getattr(dataset, name) for name in WORK))
        found = _marks(dataset, published, PUBLISHED) if published and published.complete else None
        if found is None or isinstance(found, Marked):
            found = _own_marks(dataset)
        return found if isinstance(found, Marked) else _write(dataset, found, by, {"scale": None})
    except OSError:
        return Marked(dataset, LOST)


def _own_marks(dataset: Dataset) -> "_Found | Marked":
    import numpy as np
    import pyarrow.parquet as pq

    people = pq.read_table(dataset.path / "participants.parquet")
    before = _numbers(people, "mark")
    if OWN_MARKS in people.column_names:
        marks = _numbers(people, OWN_MARKS)
    elif (_meta(dataset.path).get("marks_given") or {}).get("before") == STATED:
        return Marked(dataset, FORGOTTEN)
    else:
        marks = np.full(len(before), -1, np.int16)
    return _Found(people, before, marks, None, STATED if (marks > 0).any() else UNMARKED)


@dataclass(frozen=True)
class _Found:
    """The figures of a dataset with its new marks."""

    participants: "pa.Table"
    before: "Ints"
    marks: "Ints"
    scale: MarkScale | None
    outcome: str

    @property
    def counts(self) -> tuple[int, int]:
        return int((self.marks > 0).sum()), int(((self.before > 0) & (self.before != self.marks)).sum())


def _marks(dataset: Dataset, scale: MarkScale, outcome: str = MARKED) -> "_Found | Marked":
    import numpy as np
    import pyarrow.parquet as pq

    from traektoria.engines.results.cells import NO_NUMBER

    if scale.max_primary is not None and dataset.maximum_is_stated and scale.max_primary != dataset.max_primary:
        return Marked(dataset, OTHER_MAXIMUM)
    people = pq.read_table(dataset.path / "participants.parquet")
    rows, points = people.column("row").to_numpy(), _numbers(people, "primary_score")
    answers = pq.read_table(dataset.path / "answers.parquet", columns=["participant_row", "position", "score", "state"])
    facts = task_facts(dataset)
    column = _columns(answers, rows, [task.position for task in facts])
    parts = parts_of(scale, [task.kim for task in facts], column)
    if parts is None:
        parts = parts_of(scale, [task.label for task in facts], column)
    if parts is None:
        return Marked(dataset, NO_TASKS)
    counted = people.column("counted").to_numpy(zero_copy_only=False)
    marks = np.where(counted, scale.marks(points, parts), NO_NUMBER).astype(np.int16)
    return _Found(people, _numbers(people, "mark"), marks, scale, outcome)


def _columns(answers: "pa.Table", rows: "np.ndarray[Any, Any]", positions: list[int]) -> "Callable[[int], Any]":
    """Scores and states of everybody in a task by its place, as ``parts_of`` asks for them."""
    import numpy as np

    from traektoria.engines.results.cells import MISSING, STATES

    where = np.searchsorted(rows, answers.column("participant_row").to_numpy())
    position, score = answers.column("position").to_numpy(), _numbers(answers, "score")
    names = np.array(answers.column("state").cast("string").to_pylist())
    number = {state: place for place, state in enumerate(STATES)}

    def column(place: int) -> Any:
        here = position == positions[place]
        scores, states = np.zeros(len(rows), np.int16), np.full(len(rows), MISSING, np.int16)
        scores[where[here]] = score[here]
        states[where[here]] = [number[name] for name in names[here]]
        return scores, states

    return column


def _numbers(table: "pa.Table", name: str) -> "Ints":
    import numpy as np
    import pyarrow.compute as pc

    numbers: Ints = pc.fill_null(table.column(name).cast("int64"), -1).to_numpy().astype(np.int16)
    return numbers


def _write(dataset: Dataset, found: _Found, by: Actor | None, facts: Mapping[str, Any]) -> Marked:
    given, changed = found.counts
    dataset_id = str(uuid4())
    with dataset_import.staging(dataset_id) as staged:
        folder = staged / dataset_id
        _fill(folder, dataset, found)
        for _attempt in range(_ATTEMPTS):
            plan = publication.plan_of_marks(dataset, folder)
            if plan is None:
                return Marked(dataset, KEPT)
            try:
                _rename(dataset, folder, plan, by, {**facts, "given": given, "changed": changed})
                return Marked(dataset, found.outcome, given, changed)
            except IntegrityError:
                continue
            except Dataset.DoesNotExist:
                break
    return Marked(dataset, LOST)


def _fill(folder: Path, dataset: Dataset, found: _Found) -> None:
    """The folder of the dataset once more, with other marks and what they stand on; the marks that the file stated stay
    beside them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from traektoria.engines.results.dataset_import import scale_as_data

    shutil.copytree(dataset.path, folder)
    people, meta = found.participants, _meta(folder)
    basis = meta.get("mark_basis")
    if OWN_MARKS not in people.column_names and basis == STATED:
        people = people.append_column(OWN_MARKS, people.column("mark"))
    place = people.schema.get_field_index("mark")
    marks = pa.array(found.marks, mask=found.marks < 0).cast(pa.int8())
    pq.write_table(people.set_column(place, "mark", marks), folder / "participants.parquet", compression="zstd")
    given = {"day": timezone.localdate().isoformat(), "before": basis}
    stands_on = "scale" if found.scale else STATED if found.outcome == STATED else None
    meta |= {
        "scale": scale_as_data(found.scale) if found.scale else None,
        "mark_basis": stands_on,
        "marks_given": given,
    }
    (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _meta(folder: Path) -> dict[str, Any]:
    meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return meta


@transaction.atomic
def _rename(dataset: Dataset, folder: Path, plan: publication.Plan, by: Actor | None, facts: Mapping[str, Any]) -> None:
    """Put the new folder in the place of the old one; giving it its name is the last step."""
    old = dataset.folder
    final = dataset_import.folder_of_datasets() / folder.name
    locked = Dataset.objects.select_for_update(no_key=True).get(pk=dataset.pk, folder=old)
    publication.publish_again(locked, plan)
    locked.folder = folder.name
    locked.dirt = {kind: n for kind, n in locked.dirt.items() if kind not in RESOLVED}
    locked.save(update_fields=["folder", "dirt"])
    leavings.let_go(DATASETS, old)
    audit.record("results.marks_given", locked, by=by, centre_id=locked.centre_id, **facts)
    try:
        folder.replace(final)
    except BaseException:
        shutil.rmtree(final, ignore_errors=True)
        raise
    dataset.folder = folder.name
