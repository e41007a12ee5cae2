"""«No grounds» is a good answer, said with its reason to the teacher, the tutor and whoever reads the file."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.diagnostics.factories import make_hypothesis
from tests.diagnostics.problem_field.test_from_results import FEW, MANY, dataset, ordinary, second_class
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.diagnostics.problem_field.actions.from_results import propose_from_dataset
from traektoria.diagnostics.problem_field.queries.grounds import NoGrounds, no_grounds
from traektoria.results.models import DatasetSchool

KIND = "хороший ответ"
CLASSES = {("sch990001", "4А"): ordinary(1), ("sch990001", "4Б"): ordinary(2)}


@pytest.fixture(autouse=True)
def datasets(settings: Settings, tmp_path: Path) -> None:
    settings.DATASETS = tmp_path


def reason(world: World) -> NoGrounds:
    return no_grounds(world.accounts["teacher"].person_id or 0)


def page_of(as_: Any, viewer: str, url: str) -> str:
    return str(as_(viewer).get(url).content.decode()).replace("\xa0", " ")


def test_before_any_file_there_is_no_answer_yet(world: World, as_: Any) -> None:
    assert reason(world) is NoGrounds.NO_RESULTS
    page = page_of(as_, "teacher", "/diagnostics/")
    assert "пока не рассматривались" in page
    assert KIND not in page


def test_one_class_of_one_work_says_nothing(world: World, tmp_path: Path) -> None:
    row = dataset(world, tmp_path, CLASSES)
    assert reason(world) is NoGrounds.NO_RESULTS
    propose_from_dataset(dataset=row, by=None)
    assert reason(world) is NoGrounds.ONE_CLASS


@pytest.mark.parametrize(("others", "found"), [(FEW, NoGrounds.FEW_SCHOOLS), (MANY, NoGrounds.ORDINARY)])
def test_two_classes_that_stand_as_others(world: World, tmp_path: Path, others: Any, found: NoGrounds) -> None:
    second_class(world)
    propose_from_dataset(dataset=dataset(world, tmp_path, CLASSES, others=others), by=None)
    assert reason(world) is found


def test_a_file_without_ones_school_is_none_of_ones(world: World, tmp_path: Path) -> None:
    row = dataset(world, tmp_path, CLASSES)
    propose_from_dataset(dataset=row, by=None)
    DatasetSchool.objects.create(dataset=row, code="sch990099")
    assert reason(world) is NoGrounds.NO_RESULTS


@pytest.mark.parametrize(
    ("strength", "state", "told"),
    [("question", "proposed", True), ("moderate", "proposed", False), ("moderate", "dropped", True)],
)
def test_where_a_supposition_stands_there_are_grounds(
    world: World, tmp_path: Path, as_: Any, strength: str, state: str, *, told: bool
) -> None:
    propose_from_dataset(dataset=dataset(world, tmp_path, CLASSES), by=None)
    decided = {"decided_at": timezone.now()} if state == "dropped" else {}
    make_hypothesis(world.own, world.accounts["teacher"].person, strength=strength, state=state, **decided)
    assert ("нет оснований" in page_of(as_, "teacher", "/diagnostics/")) is told


@pytest.mark.parametrize("viewer", ["teacher", "tutor"])
@pytest.mark.parametrize("asked", [False, True])
def test_both_readers_are_told_kindly_and_why(
    world: World, tmp_path: Path, as_: Any, viewer: str, *, asked: bool
) -> None:
    """With an empty field and beside a question alike."""
    person = world.accounts["teacher"].person
    make_support(world.own, world.accounts["tutor"].person, person)
    propose_from_dataset(dataset=dataset(world, tmp_path, CLASSES), by=None)
    if asked:
        make_hypothesis(world.own, person, strength="question")
    field = "/diagnostics/" if viewer == "teacher" else f"/diagnostics/people/{world.accounts['teacher'].person_id}/"
    page = page_of(as_, viewer, field)
    assert KIND in page
    assert "по ней о преподавании судить нельзя" in page


@pytest.mark.parametrize("viewer", ["head", "coordinator"])
@pytest.mark.parametrize(("others", "words"), [(FEW, "меньше 13 школ"), (MANY, KIND)])
def test_who_reads_the_file_is_told_too_and_no_number(
    world: World, tmp_path: Path, as_: Any, viewer: str, others: Any, words: str
) -> None:
    row = dataset(world, tmp_path, CLASSES, others=others)
    DatasetSchool.objects.create(dataset=row, code="sch990001", school=world.school)
    url = f"/results/{row.pk}/"
    assert words not in page_of(as_, viewer, url)
    propose_from_dataset(dataset=row, by=None)
    assert words in page_of(as_, viewer, url)
