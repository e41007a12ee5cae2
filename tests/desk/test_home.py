"""My day: lines of all rooms in their groups, the week, the first step, bounded queries."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml.html import fromstring
from pytest_django import DjangoAssertNumQueries

from tests.diagnostics.factories import make_hypothesis
from tests.routes.support_factories import make_support
from tests.world import VIEWERS, World
from traektoria.core.models import TaskWorker
from traektoria.core.registries import DeskGroup, DeskLine, DeskSign, desk_signs
from traektoria.core.waiting import renew
from traektoria.desk.queries import desk_of
from traektoria.people.actor import actor_of
from traektoria.routes.models import LearningRequest, TutorSupport

As = Callable[[str], Client]
TODAY = date(2026, 9, 7)  # a Monday


def lines(world: World, viewer: str) -> dict[str, list[str]]:
    found = desk_of(actor_of(world.accounts[viewer]), timezone.localdate())
    groups = {"today": found.today, "soon": found.soon, "waiting": found.waiting, "done": found.done}
    return {name: [line.url for line in group] for name, group in groups.items() if group}


def test_anonymous_is_led_to_sign_in(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 302
    assert "login" in answer["Location"]


@pytest.mark.parametrize("viewer", [viewer for viewer in VIEWERS if viewer != "anonymous"])
def test_an_empty_desk_teaches_the_first_step(as_: As, viewer: str) -> None:
    """Of a coordinator the other rooms ask their first steps themselves."""
    TaskWorker.objects.create(name="one", seen_at=timezone.now())
    answer = as_(viewer).get("/")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert ('class="empty"' in shown) != ("coordinator" in viewer and 'class="desk-list"' in shown)


@pytest.mark.parametrize("viewer", ["teacher", "tutor", "coordinator", "head", "deputy_head", "administrator"])
def test_home_queries(
    world: World, as_: As, viewer: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    tutor, teacher = world.accounts["tutor"].person, world.accounts["teacher"].person
    for subject in ("math", "russian", "world"):
        make_support(world.own, tutor, teacher, subject=subject)
        make_support(world.own, tutor, teacher, subject=subject, state="proposed")
        make_hypothesis(world.own, teacher)
    client = as_(viewer)
    client.get("/")
    with django_assert_max_num_queries(10):
        client.get("/")


def test_the_consent_is_asked_of_those_who_have_not_said_it(world: World) -> None:
    row = make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person, state="proposed")
    asked = {"today": [f"/support/{row.pk}/"]}
    assert lines(world, "teacher") == lines(world, "tutor") == asked
    TutorSupport.objects.update(tutor_consented_at=timezone.now())
    renew(row)
    assert lines(world, "tutor") == {"waiting": [f"/support/{row.pk}/"]}
    assert lines(world, "teacher") == asked


def test_the_request_is_asked_then_the_route(world: World) -> None:
    teacher = world.accounts["teacher"].person
    end = timezone.localdate() + timedelta(days=90)
    row = make_support(world.own, world.accounts["tutor"].person, teacher, end=end, start=end - timedelta(days=200))
    assert lines(world, "teacher") == {"today": [f"/support/{row.pk}/request/"]}
    assert lines(world, "tutor") == {"waiting": [f"/support/{row.pk}/"]}
    LearningRequest.objects.create(support=row, person=teacher, text="Хочу")
    assert lines(world, "tutor") == {"soon": [f"/support/{row.pk}/"]}


def test_hypotheses_are_laid_before_the_teacher_only(world: World) -> None:
    make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person, state="ended")
    make_hypothesis(world.own, world.accounts["teacher"].person)
    assert lines(world, "teacher") == {"today": ["/diagnostics/"]}
    for viewer in ("tutor", "coordinator", "head", "administrator", "other_teacher"):
        assert "/diagnostics/" not in str(lines(world, viewer))


def test_groups_are_ordered_by_deadline_and_the_week_counts_them(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def line(group: DeskGroup, shift: int | None) -> DeskLine:
        due = None if shift is None else TODAY + timedelta(days=shift)
        return DeskLine(group, str(shift), "", "/", "", due)

    given = [line(DeskGroup.TODAY, None), line(DeskGroup.TODAY, 2), line(DeskGroup.TODAY, 0), line(DeskGroup.DONE, 1)]
    monkeypatch.setattr(desk_signs, "_items", {"test": DeskSign("test", 1, lambda actor: given)})
    found = desk_of(actor_of(world.accounts["teacher"]), TODAY)
    assert [line.what for line in found.today] == ["0", "2", "None"]
    assert [day.count for day in found.week] == [1, 0, 1, 0, 0, 0, 0]
    assert [day.weekend for day in found.week] == [False] * 5 + [True] * 2


def test_the_menu_counts_what_waits_and_says_it_for_who_listens(world: World, as_: As) -> None:
    client = as_("coordinator")
    answer = client.get("/")
    counts = answer.context["waits_at"]
    assert counts["/results/"] == 1, "the first file of results"
    page = fromstring(answer.content.decode())
    link = page.xpath("//nav[contains(@class, 'side')]//a[@href='/results/']")[0]
    assert " ".join(link.text_content().split()) == "Результаты 11 дело ждёт вас"
    assert "waits_at" not in client.get("/results/").context
