"""Three answers to a supposition, the talk with the tutor, and one next step when all is answered."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.diagnostics.factories import make_hypothesis
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.core.errors import Refused
from traektoria.diagnostics.problem_field.actions.hypotheses import discuss_hypothesis
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.people.actor import actor_of
from traektoria.routes.models import LearningRequest

As = Callable[[str], Client]
LIST = "/diagnostics/"


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\xa0", " ")


def test_teacher_talks_it_over_and_the_tutor_learns_of_it(world: World, as_: As) -> None:
    teacher, tutor = world.accounts["teacher"].person, world.accounts["tutor"].person
    make_support(world.own, tutor, teacher)
    row = make_hypothesis(world.own, teacher)
    page = text(as_("teacher"), LIST)
    assert all(words in page for words in ("Хочу поддержки", "Причина другая", "Обсудить с тьютором"))
    assert "предположение – обсудить" not in text(as_("tutor"), "/")
    as_("teacher").post(f"{LIST}{row.pk}/discuss/")
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (HypothesisState.DISCUSSED, teacher)
    assert "1 предположение – обсудить с учителем" in text(as_("tutor"), "/")
    field = text(as_("tutor"), f"{LIST}people/{teacher.pk}/")  # type: ignore[union-attr]
    assert "учитель хочет обсудить" in field
    as_("tutor").post(f"{LIST}{row.pk}/confirm/")
    row.refresh_from_db()
    assert row.is_confirmed


def test_teacher_takes_the_talk_back(world: World, as_: As) -> None:
    row = make_hypothesis(world.own, world.accounts["teacher"].person)
    for step in ("discuss", "discuss", "reopen"):
        assert as_("teacher").post(f"{LIST}{row.pk}/{step}/").status_code == 302
    row.refresh_from_db()
    assert row.is_proposed
    assert row.decided_at is None


def test_nobody_asks_for_a_talk_in_the_teachers_place(world: World) -> None:
    teacher, tutor = world.accounts["teacher"].person, world.accounts["tutor"].person
    make_support(world.own, tutor, teacher)
    row = make_hypothesis(world.own, teacher)
    with pytest.raises(Refused):
        discuss_hypothesis(hypothesis=row, by=actor_of(world.accounts["tutor"]))


@pytest.mark.parametrize("answer", ["confirm", "discuss"])
def test_one_next_step_when_all_is_answered(world: World, as_: As, answer: str) -> None:
    teacher, tutor = world.accounts["teacher"].person, world.accounts["tutor"].person
    first, last = make_hypothesis(world.own, teacher), make_hypothesis(world.own, teacher)
    as_("teacher").post(f"{LIST}{first.pk}/{answer}/")
    assert "Вы ответили на всё" not in text(as_("teacher"), LIST)
    as_("teacher").post(f"{LIST}{last.pk}/drop/")
    page = text(as_("teacher"), LIST)
    assert "Вы ответили на всё" in page
    assert "Попросить тьютора" in page
    support = make_support(world.own, tutor, teacher, state="proposed")
    assert f"/support/{support.pk}/" in text(as_("teacher"), LIST)
    support.delete()
    support = make_support(world.own, tutor, teacher)
    assert f"/support/{support.pk}/request/" in text(as_("teacher"), LIST)
    LearningRequest.objects.create(support=support, person=teacher, text="Работать с условием задачи")
    assert "Тьютор готовит маршрут" in text(as_("teacher"), LIST)


def test_the_next_step_comes_with_the_last_answer(world: World, as_: As) -> None:
    row = make_hypothesis(world.own, world.accounts["teacher"].person)
    answer = as_("teacher").post(
        f"{LIST}{row.pk}/confirm/", headers={"hx-request": "true", "hx-current-url": f"http://testserver{LIST}"}
    )
    assert 'id="next-step" hx-swap-oob="true"' in answer.content.decode()


def test_nothing_is_next_where_everything_was_dropped(world: World, as_: As) -> None:
    row = make_hypothesis(world.own, world.accounts["teacher"].person)
    as_("teacher").post(f"{LIST}{row.pk}/drop/")
    assert "Вы ответили на всё" not in text(as_("teacher"), LIST)
