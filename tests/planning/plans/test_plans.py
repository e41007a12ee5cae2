"""A plan from the regulation's default, its dates, approval, amendments."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.errands import everything_is_long
from tests.factories import make_member
from tests.planning.plan_factories import ACT, approved, draft, first_item, open_lessons, times
from tests.routes.route_factories import actor
from tests.waiting import lines_for, what_differs
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import Errand, ErrandState, Waiting
from traektoria.core.school_year import this_year
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.organisations.models import CalendarPeriod
from traektoria.organisations.queries import school_year
from traektoria.people.enums import Role
from traektoria.planning.fulfilment.actions import doing
from traektoria.planning.fulfilment.actions.doing import DeedText, tell_deed
from traektoria.planning.models import ItemOccurrence, PlanItem, WorkPlan
from traektoria.planning.plans.actions import approving, writing
from traektoria.planning.plans.actions.dating import date_items
from traektoria.planning.plans.actions.writing import ProposedItem
from traektoria.planning.plans.enums import PlanState, TermState
from traektoria.planning.plans.errands import APPROVE
from traektoria.planning.plans.queries.past_times import past_times
from traektoria.planning.plans.queries.plans import visible_to

pytestmark = pytest.mark.django_db


def change(world: World, item: PlanItem, reason: str = "", by: str = "coordinator", **facts: Any) -> PlanItem:
    said = {"content": item.content, "phrase": item.phrase, "who": item.who, "needs": item.needs, **facts}
    return writing.change_item(item=item, given=ProposedItem(**said), reason=reason, by=actor(world, by))


def test_a_plan_begins_with_that_of_the_regulation(world: World) -> None:
    plan = writing.begin_plan(
        centre=world.own, title="План", span="school", year=2025, from_regulation=True, by=actor(world, "coordinator")
    )
    assert plan.state == PlanState.DRAFT
    assert plan.items.count() > 3
    assert all(item.number and item.phrase for item in plan.items.all())
    assert {item.heading.title for item in plan.items.select_related("heading") if item.heading}
    assert ItemOccurrence.objects.filter(item__plan=plan).exists()


def test_dates_are_those_of_the_phrase_and_the_calendar(world: World) -> None:
    plan = draft(world, open_lessons(), ProposedItem("Консультации", "по запросу ОО"), ProposedItem("Отчёт", "до мая"))
    item, on_request, asked = plan.items.order_by("position")
    assert [one.label for one in times(item)] == ["I четверть", "II четверть", "III четверть", "IV четверть"]
    assert (item.term, on_request.term, asked.term) == (TermState.DATED, TermState.DATELESS, TermState.ASKED)
    assert on_request.why == ["Выполняется по запросу ОО."]
    assert asked.choices == ["не позднее мая", "до начала мая"]
    assert not times(on_request)
    assert not times(asked), "no date is made up"


def test_a_question_is_answered_or_put_off_and_the_phrase_stays(world: World) -> None:
    plan = draft(world, ProposedItem("Отчёт", "до мая"), ProposedItem("Сбор", "когда-нибудь потом"))
    asked, strange = plan.items.order_by("position")
    by = actor(world, "coordinator")
    with pytest.raises(Invalid):
        approving.approve_plan(plan=plan, by=by, **ACT)
    with pytest.raises(Invalid):
        writing.settle_term(item=asked, reading="до июня", by=by)
    settled = writing.settle_term(item=asked, reading="не позднее мая", by=by)
    assert (settled.phrase, settled.term) == ("до мая", TermState.DATED)
    assert [one.due for one in times(settled)] == [date(2026, 5, 31)]
    assert writing.settle_term(item=strange, reading="", by=by).term == TermState.LATER
    assert approving.approve_plan(plan=plan, by=by, **ACT).state == PlanState.APPROVED


def test_numbers_follow_the_sections_and_none_is_given_twice(world: World) -> None:
    rows = [
        ProposedItem("а", "май", heading="Обучение"), ProposedItem("б", "май", heading="Обучение", number="1.1"),
        ProposedItem("в", "май", heading="Аудит"), ProposedItem("г", "май"),
    ]  # fmt: skip
    plan = draft(world, *rows)
    assert {item.content: item.number for item in plan.items.all()} == {"а": "1.2", "б": "1.1", "в": "2.1", "г": "1"}


def test_who_is_meant_is_understood_and_the_words_stay(world: World) -> None:
    who = "Методисты МКУ «МЦ СДПО», сообщество тьюторов, руководители ОО, завучи по УВР, Иванова"
    item = first_item(draft(world, open_lessons(who=who)))
    assert item.who == who
    roles = set(item.responsible.values_list("role", flat=True))
    assert roles == {Role.COORDINATOR, Role.TUTOR, Role.HEAD, Role.DEPUTY_HEAD}


@pytest.mark.parametrize("who", ["Заместители директора", "зам. директора по УВР"])
def test_a_deputy_is_no_head(world: World, who: str) -> None:
    item = first_item(draft(world, open_lessons(who=who)))
    assert list(item.responsible.values_list("role", flat=True)) == [Role.DEPUTY_HEAD]


def test_a_second_approver_is_told_whose_number_stands(world: World, as_: Any) -> None:
    plan = approved(world)
    by = actor(world, "coordinator")
    assert approving.approve_plan(plan=plan, by=by, **ACT).act_number == ACT["number"], "the same press"
    with pytest.raises(Conflict) as refusal:
        approving.approve_plan(plan=plan, by=by, **(ACT | {"number": "68-о"}))
    told = WorkPlan.objects.get(pk=plan.pk)
    assert told.act_number == ACT["number"]
    assert told.approved_by is not None
    assert f" {ACT['number']} " in refusal.value.sentence
    assert told.approved_by.short_name in refusal.value.sentence
    client = as_("coordinator")
    answer = client.post(
        reverse("planning:plan_approve", args=[plan.pk]), ACT | {"number": "68-о", "day": "2020-09-01"}
    )
    assert (answer.status_code, "План уже утверждён" in answer.content.decode()) == (409, True)


def test_a_draft_is_rewritten_without_a_trace_an_approved_plan_by_amendments(world: World) -> None:
    plan = draft(world)
    change(world, first_item(plan), phrase="октябрь")
    assert not plan.revisions.exists()
    approving.approve_plan(plan=plan, by=actor(world, "coordinator"), **ACT)
    item = first_item(plan)
    with pytest.raises(Invalid):
        change(world, item, phrase="ноябрь")
    assert first_item(plan).phrase == "октябрь"
    change(world, item, "Приказ управления № 5", phrase="ноябрь")
    change(world, item, "Приказ управления № 5", content="Открытые уроки тьюторов", phrase="ноябрь")
    change(world, item, "Приказ управления № 5", content="Открытые уроки тьюторов", phrase="ноябрь")
    revision = plan.revisions.get()
    assert [(one["before"]["phrase"], one["after"]["phrase"]) for one in revision.changes] == [
        ("октябрь", "ноябрь"), ("ноябрь", "ноябрь"),
    ]  # fmt: skip
    writing.remove_item(item=item, reason="Передано школам", by=actor(world, "coordinator"))
    item.refresh_from_db()
    assert item.removed_in
    assert item.removed_in.number == 2
    with pytest.raises(Conflict):
        change(world, item, "ещё раз", phrase="май")


def test_what_ran_under_the_old_words_stays(world: World) -> None:
    """Quarters become months: the quarter that was done and those that are over stay, the others go."""
    plan = approved(world)
    item = first_item(plan)
    first, second = times(item)[:2]
    told = DeedText("Урок в 5 классе", date(2025, 10, 10))
    tell_deed(occurrence=first, told=told, by=actor(world, "tutor"))
    change(world, item, "Чаще", phrase="май")
    rows = times(item)
    assert {row.label for row in rows if row.former} >= {first.label, second.label}
    assert [row.label for row in rows if not row.former] == ["май 2026 года"]
    assert ItemOccurrence.objects.get(pk=first.pk).state == "done"


def test_fulfilment_stays_with_its_period_when_the_calendar_shifts(world: World) -> None:
    plan = approved(world)
    item = first_item(plan)
    second = times(item)[1]
    tell_deed(occurrence=second, told=DeedText("Урок", date(2025, 12, 1)), by=actor(world, "tutor"))
    year = school_year(2025)
    days = [
        (date(2025, 9, 1), date(2025, 10, 26)), (date(2025, 11, 6), date(2025, 12, 28)),
        (date(2026, 1, 12), date(2026, 3, 22)), (date(2026, 4, 1), date(2026, 5, 26)),
    ]  # fmt: skip
    for number, (start, end) in enumerate(days):
        name = f"{('I', 'II', 'III', 'IV')[number]} четверть"
        CalendarPeriod.objects.create(centre=world.own, year=year, kind="quarter", name=name, start=start, end=end)
    plan.refresh_from_db()
    date_items(plan, [item])
    moved = ItemOccurrence.objects.get(pk=second.pk)
    assert (moved.start, moved.end, moved.state, moved.former) == (*days[1], "done", False)
    assert len(times(item)) == 4


def test_a_year_that_was_done_does_not_become_a_month(world: World) -> None:
    item = first_item(approved(world, open_lessons(phrase="в течение года")))
    year = times(item)[0]
    tell_deed(occurrence=year, told=DeedText("Урок", date(2025, 12, 1)), by=actor(world, "tutor"))
    change(world, item, "Чаще", phrase="ежемесячно")
    rows = times(item)
    assert [(row.pk, row.label) for row in rows if row.former] == [(year.pk, year.label)]
    assert [row.state for row in rows if not row.former] == ["open"] * 9


def test_dating_twice_changes_nothing(world: World) -> None:
    plan = approved(world, open_lessons(), open_lessons(phrase="2 раза в месяц"), open_lessons(phrase="еженедельно"))
    before = list(ItemOccurrence.objects.order_by("pk").values())
    date_items(plan, list(plan.items.all()))
    assert list(ItemOccurrence.objects.order_by("pk").values()) == before


def test_whoever_may_not_is_refused(world: World) -> None:
    plan = draft(world)
    for name in ("tutor", "head", "teacher", "foreign_coordinator"):
        with pytest.raises(Refused):
            writing.add_items(plan=plan, rows=[open_lessons()], by=actor(world, name))
        with pytest.raises(Refused):
            approving.approve_plan(plan=plan, by=actor(world, name), **ACT)


def test_a_tutors_own_plan_goes_to_the_coordinator(world: World) -> None:
    plan = draft(world, by="tutor")
    tutor, coordinator = actor(world, "tutor"), actor(world, "coordinator")
    with pytest.raises(Refused):
        change(world, first_item(plan), phrase="май")
    approving.propose_plan(plan=plan, by=tutor)
    approving.propose_plan(plan=plan, by=tutor)
    with pytest.raises(Conflict):
        change(world, first_item(plan), by="tutor", phrase="май")
    approving.return_plan(plan=plan, reason="Добавьте отчёт", by=coordinator)
    change(world, first_item(plan), by="tutor", phrase="май")
    approving.propose_plan(plan=plan, by=tutor)
    assert approving.approve_plan(plan=plan, by=coordinator, **ACT).state == PlanState.APPROVED


def test_in_a_centre_of_one_school_the_head_approves(world: World) -> None:
    world.own.school = world.school
    world.own.save()
    plan = draft(world)
    with pytest.raises(Refused):
        approving.approve_plan(plan=plan, by=actor(world, "coordinator"), **ACT)
    approving.propose_plan(plan=plan, by=actor(world, "coordinator"))
    assert approving.approve_plan(plan=plan, by=actor(world, "head"), **ACT).approved_by_id


def test_a_draft_is_thrown_away_and_an_approved_plan_is_not(world: World) -> None:
    plan, by = draft(world), actor(world, "coordinator")
    approving.discard_plan(plan=plan, by=by)
    approving.discard_plan(plan=plan, by=by)
    with pytest.raises(Conflict):  # a window opened before
        writing.add_items(plan=plan, rows=[open_lessons()], by=by)
    assert not WorkPlan.objects.exists()
    with pytest.raises(Conflict):
        approving.discard_plan(plan=approved(world), by=by)


def test_two_tutors_see_their_own_plans(world: World) -> None:
    mine, theirs = draft(world, by="tutor"), draft(world, by="other_tutor")
    make_member(world.foreign, Role.TUTOR)
    assert list(visible_to(actor(world, "tutor"))) == [mine]
    assert list(visible_to(actor(world, "other_tutor"))) == [theirs]
    assert not visible_to(actor(world, "coordinator")).exists(), "a draft of one's own is private"


def test_a_plan_of_the_middle_of_the_year_has_nothing_before_its_first_day(world: World) -> None:
    begins = date(2025, 12, 1)
    rows = (open_lessons(), open_lessons(content="Аудит", phrase="не реже одного раза в два месяца"))
    late = draft(world, *rows, begins=begins)
    quarterly, floor = late.items.order_by("position")
    assert times(quarterly)[0].start == begins
    assert len(times(quarterly)) == 3
    assert (times(floor)[0].start, times(floor)[0].end) == (begins, date(2026, 1, 31))
    with pytest.raises(Invalid):
        draft(world, begins=date(2024, 12, 1))
    of_year = draft(world, span="calendar", year=2026, begins=date(2026, 3, 1))
    assert min(one.start for one in times(first_item(of_year))) == date(2026, 3, 1)


def test_schools_are_typed_by_name(world: World, client: Client) -> None:
    plan = draft(world)
    client.force_login(world.accounts["coordinator"])
    address = reverse("planning:item_new", args=[plan.pk])
    said = {"content": "Круглый стол", "phrase": "март", "needs": "1"}
    bad = client.post(address, said | {"schools": "СОШ № 777"})
    assert bad.status_code == 422
    client.post(address, said | {"schools": world.school.name})
    item = plan.items.get(content="Круглый стол")
    assert [row.school_id for row in item.responsible.all()] == [world.school.pk]
    page = client.get(reverse("planning:item_edit", args=[item.pk])).content.decode()
    assert world.school.name in page


def test_a_large_plan_is_approved_by_the_worker_and_what_is_not_ready_at_once_refused(
    world: World, as_: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    everything_is_long(APPROVE, monkeypatch)
    plan, client, given = draft(world), as_("coordinator"), {**ACT, "from_today": "no"}
    address = reverse("planning:plan_approve", args=[plan.pk])
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert client.post(address, {**given, "day": tomorrow}).status_code == 422
    assert not Errand.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.post(address, given) for _ in range(2)]
    errand = Errand.objects.get()
    assert {one.headers["Location"] for one in answers} == {reverse("desk:errand_detail", args=[errand.pk])}
    do_what_is_due()
    plan.refresh_from_db()
    errand.refresh_from_db()
    assert (plan.state, plan.act_number, errand.state) == (PlanState.APPROVED, ACT["number"], ErrandState.DONE)
    assert (errand.url, errand.said.startswith("План утверждён")) == (
        reverse("planning:plan_detail", args=[plan.pk]), True,
    )  # fmt: skip
    assert Waiting.objects.filter(kind="planning.roles").exists()


def test_what_changed_while_the_approval_waited_is_not_approved(world: World) -> None:
    plan, by = draft(world), actor(world, "coordinator")
    seen = approving.edition_of(plan)
    change(world, first_item(plan), phrase="май")
    with pytest.raises(Conflict):
        approving.approve_plan(plan=plan, by=by, seen=seen, **ACT)
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT
    assert approving.approve_plan(plan=plan, by=by, seen=approving.edition_of(plan), **ACT).approved_by_id


@pytest.mark.parametrize(("from_today", "late"), [(True, 0), (False, 1)])
def test_what_was_past_when_a_plan_is_approved_is_let_go_or_late(world: World, from_today: bool, late: int) -> None:
    today = timezone.localdate()
    year = this_year()
    past, ahead = (f"до {day:%d.%m.%Y}" for day in (today - timedelta(days=1), today + timedelta(days=1)))
    plan = draft(world, open_lessons(phrase=past), open_lessons(content="Аудит", phrase=ahead), year=year)
    said = {**ACT, "day": today, "from_today": from_today, "by": actor(world, "coordinator")}
    for _ in range(2):
        approving.approve_plan(plan=plan, **said)
    gone, due = (times(item)[0] for item in plan.items.order_by("position"))
    assert (gone.state, due.state) == ("open" if late else "cancelled", "open")
    assert past_times(plan, today).count() == late
    if gone.state == "cancelled":
        assert doing.restore_occurrence(occurrence=gone, by=actor(world, "coordinator")).state == "open"


def test_what_was_let_go_reminds_nobody(world: World) -> None:
    """Neither of what is let go nor, beside the next time, of how much before it was missed."""
    today, person = timezone.localdate(), world.accounts["coordinator"].person_id or 0
    every_month = open_lessons(phrase="ежемесячно", people=(person,))
    one_day = open_lessons(content="Аудит", phrase=f"{today - timedelta(days=1):%d.%m.%Y}", people=(person,))
    plan = draft(world, every_month, one_day, year=this_year())
    approving.approve_plan(plan=plan, by=actor(world, "coordinator"), from_today=True, **ACT)
    assert ItemOccurrence.objects.filter(item__plan=plan, state="cancelled").count() > 1
    assert what_differs() == []
    assert "пропущен" not in " ".join(line.who for line in lines_for(actor(world, "coordinator"), kinds="planning."))


def test_of_an_item_whose_times_were_all_let_go_none_is_waited_for(world: World, as_: Any) -> None:
    days = [f"{timezone.localdate() - timedelta(days=number):%d.%m.%Y}" for number in (2, 1)]
    plan = draft(world, open_lessons(phrase=", ".join(days)), year=this_year())
    assert len(times(first_item(plan))) == 2
    approving.approve_plan(plan=plan, by=actor(world, "coordinator"), from_today=True, **ACT)
    page = as_("coordinator").get(reverse("planning:plan_detail", args=[plan.pk])).content.decode()
    assert "ни одного срока не ждут" in page
    assert "0 из 0" not in page


def test_the_page_says_how_much_of_a_draft_is_past_and_asks_about_it(world: World, as_: Any) -> None:
    today = timezone.localdate()
    row = open_lessons(phrase=f"до {today - timedelta(days=1):%d.%m.%Y}")
    plan, client = draft(world, row, year=this_year()), as_("coordinator")
    page = client.get(reverse("planning:plan_detail", args=[plan.pk])).content.decode()
    assert "срок уже прошёл" in page
    said = {**ACT, "day": today.isoformat()}
    assert client.post(reverse("planning:plan_approve", args=[plan.pk]), said).status_code == 422, "it is an answer"
    client.post(reverse("planning:plan_approve", args=[plan.pk]), said | {"from_today": "yes"})
    assert times(first_item(plan))[0].state == "cancelled"
    ahead = draft(world, open_lessons(phrase="по запросу"), year=this_year())
    assert "from_today" not in client.get(reverse("planning:plan_detail", args=[ahead.pk])).content.decode()
