"""The drill: an installation is copied while people write, and restored elsewhere and into the other database.

On SQLite it goes from file to file; on PostgreSQL to SQLite and back. That a harmed archive is told is asked of what
either database wrote; all ways of harming it, what is SQLite in both runs, and what a file in the folder refuses, once.
"""

import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.core.installation.drill import Writer, attempt, environment, part, run
from traektoria.core.installation.archive import NotWhole, reading, writing
from traektoria.core.installation.locks import BACKUP, ERASING, RUNNING

pytestmark = [pytest.mark.slow, pytest.mark.processes]


class Place:
    """An installation of the drill: its folder and how its processes see it."""

    def __init__(self, data: Path, database: str = "") -> None:
        self.data, self.where = data, environment(data, database)

    def told(self) -> Any:
        return part("told", where=self.where)


@pytest.fixture(scope="module")
def postgres() -> Iterator[list[str]]:
    """Addresses of two new databases of the server of this run; none on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield []
        return
    import psycopg

    names = [f"drill_{uuid4().hex[:8]}" for _number in range(2)]
    with psycopg.connect(url, autocommit=True) as server:
        for name in names:
            server.execute(f'CREATE DATABASE "{name}"')
        yield [urlsplit(url)._replace(path=f"/{name}").geturl() for name in names]
        for name in names:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, postgres: list[str]) -> Place:
    place = Place(tmp_path_factory.mktemp("first") / "data", *postgres[:1])
    place.things = part("fill", where=place.where)  # type: ignore[attr-defined]
    return place


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, filled: Place) -> Path:
    """Copied while a process beside writes, attaches files and takes half of them away again."""
    target = tmp_path_factory.mktemp("archives") / "copy.zip"
    with Writer(filled.where):
        run("backup", target, where=filled.where)
    return target


def rows_in(path: Path) -> dict[str, list[Any]]:
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith("rows/")]
        return {name[5:-6]: [json.loads(line) for line in package.open(name)] for name in names}


def test_the_copy_is_of_one_moment(archive: Path) -> None:
    """Every comment with its audit event, every file that a row names."""
    rows, manifest = rows_in(archive), json.loads(zipfile.ZipFile(archive).read("manifest.json"))
    texts = [row for row in rows["routes.itemcomment"] if any(str(value).startswith("n") for value in row)]
    events = [row for row in rows["core.auditevent"] if "drill" in row]
    assert len(texts) == len(events) > 0
    assert manifest["missing"] == []
    assert archive.stat().st_mode & 0o777 == 0o600


def test_restored_it_is_the_same_row_by_row_and_file_by_file(
    tmp_path: Path, filled: Place, archive: Path, postgres: list[str]
) -> None:
    there = Place(tmp_path / "there")
    told = part("restored", archive, where=there.where)
    assert told["tables"] == rows_in(archive)
    things = filled.things  # type: ignore[attr-defined]
    assert {f"uploads/{things['evidence']}", f"uploads/{things['picture']}"} <= told["files"].keys()
    assert f"datasets/{things['dataset']}/answers.parquet" in told["files"]
    if postgres:
        back = Place(tmp_path / "back", postgres[1])
        run("backup", tmp_path / "again.zip", where=there.where)
        assert part("restored", tmp_path / "again.zip", where=back.where) == told
        there = back
    else:
        assert run("check", where=there.where)
    given = json.loads(zipfile.ZipFile(archive).read("manifest.json"))["last_ids"]["routes_itemcomment"]
    assert part("next_comment", where=there.where) == given + 1
    assert mark(there) != mark(filled)


def mark(place: Place) -> str:
    return (place.data / ".installation").read_text()


@pytest.mark.once
def test_restore_overwrites_only_when_told(filled: Place, archive: Path) -> None:
    refused = attempt("restore", archive, where=filled.where)
    assert refused.returncode != 0
    assert "--replace" in refused.stderr


def test_restore_keeps_what_was_and_goes_on_when_killed(filled: Place, archive: Path, postgres: list[str]) -> None:
    """Killed in its last step: the files have changed places, the database has not. What is refused meanwhile and
    afterwards says a file of the folder: once."""
    part("killed_restore", archive, where=filled.where)
    if not postgres:
        refused = attempt("tasks", "--run", where=filled.where)
        assert refused.returncode != 0
        assert "restore --finish" in refused.stderr
    run("restore", "--finish", where=filled.where)
    assert filled.told()["tables"] == rows_in(archive)
    assert list((filled.data / "datasets").glob(".before_restore_*/*/answers.parquet"))
    if not postgres:
        assert attempt("restore", "--finish", where=filled.where).returncode != 0
        assert list(filled.data.glob("before_restore_*.sqlite3"))


HARMS = ("cut", "without a manifest", "other text", "a file too many")


@pytest.mark.parametrize("harm", ["changed", *(pytest.param(harm, marks=pytest.mark.once) for harm in HARMS)])
def test_what_is_not_a_whole_archive_is_told_before_anything_is_written(
    tmp_path: Path, archive: Path, harm: str
) -> None:
    with pytest.raises(NotWhole), reading(harmed(archive, tmp_path / "broken.zip", harm)) as broken:
        broken.verify()


def harmed(archive: Path, broken: Path, harm: str) -> Path:
    whole = archive.read_bytes()
    if harm in {"cut", "other text"}:
        broken.write_bytes(whole[: len(whole) // 2] if harm == "cut" else b"not an archive")
        return broken
    with zipfile.ZipFile(archive) as package, zipfile.ZipFile(broken, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            if name.startswith("files/uploads/") and harm == "changed":
                content += b"!"
            if name != "manifest.json" or harm != "without a manifest":
                copy.writestr(name, content)
        if harm == "a file too many":
            copy.writestr("files/uploads/../../evil", b"1")
    return broken


@pytest.mark.once
def test_a_refused_restore_changes_nothing(tmp_path: Path, archive: Path) -> None:
    data = tmp_path / "data"
    refused = attempt("restore", harmed(archive, tmp_path / "broken.zip", "changed"), where=environment(data))
    assert refused.returncode != 0
    assert "Traceback" not in refused.stderr
    assert not any((data / "uploads").iterdir())
    assert not any((data / "datasets").iterdir())


@pytest.mark.once
@pytest.mark.parametrize("command", [("start", "--prepare-only"), ("import_results", "a.csv", "--centre", "1")])
def test_another_database_does_not_begin_in_this_folder(
    tmp_path: Path, filled: Place, command: tuple[str, ...]
) -> None:
    other = environment(filled.data, f"sqlite:///{tmp_path}/other.sqlite3")
    before = held(filled.data)
    refused = attempt(*command, where=other)
    assert refused.returncode != 0
    assert "traektoria adopt" in refused.stderr
    assert held(filled.data) == before


def held(data: Path) -> list[Path]:
    """Everything kept in the folder but locks, which a refused command may take and lets go."""
    return sorted(path for path in data.rglob("*") if path.name not in (BACKUP, ERASING, RUNNING))


def test_a_killed_backup_leaves_nothing_that_looks_like_one(tmp_path: Path) -> None:
    with writing(tmp_path / "copy.zip") as archive:
        archive.lines("rows/a.jsonl", [b"1\n"])
        assert [path.name.startswith(".") for path in tmp_path.iterdir()] == [True]
        with pytest.raises(zipfile.BadZipFile):
            zipfile.ZipFile(next(tmp_path.iterdir()))
    assert [path.name for path in tmp_path.iterdir()] == ["copy.zip"]
