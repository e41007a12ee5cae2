"""Registration: a place or a turn in the waiting list, given back, moved up, by the school, on some dates."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.consultations.slot_factories import monday
from tests.events.enrolment_factories import given_back, log, more_teachers, registered, states
from tests.events.event_factories import announced, begun, draft, facts, hours, rules
from tests.factories import make_employment, make_school
from tests.letters import deliver
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.waiting import lines_for, what_differs
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import Engagement
from traektoria.events.enrolment.actions.enrolling import enrol, leave, remove
from traektoria.events.enrolment.actions.promoting import place_in_queue, promote
from traektoria.events.enrolment.policies import check_open, open_or_opening
from traektoria.events.enrolment.tasks import remind_of_coming
from traektoria.events.enrolment.video import find_meeting
from traektoria.events.event.actions import dating, steps, writing
from traektoria.events.event.time_and_place import when, zone_of
from traektoria.events.models import Enrolment, Event, EventDate, Seat
from traektoria.messaging.models import Message
from traektoria.organisations.models import ListedSchool, SchoolList
from traektoria.people.actions import end_role

# The order of who waits, places and numbers are written and read by statements of ours.
pytestmark = [pytest.mark.django_db, pytest.mark.database]
As = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    rules(world)
    more_teachers(world, "third", "fourth", "fifth")


def taken(world: World, name: str = "teacher") -> list[str]:
    rows = Engagement.objects.filter(addressee=f"person:{person(world, name).pk}", kind="events.part")
    return list(rows.order_by("start").values_list("state", flat=True))


def news(world: World, name: str) -> list[str]:
    rows = Message.objects.filter(kind="events.enrolment", person_id=person(world, name).pk)
    return [row.facts["what"] for row in rows]


def test_a_press_is_a_place_and_twice_is_once(world: World) -> None:
    event = announced(world)
    row = registered(world, event)
    assert registered(world, event).pk == row.pk
    assert (row.state, row.work) == ("in", world.school)
    assert Seat.objects.get().number == 1
    assert taken(world) == ["fixed"]
    assert news(world, "teacher") == ["registered"]
    assert [line.what for line in lines_for(actor(world, "teacher"), kinds="events.")] == [
        "Вы участвуете: «Проценты без страха»"
    ]
    assert what_differs() == []


def test_who_comes_too_late_waits_in_turn(world: World) -> None:
    event = announced(world, places=1)
    rows = [registered(world, event, name) for name in ("teacher", "other_teacher", "third")]
    assert [row.state for row in rows] == ["in", "waits", "waits"]
    assert [place_in_queue(event, person(world, name).pk) for name in ("other_teacher", "third")] == [1, 2]
    assert taken(world, "third") == []


def test_a_place_given_back_goes_to_the_first_and_is_a_line(world: World) -> None:
    event = announced(world, places=1)
    first = registered(world, event)
    registered(world, event, "other_teacher")
    for _press in range(2):
        given_back(world, first, "teacher")
    assert states(event) == ["left", "in"]
    assert log(event) == ["gave_back", "promoted"]
    assert news(world, "other_teacher") == ["promoted"]
    again = registered(world, event)
    registered(world, event, "third")
    assert again.state == "waits"
    order = [place_in_queue(event, person(world, name).pk) for name in ("teacher", "third")]
    assert order == [1, 2], "who gave the place back begins anew, before who comes later"
    assert what_differs() == []


def test_who_gave_back_stands_behind_who_waited_meanwhile(world: World) -> None:
    event = announced(world, places=1)
    first = registered(world, event)
    registered(world, event, "other_teacher")
    registered(world, event, "third")
    given_back(world, first, "teacher")
    registered(world, event)
    assert [place_in_queue(event, person(world, name).pk) for name in ("third", "teacher")] == [1, 2]


def test_nobody_is_called_sooner_than_the_notice(world: World) -> None:
    rules(world, notice_hours=12)
    event = announced(world, places=1)
    first = registered(world, event)
    registered(world, event, "other_teacher")
    date = begun(event, -11)
    given_back(world, first, "teacher")
    assert states(event) == ["left", "waits"]
    assert log(event) == ["gave_back", "too_near"]
    late = registered(world, event, "third")
    assert late.state == "in", "then the place is of who comes"
    assert date.start > timezone.now()


def test_who_waits_takes_a_place_for_which_nobody_was_called(world: World, as_: As) -> None:
    """As anybody who comes just now would: by a press of their own."""
    event = announced(world, places=1)
    first = registered(world, event)
    registered(world, event, "other_teacher")
    page = f"/events/{event.pk}/"
    assert "Занять место" not in as_("other_teacher").get(page).content.decode()
    begun(event, -11)
    given_back(world, first, "teacher")
    assert "Занять место" in as_("other_teacher").get(page).content.decode()
    as_("other_teacher").post(reverse("events:enrol", args=[event.pk]))
    assert states(event) == ["left", "in"]
    assert log(event) == ["gave_back", "too_near", "took"]
    assert news(world, "other_teacher") == ["promoted"]
    assert registered(world, event, "other_teacher").state == "in"
    assert log(event)[-1] == "took", "twice is once"


def test_nobody_takes_a_place_after_registration_or_of_a_full_school(world: World) -> None:
    event = announced(world, places=1)
    first = registered(world, event)
    registered(world, event, "other_teacher")
    assert registered(world, event, "other_teacher").state == "waits", "no place is free"
    Event.objects.filter(pk=event.pk).update(closes_on=timezone.localdate() - timedelta(days=3))
    given_back(world, first, "teacher")
    assert registered(world, event, "other_teacher").state == "waits"


def test_another_takes_a_place_only_as_the_list_would_give_it(world: World, as_: As) -> None:
    """Who has something else then keeps waiting, with a line; the log says who registered."""
    event, elsewhere = announced(world, places=3), announced(world, "other_tutor", place="зал")
    firsts = [registered(world, event, name) for name in ("teacher", "fourth", "fifth")]
    registered(world, event, "other_teacher")
    registered(world, event, "third")
    for other in (event, elsewhere):
        begun(other, -11)
    registered(world, elsewhere, "other_teacher")
    for row, name in zip(firsts[:2], ("teacher", "fourth"), strict=True):
        given_back(world, row, name)
    people = [person(world, name).pk for name in ("other_teacher", "third")]
    enrol(event=event, people=people, by=actor(world, "head"), school=world.school)
    assert states(event) == ["left", "left", "in", "waits", "in"]
    assert log(event)[-2:] == ["busy", "took"]
    row = Enrolment.objects.get(event=event, person=people[1])
    assert (row.by_id, row.school) == (person(world, "head").pk, world.school), "of who has registered them"
    page = as_("tutor").get(f"/events/{event.pk}/people/").content.decode()
    assert f"место занято из листа ожидания, кто записал: {person(world, 'head').short_name}" in page
    mine = as_("other_teacher").get(f"/events/{event.pk}/").content.decode()
    assert "Занять место" in mine
    assert "В это время вы заняты" in mine
    assert registered(world, event, "other_teacher").state == "in", "they know themselves what they have then"
    page = as_("tutor").get(f"/events/{event.pk}/people/").content.decode()
    assert page.count("кто записал:") == 1


def test_nobody_who_waits_longer_is_passed_over_by_another(world: World) -> None:
    """One place is free too near to the beginning: it is of who waits longer, whoever is named beside or alone."""
    event, by = announced(world, places=1), actor(world, "coordinator")
    first = registered(world, event)
    for name in ("other_teacher", "third"):
        registered(world, event, name)
    begun(event, -11)
    given_back(world, first, "teacher")
    earlier, later, new = (person(world, name).pk for name in ("other_teacher", "third", "fourth"))
    enrol(event=event, people=[later], by=by)
    assert states(event) == ["left", "waits", "waits"]
    fifth = person(world, "fifth").pk
    enrol(event=event, people=[later, fifth], by=by)
    assert states(event) == ["left", "waits", "waits", "waits"]
    enrol(event=event, people=[later, earlier, new], by=by)
    assert states(event) == ["left", "in", "waits", "waits", "waits"]
    assert log(event)[-1] == "took"


def test_who_can_be_called_is_called_before_another_presses(world: World) -> None:
    """Who had something else when the place became free, and has not now."""
    event, elsewhere = announced(world, places=1), announced(world, "other_tutor", place="зал")
    first, busy = registered(world, event), registered(world, elsewhere, "other_teacher")
    other = registered(world, elsewhere, "third")
    for name in ("other_teacher", "third"):
        registered(world, event, name)
    given_back(world, first, "teacher")
    assert log(event) == ["gave_back", "busy", "busy", "nobody"]
    given_back(world, busy, "other_teacher")
    given_back(world, other, "third")
    assert registered(world, event, "third").state == "waits"
    assert states(event) == ["left", "in", "waits"]
    assert (log(event)[-1], news(world, "other_teacher")[-1]) == ("promoted", "promoted")


def test_who_keeps_an_event_takes_no_place_for_themselves_after_registration(world: World) -> None:
    event = announced(world, places=1)
    first = registered(world, event)
    registered(world, event, "coordinator")
    Event.objects.filter(pk=event.pk).update(closes_on=timezone.localdate() - timedelta(days=3))
    given_back(world, first, "teacher")
    assert registered(world, event, "coordinator").state == "waits"


def test_a_school_takes_a_place_for_its_own_teachers_alone(world: World) -> None:
    event = announced(world, places=1)
    registered(world, event)
    registered(world, event, "other_tutor")
    with pytest.raises(Invalid):
        enrol(event=event, people=[person(world, "other_tutor").pk], by=actor(world, "head"), school=world.school)


def test_who_came_on_a_date_that_was_not_held_can_register_anew(world: World, as_: As) -> None:
    """They are not told of what is over, and nobody reads «registered» where nothing was taken."""
    event = announced(world, days=[monday(2), monday(3)])
    one, two = event.dates.order_by("start")
    registered(world, event, dates=[one.pk])
    registered(world, event, "third", dates=[one.pk])
    begun(event, 3)
    with pytest.raises(Conflict, match="на другие даты"):
        registered(world, event, dates=[two.pk])
    before = Message.objects.count()
    dating.drop_date(date=one, reason="Не было", by=actor(world, "coordinator"))
    assert (states(event), Message.objects.count()) == (["removed", "removed"], before)
    assert registered(world, event, dates=[two.pk]).state == "in"
    page = as_("third").post(f"/events/{event.pk}/register/", {"which": "all"}, follow=True)
    assert "Вы записаны" in page.content.decode()
    assert Seat.objects.get(enrolment__person=person(world, "third")).date == two
    assert what_differs() == []


def test_who_comes_on_a_date_that_goes_on_is_told_that_it_is_dropped(world: World) -> None:
    event = announced(world, days=[monday(2), monday(3)])
    registered(world, event)
    first = begun(event, 0.1)
    dating.drop_date(date=first, reason="Отключили свет", by=actor(world, "coordinator"))
    assert news(world, "teacher") == ["changed"]


def test_a_date_that_moves_away_calls_who_waits(world: World) -> None:
    """A place that was free too near to the beginning is not too near any more."""
    event = announced(world, places=1)
    first = registered(world, event)
    registered(world, event, "other_teacher")
    date = begun(event, -11)
    given_back(world, first, "teacher")
    assert states(event) == ["left", "waits"]
    dating.move_dates(date=date, to=hours(monday(3)), reason="Позже", by=actor(world, "coordinator"))
    assert states(event) == ["left", "in"]


def test_a_dropped_date_calls_who_waited_for_it_too(world: World) -> None:
    event = announced(world, places=1, days=[monday(2), monday(3)])
    full, _free = event.dates.order_by("start")
    registered(world, event, dates=[full.pk])
    registered(world, event, "other_teacher")
    assert states(event) == ["in", "waits"]
    dating.drop_date(date=full, reason="Болезнь", by=actor(world, "coordinator"))
    assert states(event) == ["removed", "in"]


def test_nobody_is_called_once_registration_is_closed(world: World) -> None:
    """And everybody reads why: it is a line of the log."""
    event = announced(world, places=1)
    first = registered(world, event)
    registered(world, event, "other_teacher")
    Event.objects.filter(pk=event.pk).update(closes_on=timezone.localdate() - timedelta(days=3))
    given_back(world, first, "teacher")
    assert states(event) == ["left", "waits"]
    assert log(event) == ["gave_back", "closed"]
    assert news(world, "other_teacher") == ["registered"], "no word of a place"


def test_the_order_is_of_the_regulation_then_of_time(world: World) -> None:
    """Schools that are helped first, then route items, then the subject, then who waits longer."""
    rules(world)
    other = make_school(world.own, "СОШ № 2")
    version = world.own.regulations.latest("pk")
    version.content["support"]["first"] = ["low_results"]
    version.approved_at = timezone.now()
    version.save(update_fields=["content", "approved_at"])
    people = {name: person(world, name) for name in ("other_teacher", "third", "fourth")}
    event = announced(world, places=1, subjects=("physics",))
    for name, subjects in (("third", ["physics"]),):
        make_employment(people[name], world.school, subjects=subjects)
    fourth = make_employment(people["fourth"], other)
    fourth.start = timezone.localdate()
    fourth.save(update_fields=["start"])
    made = SchoolList.objects.create(**_list(world))
    ListedSchool.objects.create(list=made, school=other)
    registered(world, event)
    for name in people:
        registered(world, event, name)
    order = sorted(people, key=lambda name: place_in_queue(event, people[name].pk))
    assert order == ["fourth", "third", "other_teacher"]


def _list(world: World) -> dict[str, object]:
    from traektoria.core import school_year

    facts = {"centre": world.own, "year": school_year.year_of(timezone.localdate()), "reason": "low_results"}
    names = {field.name for field in SchoolList._meta.concrete_fields}
    more = {"source": "приказ", "by": person(world, "coordinator"), "made_by": person(world, "coordinator")}
    return facts | {name: value for name, value in more.items() if name in names}


def test_who_has_something_else_is_passed_with_a_line(world: World) -> None:
    event, elsewhere = announced(world, places=1), announced(world, "other_tutor", place="зал")
    first = registered(world, event)
    registered(world, event, "other_teacher")
    registered(world, elsewhere, "other_teacher")
    registered(world, event, "third")
    given_back(world, first, "teacher")
    assert states(event) == ["left", "waits", "in"]
    assert log(event) == ["gave_back", "busy", "promoted"]


def test_a_school_has_as_many_places_as_it_can(world: World) -> None:
    event = announced(world, places=5, per_school=1)
    rows = [registered(world, event, name) for name in ("teacher", "other_teacher")]
    for row in rows:
        assert row.work == world.school
    assert [row.state for row in rows] == ["in", "waits"]
    promote(Event.objects.get(pk=event.pk))
    assert log(event) == ["school", "nobody"]


def test_more_places_go_to_who_waits(world: World) -> None:
    event = announced(world, places=1)
    for name in ("teacher", "other_teacher", "third"):
        registered(world, event, name)
    writing.edit_event(event=event, facts=facts(world, places=2), by=actor(world, "tutor"))
    assert states(event) == ["in", "in", "waits"]
    with pytest.raises(Invalid):
        writing.edit_event(event=event, facts=facts(world, places=1), by=actor(world, "tutor"))


def test_a_line_of_a_series_names_the_next_date_not_the_one_that_is_over(world: World) -> None:
    event = announced(world, days=[monday(2), monday(3), monday(4)])
    registered(world, event)
    begun(event, 72)
    second = event.dates.order_by("start")[1]
    (line,) = lines_for(actor(world, "teacher"), kinds="events.")
    assert line.who == f"{when(second, zone_of(event))} и ещё 1\u00a0дата"
    assert what_differs() == []


def test_of_a_series_one_comes_to_all_or_to_some(world: World) -> None:
    event = announced(world, places=1, days=[monday(2), monday(3)])
    one, two = event.dates.order_by("start")
    assert registered(world, event, dates=[one.pk]).state == "in"
    assert registered(world, event, "other_teacher", dates=[two.pk]).state == "in"
    waits = registered(world, event, "third")
    assert (waits.state, waits.whole) == ("waits", True)
    given_back(world, Enrolment.objects.get(person=person(world, "teacher")), "teacher")
    assert states(event) == ["left", "in", "waits"]
    assert log(event)[-2:] == ["full", "nobody"]
    assert len(taken(world, "other_teacher")) == 1


@pytest.mark.once
def test_before_a_press_each_scope_says_how_many_are_told(world: World, as_: As) -> None:
    event = announced(world, days=[monday(2), monday(3), monday(4)])
    one, two, _three = event.dates.order_by("start")
    registered(world, event, dates=[one.pk])
    registered(world, event, "other_teacher", dates=[two.pk])
    registered(world, event, "third")
    page = as_("tutor").get(f"/events/dates/{two.pk}/move/").content.decode().replace("\xa0", " ")
    for said in ("только эту – узнают 2 участника", "эту и следующие – узнают 2 участника", "– узнают 3 участника"):
        assert said in page, said
    alone = as_("tutor").get(f"/events/dates/{announced(world, place='зал').dates.get().pk}/move/").content.decode()
    assert 'name="scope"' not in alone


def test_a_dropped_date_takes_off_who_came_on_it_alone(world: World) -> None:
    event = announced(world, days=[monday(2), monday(3)])
    one, two = event.dates.order_by("start")
    registered(world, event, dates=[one.pk])
    registered(world, event, "other_teacher")
    registered(world, event, "third", dates=[two.pk])
    dating.drop_date(date=one, reason="Праздник", by=actor(world, "tutor"))
    assert states(event) == ["removed", "in", "in"]
    assert [news(world, name) for name in ("teacher", "other_teacher", "third")] == [
        ["changed"], ["changed"], ["registered"],
    ]  # fmt: skip
    assert taken(world, "other_teacher") == ["cancelled", "fixed"]
    assert what_differs() == []


def test_cancelled_it_frees_everybody_and_tells_once(world: World, mailoutbox: list[object]) -> None:
    event = announced(world)
    registered(world, event)
    to = hours(monday(3))
    dating.move_dates(date=event.dates.get(), to=to, reason="Зал", by=actor(world, "tutor"))
    steps.cancel_event(event=event, reason="Карантин", by=actor(world, "tutor"))
    assert len(news(world, "teacher")) == 1, "what changes within ten minutes is one letter"
    assert taken(world) == ["cancelled"]
    assert lines_for(actor(world, "teacher"), kinds="events.") == []
    with pytest.raises(Conflict):
        registered(world, event, "third")
    assert what_differs() == []
    deliver()
    assert remind_of_coming() == 0


@pytest.mark.parametrize(
    ("state", "opens", "closes", "begins", "refusal"),
    [
        ("announced", None, None, 5, ""),
        ("announced", 0, 0, 5, ""),
        ("announced", 1, 3, 5, "not_open"),
        ("announced", None, -1, 5, "closed"),
        ("announced", None, None, -5, "begun"),
        ("draft", None, None, 5, "state"),
    ],
)
def test_whether_registration_is_open_is_one_rule_in_python_and_in_sql(
    world: World, state: str, opens: int | None, closes: int | None, begins: int, refusal: str
) -> None:
    event, now = announced(world), timezone.now()
    today = timezone.localdate(now, zone_of(event))
    event.opens_on, event.closes_on = (
        None if days is None else today + timedelta(days=days) for days in (opens, closes)
    )
    event.state = state
    event.save()
    start = now + timedelta(days=begins)
    event.dates.update(start=start, end=start + timedelta(hours=1))
    event = Event.objects.get(pk=event.pk)
    try:
        check_open(event, now)
        said = ""
    except Conflict as found:
        said = found.code
    assert said == refusal
    assert Event.objects.filter(open_or_opening(now, today), pk=event.pk).exists() is (refusal in ("", "not_open"))


def test_the_school_registers_and_each_may_decline(world: World) -> None:
    event = announced(world, places=2)
    people = [person(world, name).pk for name in ("teacher", "other_teacher", "third")]
    rows = enrol(event=event, people=people, by=actor(world, "head"), school=world.school)
    assert sorted(row.state for row in rows) == ["in", "in", "waits"]
    mine = Enrolment.objects.get(person=person(world, "teacher"))
    assert "записала вас" in lines_for(actor(world, "teacher"), kinds="events.")[0].what
    leave(row=mine, by=actor(world, "teacher"))
    assert Enrolment.objects.get(person=person(world, "third")).state == "in"
    with pytest.raises(Refused):
        enrol(event=event, people=people, by=actor(world, "foreign_head"), school=world.school)
    with pytest.raises(Invalid):
        enrol(event=event, people=[person(world, "tutor").pk], by=actor(world, "head"), school=world.school)


def test_nobody_registers_another_and_nobody_of_another_centre(world: World) -> None:
    event = announced(world)
    with pytest.raises(Refused):
        registered(world, event, "other_teacher", by="teacher")
    with pytest.raises(Refused):
        registered(world, event, "foreign_teacher")
    with pytest.raises(Invalid):
        registered(world, event, "tutor")
    with pytest.raises(Conflict):
        registered(world, draft(world))


def test_registration_has_its_window(world: World) -> None:
    event = announced(world, opens_before=3)
    with pytest.raises(Conflict):
        registered(world, event)
    assert registered(world, event, by="coordinator").state == "in", "who keeps the event registers before it opens"
    closed = announced(world, "other_tutor", closes_before=30, place="зал")
    with pytest.raises(Conflict):
        registered(world, closed, "third")


def test_taken_off_with_a_reason(world: World) -> None:
    row = registered(world, announced(world))
    with pytest.raises(Refused):
        remove(row=row, reason="Нет", by=actor(world, "head"))
    row = remove(row=row, reason="Дважды не пришли", by=actor(world, "tutor"))
    assert (row.state, row.why) == ("removed", "Дважды не пришли")


def test_who_left_the_centre_gives_the_place_to_the_next(world: World) -> None:
    event = announced(world, places=1)
    registered(world, event, "third")
    registered(world, event)
    for role in person(world, "third").roles.all():
        end_role(role=role, by=actor(world, "coordinator"))
    assert states(event) == ["removed", "in"]


def test_a_reminder_goes_once_a_time(world: World) -> None:
    event = announced(world)
    registered(world, event)
    begun(event, -20)
    for _run in range(2):
        assert remind_of_coming() == 1
    assert Message.objects.filter(kind="events.soon").count() == 1
    row = event.dates.get()
    row.start += timedelta(hours=1)
    row.end += timedelta(hours=1)
    row.save()
    remind_of_coming()
    assert Message.objects.filter(kind="events.soon").count() == 2


def test_a_video_meeting_is_of_who_is_in(world: World) -> None:
    event = announced(world, way="video", place="", places=1)
    registered(world, event)
    registered(world, event, "other_teacher")
    date = EventDate.objects.get()
    parts = [find_meeting(actor(world, name), date.pk) for name in ("tutor", "teacher", "other_teacher", "head")]
    assert [found and found.part and found.part.value for found in parts] == ["moderator", "guest", None, None]


@pytest.mark.once
def test_what_is_refused_is_said_on_the_page_with_its_ticks(world: World, as_: As) -> None:
    """Ticks without «on the marked ones», and that without ticks, register nobody."""
    event = announced(world, days=[monday(2), monday(3)])
    dates = [one.pk for one in event.dates.order_by("start")]
    here, page = f"/events/{event.pk}/register/", as_("teacher")
    for sent in ({"which": "all", "dates": dates[:1]}, {"which": "some"}, {"which": "some", "dates": [1]}):
        answer = page.post(here, sent)
        assert answer.status_code == 422
        assert f'value="{sent["which"]}" ' in answer.content.decode()
        assert Enrolment.objects.count() == 0
    assert page.post(here, {"which": "some", "dates": dates[1:]}).status_code == 302
    assert list(Seat.objects.values_list("date", flat=True)) == dates[1:]
