"""An event from its first word to its end: written, announced, moved, cancelled, held, closed, copied."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from tests.consultations.slot_factories import help_hour, monday, point
from tests.events.event_factories import announced, begun, draft, facts, hours, rules
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.waiting import lines_for, what_differs
from tests.world import World
from traektoria.consultations.load.queries import month_of
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import Engagement
from traektoria.events.event.actions import dating, steps, writing
from traektoria.events.event.actions.materials import add_material
from traektoria.events.event.facts import COLUMNS_OF_FACTS, FACTS, EventFacts
from traektoria.events.event.forms import EventForm, initial_of
from traektoria.events.event.queries.form_choices import offers_of
from traektoria.events.models import Event, EventDate, EventLeader
from traektoria.messaging.models import Message
from traektoria.organisations import zones
from traektoria.people.actions import end_role
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    rules(world)


def taken(world: World, name: str = "tutor") -> list[str]:
    rows = Engagement.objects.filter(addressee=f"person:{person(world, name).pk}").order_by("start")
    return [row.state for row in rows]


def letters(world: World, name: str = "tutor") -> int:
    return Message.objects.filter(kind="events.leader", person_id=person(world, name).pk).count()


def test_a_draft_takes_no_time_and_tells_nobody(world: World) -> None:
    event = draft(world)
    assert (event.kind_name, event.state) == ("Мастер-класс", "draft")
    assert taken(world) == []
    assert letters(world) == 0


def test_announced_it_stands_in_the_calendar_of_its_leader(world: World) -> None:
    event = announced(world, days=[monday(2), monday(3)])
    for _press in range(2):
        steps.announce_event(event=event, by=actor(world, "coordinator"))
    assert taken(world) == ["fixed", "fixed"]
    assert letters(world) == 1
    assert list(what_differs()) == []


def test_a_kind_that_needs_approval_is_sent_for_it(world: World) -> None:
    event = draft(world, kind="conference", by="tutor")
    with pytest.raises(Conflict) as refusal:
        steps.announce_event(event=event, by=actor(world, "tutor"))
    assert refusal.value.code == "needs_approval"
    steps.propose_event(event=event, by=actor(world, "tutor"))
    with pytest.raises(Refused):
        steps.approve_event(event=event, by=actor(world, "tutor"))
    event = steps.return_event(event=event, reason="Нет программы", by=actor(world, "coordinator"))
    assert (event.state, event.why) == ("draft", "Нет программы")
    steps.propose_event(event=event, by=actor(world, "tutor"))
    event = steps.approve_event(event=event, by=actor(world, "coordinator"))
    assert (event.state, event.why) == ("announced", "")
    assert list(what_differs()) == []


def test_in_a_centre_of_one_school_its_head_approves(world: World, as_: Any) -> None:
    """From «My day», in two presses; the coordinator there only sends it."""
    world.own.school = world.school
    world.own.save()
    event = steps.propose_event(event=draft(world, kind="conference", by="tutor"), by=actor(world, "tutor"))
    address = f"/events/{event.pk}/"
    assert [row for row in lines_for(actor(world, "head")) if event.title in row.what]
    assert as_("coordinator").post(f"{address}approve/").status_code == 403
    assert f"{address}approve/" in as_("head").get(address).content.decode()
    assert as_("head").post(f"{address}approve/").status_code == 302
    assert Event.objects.get().state == "announced"


def test_what_the_regulation_does_not_announce_is_no_event(world: World) -> None:
    with pytest.raises(Invalid):
        draft(world, kind="questionnaire")


def test_only_who_leads_it_and_the_coordinator_change_it(world: World) -> None:
    event = announced(world)
    for name in ("other_tutor", "teacher", "head", "foreign_coordinator"):
        with pytest.raises(Refused):
            steps.cancel_event(event=event, reason="Нет", by=actor(world, name))
    led_by_a_teacher = announced(world, "teacher")
    with pytest.raises(Refused):
        steps.cancel_event(event=led_by_a_teacher, reason="Нет", by=actor(world, "teacher"))


def test_cancelled_it_frees_the_time_and_tells_once(world: World) -> None:
    event = announced(world, days=[monday(2), monday(3)])
    for _press in range(2):
        event = steps.cancel_event(event=event, reason="Карантин", by=actor(world, "coordinator"))
    assert (event.state, event.why) == ("cancelled", "Карантин")
    assert taken(world) == ["cancelled", "cancelled"]
    assert letters(world) == 1
    assert list(what_differs()) == []


@pytest.mark.parametrize(("scope", "moved"), [("one", [1]), ("following", [1, 2]), ("all", [0, 1, 2])])
def test_a_date_is_moved_alone_or_with_others(world: World, scope: str, moved: list[int]) -> None:
    event = announced(world, days=[monday(2), monday(3), monday(4)])
    before = list(event.dates.order_by("original"))
    to = hours(monday(3) + timedelta(days=1))
    for _press in range(2):
        dating.move_dates(date=before[1], to=to, reason="Занят зал", scope=scope, by=actor(world, "tutor"))
    after = list(event.dates.order_by("original"))
    shifts = [new.start - old.start for old, new in zip(before, after, strict=True)]
    assert [number for number, shift in enumerate(shifts) if shift] == moved
    assert {shift for shift in shifts if shift} == {timedelta(days=1)}
    assert [one.changes.count() for one in after] == [int(number in moved) for number in range(3)]
    assert list(what_differs()) == []


def test_a_moved_date_is_another_edition_of_the_same_series(world: World) -> None:
    event = announced(world, days=[monday(2), monday(3)])
    date = event.dates.order_by("start")[0]
    row = Engagement.objects.get(object_id=str(date.pk), person_id=person(world, "tutor").pk)
    dating.move_dates(date=date, to=hours(monday(2) + timedelta(days=2)), reason="Зал", by=actor(world, "tutor"))
    moved = Engagement.objects.get(pk=row.pk)
    assert moved.sequence > row.sequence
    assert (moved.series, moved.original) == (row.series, row.original)
    assert moved.original == row.start != moved.start


def test_a_dropped_date_leaves_the_others(world: World) -> None:
    event = announced(world, days=[monday(2), monday(3)])
    first, second = event.dates.order_by("start")
    dating.drop_date(date=first, reason="Праздник", by=actor(world, "tutor"))
    assert taken(world) == ["cancelled", "fixed"]
    with pytest.raises(Invalid):
        dating.drop_date(date=second, reason="Праздник", by=actor(world, "tutor"))


def test_what_has_begun_is_neither_moved_nor_dropped(world: World) -> None:
    date = begun(announced(world))
    with pytest.raises(Conflict):
        dating.move_dates(date=date, to=hours(monday(3)), reason="Зал", by=actor(world, "tutor"))


def test_a_date_that_did_not_take_place_is_written_down_and_the_rest_can_be_closed(world: World, as_: Any) -> None:
    """Nobody says that it was held, only to be able to close the event; and nobody is told of what is over."""
    event = announced(world, days=[monday(2), monday(3)])
    first, second = event.dates.order_by("start")
    for number, row in enumerate((first, second)):
        row.start = row.original = timezone.now() - timedelta(days=2 - number, hours=3)
        row.end = row.start + timedelta(hours=1)
        row.save(update_fields=["start", "end", "original"])
    dating.hold_date(date=first, by=actor(world, "tutor"))
    page = as_("tutor").get(f"/events/{event.pk}/").content.decode()
    assert reverse("events:date_drop", args=[second.pk]) in page
    assert reverse("events:date_drop", args=[first.pk]) not in page
    with pytest.raises(Conflict):
        dating.drop_date(date=first, reason="Не было", by=actor(world, "tutor"))
    before = Message.objects.count()
    as_("coordinator").post(reverse("events:date_drop", args=[second.pk]), {"reason": "Отключили свет"})
    event.refresh_from_db()
    assert (event.state, Message.objects.count()) == ("held", before)
    assert steps.close_event(event=event, by=actor(world, "tutor")).state == "closed"
    assert list(what_differs()) == []


def test_who_leads_is_told_that_a_date_which_goes_on_is_dropped(world: World, as_: Any) -> None:
    """It is no «did not take place»: people are on their way."""
    event = announced(world, days=[monday(2), monday(3)])
    first, before = begun(event, 0.1), letters(world)
    Message.objects.update(facts={"event": event.pk, "number": 0})
    page = as_("coordinator").get(f"/events/dates/{first.pk}/drop/").content.decode()
    assert "Снять дату" in page
    assert "Не состоялось" not in page
    dating.drop_date(date=first, reason="Отключили свет", by=actor(world, "coordinator"))
    assert letters(world) == before
    assert Message.objects.get(kind="events.leader").facts["number"] == event.number


@pytest.mark.parametrize("hours_ago", [3, 0.1])
def test_a_date_that_has_begun_leaves_the_days_of_registration(world: World, hours_ago: float) -> None:
    """What is closed stays closed."""
    event, today = announced(world, days=[monday(2), monday(8)]), timezone.localdate()
    days = {"opens_on": today - timedelta(days=30), "closes_on": today - timedelta(days=5)}
    Event.objects.filter(pk=event.pk).update(**days)
    dating.drop_date(date=begun(event, hours_ago), reason="Не было", by=actor(world, "coordinator"))
    assert Event.objects.values("opens_on", "closes_on").get(pk=event.pk) == days


def test_the_last_date_to_come_is_dropped_and_the_event_is_over(world: World) -> None:
    event = announced(world, days=[monday(2), monday(3)])
    first, second = event.dates.order_by("start")
    EventDate.objects.filter(pk=first.pk).update(
        start=timezone.now() - timedelta(hours=3), end=timezone.now() - timedelta(hours=2)
    )
    dating.hold_date(date=first, by=actor(world, "tutor"))
    dating.drop_date(date=second, reason="Всё успели", by=actor(world, "tutor"))
    event.refresh_from_db()
    assert event.state == "held"


def test_what_is_said_to_be_held_before_its_hour_is_neither_moved_nor_dropped(world: World) -> None:
    """It can be said from half an hour before."""
    event = announced(world, days=[monday(2), monday(3)])
    soon, later = event.dates.order_by("start")
    EventDate.objects.filter(pk=soon.pk).update(
        start=timezone.now() + timedelta(minutes=10), end=timezone.now() + timedelta(hours=1)
    )
    dating.hold_date(date=soon, by=actor(world, "tutor"))
    by = actor(world, "tutor")
    with pytest.raises(Conflict):
        dating.drop_date(date=soon, reason="Зал", by=by)
    with pytest.raises(Conflict):
        dating.move_dates(date=soon, to=hours(monday(4)), reason="Зал", by=by)
    dating.move_dates(date=later, to=hours(monday(4)), reason="Зал", scope="all", by=by)
    soon.refresh_from_db()
    assert soon.start < timezone.now() + timedelta(hours=1)


def test_days_of_registration_follow_the_first_date(world: World) -> None:
    """And an edit of the words changes nothing of them."""
    event = announced(world, opens_before=30, closes_before=2)
    date, by = event.dates.get(), actor(world, "coordinator")
    first, opened = monday(2), event.opens_on
    assert event.closes_on == first - timedelta(days=2)
    dating.move_dates(date=date, to=hours(first + timedelta(days=14)), reason="Зал", by=by)
    event = Event.objects.get(pk=event.pk)
    assert (event.opens_on, event.closes_on) == (opened, first + timedelta(days=12)), "what has opened stays open"
    writing.edit_event(event=event, facts=replace(writing.facts_of(event), title="Иначе"), by=by)
    event = Event.objects.get(pk=event.pk)
    assert (event.opens_on, event.closes_on) == (opened, first + timedelta(days=12))


def test_days_of_registration_follow_when_the_first_date_is_dropped(world: World) -> None:
    event = announced(world, days=[monday(4), monday(5)], opens_before=7, closes_before=1)
    first = event.dates.order_by("start")[0]
    dating.drop_date(date=first, reason="Праздник", by=actor(world, "coordinator"))
    event = Event.objects.get(pk=event.pk)
    assert (event.opens_on, event.closes_on) == (monday(5) - timedelta(days=7), monday(5) - timedelta(days=1))


def test_held_it_loads_who_led_it_once_and_can_be_closed(world: World) -> None:
    event = announced(world, "tutor", "other_tutor")
    date = begun(event)
    zone = zones.zone(world.own.municipality.time_zone)
    for _press in range(2):
        dating.hold_date(date=date, by=actor(world, "tutor"))
    event.refresh_from_db()
    assert event.state == "held"
    for name in ("tutor", "other_tutor"):
        load = month_of(world.own.pk, person(world, name).pk, timezone.localdate(date.start, zone), zone)
        assert (load.given, load.planned) == (90, 0)
    steps.close_event(event=event, by=actor(world, "tutor"))
    with pytest.raises(Refused):
        steps.reopen_event(event=event, by=actor(world, "tutor"))
    assert steps.reopen_event(event=event, by=actor(world, "coordinator")).state == "held"
    assert list(what_differs()) == []


def test_of_pupils_only_a_number_is_kept(world: World) -> None:
    date = begun(announced(world, kind="exam_group"), 5)
    dating.hold_date(date=date, by=actor(world, "tutor"))
    with pytest.raises(Conflict, match="сколько"):
        steps.close_event(event=Event.objects.get(pk=date.event_id), by=actor(world, "tutor"))
    dating.hold_date(date=date, pupils=14, by=actor(world, "tutor"))
    date = dating.hold_date(date=date, pupils=15, by=actor(world, "tutor"))
    assert date.pupils == 15
    assert steps.close_event(event=Event.objects.get(pk=date.event_id), by=actor(world, "tutor")).state == "closed"


def test_the_programme_is_no_longer_than_the_event(world: World) -> None:
    with pytest.raises(Invalid, match="91"):
        draft(world, programme="30 Знакомство\n61 Практика")


def test_a_room_has_no_two_at_once(world: World) -> None:
    place = point(world)
    room = place.rooms.get()
    help_hour(world, point=place, room=room, way="in_person", first_day=monday(2), last_day=monday(2))
    with pytest.raises(Conflict) as refusal:
        announced(world, "other_tutor", point=place, room=room, place="")
    assert refusal.value.code == "room_taken"


def test_a_page_that_was_open_too_long_changes_nothing(world: World) -> None:
    event = announced(world)
    old = event.number
    writing.edit_event(event=event, facts=facts(world, title="Новое"), by=actor(world, "tutor"), number=old)
    with pytest.raises(Conflict):
        writing.edit_event(event=event, facts=facts(world, title="Ещё"), by=actor(world, "tutor"), number=old)


FULL: dict[str, object] = {
    "about": "О чём", "level": "regional", "subjects": ("math", "physics"), "classes": "5–6", "places": 25,
    "per_school": 3, "opens_before": 20, "closes_before": 2, "programme": "20 Знакомство\n40 Практика",
    "place": "актовый зал", "categories": ("young", "attested"), }  # fmt: skip
NOT_COPIED = {
    "id", "created_at", "announced_at", "closed_at", "state", "why", "number", "author", "source", "opens_on",
    "closes_on", "regulation", "title",
}  # fmt: skip


def test_a_copy_carries_everything_that_was_configured(world: World) -> None:
    """Field by field: a new field of the model has to be named here or it is compared."""
    source = announced(world, "tutor", "teacher", days=[monday(2), monday(4)], schools=(world.school.pk,), **FULL)
    add_material(
        event=source, time="before", title="Презентация", link="https://example.org/p", by=actor(world, "tutor")
    )
    copy = writing.copy_event(event=source, first_day=monday(10), by=actor(world, "tutor"))
    for field in Event._meta.concrete_fields:
        if field.name not in NOT_COPIED:
            assert getattr(copy, field.attname) == getattr(source, field.attname), field.name
            assert getattr(copy, field.attname) not in ("", None) or field.name in _EMPTY, field.name
    assert copy.title == source.title
    assert (copy.state, copy.source, copy.announced_at) == ("draft", source, None)
    one, other = (writing.facts_of(Event.objects.get(pk=pk)) for pk in (source.pk, copy.pk))
    for name in EventFacts.__dataclass_fields__:
        assert getattr(one, name) == getattr(other, name), name
    assert _materials(copy) == _materials(source)
    starts = [[date.start for date in event.dates.order_by("start")] for event in (source, copy)]
    assert [new - old for old, new in zip(*starts, strict=True)] == [timedelta(weeks=8)] * 2
    assert [date.minutes for date in copy.dates.all()] == [90, 90]


def test_each_fact_is_a_column_and_stands_in_the_form_or_is_written_apart() -> None:
    columns = {one.name for one in Event._meta.concrete_fields}
    assert COLUMNS_OF_FACTS.keys() <= columns
    assert FACTS.keys() - COLUMNS_OF_FACTS.keys() == {"kind", "leaders", "opens_before", "closes_before", "schools"}
    assert {name for name, one in FACTS.items() if one.form is None} == {"way", "point", "room", "school"}


def test_each_fact_that_is_asked_for_comes_back_as_it_was_written(world: World) -> None:
    """Through the form and the row: what stands in the form of an event writes the same event again."""
    rules = actor(world, "tutor").rules_in(world.own.pk)
    known = tuple(sorted(one.slug for one in rules.support.categories)[:2])
    event = announced(world, "tutor", "teacher", schools=(world.school.pk,), **{**FULL, "categories": known})
    said = writing.facts_of(event)
    initial = initial_of(event, said)
    form = EventForm(QueryDict(mutable=True), offers=offers_of(event.centre, rules, event), dated=False)
    for name in form.fields:
        value = initial.get(name)
        form.data.setlist(name, list(value) if isinstance(value, list | tuple) else ["" if value is None else value])
    assert form.is_valid(), form.errors
    assert form.facts == said


_EMPTY = {"approval", "observation", "pupils_only", "point", "room", "school"}


def _materials(event: Event) -> list[tuple[str, str, str]]:
    return list(event.materials.values_list("time", "title", "link"))


def test_a_leader_who_left_leads_no_longer(world: World) -> None:
    helper = make_member(world.own, Role.TUTOR)
    world.accounts["helper"] = helper
    event = announced(world, "helper")
    end_role(role=helper.person.roles.get(), by=actor(world, "coordinator"))  # type: ignore[union-attr]
    assert not EventLeader.objects.filter(event=event).exists()
    assert list(what_differs()) == []
    assert EventDate.objects.get().stands
