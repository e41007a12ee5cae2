"""The two doors of the engine: look at a file, import a file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from traektoria.engines.results.canonical import Canonical, ScaleOf, build
from traektoria.engines.results.dataset_files import answer_counts, write_dataset, write_json, write_tables
from traektoria.engines.results.dirt import Dirt
from traektoria.engines.results.errors import NeedsAnswers
from traektoria.engines.results.headers import normalised, read_header
from traektoria.engines.results.inference import FIELDS, infer, suggestions
from traektoria.engines.results.layouts import recognise
from traektoria.engines.results.layouts.plain import TASK, guessed_role
from traektoria.engines.results.model import Aggregate, Guess, Overrides, Recognised, Task, work_maximum
from traektoria.engines.results.scales import MarkScale, scale_for
from traektoria.engines.tables.asked_headings import AskedHeading, asked_headings
from traektoria.engines.tables.headings import likely_heading
from traektoria.engines.tables.limits import Limits
from traektoria.engines.tables.workbook import DEFAULT_LIMITS, read_workbook

MIN_ASKED: Final = 3  # columns of a table that is worth a question
ENGINE_VERSION: Final = 2
_LOGIN = re.compile(r"(?<![a-z])(?:edu|sch)\d{4,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is, before anything is written. `missing` must be answered by overrides before an import."""

    layout: str
    sheet: str
    kind: str
    guesses: dict[str, Guess]
    missing: tuple[str, ...]
    suggestions: dict[str, Any]
    rows: dict[str, int]
    tasks: tuple[Task, ...]
    max_primary: int
    dirt: Dirt
    sha256: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportedDataset:
    """A dataset on disk: its directory, the content of its meta.json, and its dirt with examples."""

    path: Path
    meta: dict[str, Any]
    dirt: Dirt


@dataclass(frozen=True, slots=True)
class _Opened:
    found: Recognised | Aggregate
    guesses: dict[str, Guess]
    missing: tuple[str, ...]
    suggestions: dict[str, Any]
    canonical: Canonical | None


def inspect(
    source: bytes, filename: str, *, overrides: Overrides | None = None, limits: Limits = DEFAULT_LIMITS
) -> Inspection:
    """Recognise a file and report its dirt without writing. Raises Unreadable or Unrecognised and nothing else."""
    opened = _open(source, filename, overrides or Overrides(), limits)
    found, canonical = opened.found, opened.canonical
    return Inspection(
        layout=found.layout,
        sheet=found.sheet,
        kind="participants" if canonical else "aggregate",
        guesses=opened.guesses,
        missing=opened.missing,
        suggestions=opened.suggestions,
        rows=_rows(found, canonical),
        tasks=canonical.tasks if canonical else (),
        max_primary=work_maximum(canonical.tasks) if canonical else 0,
        dirt=canonical.dirt if canonical else Dirt(),
        sha256=hashlib.sha256(source).hexdigest(),
        titles=found.titles,
    )


def ask_columns(source: bytes, filename: str, *, limits: Limits = DEFAULT_LIMITS) -> tuple[AskedHeading, ...]:
    """The columns of a table that no layout fits, to be named by a person (a role, "task" or ""); none where nothing
    looks like a table.

    Raises Unreadable.
    """
    workbook = read_workbook(source, filename, limits)
    heading = likely_heading(workbook, lambda text: bool(guessed_role(normalised(text))))
    if heading is None or sum(cell != "" for cell in heading.cells) < MIN_ASKED:
        return ()
    return asked_headings(workbook, heading, read_header(heading.cells).texts, guessed_role, repeated={TASK})


def import_dataset(
    source: bytes,
    filename: str,
    target_dir: Path,
    *,
    overrides: Overrides | None = None,
    limits: Limits = DEFAULT_LIMITS,
    dataset_id: str | None = None,
    scales: ScaleOf = scale_for,
) -> ImportedDataset:
    """Write the canonical dataset of a file into `target_dir/<dataset_id>`; `scales` gives the scale of a work.

    Raises Unreadable, Unrecognised, or NeedsAnswers for what the file does not say. In each of these cases, and when
    the process is killed, no dataset appears; a killed one leaves a folder `.tmp-…`.
    """
    opened = _open(source, filename, overrides or Overrides(), limits, scales)
    if opened.missing:
        seen = {name: asdict(guess) for name, guess in opened.guesses.items()}
        raise NeedsAnswers(opened.missing, {"layout": opened.found.layout, **seen}, opened.suggestions)
    meta = _meta(opened, filename, hashlib.sha256(source).hexdigest())
    path = write_dataset(target_dir, dataset_id, _writer(opened, meta))
    return ImportedDataset(path, meta, opened.canonical.dirt if opened.canonical else Dirt())


