"""A process of the server loads nothing heavy: not at its start, not for a page or a paper of the demo (ADR 0034)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import Resolver404, resolve
from django.utils import timezone

from tests.demo.copied import FOLDERS, lay_demo
from tests.demo.tour import ELSEWHERE, Tour, tour
from tests.once import folder_of_the_run

pytestmark = [pytest.mark.slow, pytest.mark.processes, pytest.mark.once, pytest.mark.django_db]
WITH_MAIL = {"/people/me/address/"}
"""Pages that are there only where mail goes out."""
VARIABLES = dict(zip(FOLDERS, ("TRAEKTORIA_DATASETS", "TRAEKTORIA_BALLOTS", "TRAEKTORIA_UPLOADS"), strict=True))


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if connection.vendor != "sqlite":
        pytest.skip("what a process loads is the same on each database")
    run, here = folder_of_the_run(tmp_path_factory), tmp_path_factory.mktemp("light")
    with django_db_blocker.unblock(), transaction.atomic():
        lay_demo(run)
        pages = list(one_of_each(tour(run)))
        (here / "copy.sqlite3").write_bytes(connection.connection.serialize())
        transaction.set_rollback(True)
    return asked(pages, here, run / f"demo {timezone.localdate()}")


def one_of_each(walked: Tour) -> Iterator[tuple[str, str]]:
    """(login, path): one page of each view and set of parameters, and one file of each view and format."""
    seen = set[str]()
    for login, pages in walked.pages.items():
        for page in pages:
            kind = page.kind or f"{_view(page.path)} {Path(page.path.partition('?')[0]).suffix}"
            if kind not in seen and page.status == 200 and not login.startswith(ELSEWHERE):
                seen.add(kind)
                yield login, page.path


def _view(path: str) -> str:
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return path


def asked(pages: list[tuple[str, str]], here: Path, files: Path) -> dict[str, Any]:
    environment = {
        **os.environ, "DATABASE_URL": f"sqlite:///{here / 'copy.sqlite3'}", "TRAEKTORIA_DATA": str(here),
        "TRAEKTORIA_DEMO": "1", **{variable: str(files / name) for name, variable in VARIABLES.items()},
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.demo.light"]
    answer = subprocess.run(command, env=environment, input=json.dumps(pages), stdout=subprocess.PIPE, text=True)
    assert answer.returncode == 0
    return json.loads(answer.stdout)  # type: ignore[no-any-return]


def test_nothing_heavy_is_loaded_at_the_start(told: dict[str, Any]) -> None:
    assert told["at start"] == []


def test_no_page_and_no_paper_loads_anything_heavy(told: dict[str, Any]) -> None:
    assert told["pages"] == {}
    assert told["broken"].keys() <= WITH_MAIL
    assert {"text/html", "application/pdf"} <= set(told["types"])
    assert any("wordprocessing" in one for one in told["types"]), "a paper to edit was drawn too"
