"""From the bytes of a file to a dataset: its folder and its row appear together or not at all.

The folder is filled under a temporary name; inside the transaction of the row it gets its own name last. Killed at any
moment, an import leaves at most a temporary folder, or a folder that no row names; both were written down before as
leavings (``core.installation.leavings``), and the next import a day later puts them aside.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from traektoria.core.installation import leavings
from traektoria.core.installation.roots import DATASETS
from traektoria.engines import results as engine
from traektoria.engines.results import Dirt
from traektoria.organisations.models import Municipality, TutorCentre
from traektoria.people.actor import Actor
from traektoria.results.models import Dataset, DatasetKind, DatasetSchool
from traektoria.results.school_book import SchoolBook

KINDS = {
    "f3_marks": DatasetKind.MARK_STATISTICS,
    "journal_comparison": DatasetKind.JOURNAL_COMPARISON,
}
PLACE = ["region", "municipality", "school"]


def folder_of_datasets() -> Path:
    return Path(settings.DATASETS)


@contextmanager
def staging(dataset_id: str) -> Iterator[Path]:
    """A temporary folder beside the datasets, so that the last rename stays on one disk.

    Its name and that of the dataset to be are written down first. Raises ``Apart``.
    """
    folder = folder_of_datasets() / f".tmp-import-{uuid4().hex}"
    names = [folder.name, dataset_id]
    leavings.expect(DATASETS, names, aside=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        leavings.done(DATASETS, names)


def write_examples(imported: "engine.ImportedDataset") -> None:
    """The first cells of each kind of dirt stand beside the figures."""
    cells = {kind: [asdict(cell) for cell in found] for kind, found in imported.dirt.examples.items()}
    (imported.path / "dirt.json").write_text(json.dumps(cells, ensure_ascii=False), encoding="utf-8")


def examples_of(dataset: Dataset) -> dict[str, list[dict[str, Any]]]:
    """What ``write_examples`` wrote: kind → cells with sheet, row, column and value."""
    path = dataset.path / "dirt.json"
    found: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def row_of(imported: "engine.ImportedDataset", centre: TutorCentre, by: Actor | None) -> Dataset:
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


def school_rows(imported: "engine.ImportedDataset", dataset: Dataset) -> list[DatasetSchool]:
    """The schools of the file, matched with those of the centre."""
    import pyarrow.parquet as pq

    path = imported.path / "participants.parquet"
    if not path.is_file():
        return []
    places = pq.read_table(path, columns=PLACE).group_by(PLACE).aggregate([]).to_pylist()
    book, names = SchoolBook(dataset.centre), imported.meta.get("schools", {})
    rows = [
        DatasetSchool(
            dataset=dataset,
            code=place["school"][:120],
            name=names.get(place["school"], "")[:500],
            region=place["region"],
            municipality=place["municipality"],
            school_id=book.find(place["school"], names.get(place["school"], ""), place["municipality"]),
            not_ours=book.is_not_ours(place["school"], place["municipality"]),
        )
        for place in places
        if place["school"]
    ]
    return mark_nearby(rows, dataset.centre.municipality)


def mark_counts(dataset: Dataset) -> dict[str, int]:
    """How many have each mark; empty where readers don't see the whole file, or it has no marks."""
    import pyarrow.parquet as pq

    path = dataset.path / "participants.parquet"
    if not path.is_file() or dataset.participants is None:
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
