"""``traektoria check``: every kind of difference is told with its remedy, and an exit code."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from django.core.files.base import ContentFile
from django.core.management import call_command

from tests.copies import Copies
from tests.core.installation.drill import PNG
from tests.core.installation.test_identity import apart as apart  # a fixture
from tests.results.samples import make_dataset
from tests.routes.route_factories import actor, make_running
from tests.world import World, make_world
from traektoria.core.installation.identity import MARK
from traektoria.core.models import Leaving
from traektoria.diagnostics.bank.actions.items import NewPicture, keep_pictures
from traektoria.diagnostics.models import BankItem, ItemPicture
from traektoria.documents.models import IssuedDocument
from traektoria.results.actions import map_rest
from traektoria.results.models import Dataset
from traektoria.routes.models import ItemEvidence
from traektoria.routes.route.actions.doing import add_file

PDF = b"%PDF-1.4 made up"


class Things:
    """A dataset, a file of evidence and a picture of an item, in folders of their own."""

    def __init__(self, world: World) -> None:
        outcome = make_dataset(world.own)
        self.dataset: Dataset = outcome.dataset
        map_rest(centre=world.own, codes=list(outcome.unknown), by=None)
        item = make_running(world).items.all()[0]
        self.evidence: ItemEvidence = add_file(
            item=item, file=ContentFile(PDF, name="план.pdf"), by=actor(world, "teacher")
        )
        self.item = BankItem.objects.create(centre=world.own, name="С рисунком", kind="single", subject="math")
        keep_pictures(self.item, [NewPicture("1.png", "image/png", PNG, "Точка")])
        self.picture: ItemPicture = self.item.pictures.get()


@dataclass
class Stage:
    world: World
    things: Things


def make_stage() -> Stage:
    world = make_world()
    return Stage(world, Things(world))


STAGES = Copies(make_stage)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the stage, to copy from."""
    return tmp_path_factory.mktemp("stage")


@pytest.fixture
def stage(db: None, apart: Path, kept: Path) -> Stage:
    stage = STAGES.one()
    made = stage.things.dataset.path.exists()
    shutil.copytree(*((apart, kept) if made else (kept, apart)), dirs_exist_ok=True)
    return stage


@pytest.fixture
def things(stage: Stage) -> Things:
    return stage.things


@pytest.fixture
def world(stage: Stage) -> World:
    return stage.world


def checked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    try:
        call_command("check", *words)
    except SystemExit as ended:
        return int(ended.code or 0), capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_a_whole_installation_has_no_differences(things: Things, capsys: pytest.CaptureFixture[str]) -> None:
    checked(capsys, "--mend")
    code, said = checked(capsys)
    assert code == 0, said


