"""Of what an event is made: topics by number, requests of several schools, lines of plans; the form is filled in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml.html import fromstring

from tests.consultations.request_factories import assigned, school_request
from tests.consultations.slot_factories import monday
from tests.events.event_factories import begun, draft, rules
from tests.factories import make_member, make_school
from tests.planning.plan_factories import approved, first_item, open_lessons
from tests.routes.need_factories import person
from tests.routes.route_factories import actor, make_hypothesis, make_route_support
from tests.world import World
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.core import audit, school_year
from traektoria.core.models import AuditEvent
from traektoria.diagnostics.problem_field.actions.hypotheses import reopen_hypothesis
from traektoria.events.drafting.letters import ANSWERED, to_school
from traektoria.events.drafting.school_requests import keep_requests
from traektoria.events.event.actions.steps import announce_event, cancel_event
from traektoria.events.event.ideas import find_idea, idea_sources
from traektoria.events.models import Event, EventDate
from traektoria.messaging.kinds import readers
from traektoria.messaging.models import Message
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
PAGE = "/events/ideas/"


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    rules(world)


def said_to(world: World, name: str, slug: str) -> list[str]:
    who, centre = actor(world, name), world.foreign if name.startswith("foreign") else world.own
    [source] = [one for one in idea_sources if one.slug == slug]
    return [f"{one.what} | {one.why}" for one in source.found(who, centre, who.rules_in(centre.pk))]


def confirmed_by(world: World, number: int, topic: str = "Дроби", days: int = 20) -> None:
    for _one in range(number):
        teacher = make_member(world.own, Role.TEACHER, world.school).person
        make_hypothesis(world, teacher, topic, decided_at=timezone.now() - timedelta(days=days))


def test_a_topic_is_told_by_number_from_ten_unknown_teachers_on(world: World) -> None:
    """What was confirmed since Monday, by who has left, or long ago, is not counted; nobody else's centre sees it."""
    confirmed_by(world, 9)
    make_hypothesis(world, person(world, "teacher"), "Дроби", decided_at=timezone.now())
    make_hypothesis(world, person(world, "teacher"), "Дроби", decided_at=timezone.now() - timedelta(days=500))
    assert said_to(world, "coordinator", "topics") == []
    confirmed_by(world, 5)
    told = ["Дроби | математика: подтвердили не меньше 10\N{NO-BREAK SPACE}учителей"]
    assert said_to(world, "coordinator", "topics") == said_to(world, "tutor", "topics") == told
    assert said_to(world, "foreign_coordinator", "topics") == []
    known = [one.person for one in world.own.hypotheses.filter(decided_at__lt=timezone.now() - timedelta(days=10))[:5]]
    for number, one in enumerate(known):
        world.accounts[f"known{number}"] = one.account
    make_route_support(world, *[f"known{number}" for number in range(5)], kind="group", name="Пятеро")
    assert said_to(world, "tutor", "topics") == []
    assert said_to(world, "other_tutor", "topics") == told


def test_the_number_is_of_monday_whoever_leaves_or_takes_it_back(world: World) -> None:
    """Neither a role that ended on this day nor a word that was taken back changes what is told this week."""
    confirmed_by(world, 10)
    told = said_to(world, "coordinator", "topics")
    first, second = world.own.hypotheses.order_by("pk")[:2]
    audit.record("hypothesis.confirm", first, by=actor(world, "tutor"))
    AuditEvent.objects.filter(event="hypothesis.confirm").update(at=timezone.now() - timedelta(days=20))
    reopen_hypothesis(hypothesis=first, by=actor_of(first.person.account))
    second.person.roles.update(end=timezone.localdate())
    assert len(told) == 1
    assert said_to(world, "coordinator", "topics") == told


def test_several_schools_that_ask_for_one_subject(world: World) -> None:
    """The coordinator reads all requests of schools, a tutor those that are given to them; one school is none."""
    asked = school_request(world, "teacher", topic="Проценты", classes="6")
    assert said_to(world, "coordinator", "requests") == []
    other = school_request(world, "other_teacher", topic="Доли")
    other.school = make_school(world.own, "Лицей 2")
    other.save()
    [line] = said_to(world, "coordinator", "requests")
    assert line == f"математика | {world.school.name}, Лицей 2 просят: Проценты; Доли"
    assert said_to(world, "tutor", "requests") == []
    for one in (asked, other):
        assigned(world, one)
    assert said_to(world, "tutor", "requests") == [line]
    assert said_to(world, "other_tutor", "requests") == []


