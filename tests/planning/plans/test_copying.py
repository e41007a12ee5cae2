"""A copy for another year: the source and the copy are compared field by field."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.errands import everything_is_long
from tests.planning.plan_factories import approved, draft, first_item, open_lessons, times
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errands import places
from traektoria.core.errors import Refused
from traektoria.core.models import Errand, ErrandState
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.desk.errand_queries import view_of
from traektoria.people.models import RoleAssignment
from traektoria.planning.fulfilment.actions import doing
from traektoria.planning.models import Deed, ItemOccurrence, PlanItem, WorkPlan
from traektoria.planning.plans.actions.copying import Decision, copied_items, copied_title, copy_plan, foreseen
from traektoria.planning.plans.actions.writing import ProposedItem, settle_term
from traektoria.planning.plans.errands import APPROVE, COPY

pytestmark = pytest.mark.django_db

#: What becomes of each field of a plan and of an item: a new field fails here until somebody has decided.
OF_PLAN = {
    "id": "new", "centre": "same", "owner": "same", "association": "same",
    "programme": "same", "title": "shifted", "span": "same", "year": "given", "begins": "empty",
    "state": "draft", "act": "empty", "act_number": "empty", "act_day": "empty", "approved_at": "empty",
    "approved_by": "empty", "asked_by": "empty", "returned_why": "empty", "copied_from": "source", "created_at": "new",
}  # fmt: skip
OF_ITEM = {
    "id": "new", "plan": "new", "heading": "new", "position": "same", "number": "same", "content": "shifted",
    "phrase": "shifted", "reading": "same", "term": "derived", "kind": "derived", "paraphrase": "derived",
    "why": "derived", "assumptions": "derived", "choices": "derived", "who": "same", "direction": "same",
    "product": "same", "counted": "same", "needs": "same", "origin": "empty", "removed_in": "empty",
}  # fmt: skip


def full(world: World) -> WorkPlan:
    """Every field of an item is set in some item."""
    teacher = world.accounts["teacher"].person_id
    assert teacher
    rows = (
        open_lessons(
            number="7", heading="Обучение", direction="Учебное", product="Разработка", needs=2, people=(teacher,),
            counted=("hours",), schools=(world.school.pk,), roles=("tutor",), origin="таблица 1, строка 2",
        ),
        ProposedItem("Итоги 2025/26 года", "до мая", "методисты"),
        ProposedItem("Конференция", "26 августа 2025 г.", "методисты"),
    )  # fmt: skip
    plan = draft(world, *rows, title="План на 2025/26 учебный год")
    settle_term(item=plan.items.get(phrase="до мая"), reading="не позднее мая", by=actor(world, "coordinator"))
    return plan


def copied(world: World, plan: WorkPlan, **decisions: Any) -> WorkPlan:
    title = copied_title(plan, plan.year + 1)
    return copy_plan(plan=plan, year=plan.year + 1, title=title, by=actor(world, "coordinator"), **decisions)


def test_each_field_of_the_copy_is_what_was_decided(world: World) -> None:
    plan = full(world)
    made = copied(world, plan, decisions={})
    made.refresh_from_db()
    plan.refresh_from_db()
    assert {field.name for field in WorkPlan._meta.concrete_fields} == set(OF_PLAN)
    assert {field.name for field in PlanItem._meta.concrete_fields} == set(OF_ITEM)
    empty = (None, "", 0)
    _compare(OF_PLAN, plan, made, empty)
    assert (made.title, made.year, made.state) == ("План на 2026/27 учебный год", 2026, "draft")
    assert made.copied_from == plan
    olds, news = (list(one.items.order_by("position")) for one in (plan, made))
    assert len(olds) == len(news) == 3
    for old, new in zip(olds, news, strict=True):
        _compare(OF_ITEM, old, new, empty)
        assert old.heading is None or (new.heading and new.heading.title == old.heading.title)
        duties = [set(one.responsible.values_list("role", "person", "school")) for one in (old, new)]
        assert duties[0] == duties[1]
    assert [one.phrase for one in news] == ["1 раз в четверть", "до мая", "26 августа 2026 г."]
    assert news[1].content == "Итоги 2026/27 года"


def _compare(fates: dict[str, str], old: Any, new: Any, empty: tuple[Any, ...]) -> None:
    for name, fate in fates.items():
        was, now = getattr(old, name), getattr(new, name)
        assert fate != "same" or was == now, name
        assert fate != "empty" or now in empty, name
        assert fate != "new" or was != now or was is None, name


def test_dates_are_found_anew_and_nothing_that_was_done_goes(world: World) -> None:
    plan = approved(world, open_lessons(), title="План")
    first, second, third, _last = times(first_item(plan))
    by = actor(world, "coordinator")
    doing.tell_deed(occurrence=first, told=doing.DeedText("Урок", date(2025, 9, 10)), by=by)
    doing.move_occurrence(occurrence=second, day=date(2026, 1, 15), reason="Карантин", by=by)
    doing.cancel_occurrence(occurrence=third, reason="Решение", by=by)
    made = copied(world, plan, decisions={})
    rows = times(first_item(made))
    assert [row.label for row in rows] == ["I четверть", "II четверть", "III четверть", "IV четверть"]
    assert all((row.state, row.moved_to, row.why, row.deeds_done) == ("open", None, "", 0) for row in rows)
    assert rows[0].start == date(2026, 9, 1)
    assert Deed.objects.count() == 1
    assert ItemOccurrence.objects.filter(item__plan=plan, state="done").count() == 1


def test_fixed_dates_are_decided(world: World) -> None:
    plan = full(world)
    fixed = [one for one in copied_items(plan, 2026) if one.fixed]
    assert [(one.item.phrase, one.phrase) for one in fixed] == [("26 августа 2025 г.", "26 августа 2026 г.")]
    item = fixed[0].item
    left = copied(world, plan, decisions={item.pk: Decision(goes=False)})
    assert left.items.count() == 2
    other = copied(world, plan, decisions={item.pk: Decision(phrase="28 августа 2026 г.")})
    assert [one.due for one in times(other.items.get(content="Конференция"))] == [date(2026, 8, 28)]


def test_who_has_left_answers_for_nothing_in_the_copy(world: World) -> None:
    plan = full(world)
    RoleAssignment.objects.filter(person=world.accounts["teacher"].person_id).update(
        start=date(2019, 1, 1), end=date(2020, 1, 1)
    )
    made = copied(world, plan, decisions={})
    assert set(first_item(made).responsible.values_list("role", "person", "school")) == {
        ("tutor", None, None), ("", None, world.school.pk),
    }  # fmt: skip


def test_who_may_not_write_copies_nothing(world: World) -> None:
    plan = full(world)
    with pytest.raises(Refused):
        copy_plan(plan=plan, year=2026, title="x", decisions={}, by=actor(world, "tutor"))


def test_the_page_shows_how_deadlines_will_lie_and_asks_of_fixed_ones(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    plan = full(world)
    quarterly, until_may, fixed = foreseen(plan, copied_items(plan, 2026), 2026)
    assert (len(quarterly.now), len(quarterly.then)) == (4, 4)
    assert str(quarterly.then[0].start) == "2026-09-01"
    assert until_may.then[0].end == date(2027, 5, 31)
    assert (fixed.now[0].start, fixed.then[0].start) == (date(2025, 8, 26), date(2026, 8, 26))
    page = as_("coordinator").get(reverse("planning:plan_copy", args=[plan.pk])).content.decode()
    assert "Итоги 2026/27 года" in page
    assert "Было: 26 августа 2025 г." in page


def test_a_large_plan_is_copied_by_the_worker_once_as_it_was_decided(
    world: World, as_: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    everything_is_long(COPY, monkeypatch)
    plan, client = full(world), as_("coordinator")
    address = f"{reverse('planning:plan_copy', args=[plan.pk])}?year=2026"
    form = client.get(address).context["form"]
    said = {"title": "План на 2026/27"} | {name: form[name].initial for name in form.fields if name.startswith("con")}
    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.post(address, said | _phrases(form)) for _ in range(2)]
    errand = Errand.objects.get()
    assert {one.headers["Location"] for one in answers} == {reverse("desk:errand_detail", args=[errand.pk])}
    assert WorkPlan.objects.count() == 1, "nothing is half there while it waits"
    do_what_is_due()
    errand.refresh_from_db()
    made = WorkPlan.objects.get(copied_from=plan)
    assert (errand.state, errand.url) == (ErrandState.DONE, reverse("planning:plan_detail", args=[made.pk]))
    assert [one.content for one in made.items.order_by("position")][1:] == ["Итоги 2026/27 года"], "one does not go"


def _phrases(form: Any) -> dict[str, Any]:
    """The fixed date stays behind: its box is not ticked."""
    return {name: form[name].initial for name in form.fields if name.startswith("phrase")}


def test_a_second_attempt_finds_the_copy_of_the_first(world: World) -> None:
    plan, key = full(world), uuid4()
    first, second = (copied(world, plan, decisions={}, asked_by=key) for _ in range(2))
    assert first == second
    assert copied(world, plan, decisions={}, asked_by=uuid4()) != first


def test_a_plan_that_changed_while_its_copy_waited_is_not_copied(
    world: World, as_: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    everything_is_long(COPY, monkeypatch)
    plan, client = draft(world, open_lessons()), as_("coordinator")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{reverse('planning:plan_copy', args=[plan.pk])}?year=2026", {"title": "План"})
    plan.items.update(content="Другое")
    do_what_is_due()
    assert Errand.objects.get().state == ErrandState.FAILED
    assert WorkPlan.objects.count() == 1


def test_how_far_it_is_is_read_while_nothing_of_it_is_written(
    world: World, as_: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    """By a copy and by an approval: both tell it beside their one transaction."""
    for slug in (COPY, APPROVE):
        everything_is_long(slug, monkeypatch)
    monkeypatch.setattr("traektoria.core.errands.execution.SAID_EACH", 0)
    plan, client, said = draft(world, open_lessons(phrase="еженедельно")), as_("coordinator"), []
    kept = places.keep_far

    def seen(errand: Errand, done: int, total: int) -> None:
        kept(errand, done, total)
        view = view_of(Errand.objects.get(pk=errand.pk))
        said.append((view.row.done, view.row.total))

    monkeypatch.setattr(places, "keep_far", seen)
    act = {"act": "Приказ", "number": "7", "day": "2025-09-01", "from_today": "no"}
    for address, fields in ((f"{reverse('planning:plan_copy', args=[plan.pk])}?year=2026", {"title": "План"}),
                            (reverse("planning:plan_approve", args=[plan.pk]), act)):  # fmt: skip
        said.clear()
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address, fields)
        do_what_is_due()
        number = ItemOccurrence.objects.filter(item__plan=plan).count()
        assert (said[0], said[-1]) == ((0, number), (number, number)), address
        assert said == sorted(said)
    errand = Errand.objects.latest("asked_at")
    assert (errand.state, places.far_of(errand)) == (ErrandState.DONE, (0, 0)), "nothing of it stays"
