"""A work without a scale says so; a scale that is entered gives marks, and nothing that was shown changes unseen."""

import io
import json
import random
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from tests.factories import make_centre
from tests.results.samples import SITTING
from tests.world import World
from traektoria.core.errors import Refused
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import actor_of
from traektoria.results.actions import delete_dataset, enter_scale, import_file, take_back_scale
from traektoria.results.grounds import grounds_of
from traektoria.results.models import Dataset, PublishedState, WorkScale
from traektoria.results.publication import decisions_of

pytestmark = pytest.mark.django_db
TASKS = 6
FIRST = {"min_3": "4", "min_4": "7", "min_5": "10", "max_primary": "", "source": "приказ"}
CLASSES = {"990001": ("5А", "5Б"), "990002": ("5А", "5Б")}


def content_of(
    classes: dict[str, tuple[str, ...]] = CLASSES, size: int = 20, marks: bool = False, work: int = 0
) -> bytes:
    """Classes of pupils with 0–2 points for each of six tasks; ``marks``: the file states «3» for everybody."""
    head = ["школа", "класс", "участник", *map(str, range(1, TASKS + 1)), *(["отметка"] if marks else [])]
    lines = [";".join(head)]
    for school, names in classes.items():
        for name in names:
            for number in range(size):
                chance = random.Random(f"{work} {school} {name} {number}")
                own = [str(chance.randint(0, 2)) for _ in range(TASKS)]
                lines.append(";".join([school, name, f"5{len(lines):04}", *own, *(["3"] if marks else [])]))
    return "\n".join(lines).encode("utf-8-sig")


def load(centre: TutorCentre, **how: Any) -> Dataset:
    return import_file(
        centre=centre, content=content_of(**how), filename=f"т{how}.csv", by=None, answers=SITTING
    ).dataset


def enter(centre: TutorCentre, *boundaries: int, **how: Any) -> list[str]:
    _scale, made = enter_scale(centre=centre, work=SITTING, boundaries=boundaries, by=None, **how)
    return [one.outcome for one in made]


def table(dataset: Dataset, name: str, by: str = "region") -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("results_table", str(dataset.pk), "--table", name, "--by", by, stdout=out)
    rows: list[dict[str, Any]] = json.loads(out.getvalue())["rows"]
    return rows


def rows_of(dataset: Dataset) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(dataset.path / "participants.parquet").to_pylist()
    return found


def test_a_work_without_a_scale_says_so_everywhere(world: World, as_: Any) -> None:
    client = as_("coordinator")
    url = client.post("/results/upload/", {"file": SimpleUploadedFile("т.csv", content_of())})["Location"]
    answer = client.post(url, SITTING, follow=True)
    assert "отметок нет" in answer.content.decode().replace("\xa0", " ")
    dataset = Dataset.objects.get()
    for name in ("marks", "journal", "primary"):
        body = client.get(f"/results/{dataset.pk}/?table={name}").content.decode()
        assert "Шкалы нет" in body
        assert f"/results/{dataset.pk}/scale/" in body
    assert "Шкалы нет" not in client.get(f"/results/{dataset.pk}/").content.decode()


def test_the_command_that_imports_says_so_too(tmp_path: Path) -> None:
    make_centre()
    path = tmp_path / "т.csv"
    path.write_bytes(content_of())
    told = [part for name, value in SITTING.items() for part in (f"--{name}", str(value))]
    out = io.StringIO()
    call_command("import_results", str(path), *told, stdout=out)
    assert "mark_scale" in out.getvalue()


def test_the_form_gives_marks_and_the_page_says_since_when(world: World, as_: Any) -> None:
    dataset = load(world.own)
    client, url = as_("coordinator"), f"/results/{dataset.pk}/scale/"
    body = client.get(url).content.decode()
    assert "Что меняется" in body
    assert dataset.source_name in body

    condition = {"mark_1": "4", "points_1": "3", "tasks_1": "5–6", "name_1": "геометрия"}
    answer = client.post(url, {**FIRST, **condition}, follow=True)

    assert answer.status_code == 200
    dataset.refresh_from_db()
    body = client.get(f"/results/{dataset.pk}/?table=marks").content.decode().replace("\xa0", " ")
    assert "«3» – от 4 баллов, «4» – от 7, «5» – от 10" in body
    assert "не меньше 3 баллов за задания 5, 6 (геометрия)" in body
    assert "До этого отметок не было" in body
    assert table(dataset, "marks")[0]["n"] == 80
    scores = {row["participant"]: row for row in rows_of(dataset)}
    parts = {}
    for answer in pq.read_table(dataset.path / "answers.parquet").to_pylist():
        if answer["task"] in ("5", "6"):
            parts[answer["participant_row"]] = parts.get(answer["participant_row"], 0) + answer["score"]
    for row in scores.values():
        points, part = row["primary_score"], parts[row["row"]]
        expected = 2 + (points >= 4) + (points >= 7 and part >= 3) + (points >= 10 and part >= 3)
        assert row["mark"] == expected
    again = client.get(url).content.decode()
    assert 'value="приказ"' in again
    assert 'value="5, 6"' in again