def test_schools_are_told_once_which_event_answers_what_they_asked(world: World, as_: As) -> None:
    """What was asked after the form was opened is not answered by it; drafts are told to nobody; a cancelled event
    answers nothing, and the requests are offered again."""
    asked, other = school_request(world, "teacher", topic="Проценты"), school_request(world, topic="Доли")
    other.school = make_school(world.own, "Лицей 2")
    other.save()
    form = "/events/new/?of=requests&key=math"
    hidden = [one.get("value") for one in fromstring(as_("coordinator").get(form).text).xpath("//*[@name='made_of']")]
    assert hidden == [str(asked.pk), str(other.pk)]
    late = school_request(world, "other_teacher", topic="Дроби")
    sent = {
        "kind": "master_class", "title": "Проценты", "day": (timezone.localdate() + timedelta(days=9)).isoformat(),
        "start": "15:00", "end": "16:00", "where": "elsewhere", "place": "СОШ 1", "level": "municipal",
        "leaders": [person(world, "tutor").pk], "made_of": [*hidden, "7000000"],
    }  # fmt: skip
    assert as_("coordinator").post(form, sent).status_code == 302
    event, page = Event.objects.get(), reverse("consultations:request_detail", args=[asked.pk])
    assert set(event.answered.values_list("request", flat=True)) == {asked.pk, other.pk}
    letters, told = Message.objects.filter(kind="events.answers_school"), "Отвечает мероприятие"
    assert told not in as_("head").get(page).text
    assert said_to(world, "coordinator", "requests") == []
    for _press in range(2):
        announce_event(event=event, by=actor(world, "coordinator"))
    heads = {person(world, name).pk for name in ("head", "deputy_head")}
    assert letters.count() == 2
    assert set(letters.values_list("person_id", flat=True)) == heads
    assert told in as_("head").get(page).text
    assert told not in as_("head").get(reverse("consultations:request_detail", args=[late.pk])).text
    assert subjects(letters, heads) == {"Мероприятие отвечает на заявку вашей школы"}
    at_first, register = event.dates.get().start, "Записать учителей школы можно"
    assert register in as_("head").get(page).text
    assert register not in as_("coordinator").get(page).text
    Event.objects.update(pupils_only=True)
    assert register not in as_("head").get(page).text
    Event.objects.update(pupils_only=False)
    date = begun(event, 1)
    assert subjects(letters, heads) == {""}, "it has begun"
    EventDate.objects.filter(pk=date.pk).update(start=at_first, original=at_first, end=at_first + timedelta(hours=1))
    ConsultationRequest.objects.update(state="withdrawn")
    assert subjects(letters, heads) == {""}, "nothing is asked for any more"
    ConsultationRequest.objects.update(state="asked")
    cancel_event(event=event, reason="Карантин", by=actor(world, "coordinator"))
    assert subjects(letters, heads) == {"Мероприятие, о котором просила школа, отменено"}
    assert letters.count() == 2
    assert told not in as_("head").get(page).text
    assert len(said_to(world, "coordinator", "requests")) == 1


def test_a_request_is_answered_by_one_event_and_a_forgotten_draft_by_none(world: World) -> None:
    asked, other = school_request(world, "teacher"), school_request(world, "other_teacher")
    other.school = make_school(world.own, "Лицей 2")
    other.save()
    first, second = draft(world), draft(world, days=[monday(3)])
    keep_requests(first, [asked.pk, other.pk])
    keep_requests(second, [asked.pk, other.pk])
    assert (first.answered.count(), second.answered.count()) == (2, 0)
    assert said_to(world, "coordinator", "requests") == []
    Event.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(days=15))
    assert len(said_to(world, "coordinator", "requests")) == 1
    keep_requests(second, [asked.pk, other.pk])
    assert second.answered.count() == 2
    for event in (second, first):
        announce_event(event=event, by=actor(world, "coordinator"))
    assert (first.answered.count(), second.answered.count()) == (0, 2), "the forgotten one answers nobody's request now"
    assert set(Message.objects.filter(kind=ANSWERED).values_list("fact", flat=True)) <= {str(second.pk)}


def subjects(letters: QuerySet[Message], people: set[int]) -> set[str]:
    known = readers(people)
    rows = [to_school([one], known[one.person_id]) for one in letters.all() if one.person_id]
    return {getattr(said, "subject", "") for row in rows for said in row}


def test_from_a_line_of_the_plan_to_an_announced_event(world: World, as_: As) -> None:
    """Three presses: the line, «save» (place alone is typed), «announce»."""
    year = school_year.this_year()
    item = first_item(approved(world, open_lessons(phrase="ежемесячно"), year=year))
    form = f"/events/new/?of=plan&key={item.pk}"
    assert f"key={item.pk}" in as_("tutor").get(PAGE).content.decode()
    assert "of=plan" in as_("tutor").get(f"/plans/items/{item.pk}/").content.decode()
    page = as_("tutor").get(form).content.decode()
    assert 'value="open_lesson" selected' in page
    assert 'value="Открытые уроки"' in page
    foreign = actor(world, "foreign_coordinator")
    assert find_idea(foreign, world.foreign, foreign.rules_in(world.foreign.pk), "plan", str(item.pk)) is None
    assert find_idea(foreign, world.foreign, foreign.rules_in(world.foreign.pk), "none", "1") is None
    sent = {
        "kind": "open_lesson", "title": "Открытые уроки", "day": (timezone.localdate() + timedelta(days=9)).isoformat(),
        "start": "15:00", "end": "16:00", "where": "elsewhere", "place": "СОШ 1", "level": "municipal",
        "leaders": [person(world, "tutor").pk],
    }  # fmt: skip
    assert as_("tutor").post(form, sent).status_code == 302
    event = Event.objects.get()
    as_("tutor").post(f"/events/{event.pk}/step/", {"step": "announce"})
    event.refresh_from_db()
    assert (event.kind, event.state, event.observation) == ("open_lesson", "announced", True)


def test_ideas_cost_the_same_at_one_and_three(world: World, as_: As) -> None:
    found = []
    as_("tutor").get(PAGE)
    for number in range(3):
        confirmed_by(world, 10, topic=f"Тема {number}")
        with CaptureQueriesContext(connection) as asked:
            as_("tutor").get(PAGE)
        found.append(len(asked))
    assert found[0] == found[2]
