"""Proposing from a dataset: whose classes, which tasks, once, and with totals only."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from tests.diagnostics.factories import make_dataset, write_dataset
from tests.factories import make_class, make_employment, make_person, make_school
from tests.world import World
from traektoria.core.errors import Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.proposing import Totals, propose_from_dataset
from traektoria.people.actor import actor_of
from traektoria.results.models import Dataset, SchoolAlias, SpecifiedTask, TaskSpecification

GOOD, BAD = [1, 1, 1], [0, 1, 1]
OTHERS = {("sch990009", f"4{letter}"): [GOOD] * 20 for letter in "АБВ"}


@pytest.fixture(autouse=True)
def datasets(settings: Settings, tmp_path: Path) -> None:
    settings.DATASETS = tmp_path


def dataset(world: World, tmp_path: Path, classes: dict[Any, Any], **fields: Any) -> Dataset:
    return make_dataset(world.own, write_dataset(tmp_path / "set", {**classes, **OTHERS}), **fields)


def test_propose_finds_the_weak_task_of_the_teachers_class(world: World, tmp_path: Path) -> None:
    row = dataset(world, tmp_path, {("sch990001", "4 «а»"): [BAD] * 20})
    assert propose_from_dataset(dataset=row, by=None) == Totals(teachers=1, hypotheses=1, small=0)
    found = Hypothesis.objects.get()
    assert (found.person, found.topic[-2:], found.strength) == (world.accounts["teacher"].person, " 1", "strong")
    assert (found.state, found.block, found.subject) == ("proposed", "subject", "math")
    assert found.evidence["completion"] == 0.0
    assert found.evidence["completion_municipality"] == 100.0
    assert (found.evidence["n"], found.evidence["tasks"], found.evidence["classes"]) == (20, ["1"], ["4А"])


def test_propose_twice_adds_nothing_and_touches_no_decision(world: World, tmp_path: Path) -> None:
    row = dataset(world, tmp_path, {("sch990001", "4А"): [BAD] * 20})
    propose_from_dataset(dataset=row, by=None)
    Hypothesis.objects.update(state="dropped", decided_at="2026-09-10T10:00Z", topic="как было")
    assert propose_from_dataset(dataset=row, by=None).hypotheses == 0
    assert Hypothesis.objects.values_list("state", "topic").get() == ("dropped", "как было")


def test_propose_skips_a_small_class(world: World, tmp_path: Path) -> None:
    row = dataset(world, tmp_path, {("sch990001", "4А"): [BAD] * 9})
    assert propose_from_dataset(dataset=row, by=None) == Totals(teachers=1, hypotheses=0, small=1)


def test_propose_pools_the_teachers_classes(world: World, tmp_path: Path) -> None:
    work = world.accounts["teacher"].person.employments.get()  # type: ignore[union-attr]
    make_class(work, letter="Б")
    row = dataset(world, tmp_path, {("sch990001", "4А"): [BAD] * 6, ("sch990001", "4Б"): [BAD] * 6})
    assert propose_from_dataset(dataset=row, by=None).hypotheses == 1
    assert Hypothesis.objects.get().evidence["n"] == 12


@pytest.mark.parametrize("name", ["НЕТ", None, "4"])
def test_pupils_without_a_letter_are_the_only_teachers(world: World, tmp_path: Path, name: str | None) -> None:
    row = dataset(world, tmp_path, {("sch990001", name): [BAD] * 20})
    assert propose_from_dataset(dataset=row, by=None).hypotheses == 1


def test_pupils_without_a_letter_are_nobodys_where_two_teach(world: World, tmp_path: Path) -> None:
    make_class(make_employment(make_person(), world.school), letter="Б")
    row = dataset(world, tmp_path, {("sch990001", "НЕТ"): [BAD] * 20})
    assert propose_from_dataset(dataset=row, by=None).teachers == 0


def test_a_primary_teacher_answers_for_mathematics_unless_it_has_its_own_teacher(world: World, tmp_path: Path) -> None:
    primary = make_person()
    work = make_employment(primary, world.school, subjects=["primary"])
    make_class(work, letter="А", subject="primary")
    make_class(work, letter="Б", subject="primary")
    row = dataset(world, tmp_path, {("sch990001", "4А"): [BAD] * 20, ("sch990001", "4Б"): [BAD] * 20})
    propose_from_dataset(dataset=row, by=None)
    found = {(h.person_id, tuple(h.evidence["classes"])) for h in Hypothesis.objects.all()}
    assert found == {(world.accounts["teacher"].person_id, ("4А",)), (primary.pk, ("4Б",))}


def test_a_shared_class_is_said_to_be_shared(world: World, tmp_path: Path) -> None:
    make_class(make_employment(make_person(), world.school))
    row = dataset(world, tmp_path, {("sch990001", "4А"): [BAD] * 20})
    assert propose_from_dataset(dataset=row, by=None).teachers == 2
    assert all(found.evidence["shared"] for found in Hypothesis.objects.all())


def test_classes_of_another_year_or_grade_are_not_asked(world: World, tmp_path: Path) -> None:
    row = dataset(world, tmp_path, {("sch990001", "4А"): [BAD] * 20}, year=2022)
    assert propose_from_dataset(dataset=row, by=None).teachers == 0


def test_a_school_mapped_by_hand_goes_before_its_digits(world: World, tmp_path: Path) -> None:
    other = make_school(world.own, digits="990077")
    SchoolAlias.objects.create(centre=world.own, code="МБОУ Первая", school=world.school)
    SchoolAlias.objects.create(centre=world.own, code="sch990001", school=other)
    row = dataset(world, tmp_path, {("МБОУ Первая", "4А"): [BAD] * 20, ("sch990001", "4А"): [GOOD] * 20})
    assert propose_from_dataset(dataset=row, by=None).hypotheses == 1


def test_topics_come_from_the_specification(world: World, tmp_path: Path) -> None:
    spec = TaskSpecification.objects.create(procedure="vpr", year=2021, subject="math", grade=4, source_name="spec")
    planned = "Вычислять значение числового выражения"
    for position in (1, 2, 3):
        SpecifiedTask.objects.create(
            specification=spec, position=position, label=str(position), skill="Умение считать",
            planned_result=planned if position < 3 else "", level="Б", kes=["2"], kt=["2.1"], max_score=1,
        )  # fmt: skip
    row = dataset(world, tmp_path, {("sch990001", "4А"): [[0, 0, 1]] * 20})
    propose_from_dataset(dataset=row, by=None)
    found = Hypothesis.objects.get()
    assert (found.topic, found.evidence["tasks"]) == (planned, ["1", "2"])
    assert (found.evidence["skill"], found.evidence["kes"], found.evidence["kt"]) == ("Умение считать", ["2"], ["2.1"])


def test_propose_is_the_coordinators_and_is_written_without_names(world: World, tmp_path: Path) -> None:
    row = dataset(world, tmp_path, {("sch990001", "4А"): [BAD] * 20})
    for viewer in ("tutor", "teacher", "head", "foreign_coordinator"):
        with pytest.raises(Refused):
            propose_from_dataset(dataset=row, by=actor_of(world.accounts[viewer]))
    propose_from_dataset(dataset=row, by=actor_of(world.accounts["coordinator"]))
    event = AuditEvent.objects.get(event="hypothesis.propose")
    assert event.facts == {"teachers": 1, "hypotheses": 1, "small": 0}


def test_a_dataset_without_answers_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        propose_from_dataset(dataset=make_dataset(world.own, kind="mark_statistics"), by=None)


def test_propose_hypotheses_command(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = dataset(world, tmp_path, {("sch990001", "4А"): [BAD] * 20})
    call_command("propose_hypotheses", str(row.pk))
    assert capsys.readouterr().out.strip() == "teachers: 1, new hypotheses: 1, too few: 0"
    with pytest.raises(CommandError):
        call_command("propose_hypotheses", "999999")
