"""What happens in other rooms is offered for the times for which it may count."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.consultations.hour_factories import given, recorded
from tests.consultations.slot_factories import at
from tests.events.event_factories import announced, rules
from tests.planning.plan_factories import ACT, approved, draft, first_item, open_lessons, times
from tests.routes.route_factories import actor, make_running
from tests.world import World
from traektoria.consultations.hours.actions.giving import withdraw_hour
from traektoria.consultations.models import ConsultationHour
from traektoria.core import school_year
from traektoria.core.errors import Conflict, Refused
from traektoria.events.models import Event, EventDate
from traektoria.planning.facts.kinds import is_meant
from traektoria.planning.facts.registry import Fact, fact_kinds, kinds_meant
from traektoria.planning.fulfilment.actions import doing
from traektoria.planning.fulfilment.actions.offering import places_for
from traektoria.planning.fulfilment.models import Suggestion
from traektoria.planning.fulfilment.queries.counts import facts_of, numbers_of
from traektoria.planning.models import ItemOccurrence, PlanItem
from traektoria.planning.plans.actions.approving import approve_plan, propose_plan
from traektoria.planning.plans.actions.writing import ProposedItem
from traektoria.planning.reports.against_fact import whole_report
from traektoria.routes.models import LearningRoute
from traektoria.routes.route.enums import RouteState

pytestmark = pytest.mark.django_db
MONTHLY = ProposedItem("Консультации для учителей", "ежемесячно", "тьюторы")
YEARLY = ProposedItem("Час методической помощи", "в течение года", "тьюторы")


def this_year() -> dict[str, Any]:
    """A plan that begins this month, so that nothing of it was missed lately."""
    day = hour_day()
    begins = None if 6 <= day.month <= 8 else day.replace(day=1)
    return {"year": school_year.year_of(day), "begins": begins}


def hour_day() -> date:
    """When the hour of ``recorded`` began: in the first hours of a month that may be the month before."""
    return timezone.localdate(given().start)


def near(world: World, row: ProposedItem = MONTHLY, **facts: object) -> PlanItem:
    """An approved item of the year of today; in summer the year is over, so its times may all be missed."""
    return first_item(approved(world, row, **this_year(), **facts))


def test_an_hour_is_offered_and_counted_for_two_items(world: World) -> None:
    plan = approved(world, MONTHLY, YEARLY, **this_year())
    hour = recorded(world)
    offered = list(Suggestion.objects.filter(fact_kind="hours", fact_id=hour.pk))
    assert {one.occurrence.item_id for one in offered} == set(plan.items.values_list("pk", flat=True))
    assert hour.topic not in offered[0].what, "the topic is read by fewer than the plan"
    for one in offered:
        doing.count_fact(suggestion=one, by=actor(world, "tutor"))
        doing.count_fact(suggestion=one, by=actor(world, "tutor"))
    assert ItemOccurrence.objects.filter(state="done").count() == 2
    assert not Suggestion.objects.exists()


def test_what_is_withdrawn_counts_no_more(world: World) -> None:
    item, hour = near(world), recorded(world)
    deed = doing.count_fact(suggestion=Suggestion.objects.get(), by=actor(world, "tutor"))
    withdraw_hour(hour=hour, reason="Записано дважды", by=actor(world, "tutor"))
    deed.refresh_from_db()
    assert deed.undone_why
    assert not item.occurrences.filter(state="done").exists()


def test_what_is_withdrawn_is_offered_no_more_and_counted_by_nobody(world: World) -> None:
    near(world)
    hour = recorded(world)
    offered = Suggestion.objects.get()
    ConsultationHour.objects.filter(pk=hour.pk).update(withdrawn_at=timezone.now(), withdrawn_why="x")
    with pytest.raises(Conflict):
        doing.count_fact(suggestion=offered, by=actor(world, "tutor"))
    withdraw_hour(hour=hour, reason="x", by=actor(world, "tutor"))
    ConsultationHour.objects.get(pk=hour.pk).save()
    assert not Suggestion.objects.exists()


def test_not_this_is_not_offered_again(world: World) -> None:
    near(world)
    hour = recorded(world)
    doing.dismiss_fact(suggestion=Suggestion.objects.get(), by=actor(world, "tutor"))
    hour.save()
    assert Suggestion.objects.get().dismissed_at


def test_what_happened_before_the_approval_is_offered_at_it(world: World) -> None:
    recorded(world)
    plan = draft(world, MONTHLY, **this_year())
    assert not Suggestion.objects.exists()
    approve_plan(plan=plan, by=actor(world, "coordinator"), **ACT)
    assert Suggestion.objects.count() == 1


def test_of_a_tutors_own_plan_only_their_own_hours_count(world: World) -> None:
    mine, theirs = (draft(world, MONTHLY, by=name, **this_year()) for name in ("tutor", "other_tutor"))
    for plan, name in ((mine, "tutor"), (theirs, "other_tutor")):
        propose_plan(plan=plan, by=actor(world, name))
        approve_plan(plan=plan, by=actor(world, "coordinator"), **ACT)
    recorded(world)
    assert Suggestion.objects.get().occurrence.item.plan_id == mine.pk


def test_another_centre_is_offered_nothing(world: World) -> None:
    approved(world, MONTHLY, by="foreign_coordinator", **this_year())
    recorded(world)
    assert not Suggestion.objects.exists()


def test_who_does_not_answer_for_it_counts_nothing(world: World) -> None:
    near(world)
    recorded(world)
    for name in ("head", "teacher", "foreign_coordinator"):
        with pytest.raises(Refused):
            doing.count_fact(suggestion=Suggestion.objects.get(), by=actor(world, name))


def test_items_without_times_count_what_happens_and_take_deeds(world: World) -> None:
    item = near(world, ProposedItem("Консультации", "по запросу ОО", "тьюторы"))
    recorded(world)
    kind = fact_kinds.get("hours")
    assert kind
    if school_year.year_of(hour_day()) == school_year.this_year():
        assert numbers_of(facts_of(item, [kind])) in ([(kind.label, 1)], [(kind.label, 0)])
    told = doing.DeedText("Разобрали рабочие программы", timezone.localdate())
    deed = doing.tell_of_item(item=item, told=told, by=actor(world, "tutor"))
    assert doing.tell_of_item(item=item, told=told, by=actor(world, "tutor")) == deed
    with pytest.raises(Conflict):
        doing.tell_of_item(item=near(world), told=told, by=actor(world, "tutor"))


def test_of_an_item_without_times_each_thing_that_happened_counts_once(world: World, as_: Any) -> None:
    """«По отдельному графику»: only events of the forms that the line names are counted and offered, none of another
    year; what is withdrawn counts no more."""
    rules(world)
    item = first_item(approved(world, ProposedItem("Проведение мастер-классов", "по отдельному графику", "тьюторы")))
    dates = [
        held(announced(world, kind=kind, title=kind), year)
        for kind, year in (("master_class", 2025), ("open_lesson", 2025), ("master_class", 2024))
    ]
    keys = [f"events:{date.pk}" for date in dates]
    client, page = as_("tutor"), reverse("planning:item_detail", args=[item.pk])
    link = reverse("planning:item_link", args=[item.pk])
    shown = client.get(page).content.decode()
    assert [f'value="{key}"' in shown for key in keys] == [True, False, False]
    (line,) = whole_report(item.plan)
    assert line.happened == [("проведённые мероприятия", 1)]
    assert client.post(link, {"fact": "events:"}).status_code == 422
    assert client.post(link, {"fact": keys[2]}).status_code == 409, "of another year"
    assert as_("teacher").post(link, {"fact": keys[0]}).status_code in (403, 404)
    for _time in range(2):
        assert client.post(link, {"fact": keys[0]}).status_code == 302
    deed = item.deeds.get()
    assert (deed.day, deed.fact_id) == (date(2025, 10, 15), dates[0].pk)
    assert f'value="{keys[0]}"' not in client.get(page).content.decode()
    dates[0].held_at = None
    dates[0].save(update_fields=["held_at"])
    deed.refresh_from_db()
    assert deed.undone_why, "nobody says any more that it took place"


def held(event: Event, year: int) -> EventDate:
    """Its date took place on 15 October of that year."""
    row = event.dates.get()
    row.start = row.original = at(date(year, 10, 15), time(12))
    row.end, row.held_at = row.start + timedelta(hours=1), timezone.now()
    row.save()
    return row


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        ("Индивидуальные консультации", " hours "),
        ("Анкетирование, собеседования", " campaigns "),
        ("Диагностика и маршруты", " campaigns routes "),
        ("Заседание комиссии", " sessions "),
        ("Открытые уроки", " events "),
        ("Обучающее мероприятие для педагогов", " events "),
        ("Объявления о семинарах, конференциях и конкурсах", " announcements "),
        ("Отчёт о работе", ""),
        ("Анализ результатов ВПР по математике", " results "),
        ("Подведение итогов реализации маршрутов", " routes reviews "),
        ("Приказ о назначении тьюторов", " documents "),
    ],
)
def test_kinds_follow_from_the_words(content: str, kinds: str) -> None:
    assert kinds_meant(content) == kinds


def test_for_which_time_something_counts(world: World) -> None:
    """In its own period, and for one that was missed lately; never for one that has not begun."""
    rows = times(first_item(approved(world, open_lessons())))
    assert places_for(date(2025, 9, 1), rows) == [rows[0]]
    assert places_for(date(2025, 10, 30), rows) == [rows[0]], "in the holidays after the first quarter"
    assert places_for(date(2025, 8, 1), rows) == []
    assert places_for(date(2025, 11, 6), rows) == [rows[1], rows[0]], "done late for the first, or of the second"
    assert places_for(date(2025, 12, 20), rows) == [rows[1]]
    assert places_for(date(2026, 7, 1), rows) == [rows[3]]


def test_what_happened_is_chosen_by_hand_where_nobody_offered_it(world: World, as_: Any) -> None:
    """In the plan of the centre whoever answers for it; what counts already, and what is of another centre, is not
    there to choose."""
    item, hour = near(world, ProposedItem("Работа с молодыми", "в течение года", "тьюторы")), recorded(world)
    time, client = times(item)[0], as_("tutor")
    assert not Suggestion.objects.exists()
    page, link = (reverse(f"planning:{name}", args=[time.pk]) for name in ("time_detail", "fact_link"))
    assert f"hours:{hour.pk}" in client.get(page, {"find": "1"}).content.decode()
    with pytest.raises(Conflict):
        doing.link_fact(occurrence=time, fact_kind="hours", fact_id=hour.pk + 1, by=actor(world, "tutor"))
    ConsultationHour.objects.filter(pk=hour.pk).update(start=hour.start - timedelta(days=400))
    assert client.post(link, {"fact": f"hours:{hour.pk}"}).status_code == 409, "of another year"
    ConsultationHour.objects.filter(pk=hour.pk).update(start=hour.start)
    for _ in range(2):
        assert client.post(link, {"fact": f"hours:{hour.pk}"}).status_code == 302
    assert time.deeds.get(undone_at=None).fact_id == hour.pk
    assert f"hours:{hour.pk}" not in client.get(page, {"find": "1"}).content.decode()
    assert client.post(link, {"fact": "hours:"}).status_code == 422
    elsewhere = times(first_item(approved(world, MONTHLY, by="foreign_coordinator", **this_year())))[0]
    with pytest.raises(Conflict):
        doing.link_fact(occurrence=elsewhere, fact_kind="hours", fact_id=hour.pk, by=actor(world, "foreign_tutor"))


def test_the_page_to_choose_costs_the_same_for_one_and_three(world: World, as_: Any) -> None:
    time, client = times(near(world, YEARLY))[0], as_("tutor")
    page = reverse("planning:time_detail", args=[time.pk])
    recorded(world)
    with CaptureQueriesContext(connection) as one:
        client.get(page, {"find": "1"})
    for _ in range(2):
        recorded(world)
    with CaptureQueriesContext(connection) as three:
        client.get(page, {"find": "1"})
    assert len(three) == len(one) <= 24


def test_a_reviewed_route_is_a_fact_once_it_is_closed(world: World) -> None:
    plan = approved(world, ProposedItem("Подведение итогов маршрутов", "в течение года", "тьюторы"), **this_year())
    route = make_running(world)
    assert not Suggestion.objects.filter(fact_kind="reviews").exists()
    LearningRoute.objects.filter(pk=route.pk).update(state=RouteState.CLOSED, closed_at=given().start)
    LearningRoute.objects.get(pk=route.pk).save()
    offered = Suggestion.objects.get(fact_kind="reviews")
    assert (offered.occurrence.item.plan_id, offered.fact_id) == (plan.pk, route.pk)
    assert world.accounts["teacher"].person.surname not in offered.what


@pytest.mark.parametrize(
    ("content", "kind", "meant"),
    [
        ("Проведение открытых уроков", "Открытый урок", True),
        ("Проведение открытых уроков", "Взаимопосещение уроков", False),
        ("Организация взаимопосещений уроков", "Открытый урок", False),
        ("Открытые уроки в 5 классах", "Мастер-класс", False),
        ("Семинары и круглые столы", "Обучающий семинар", True),
        ("Мероприятия для учителей", "Круглый стол", True),
        ("Мастер-классы", "Творческая встреча", False),
    ],
)
def test_which_form_of_event_an_item_means(content: str, kind: str, meant: bool) -> None:
    assert is_meant(content, Fact(1, 1, date(2026, 10, 1), "", form=kind)) is meant