@pytest.mark.parametrize(
    "wrong",
    [
        {"min_4": "3"},
        {"min_5": ""},
        {"min_3": "0"},
        {"max_primary": "8"},
        {"mark_1": "4"},
        {"mark_1": "4", "points_1": "2", "tasks_1": "77"},
        {"mark_1": "4", "points_1": "2", "tasks_1": "6-2"},
        {"points_2": "2", "tasks_2": "1"},
        {"mark_1": "9", "points_1": "2", "tasks_1": "1"},
    ],
)
def test_a_scale_that_can_not_be_is_refused_and_nothing_changes(world: World, as_: Any, wrong: dict[str, str]) -> None:
    dataset = load(world.own)
    answer = as_("coordinator").post(f"/results/{dataset.pk}/scale/", {**FIRST, **wrong})
    assert answer.status_code == 422
    assert not WorkScale.objects.exists()
    assert table(dataset, "marks") == []


def test_a_file_that_comes_later_gets_the_scale_at_once_and_another_centre_does_not(world: World) -> None:
    enter(world.own, 4, 7, 10)
    assert grounds_of(load(world.own)).mark_basis == "scale"
    assert grounds_of(load(world.foreign, work=1)).mark_basis is None


def test_other_tables_stay_as_they_were_shown_and_the_earlier_state_is_remembered(world: World) -> None:
    dataset = load(world.own)
    before = {name: table(dataset, name, "class") for name in ("completion", "primary")}
    decisions = decisions_of(dataset).tables
    shown = next(row for row in before["completion"] if "percent" in row)
    assert list(shown)[-12:] == [
        *("task", "position", "level", "max", "n", "not_started", "percent", "low", "high", "zone", "note", "kim"),
    ]
    assert (type(shown["n"]), type(shown["not_started"]), type(shown["percent"])) == (int, int, float)

    assert enter(world.own, 4, 7, 10) == ["marked"]

    dataset.refresh_from_db()
    assert table(dataset, "completion", "class") == before["completion"]
    assert [row["n"] for row in table(dataset, "primary", "class")] == [row["n"] for row in before["primary"]]
    after = decisions_of(dataset).tables
    assert {name: after[name] for name in decisions if name not in ("marks", "journal")} == {
        name: decisions[name] for name in decisions if name not in ("marks", "journal")
    }
    assert [state.dataset_id for state in PublishedState.objects.all()] == [None, dataset.pk]
    assert len(table(dataset, "marks", "class")) == 4


def test_a_scale_that_changes_few_marks_leaves_what_readers_have_seen(world: World, as_: Any) -> None:
    """Who compares two tables of marks would find the pupils between the two boundaries."""
    dataset = load(world.own)
    enter(world.own, 4, 7, 10)
    dataset.refresh_from_db()
    shown = table(dataset, "marks")
    points = [row["primary_score"] for row in rows_of(dataset)]
    moved = next(score for score in range(11, 13) if 0 < sum(10 <= own < score for own in points) < 10)

    assert enter(world.own, 4, 7, moved) == ["kept"]

    dataset.refresh_from_db()
    assert table(dataset, "marks") == shown
    assert grounds_of(dataset).scale["min_5"] == 10


def test_a_scale_that_changes_many_marks_of_two_schools_replaces_them(world: World) -> None:
    dataset = load(world.own)
    enter(world.own, 4, 7, 10)
    shown = table(Dataset.objects.get(), "marks")

    assert enter(world.own, 2, 4, 6) == ["marked"]

    dataset.refresh_from_db()
    assert table(dataset, "marks") != shown
    assert "другой шкале" in grounds_of(dataset).marks


def test_marks_of_the_file_give_way_to_the_scale_with_a_word(world: World) -> None:
    dataset = load(world.own, marks=True)
    assert table(dataset, "marks")[0]["counts"]["3"] == 80
    assert enter(world.own, 4, 7, 10) == ["marked"]
    dataset.refresh_from_db()
    assert table(dataset, "marks")[0]["counts"]["3"] < 80
    assert "из файла" in grounds_of(dataset).marks


