"""From the bytes of a file to a dataset: its folder and its row appear together or not at all.

The folder is filled under a temporary name; inside the transaction of the row it gets its own name last. Killed at any
moment, an import leaves at most a temporary folder, or a folder that no row names; ``sweep_folders`` clears both.
"""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow.parquet as pq
from django.conf import settings

from traektoria.engines.disclosure import MINIMUM
from traektoria.engines.results import Dirt, ImportedDataset, sweep
from traektoria.organisations.models import Municipality, TutorCentre
from traektoria.people.actor import Actor
from traektoria.results.matching import SchoolBook
from traektoria.results.models import Dataset, DatasetKind, DatasetSchool

KINDS = {
    "f3_marks": DatasetKind.MARK_STATISTICS,
    "journal_comparison": DatasetKind.JOURNAL_COMPARISON,
}
PLACE = ["region", "municipality", "school"]
ORPHAN_AGE = 86_400.0
STAGING_AGE = 3_600.0


def folder_of_datasets() -> Path:
    return Path(settings.DATASETS)


@contextmanager
def staging() -> Iterator[Path]:
    """A temporary folder beside the datasets, so that the last rename stays on one disk."""
    folder = folder_of_datasets() / f".tmp-import-{uuid4().hex}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_examples(imported: ImportedDataset) -> None:
    """The first cells of each kind of dirt stand beside the figures."""
    cells = {kind: [asdict(cell) for cell in found] for kind, found in imported.dirt.examples.items()}
    (imported.path / "dirt.json").write_text(json.dumps(cells, ensure_ascii=False), encoding="utf-8")


def examples_of(dataset: Dataset) -> dict[str, list[dict[str, Any]]]:
    """What ``write_examples`` wrote: kind → cells with sheet, row, column and value."""
    path = dataset.path / "dirt.json"
    found: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def row_of(imported: ImportedDataset, centre: TutorCentre, by: Actor | None) -> Dataset:
    """The describing row, not saved yet."""
    meta, counts = imported.meta, imported.meta["rows"]
    groups = _aggregate(imported.path)
    return Dataset(
        centre=centre,
        kind=KINDS.get(meta["layout"], DatasetKind.ANSWERS),
        procedure=meta["procedure"],
        year=meta["year"],
        subject=meta["subject"],
        grade=meta["grade"],
        layout=meta["layout"],
        source_name=Path(meta["source"]["filename"].replace("\\", "/")).name[:255],
        sha256=meta["source"]["sha256"],
        folder=imported.path.name,
        rows=counts.get("participants", counts.get("groups", 0)),
        participants=counts.get("counted", next((row["participants"] or 0 for row in groups), 0)),
        tasks=meta.get("tasks", []),
        max_primary=meta.get("max_primary"),
        dirt=_counts(imported.dirt),
        aggregate=groups,
        imported_by_id=by.account_id if by else None,
    )


def _counts(dirt: Dirt) -> dict[str, int]:
    return dict(dirt.counts)


def _aggregate(folder: Path) -> list[dict[str, Any]]:
    path = folder / "aggregate.json"
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return rows


def school_rows(imported: ImportedDataset, dataset: Dataset) -> list[DatasetSchool]:
    """The schools of the file with their counted participants, matched with those of the centre."""
    path = imported.path / "participants.parquet"
    if not path.is_file():
        return []
    people = pq.read_table(path, columns=[*PLACE, "counted"])
    sizes = people.group_by(PLACE).aggregate([("counted", "sum")]).to_pylist()
    book, names = SchoolBook(dataset.centre), imported.meta.get("schools", {})
    rows = [
        DatasetSchool(
            dataset=dataset,
            code=size["school"][:120],
            name=names.get(size["school"], "")[:500],
            region=size["region"],
            municipality=size["municipality"],
            participants=size["counted_sum"] or 0,
            school_id=book.find(size["school"], names.get(size["school"], "")),
            not_ours=book.is_not_ours(size["school"]),
        )
        for size in sizes
        if size["school"]
    ]
    return mark_nearby(rows, dataset.centre.municipality)


def mark_counts(dataset: Dataset) -> dict[str, int]:
    """How many have each mark; empty where the whole file is a small group or has no marks."""
    path = dataset.path / "participants.parquet"
    if not path.is_file() or dataset.participants < MINIMUM:
        return {}
    column = pq.read_table(path, columns=["mark"]).column("mark")
    counts = {str(pair["values"]): pair["counts"] for pair in column.value_counts().to_pylist()}
    return {mark: counts.get(mark, 0) for mark in ("2", "3", "4", "5")} if counts.keys() - {"None"} else {}


def mark_nearby(rows: list[DatasetSchool], municipality: Municipality) -> list[DatasetSchool]:
    """Schools of a region's other districts are nobody's question; where our district is not seen, all are."""
    named = {municipality.name, municipality.code} - {""}
    ours = {row.municipality for row in rows if row.school_id or row.municipality in named}
    for row in rows:
        row.nearby = not ours or row.municipality in ours
    return rows


def sweep_folders() -> int:
    """Clear what killed imports left: old temporary folders, and folders that no row names. How many."""
    target = folder_of_datasets()
    if not target.is_dir():
        return 0
    swept, limit = sweep(target, STAGING_AGE), time.time() - ORPHAN_AGE
    old = {path.name for path in target.iterdir() if path.is_dir() and path.stat().st_mtime < limit}
    orphans = old - set(Dataset.objects.filter(folder__in=old).values_list("folder", flat=True))
    for name in orphans:
        shutil.rmtree(target / name, ignore_errors=True)
    return swept + len(orphans)