HARMS: dict[str, Callable[[Things], tuple[Path, str]]] = {
    "no dataset": lambda things: (things.dataset.path, "results.Dataset"),
    "no answers": lambda things: (things.dataset.path / "answers.parquet", "results.Dataset"),
    "no meta": lambda things: (things.dataset.path / "meta.json", "results.Dataset"),
    "no evidence": lambda things: (Path(things.evidence.file.path), "routes.ItemEvidence"),
    "no picture": lambda things: (Path(things.picture.file.path), "diagnostics.ItemPicture"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_gone_or_damaged_is_told(things: Things, harm: str, capsys: pytest.CaptureFixture[str]) -> None:
    path, owner = HARMS[harm](things)
    shutil.move(path, path.with_name(".elsewhere"))
    code, said = checked(capsys)
    assert code == 1
    assert str(path) in said
    assert owner in said


@pytest.mark.parametrize("harm", ["no answers", "no evidence", "no picture"])
def test_what_is_cut_short_is_told(things: Things, harm: str, capsys: pytest.CaptureFixture[str]) -> None:
    path, owner = HARMS[harm](things)
    path.write_bytes(path.read_bytes()[:-3])
    code, said = checked(capsys)
    assert code == 1
    assert str(path) in said
    assert owner in said


@pytest.mark.parametrize(
    "where", ["datasets/strange", "uploads/evidence/2020/01", "datasets/.tmp-import-x", "incoming/x"]
)
def test_what_nobody_names_is_told(things: Things, apart: Path, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    (apart / where).mkdir(parents=True)
    (apart / where / "file.pdf").write_bytes(PDF)
    code, said = checked(capsys)
    assert code == 1
    assert str(apart / where) in said
    assert (apart / where / "file.pdf").exists()


def test_one_who_looked_puts_it_aside(things: Things, apart: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (apart / "datasets" / "strange").mkdir()
    (apart / "datasets" / "strange" / "file").write_bytes(PDF)
    checked(capsys, "--mend")
    code, said = checked(capsys, "--set-aside")
    assert code == 0, said
    (row,) = Leaving.objects.all()
    assert (apart / "aside" / row.name / "file").read_bytes() == PDF
    assert things.dataset.path.is_dir()


def test_a_document_without_its_fact_is_told(things: Things, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    IssuedDocument.objects.create(
        centre=world.own, kind="route_card", object_id=999_999, version=1, content_sha256="0" * 64, code="AAAA-BBBB"
    )
    code, said = checked(capsys)
    assert code == 1
    assert "AAAA-BBBB" in said


def test_apart_is_told_and_nothing_else(things: Things, apart: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (apart / MARK).write_text("0" * 32)
    code, said = checked(capsys)
    assert code == 1
    assert "traektoria adopt" in said


def test_what_is_open_to_others_is_told_and_mended(
    things: Things, apart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checked(capsys, "--mend")
    path = Path(things.evidence.file.path)
    for open_one in (path, path.parent, apart):
        open_one.chmod(0o755)
    code, said = checked(capsys)
    assert code == 1
    assert "--mend" in said
    code, said = checked(capsys, "--mend")
    assert code == 0, said
    assert [one.stat().st_mode & 0o777 for one in (path, path.parent)] == [0o600, 0o700]


def test_what_is_written_is_closed_to_others(things: Things, apart: Path) -> None:
    for path in apart.rglob("*"):
        if path.name not in {"datasets", "uploads", "ballots"}:
            assert not path.stat().st_mode & 0o077, path
    assert not Path(product.FILE_UPLOAD_TEMP_DIR).stat().st_mode & 0o077


LOST: dict[str, tuple[str, str, Callable[[Things], str]]] = {
    "page of a dataset": ("no answers", "coordinator", lambda things: f"/results/{things.dataset.pk}/"),
    "marks": ("no dataset", "coordinator", lambda things: f"/results/{things.dataset.pk}/?table=marks"),
    "task": ("no answers", "coordinator", lambda things: f"/results/{things.dataset.pk}/tasks/1/"),
    "xlsx": ("no meta", "coordinator", lambda things: f"/results/{things.dataset.pk}/table.xlsx"),
    "evidence": ("no evidence", "teacher", lambda things: f"/support/evidence/{things.evidence.pk}/"),
    "picture": ("no picture", "coordinator", lambda things: f"/diagnostics/pictures/{things.picture.pk}/"),
    "hypotheses": ("no answers", "coordinator", lambda things: f"/diagnostics/datasets/{things.dataset.pk}/propose/"),
}


@pytest.mark.parametrize("damaged", [False, True])
@pytest.mark.parametrize("what", LOST)
def test_a_lost_file_is_a_sentence_on_its_page(things: Things, as_: Any, what: str, damaged: bool) -> None:
    harm, viewer, url = LOST[what]
    path, _owner = HARMS[harm](things)
    if damaged and path.suffix in {".parquet", ".json"}:
        path.write_bytes(path.read_bytes()[:40])
    else:
        shutil.move(path, path.with_name(".elsewhere"))
    client = as_(viewer)
    client.raise_request_exception = False
    answer = (client.post if what == "hypotheses" else client.get)(url(things))
    assert answer.status_code == 410
    assert "traektoria check" in answer.content.decode()


def test_an_entry_without_its_files_can_be_deleted_and_loaded_anew(things: Things, world: World, as_: Any) -> None:
    shutil.rmtree(things.dataset.path)
    client = as_("coordinator")
    url = f"/results/{things.dataset.pk}/delete/"
    assert f'action="{url}"' in client.get(f"/results/{things.dataset.pk}/").content.decode()
    assert client.post(url).status_code == 302
    assert make_dataset(world.own).dataset.path.is_dir()