def _open(source: bytes, filename: str, overrides: Overrides, limits: Limits, scales: ScaleOf = scale_for) -> _Opened:
    workbook = read_workbook(source, filename, limits)
    found = recognise(workbook, overrides.columns)
    guesses = infer(workbook, found, overrides)
    if isinstance(found, Aggregate):
        return _Opened(found, guesses, _missing(guesses), suggestions(found, guesses), None)
    school = _school(found, filename, overrides)
    if school:
        guesses["school"] = school
    canonical = build(found, guesses, school.value if school else None, overrides.basis, scales)
    missing = _missing(guesses)
    if not any(canonical.people.school):
        missing += ("school",)
    if canonical.asks_basis:
        missing += ("basis",)
        guesses["differing"] = Guess([canonical.differing, int(canonical.columns.present.sum())], "sum")
    return _Opened(found, guesses, missing, suggestions(found, guesses), canonical)


def _missing(guesses: dict[str, Guess]) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if name not in guesses)


def _school(found: Recognised, filename: str, overrides: Overrides) -> Guess | None:
    """The school of a file that has no column for it: told, or a login in the name of the file."""
    if overrides.school:
        return Guess(overrides.school, "override")
    login = _LOGIN.search(filename)
    return Guess(login[0], "filename") if login and found.column("school") is None else None


def _writer(opened: _Opened, meta: dict[str, Any]) -> Callable[[Path], None]:
    def write(directory: Path) -> None:
        if opened.canonical is not None:
            write_tables(directory, opened.canonical)
        elif isinstance(opened.found, Aggregate):
            write_json(directory / "aggregate.json", [asdict(row) for row in opened.found.rows])
        write_json(directory / "meta.json", meta)

    return write


def _meta(opened: _Opened, filename: str, sha256: str) -> dict[str, Any]:
    found, canonical, guesses = opened.found, opened.canonical, opened.guesses
    meta: dict[str, Any] = {
        "engine_version": ENGINE_VERSION,
        "kind": "participants" if canonical else "aggregate",
        "layout": found.layout,
        **{name: guesses[name].value for name in FIELDS},
        "sources": {name: guess.source for name, guess in guesses.items()},
        "source": {"filename": filename, "sha256": sha256, "sheet": found.sheet},
        "titles": list(found.titles),
        "rows": _rows(found, canonical),
    }
    return meta | (_meta_of_participants(canonical) if canonical else {})


def _meta_of_participants(canonical: Canonical) -> dict[str, Any]:
    scale = canonical.scale
    return {
        "tasks": [
            {"position": task.position, "label": task.label, "max": task.maximum, "level": task.level}
            for task in canonical.tasks
        ],
        "max_primary": work_maximum(canonical.tasks),
        "score_basis": canonical.score_basis,
        "differing": canonical.differing,
        "mark_basis": canonical.mark_basis,
        "scale": scale_as_data(scale) if scale else None,
        "answers": answer_counts(canonical),
        "dirt": canonical.dirt.counts,
        "schools": canonical.people.schools,
        "municipalities": canonical.people.municipalities,
    }


def scale_as_data(scale: MarkScale) -> dict[str, Any]:
    """What the dataset keeps of the scale that gave its marks."""
    conditions = [asdict(condition) for condition in scale.conditions]
    names = ("min_3", "min_4", "min_5", "max_primary", "source")
    return {name: getattr(scale, name) for name in names} | {"conditions": conditions}


def _rows(found: Recognised | Aggregate, canonical: Canonical | None) -> dict[str, int]:
    """Rows of participants, and what became of them."""
    if canonical is None:
        return {"groups": len(found.rows)} if isinstance(found, Aggregate) else {}
    present = canonical.columns.present
    return {
        "participants": len(present),
        "present": int(present.sum()),
        "absent": int(np.count_nonzero(~present)),
        "counted": int(canonical.counted.sum()),
        "blank": canonical.columns.blank,
    }
