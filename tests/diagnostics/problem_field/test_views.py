"""Pages of the problem field: with and without htmx, the access log, forms that keep what was typed."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.diagnostics.factories import make_hypothesis
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.diagnostics.models import Hypothesis
from traektoria.people.models import AccessRecord

As = Callable[[str], Client]
LIST = "/diagnostics/"


@pytest.fixture
def row(world: World) -> Hypothesis:
    make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person)
    return make_hypothesis(world.own, world.accounts["teacher"].person)


def test_hypothesis_list_shows_the_sentence_and_the_evidence(as_: As, row: Hypothesis) -> None:
    page = as_("teacher").get(LIST).content.decode()
    for words in (row.topic, "ваш класс 4А: 52\xa0%", "27 учеников", "−16", "от −27 до −5", "Хочу поддержки"):
        assert words in page
    assert "дефицит" not in page
    assert "выявлен" not in page


def test_hypothesis_list_of_nobody_teaches_the_first_step(as_: As) -> None:
    page = as_("teacher").get(LIST).content.decode()
    assert "/diagnostics/add/" in page


@pytest.mark.parametrize("number", [1, 3])
def test_hypothesis_list_queries(
    world: World, as_: As, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _row in range(number):
        make_hypothesis(world.own, world.accounts["teacher"].person)
    client = as_("teacher")
    client.get(LIST)
    with django_assert_max_num_queries(4):
        client.get(LIST)


def test_confirm_drop_and_take_back_without_htmx(as_: As, row: Hypothesis) -> None:
    client = as_("teacher")
    for verb, state in (("confirm", "confirmed"), ("reopen", "proposed"), ("drop", "dropped"), ("drop", "dropped")):
        answer = client.post(f"{LIST}{row.pk}/{verb}/")
        assert (answer.status_code, answer["Location"]) == (302, f"{LIST}#hypothesis-{row.pk}")
        row.refresh_from_db()
        assert row.state == state


def test_confirm_by_htmx_answers_with_the_card_only(as_: As, row: Hypothesis) -> None:
    answer = as_("teacher").post(f"{LIST}{row.pk}/confirm/", headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.lstrip().startswith("<article")
    assert f"{LIST}{row.pk}/reopen/" in page


def test_the_heading_says_by_htmx_how_many_are_left(as_: As, row: Hypothesis) -> None:
    by_htmx = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{LIST}"}
    confirmed = as_("teacher").post(f"{LIST}{row.pk}/confirm/", headers=by_htmx).content.decode()
    assert confirmed.count('id="waiting" hx-swap-oob="true"') == 1
    assert "Всё разобрано" in confirmed
    elsewhere = {**by_htmx, "HX-Current-URL": f"http://testserver{LIST}{row.pk}/"}
    assert "hx-swap-oob" not in as_("teacher").post(f"{LIST}{row.pk}/confirm/", headers=elsewhere).content.decode()


def test_a_decision_that_is_not_the_tutors_to_undo_is_refused(as_: As, row: Hypothesis) -> None:
    as_("teacher").post(f"{LIST}{row.pk}/confirm/")
    tutor = as_("tutor")
    assert tutor.post(f"{LIST}{row.pk}/reopen/").status_code == 403
    assert f"{LIST}{row.pk}/reopen/" not in tutor.get(f"{LIST}people/{row.person_id}/").content.decode()


def test_drop_with_a_reason_that_is_no_choice_keeps_the_words(as_: As, row: Hypothesis) -> None:
    answer = as_("teacher").post(f"{LIST}{row.pk}/drop/", {"reason_kind": "nonsense", "reason": "мои слова"})
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.state == "proposed"


def test_the_tutors_look_is_logged_and_the_teachers_is_not(world: World, as_: As, row: Hypothesis) -> None:
    as_("teacher").get(f"{LIST}{row.pk}/")
    assert not AccessRecord.objects.exists()
    as_("tutor").get(f"{LIST}people/{row.person_id}/")
    as_("tutor").get(f"{LIST}{row.pk}/")
    seen = set(AccessRecord.objects.values_list("person_id", "purpose", "subject_kind"))
    assert seen == {
        (row.person_id, "support", "diagnostics.person_field"),
        (row.person_id, "support", "diagnostics.hypothesis"),
    }


def test_hypothesis_block_moves_it(as_: As, row: Hypothesis) -> None:
    client = as_("teacher")
    assert client.post(f"{LIST}{row.pk}/block/", {"block": "methodical"}).status_code == 302
    assert client.post(f"{LIST}{row.pk}/block/", {"block": "x"}).status_code == 422
    row.refresh_from_db()
    assert row.block == "methodical"


def test_hypothesis_add_by_the_teacher_and_by_the_tutor(as_: As, row: Hypothesis) -> None:
    given = {"topic": "Вопросы классу", "subject": "math", "block": "methodical", "note": ""}
    assert as_("teacher").post(f"{LIST}add/", given)["Location"] == LIST
    address = f"{LIST}people/{row.person_id}/add/"
    assert as_("tutor").post(address, {**given, "topic": "Работа в парах"}).status_code == 302
    assert Hypothesis.objects.filter(origin="by_hand").values_list("topic", "state").order_by("pk")[:2][0] == (
        "Вопросы классу",
        "confirmed",
    )
    wrong = as_("teacher").post(f"{LIST}add/", {**given, "topic": "", "note": "оставьте это"})
    assert wrong.status_code == 422
    assert "оставьте это" in wrong.content.decode()
