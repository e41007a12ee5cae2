"""Database and folders carry each other's identity; nothing that another installation made is ever touched."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.factories import make_centre
from tests.results.samples import make_dataset
from traektoria.core.installation import identity, leavings
from traektoria.core.installation.identity import MARK, Apart, adopt, mark_of, settle
from traektoria.core.models import Installation, Leaving
from traektoria.tutors.commission import secrecy

pytestmark = pytest.mark.django_db
STRANGE = "0" * 32


@pytest.fixture
def apart(settings: Any, tmp_path: Path) -> Path:
    """All folders of this test, new and empty."""
    settings.DATA = tmp_path
    for name, slug in (("DATASETS", "datasets"), ("MEDIA_ROOT", "uploads"), ("BALLOTS", "ballots")):
        (tmp_path / slug).mkdir()
        setattr(settings, name, tmp_path / slug)
    return tmp_path


def forget() -> None:
    Installation.objects.all().delete()


def test_what_is_new_on_both_sides_gets_one_key(apart: Path) -> None:
    forget()
    key = settle()
    assert key == settle() == mark_of(apart) == Installation.objects.get().key
    assert len(key) == 32


def test_a_beginning_that_was_cut_short_goes_on(apart: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forget()

    def killed(folder: Path, key: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(identity, "put_mark", killed)
        with pytest.raises(KeyboardInterrupt):
            settle()
    assert settle() == mark_of(apart)


def test_an_empty_database_does_not_begin_in_the_folder_of_another(apart: Path) -> None:
    (apart / MARK).write_text(STRANGE)
    forget()
    with pytest.raises(Apart):
        settle()
    assert not Installation.objects.exists()


def test_a_database_does_not_run_with_the_folder_of_another(apart: Path) -> None:
    (apart / MARK).write_text(STRANGE)
    with pytest.raises(Apart) as refusal:
        settle()
    assert str(apart) in refusal.value.details
    assert "traektoria adopt" in refusal.value.details
    assert str(apart) not in refusal.value.sentence


@pytest.mark.parametrize("slug", ["datasets", "uploads"])
def test_files_of_nobody_are_not_taken_over_in_silence(apart: Path, slug: str) -> None:
    (apart / slug / "somebodys").mkdir()
    (apart / slug / "somebodys" / "file").write_bytes(b"1")
    with pytest.raises(Apart):
        settle()
    forget()
    with pytest.raises(Apart):
        settle()


def test_a_database_whose_files_are_not_there_does_not_run(apart: Path) -> None:
    dataset = make_dataset(make_centre()).dataset
    (apart / MARK).unlink()
    dataset.path.rename(apart / "elsewhere")
    with pytest.raises(Apart):
        settle()
    (apart / "elsewhere").rename(dataset.path)
    assert settle() == mark_of(apart)


@pytest.mark.parametrize("name", ["DATASETS", "MEDIA_ROOT"])
def test_a_folder_that_was_set_apart_carries_the_mark_too(settings: Any, tmp_path: Path, name: str) -> None:
    setattr(settings, name, tmp_path)
    assert settle() == mark_of(tmp_path)
    (tmp_path / MARK).write_text(STRANGE)
    with pytest.raises(Apart):
        settle()


def test_an_import_with_the_folder_of_another_database_touches_nothing(apart: Path) -> None:
    centre = make_centre()
    kept = make_dataset(centre).dataset
    for name in ("a-dataset", ".tmp-import-x"):
        (apart / "datasets" / name).mkdir()
        os.utime(apart / "datasets" / name, (0, 0))
    (apart / MARK).write_text(STRANGE)
    before = sorted(apart.rglob("*"))
    with pytest.raises(Apart):
        make_dataset(centre, seed=2)
    with pytest.raises(Apart):
        leavings.sweep_uploads()
    assert sorted(apart.rglob("*")) == before
    assert kept.path.is_dir()


def test_one_who_looked_lets_them_belong_together(apart: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (apart / MARK).write_text(STRANGE)
    call_command("adopt")
    assert STRANGE in capsys.readouterr().out
    with pytest.raises(Apart):
        settle()
    call_command("adopt", "--looked")
    assert settle() == mark_of(apart) != STRANGE


def test_the_server_does_not_start_apart(apart: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from traektoria.core.management.commands import start

    (apart / MARK).write_text(STRANGE)
    monkeypatch.setattr(start, "call_command", lambda *args, **kwargs: None)
    with pytest.raises(CommandError, match="traektoria adopt"):
        start.Command().handle(host="", port=0, workers=1, prepare_only=True)


def test_keys_of_another_installations_votes_are_not_swept(settings: Any, tmp_path: Path) -> None:
    settings.BALLOTS = tmp_path
    (tmp_path / "5.key").write_bytes(b"k" * 32)
    for act in (lambda: secrecy.kept_keys(), lambda: secrecy.make_key(5)):
        with pytest.raises(Apart):
            act()
    assert (tmp_path / "5.key").read_bytes() == b"k" * 32


def test_what_a_killed_import_left_is_put_aside_and_goes_a_month_later() -> None:
    target = Path(product.DATASETS)
    leavings.expect("datasets", ["left", "never-made"], aside=True)
    (target / "left").mkdir(parents=True)
    assert leavings.sweep() == 0
    Leaving.objects.update(due_at="2020-01-01T00:00Z")
    assert leavings.sweep() == 1
    row = Leaving.objects.get()
    assert not (target / "left").exists()
    assert (Path(product.DATA) / "aside" / row.name).is_dir()
    assert leavings.sweep() == 0
    assert leavings.sweep(row.due_at) == 1
    assert not (Path(product.DATA) / "aside" / row.name).exists()
    assert not Leaving.objects.exists()


def test_what_has_an_owner_by_now_stays() -> None:
    dataset = make_dataset(make_centre()).dataset
    leavings.expect("datasets", [dataset.folder], aside=False)
    Leaving.objects.update(due_at="2020-01-01T00:00Z")
    assert leavings.sweep() == 0
    assert dataset.path.is_dir()
    assert not Leaving.objects.exists()


def test_files_of_dead_requests_go_and_no_others() -> None:
    folder = Path(product.FILE_UPLOAD_TEMP_DIR)
    for name, age in (("tmpold.upload.xlsx", 2), ("tmpnew.upload.xlsx", 0), ("precious.xlsx", 2)):
        (folder / name).write_bytes(b"1")
        past = timezone.now().timestamp() - age * 86_400
        os.utime(folder / name, (past, past))
    leavings.sweep_uploads()
    assert {path.name for path in folder.iterdir()} >= {"tmpnew.upload.xlsx", "precious.xlsx"}
    assert not (folder / "tmpold.upload.xlsx").exists()


def test_nothing_goes_while_a_backup_reads() -> None:
    from traektoria.core.installation.locks import backing_up

    (Path(product.DATASETS) / "going").mkdir(parents=True)
    leavings.let_go("datasets", "going")
    with backing_up() as held:
        assert held
        assert leavings.sweep() == 0
    assert leavings.sweep() == 1


def test_adopting_is_needed_once(apart: Path) -> None:
    forget()
    key = adopt()
    assert settle() == key
