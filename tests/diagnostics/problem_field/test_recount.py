"""What earlier runs said and the figures no longer carry: withdrawn or said otherwise, and both readers are told."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.diagnostics.factories import FIGURES, make_hypothesis
from tests.diagnostics.problem_field.test_from_results import BAD, dataset, ordinary
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.core.models import AuditEvent
from traektoria.desk.waiting import lines_of
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.problem_field.actions.from_results import propose_from_dataset
from traektoria.diagnostics.problem_field.actions.hypotheses import reopen_hypothesis
from traektoria.people.actor import actor_of
from traektoria.results.models import Dataset

TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def datasets(settings: Settings, tmp_path: Path) -> None:
    settings.DATASETS = tmp_path


@pytest.fixture
def row(world: World, tmp_path: Path) -> Dataset:
    """A class that is low in the first task and ordinary in the others; from it a question follows today."""
    return dataset(world, tmp_path, {("sch990001", "4А"): [[0, *rest[1:]] for rest in ordinary(1)]})


def earlier(world: World, row: Dataset, **fields: Any) -> Hypothesis:
    """As the rule before this one wrote them: of one class in one work, and «strong»."""
    return make_hypothesis(world.own, world.accounts["teacher"].person, dataset=row, strength="strong", **fields)


def key_of_the_question(row: Dataset) -> str:
    propose_from_dataset(dataset=row, by=None)
    key = Hypothesis.objects.get().evidence_key
    Hypothesis.objects.all().delete()
    return str(key)


def test_what_waits_and_does_not_hold_is_withdrawn(world: World, row: Dataset) -> None:
    old = earlier(world, row)
    totals = propose_from_dataset(dataset=row, by=None)
    old.refresh_from_db()
    assert (totals.withdrawn, totals.questions) == (1, 1)
    assert (old.state, old.reason_kind, old.decided_by, old.was_withdrawn) == ("dropped", "recounted", None, True)
    assert old.evidence == {**FIGURES, "retold": {"on": TODAY().isoformat(), "was": "strong", "now": ""}}
    assert propose_from_dataset(dataset=row, by=None).withdrawn == 0


def test_a_supposition_of_one_class_becomes_a_question(world: World, row: Dataset) -> None:
    old = earlier(world, row, evidence_key=key_of_the_question(row))
    assert propose_from_dataset(dataset=row, by=None).withdrawn == 0
    old.refresh_from_db()
    assert (old.state, old.strength, old.evidence["retold"]["now"]) == ("proposed", "question", "question")
    assert old.evidence["among"]["classes"] == 17
    assert AuditEvent.objects.get(event="hypothesis.retell").facts == {"source": "strong", "target": "question"}


def test_what_a_person_has_confirmed_stays_and_they_are_told(world: World, row: Dataset, as_: Any) -> None:
    person = world.accounts["teacher"].person
    old = earlier(world, row, state="confirmed", decided_by=person, decided_at=timezone.now())
    assert propose_from_dataset(dataset=row, by=None).withdrawn == 0
    old.refresh_from_db()
    assert (old.state, old.decided_by, old.strength) == ("confirmed", person, "")
    page = as_("teacher").get(f"/diagnostics/{old.pk}/").content.decode()
    assert "Пересчитано" in page
    assert "В проблемном поле это осталось" in page.replace("\xa0", " ")
    before = old.evidence
    propose_from_dataset(dataset=row, by=None)
    old.refresh_from_db()
    assert old.evidence == before


def test_what_a_person_has_dropped_is_left_alone(world: World, row: Dataset) -> None:
    old = earlier(world, row, state="dropped", reason_kind="chance", decided_at=timezone.now())
    propose_from_dataset(dataset=row, by=None)
    old.refresh_from_db()
    assert (old.state, old.reason_kind, old.evidence) == ("dropped", "chance", FIGURES)


def test_what_somebody_takes_back_after_a_withdrawal_is_not_withdrawn_again(world: World, row: Dataset) -> None:
    old = earlier(world, row)
    propose_from_dataset(dataset=row, by=None)
    reopen_hypothesis(hypothesis=old, by=actor_of(world.accounts["teacher"]))
    assert propose_from_dataset(dataset=row, by=None).withdrawn == 0
    old.refresh_from_db()
    assert old.state == "proposed"


@pytest.mark.parametrize("viewer", ["teacher", "tutor"])
def test_both_readers_are_told(world: World, row: Dataset, as_: Any, viewer: str) -> None:
    make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person)
    old = earlier(world, row)
    propose_from_dataset(dataset=row, by=None)
    field = "/diagnostics/" if viewer == "teacher" else f"/diagnostics/people/{old.person_id}/"
    lines = [line for line in lines_of(actor_of(world.accounts[viewer]), TODAY()) if "пересчёта" in line.what]
    assert [line.url for line in lines] == [as_(viewer).get(field).request["PATH_INFO"]]
    page = as_(viewer).get(lines[0].url).content.decode().replace("\xa0", " ")
    assert "Снято после пересчёта" in page
    assert "Делать ничего не нужно" in page


@pytest.mark.parametrize("viewer", ["other_teacher", "other_tutor", "coordinator", "head"])
def test_nobody_else_is_told(world: World, row: Dataset, viewer: str) -> None:
    earlier(world, row)
    propose_from_dataset(dataset=row, by=None)
    lines = lines_of(actor_of(world.accounts[viewer]), TODAY())
    assert not [line for line in lines if "пересчёта" in line.what]


def test_files_of_an_earlier_rule_are_offered_again(world: World, row: Dataset) -> None:
    AuditEvent.objects.create(event="hypothesis.propose", object_kind="results.dataset", object_id=row.pk)
    by = actor_of(world.accounts["coordinator"])
    url = f"/results/{row.pk}/"
    assert url in [line.url for line in lines_of(by, TODAY())]
    propose_from_dataset(dataset=row, by=by)
    assert url not in [line.url for line in lines_of(by, TODAY())]


def test_a_question_says_its_place_and_no_word_of_a_deficit(world: World, tmp_path: Path, as_: Any) -> None:
    row = dataset(world, tmp_path, {("sch990001", "4А"): [BAD] * 20})
    propose_from_dataset(dataset=row, by=None)
    found = Hypothesis.objects.get()
    page = as_("teacher").get(f"/diagnostics/{found.pk}/").content.decode().replace("\xa0", " ")
    assert "в нижней четверти классов района" in page
    assert "среди 17 классов района" in page
    assert "Так бывает у каждого четвёртого класса" in page
    main = page[page.index("<main") : page.index("</main>")].lower()
    assert "дефицит" not in main
    assert "предположение" not in main