def test_the_folder_changes_whole_and_the_dataset_can_be_deleted(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    dataset = load(world.own)
    old = dataset.path
    with django_capture_on_commit_callbacks(execute=True):
        enter(world.own, 4, 7, 10)
    dataset.refresh_from_db()
    assert dataset.path.is_dir()
    assert not old.exists()
    with django_capture_on_commit_callbacks(execute=True):
        delete_dataset(dataset=dataset, by=None)
    assert not dataset.path.exists()


def test_a_lost_file_keeps_its_row_and_is_told(world: World) -> None:
    dataset = load(world.own)
    (dataset.path / "answers.parquet").unlink()
    assert enter(world.own, 4, 7, 10) == ["lost"]
    folder = dataset.folder
    dataset.refresh_from_db()
    assert dataset.folder == folder


def test_another_maximum_and_missing_tasks_give_no_marks(world: World) -> None:
    dataset = load(world.own)
    Dataset.objects.update(dirt={})
    assert enter(world.own, 4, 7, 10, maximum=31) == ["other_maximum"]
    assert table(dataset, "marks") == []


def test_the_command_enters_a_scale(tmp_path: Path) -> None:
    centre = make_centre()
    dataset = load(centre)
    told = [part for name, value in SITTING.items() for part in (f"--{name}", str(value))]
    out = io.StringIO()
    call_command(
        "mark_scale", *told, "--marks", "4", "7", "10", "--condition", "3:1:5-6:геометрия", "--json", stdout=out
    )
    assert json.loads(out.getvalue())["datasets"] == [
        {"dataset": dataset.pk, "outcome": "marked", "marks": 80, "changed": 0}
    ]
    for wrong in (["--marks", "7", "4", "10"], ["--marks", "4", "7", "10", "--condition", "так"]):
        with pytest.raises(CommandError):
            call_command("mark_scale", *told, *wrong)


def test_a_scale_that_was_entered_can_be_taken_back(world: World, as_: Any) -> None:
    dataset = load(world.own)
    client, url = as_("coordinator"), f"/results/{dataset.pk}/scale/"
    assert "take-back" not in client.get(url).content.decode()
    assert enter(world.own, 4, 7, 10) == enter(world.own, 3, 6, 9) == ["marked"]
    assert "take-back" in client.get(url).content.decode()
    answer = client.post(f"{url}take-back/", follow=True)
    assert "отметок снова нет" in answer.content.decode().replace("\xa0", " ")
    dataset.refresh_from_db()
    assert {row["mark"] for row in rows_of(dataset)} == {None}
    body = client.get(f"/results/{dataset.pk}/?table=marks").content.decode().replace("\xa0", " ")
    assert "Шкалы нет" in body
    assert "были отметки по шкале, которую отменили" in body
    assert WorkScale.objects.count() == 2, "what was entered stays in the history"
    answer = client.post(f"{url}take-back/", follow=True).content.decode().replace("\xa0", " ")
    assert "Центр не вводил шкалу этой работы" in answer
    assert enter(world.own, 4, 7, 10) == ["marked"]
    assert table(Dataset.objects.get(pk=dataset.pk), "marks")[0]["n"] == 80


def test_marks_of_the_file_come_back_with_the_scale_taken_back(world: World) -> None:
    """Also where the scale was there before the file."""
    first = load(world.own, marks=True)
    enter(world.own, 4, 7, 10)
    later = load(world.own, marks=True, work=1, classes={"990003": ("5А", "5Б"), "990004": ("5А", "5Б")})
    for dataset in (first, later):
        dataset.refresh_from_db()
        assert {row["mark"] for row in rows_of(dataset)} != {3}
    made = take_back_scale(centre=world.own, work=SITTING, by=None)
    assert [one.outcome for one in made] == ["stated", "stated"]
    for dataset in (first, later):
        dataset.refresh_from_db()
        assert {row["mark"] for row in rows_of(dataset)} == {3}
        assert grounds_of(dataset).mark_basis == "stated"


def test_the_command_takes_a_scale_back() -> None:
    centre = make_centre()
    dataset = load(centre)
    told = [part for name, value in SITTING.items() for part in (f"--{name}", str(value))]
    call_command("mark_scale", *told, "--marks", "4", "7", "10", stdout=io.StringIO())
    out = io.StringIO()
    call_command("mark_scale", *told, "--take-back", stdout=out)
    assert "Шкала отменена" in out.getvalue()
    assert "отметок снова нет" in out.getvalue()
    dataset.refresh_from_db()
    assert {row["mark"] for row in rows_of(dataset)} == {None}
    for wrong in ([], ["--take-back"]):
        with pytest.raises(CommandError):
            call_command("mark_scale", *told, *wrong, stdout=io.StringIO())


def test_only_the_coordinator_enters_a_scale(world: World) -> None:
    load(world.own)
    with pytest.raises(Refused):
        enter_scale(
            centre=world.own, work=SITTING, boundaries=(4, 7, 10), by=actor_of(world.accounts["foreign_coordinator"])
        )
