"""What the teacher and the tutor do with a hypothesis, and who may not."""

import pytest

from tests.diagnostics.factories import make_hypothesis
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.core.errors import Conflict, Refused
from traektoria.core.models import AuditEvent
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.problem_field.actions import hypotheses as actions
from traektoria.people.actor import Actor, actor_of


@pytest.fixture
def row(world: World) -> Hypothesis:
    make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person)
    return make_hypothesis(world.own, world.accounts["teacher"].person)


@pytest.fixture
def teacher(world: World) -> Actor:
    return actor_of(world.accounts["teacher"])


@pytest.fixture
def tutor(world: World) -> Actor:
    return actor_of(world.accounts["tutor"])


def test_confirm_says_who_and_when_and_twice_is_once(row: Hypothesis, teacher: Actor) -> None:
    first = actions.confirm_hypothesis(hypothesis=row, by=teacher)
    again = actions.confirm_hypothesis(hypothesis=row, by=teacher)
    assert (first.state, first.decided_by_id) == ("confirmed", teacher.person_id)
    assert again.decided_at == first.decided_at
    assert AuditEvent.objects.filter(event="hypothesis.confirm").count() == 1


def test_drop_needs_no_reason_and_takes_one_later(row: Hypothesis, teacher: Actor) -> None:
    assert actions.drop_hypothesis(hypothesis=row, by=teacher).reason_kind == ""
    later = actions.drop_hypothesis(hypothesis=row, by=teacher, reason_kind="chance", reason="Эпидемия гриппа")
    assert (later.state, later.reason_kind, later.reason) == ("dropped", "chance", "Эпидемия гриппа")
    kept = actions.drop_hypothesis(hypothesis=row, by=teacher)
    assert kept.reason == "Эпидемия гриппа"


def test_the_reason_is_said_once_and_by_whose_word_it_is(row: Hypothesis, teacher: Actor, tutor: Actor) -> None:
    actions.drop_hypothesis(hypothesis=row, by=teacher)
    with pytest.raises(Refused, match="решил учитель"):
        actions.drop_hypothesis(hypothesis=row, by=tutor, reason_kind="chance", reason="Класс слабый")
    actions.drop_hypothesis(hypothesis=row, by=teacher, reason_kind="chance", reason="Эпидемия гриппа")
    with pytest.raises(Conflict, match="Причина уже записана"):
        actions.drop_hypothesis(hypothesis=row, by=teacher, reason_kind="other", reason="Иначе")
    row.refresh_from_db()
    assert (row.reason_kind, row.reason) == ("chance", "Эпидемия гриппа")


def test_reopen_clears_the_decision_and_twice_is_once(row: Hypothesis, teacher: Actor) -> None:
    actions.drop_hypothesis(hypothesis=row, by=teacher, reason_kind="other", reason="так")
    actions.reopen_hypothesis(hypothesis=row, by=teacher)
    again = actions.reopen_hypothesis(hypothesis=row, by=teacher)
    assert (again.state, again.decided_by_id, again.decided_at, again.reason) == ("proposed", None, None, "")


def test_a_tutor_decides_but_does_not_undo_the_teachers_word(row: Hypothesis, teacher: Actor, tutor: Actor) -> None:
    actions.confirm_hypothesis(hypothesis=row, by=tutor)
    actions.reopen_hypothesis(hypothesis=row, by=teacher)
    actions.drop_hypothesis(hypothesis=row, by=teacher)
    with pytest.raises(Refused, match="учитель"):
        actions.reopen_hypothesis(hypothesis=row, by=tutor)


@pytest.mark.parametrize(
    "viewer", ["other_tutor", "other_teacher", "coordinator", "head", "deputy_head", "administrator", "foreign_tutor"]
)
def test_nobody_else_works_with_it(world: World, row: Hypothesis, viewer: str) -> None:
    stranger = actor_of(world.accounts[viewer])
    for action in (actions.confirm_hypothesis, actions.drop_hypothesis, actions.reopen_hypothesis):
        with pytest.raises(Refused):
            action(hypothesis=row, by=stranger)
    with pytest.raises(Refused):
        actions.change_block(hypothesis=row, block="methodical", by=stranger)
    assert Hypothesis.objects.get().state == "proposed"


def test_change_block_is_recorded_once(row: Hypothesis, teacher: Actor) -> None:
    for _press in range(2):
        actions.change_block(hypothesis=row, block="methodical", by=teacher)
    assert AuditEvent.objects.get(event="hypothesis.change_block").facts == {
        "source": "subject",
        "target": "methodical",
    }


def test_the_teachers_own_is_confirmed_and_the_tutors_waits(
    world: World, row: Hypothesis, teacher: Actor, tutor: Actor
) -> None:
    facts = {"centre": world.own, "person": row.person, "subject": "math", "block": "methodical"}
    own = actions.add_by_hand(**facts, topic="Задавать вопросы", by=teacher, note="Сижу на уроках коллег")
    same = actions.add_by_hand(**facts, topic="Задавать вопросы", by=teacher)
    tutors = actions.add_by_hand(**facts, topic="Работать в парах", by=tutor)
    assert own == same
    assert (own.state, own.decided_by_id, own.evidence) == (
        "confirmed",
        teacher.person_id,
        {"note": "Сижу на уроках коллег"},
    )
    assert (tutors.state, tutors.decided_at) == ("proposed", None)
    with pytest.raises(Refused):
        actions.add_by_hand(**facts, topic="Чужое", by=actor_of(world.accounts["coordinator"]))
