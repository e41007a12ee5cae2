"""Proposing from a dataset: whose classes, which tasks, once, and with totals only."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from tests.diagnostics.campaign_factories import (
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.diagnostics.factories import make_dataset, write_dataset
from tests.factories import make_class, make_employment, make_person, make_school
from tests.world import World
from traektoria.core.errors import Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.diagnostics.models import Hypothesis, TopicFinding
from traektoria.diagnostics.problem_field.actions.from_results import Totals, propose_from_dataset
from traektoria.diagnostics.problem_field.queries.hypotheses import RULE
from traektoria.people.actor import actor_of
from traektoria.results.models import Dataset, SchoolAlias, SpecifiedTask, TaskSpecification

GOOD, BAD, WORSE = [1, 1, 1], [0, 1, 1], [1, 0, 0]


def ordinary(number: int) -> list[list[int]]:
    """A class like most: some fifteen of twenty do the first task, some sixteen the others."""
    first, others = 14 + number % 3, 15 + number % 3
    return [[int(place < first), int(place < others), int(place >= 20 - others)] for place in range(20)]


OTHERS = {(f"sch9910{number:02}", "4А"): ordinary(number) for number in range(16)}
MANY = {(f"sch9910{number:02}", "4А"): ordinary(number) for number in range(60)}
LOW = [[int(place < 7), int(place < 16), int(place >= 4)] for place in range(20)]
"""Some forty points below the others in the first task; as in a file that could carry a supposition."""
FEW = {(f"sch9910{number:02}", "4А"): ordinary(number) for number in range(6)}


@pytest.fixture(autouse=True)
def datasets(settings: Settings, tmp_path: Path) -> None:
    settings.DATASETS = tmp_path


def dataset(world: World, tmp_path: Path, classes: dict[Any, Any], **fields: Any) -> Dataset:
    others = fields.pop("others", OTHERS)
    folder = write_dataset(tmp_path / f"set{fields.get('year', 2021)}", {**classes, **others})
    return make_dataset(world.own, folder, **fields)


def second_class(world: World, **fields: Any) -> None:
    work = world.accounts["teacher"].person.employments.get()  # type: ignore[union-attr]
    make_class(work, **{"letter": "Б", **fields})


def test_one_class_in_one_work_is_asked_a_question_and_nothing_is_supposed(world: World, tmp_path: Path) -> None:
    row = dataset(world, tmp_path, {("sch990001", "4 «а»"): [BAD] * 20})
    assert propose_from_dataset(dataset=row, by=None) == Totals(teachers=1, hypotheses=0, questions=1)
    found = Hypothesis.objects.get()
    assert (found.person, found.topic[-2:], found.strength) == (world.accounts["teacher"].person, " 1", "question")
    assert (found.state, found.block, found.subject) == ("proposed", "subject", "math")
    assert found.evidence["completion"] == 0.0
    assert found.evidence["completion_municipality"] == 74.69
    assert (found.evidence["n"], found.evidence["tasks"], found.evidence["classes"]) == (20, ["1"], ["4А"])
    assert found.evidence["among"] == {"classes": 17, "area": "municipality"}
    assert [place for _skill, place in found.evidence["profile"]] == ["lower", "upper", "upper"]
    assert not {"difference", "low", "high"} & found.evidence.keys()


def test_two_classes_that_say_the_same_are_a_supposition(world: World, tmp_path: Path) -> None:
    second_class(world)
    row = dataset(world, tmp_path, {("sch990001", "4А"): LOW, ("sch990001", "4Б"): LOW}, others=MANY)
    assert propose_from_dataset(dataset=row, by=None) == Totals(teachers=1, hypotheses=1)
    found = Hypothesis.objects.get()
    assert (found.strength, found.evidence["grounds"], found.evidence["classes"]) == (
        "moderate", ["classes"], ["4А", "4Б"],
    )  # fmt: skip
    assert [piece["n"] for piece in found.evidence["pieces"]] == [20, 20]
    assert found.evidence["low"] <= found.evidence["difference"] == -40.00 < found.evidence["high"] < 0


def test_two_classes_of_which_one_does_as_the_others_are_a_question(world: World, tmp_path: Path) -> None:
    second_class(world)
    row = dataset(world, tmp_path, {("sch990001", "4А"): [BAD] * 20, ("sch990001", "4Б"): ordinary(1)})
    assert propose_from_dataset(dataset=row, by=None) == Totals(teachers=1, hypotheses=0, questions=1)
    assert Hypothesis.objects.get().evidence["classes"] == ["4А"]


def test_two_years_are_a_supposition_that_takes_up_the_question(world: World, tmp_path: Path) -> None:
    """A year later, other children of the same grade and teacher: the question of the first year has become a part."""
    second_class(world, letter="А", start_year=2021)
    first = dataset(world, tmp_path, {("sch990001", "4А"): LOW}, others=MANY)
    propose_from_dataset(dataset=first, by=None)
    later = dataset(world, tmp_path, {("sch990001", "4А"): LOW}, year=2022, others=MANY)
    assert propose_from_dataset(dataset=later, by=None) == Totals(teachers=1, hypotheses=1, withdrawn=1)
    question, found = Hypothesis.objects.order_by("pk")
    assert (found.dataset, found.strength, found.evidence["grounds"]) == (later, "moderate", ["years"])
    assert (question.state, question.was_withdrawn, question.evidence["retold"]["now"]) == ("dropped", True, "merged")


def test_two_works_of_the_same_children_stay_a_question(world: World, tmp_path: Path) -> None:
    """The class, its school and its pupils are the same: a measurement is repeated, not a lesson."""
    first = dataset(world, tmp_path, {("sch990001", "4А"): [[int(n > 9), 1, 1] for n in range(20)]})
    propose_from_dataset(dataset=first, by=None)
    folder = write_dataset(tmp_path / "again", {("sch990001", "4А"): [[int(n > 9), 1, 1] for n in range(20)], **OTHERS})
    again = make_dataset(world.own, folder)
    assert propose_from_dataset(dataset=again, by=None).hypotheses == 0


@pytest.mark.parametrize(("topic", "supposed"), [("Считать в пределах ста", 1), ("Читать графики", 0)])
def test_ones_own_diagnostics_that_say_the_same_make_it_a_supposition(
    world: World, tmp_path: Path, topic: str, supposed: int
) -> None:
    teacher = world.accounts["teacher"].person
    spec = TaskSpecification.objects.create(procedure="vpr", year=2021, subject="math", grade=4, source_name="spec")
    for position in (1, 2, 3):
        words = "Считать  в пределах ста" if position == 1 else f"Другое {position}"
        SpecifiedTask.objects.create(
            specification=spec, position=position, label=str(position), skill=words, level="Б", max_score=1
        )
    campaign = make_campaign(world.own, [make_instrument(world.own, [make_item(world.own)])])
    sitting = make_sitting(make_participant(campaign, teacher))
    TopicFinding.objects.create(
        sitting=sitting, topic=topic, items=5, points=1, most=5, completion=0.3, low=0.2, high=0.4, probability=0.95,
        finding="expressed",
    )  # fmt: skip
    row = dataset(world, tmp_path, {("sch990001", "4А"): LOW}, others=MANY)
    assert propose_from_dataset(dataset=row, by=None).hypotheses == supposed
    if supposed:
        assert Hypothesis.objects.get().evidence["grounds"] == ["diagnostics"]


def test_a_file_of_few_schools_supposes_nothing(world: World, tmp_path: Path) -> None:
    second_class(world)
    classes = {("sch990001", "4А"): LOW, ("sch990001", "4Б"): LOW}
    row = dataset(world, tmp_path, classes, others=FEW)
    assert propose_from_dataset(dataset=row, by=None) == Totals(teachers=1, hypotheses=0, silent=True)


def test_propose_twice_adds_nothing_and_touches_no_decision(world: World, tmp_path: Path) -> None:
    row = dataset(world, tmp_path, {("sch990001", "4А"): [BAD] * 20})
    propose_from_dataset(dataset=row, by=None)
    Hypothesis.objects.update(state="dropped", decided_at="2026-09-10T10:00Z", topic="как было")
    assert propose_from_dataset(dataset=row, by=None) == Totals(teachers=1, hypotheses=0)
    assert Hypothesis.objects.values_list("state", "topic").get() == ("dropped", "как было")


def test_propose_skips_a_small_class(world: World, tmp_path: Path) -> None:
    row = dataset(world, tmp_path, {("sch990001", "4А"): [BAD] * 9})
    assert propose_from_dataset(dataset=row, by=None) == Totals(teachers=1, hypotheses=0, small=1)


def test_small_classes_that_are_all_the_hidden_ones_of_a_school_are_one_class(world: World, tmp_path: Path) -> None:
    second_class(world)
    row = dataset(world, tmp_path, {("sch990001", "4А"): [BAD] * 6, ("sch990001", "4Б"): [BAD] * 6})
    assert propose_from_dataset(dataset=row, by=None) == Totals(teachers=1, hypotheses=0, questions=1)
    assert Hypothesis.objects.get().evidence["n"] == 12


@pytest.mark.parametrize("name", ["НЕТ", None, "4"])
def test_pupils_without_a_letter_are_the_only_teachers(world: World, tmp_path: Path, name: str | None) -> None:
    row = dataset(world, tmp_path, {("sch990001", name): [BAD] * 20})
    assert propose_from_dataset(dataset=row, by=None).questions == 1


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
    assert propose_from_dataset(dataset=row, by=None).questions == 1


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
    totals = {"teachers": 1, "hypotheses": 0, "questions": 1, "small": 0, "withdrawn": 0, "silent": False}
    assert event.facts == {"rule": RULE, **totals}


def test_a_dataset_without_answers_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        propose_from_dataset(dataset=make_dataset(world.own, kind="mark_statistics"), by=None)


def test_propose_hypotheses_command(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = dataset(world, tmp_path, {("sch990001", "4А"): [BAD] * 20})
    call_command("propose_hypotheses", str(row.pk))
    told = "teachers: 1, new suppositions: 0, new questions: {}, withdrawn: 0, too few: 0"
    assert capsys.readouterr().out.strip() == f"dataset {row.pk}: {told.format(1)}"
    call_command("propose_hypotheses")
    assert capsys.readouterr().out.strip() == f"dataset {row.pk}: {told.format(0)}"
    with pytest.raises(CommandError):
        call_command("propose_hypotheses", "999999")
