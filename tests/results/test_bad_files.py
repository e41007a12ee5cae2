"""Bad input: a sentence each, no traceback, nothing half-written – through the action and through the page."""

import io
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from tests.engines.results.mutants import all_mutants
from tests.factories import make_centre
from tests.results.samples import make_file
from tests.thoroughness import rounds
from traektoria.core.errors import DomainError
from traektoria.engines.results.dirt import KINDS
from traektoria.engines.results.errors import UNRECOGNISED_CODES
from traektoria.engines.results.layouts import LAYOUTS
from traektoria.engines.tables.errors import UNREADABLE_CODES
from traektoria.organisations.models import TutorCentre
from traektoria.results import wording
from traektoria.results.actions import import_file
from traektoria.results.models import Dataset, Procedure
from traektoria.results.refusals import SENTENCES, sentence_of

A_CENTRE = 12
"""So many mutants come to one centre."""
TOLD = {"procedure": "vpr", "year": 2021, "subject": "math", "grade": 4, "school": "sch100001"}


def folders() -> set[str]:
    target = Path(settings.DATASETS)
    return {path.name for path in target.iterdir()} if target.is_dir() else set()


def test_every_code_of_the_engine_is_worded() -> None:
    assert SENTENCES.keys() == UNREADABLE_CODES | UNRECOGNISED_CODES | {"needs_answers"}
    assert wording.DIRT.keys() == set(KINDS)
    assert wording.LAYOUTS.keys() == set(LAYOUTS)
    assert set(Procedure.values) == {"vpr", "oge", "ege", "complex"}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_refusal_names_the_file_and_reads_in_russian(code: str) -> None:
    with translation.override("ru"):
        words = sentence_of(code, {"size": 5, "limit": 3, "rows": 7, "columns": 9, "row": 2}, "файл.xlsx")
    assert "«файл.xlsx»" in words
    with translation.override("en"):
        assert sentence_of(code, {"row": 2}, "файл.xlsx") != words


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.django_db
def test_no_mutant_ends_in_anything_but_a_dataset_or_a_sentence() -> None:
    """As many of them as it takes; the engine reads each (``tests/engines/results/test_import_refusals.py``)."""
    endings = []
    asked = list(all_mutants().items())[:: rounds(5, 1)]
    for place, (name, content) in enumerate(asked):
        if place % A_CENTRE == 0:  # each file that was taken is compared with every later one of its centre
            centre = make_centre()
        endings.append(_ending(centre, name, content))
    assert len(endings) >= rounds(50, 250)
    assert endings.count("refused") >= rounds(20, 100)


def _ending(centre: TutorCentre, name: str, content: bytes) -> str:
    before, rows, words = folders(), Dataset.objects.count(), ""
    try:
        outcome = import_file(centre=centre, content=content, filename="файл.xlsx", by=None, answers=TOLD)
    except DomainError as refusal:
        words = refusal.sentence
    if not words:
        assert folders() - before == {outcome.dataset.folder}, name
        return "imported"
    assert len(words) > 20, name
    assert (folders(), Dataset.objects.count()) == (before, rows), name
    return "refused"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["zip bomb", "macros", "a million lines", "html", "old excel", "form: cut to 6/12", "cells: header only"]
)
def test_the_page_says_why(as_, name: str) -> None:  # type: ignore[no-untyped-def]
    content = all_mutants()[name]
    answer = as_("coordinator").post(
        "/results/upload/", {"file": SimpleUploadedFile("файл.xlsx", content)}, follow=True
    )
    assert answer.status_code == 200
    assert "«файл.xlsx»" in answer.content.decode()
    assert "notice--danger" in answer.content.decode()
    assert Dataset.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "code"), [(10**6, "too_many_rows"), (10, "damaged")])
def test_a_million_rows_of_a_workbook_are_not_read_to_the_end(number: int, code: str) -> None:
    """The sheet breaks off in its last row: who gets there says so."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, number))
    sheet = f"<worksheet><sheetData>{rows}<row "
    content, _name = make_file()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            target.writestr(part, sheet if part.endswith("sheet1.xml") else source.read(part))
    with pytest.raises(DomainError) as refusal:
        import_file(centre=make_centre(), content=made.getvalue(), filename="миллион.xlsx", by=None)
    assert refusal.value.code == code


KILLED = """
import os, sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from traektoria.organisations.models import Municipality, Region, TutorCentre
from traektoria.results import actions, dataset_import
from traektoria.results.management.commands.import_results import centre_named
call_command("migrate", verbosity=0)
centre_named(None)
centre = TutorCentre.objects.get()
path, points = Path(sys.argv[1]), sys.argv[2:]
def stop(*args, **kwargs):
    os.kill(os.getpid(), 9)
for point in points:
    connection.close()
    child = os.fork()
    if child:
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    setattr(dataset_import, point, stop)
    actions.import_file(centre=centre, content=path.read_bytes(), filename=path.name, by=None)
    os._exit(0)
"""


TRAEKTORIA = [sys.executable, "-m", "traektoria.config.cli"]


def _environment(data: Path) -> dict[str, str]:
    """An installation of its own in ``data``, on SQLite."""
    settings = {"DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "traektoria.config.settings"}
    return {**os.environ, **settings, "TRAEKTORIA_DATA": str(data)}


@pytest.mark.slow
def test_a_killed_import_leaves_nothing_and_the_next_is_fine(tmp_path: Path) -> None:
    """In a new installation three imports die, each at another point; then the same file comes once more."""
    data = tmp_path / "data"
    environment = _environment(data)
    content, name = make_file()
    (tmp_path / name).write_bytes(content)
    points = ("write_examples", "row_of", "school_rows")
    ended = _run([sys.executable, "-c", KILLED, str(tmp_path / name), *points], environment)
    assert ended.split() == [str(-signal.SIGKILL)] * len(points)
    left = {path.name for path in (data / "datasets").iterdir()}
    assert all(folder.startswith(".tmp-") for folder in left)
    done = _run([*TRAEKTORIA, "import_results", str(tmp_path / name), "--json"], environment)
    assert '"dataset": 1' in done


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
