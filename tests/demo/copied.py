"""The demo of today: built once a run, then copied row by row and file by file."""

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests import numbers
from tests.copies import Rows, fill, rows
from tests.once import once
from traektoria.core.installation.identity import MARK
from traektoria.demo import story

FOLDERS = ("DATASETS", "BALLOTS", "MEDIA_ROOT")


@dataclass(frozen=True)
class Built:
    """``statements``: what building asked of the database."""

    rows: Rows
    statements: int


def lay_demo(run: Path) -> Built:
    """Into the empty database and the folders of this process; ``run`` is the folder that the workers share."""
    built_here: list[Built] = []
    files = run / f"demo {timezone.localdate()}"

    def build() -> Built:
        built_here.append(Built(statements=_statements(), rows=rows()))
        for name in FOLDERS:
            shutil.copytree(getattr(settings, name), files / name, ignore=shutil.ignore_patterns(MARK))
        return built_here[0]

    built = once(run, files.name, build)
    if not built_here:
        fill(built.rows)
        numbers.go_on()
        for name in FOLDERS:
            shutil.copytree(files / name, getattr(settings, name), dirs_exist_ok=True)
    return built


def _statements() -> int:
    count = Counter[str]()

    def counted(execute: Any, sql: str, *rest: Any) -> Any:
        count["all"] += 1
        return execute(sql, *rest)

    with connection.execute_wrapper(counted):
        story.build(today=timezone.localdate(), tell=lambda step: None)
    return count["all"]
