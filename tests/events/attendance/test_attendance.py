"""Who came: marks that count once, from several devices; hours and evidence that follow from them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.consultations.slot_factories import monday
from tests.events.enrolment_factories import more_teachers, registered
from tests.events.event_factories import announced, begun, hours, rules
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor, make_running
from tests.waiting import lines_for, what_differs
from tests.world import World
from traektoria.consultations.load.queries import month_of
from traektoria.core.errors import Conflict, Refused
from traektoria.events.attendance.actions import GuestWords, Mark, answer_evidence, mark_people, settle_aside
from traektoria.events.attendance.personal_data import attendance_of
from traektoria.events.attendance.queries import minutes_of, minutes_since, own_of
from traektoria.events.attendance.tasks import hold_begun
from traektoria.events.attendance.video import entered
from traektoria.events.event.actions.dating import drop_date, hold_date, move_dates
from traektoria.events.event.policies import can_cancel
from traektoria.events.models import Attendance, AttendanceMark, Enrolment, Event, EventDate
from traektoria.organisations import zones
from traektoria.people.enums import Role
from traektoria.routes.models import ItemEvidence
from traektoria.video.actions.entering import enter_meeting, give_link
from traektoria.video.queries import find_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    rules(world)
    more_teachers(world, "third")


@pytest.fixture
def date(world: World) -> EventDate:
    """Of an event that began an hour ago, where ``teacher`` is registered."""
    event = announced(world)
    registered(world, event)
    return begun(event, 1)


def mark(world: World, name: str, said: str = "came", ago: int = 0, key: object = None) -> Mark:
    return Mark(key or uuid4(), person(world, name).pk, said, timezone.now() - timedelta(minutes=ago))  # type: ignore[arg-type]


def held(date: EventDate) -> dict[int, str]:
    return dict(Attendance.objects.filter(date=date).values_list("person_id", "said"))


def test_a_mark_counts_once_however_often_it_is_sent(world: World, date: EventDate) -> None:
    one = mark(world, "teacher")
    got = [mark_people(date=date, marks=[one, one], by=actor(world, "tutor")).fresh for _time in range(3)]
    assert got == [1, 0, 0]
    assert AttendanceMark.objects.count() == 1
    date.refresh_from_db()
    assert date.held_at is not None
    assert date.event.dates.model.objects.get(pk=date.pk).event.state == "held"
    assert what_differs() == []


@pytest.mark.parametrize("is_said", [False, True])
def test_a_mistake_that_is_taken_back_holds_no_date(world: World, date: EventDate, is_said: bool) -> None:
    """Unless somebody has said it of the date itself."""
    by = actor(world, "tutor")
    mark_people(date=date, marks=[mark(world, "teacher", ago=2), mark(world, "third", ago=2)], by=by)
    if is_said:
        hold_date(date=date, by=by)
    mark_people(date=date, marks=[mark(world, "teacher", "undone", ago=1)], by=by)
    found = EventDate.objects.select_related("event").get(pk=date.pk)
    assert (found.held_at is None, found.event.state) == (False, "held"), "somebody else came"
    mark_people(date=date, marks=[mark(world, "third", "undone", ago=1)], by=by)
    found = EventDate.objects.select_related("event").get(pk=date.pk)
    assert (found.held_at is None, found.event.state) == ((False, "held") if is_said else (True, "announced"))
    assert can_cancel(found.event, timezone.now()) is not is_said
    assert what_differs() == []
    mark_people(date=date, marks=[mark(world, "teacher")], by=by)
    assert EventDate.objects.get(pk=date.pk).held_at is not None


def test_of_two_devices_the_later_press_holds_and_both_stay(world: World, date: EventDate) -> None:
    """In whatever order they arrive."""
    later, earlier = mark(world, "teacher", "missed", ago=1), mark(world, "teacher", "came", ago=5)
    mark_people(date=date, marks=[later], by=actor(world, "tutor"))
    mark_people(date=date, marks=[earlier], by=actor(world, "coordinator"))
    assert held(date) == {person(world, "teacher").pk: "missed"}
    assert AttendanceMark.objects.count() == 2


def test_a_clock_that_goes_ahead_wins_over_nobody(world: World, date: EventDate) -> None:
    ahead = mark(world, "teacher", "missed", ago=-600)
    mark_people(date=date, marks=[ahead], by=actor(world, "tutor"))
    mark_people(date=date, marks=[mark(world, "teacher", "came")], by=actor(world, "tutor"))
    assert held(date) == {person(world, "teacher").pk: "came"}


def test_who_came_without_a_registration_is_a_walk_in(world: World, date: EventDate) -> None:
    stranger = make_member(world.foreign, Role.TEACHER).person
    assert stranger is not None
    marks = [mark(world, "third"), Mark(uuid4(), stranger.pk, "came", timezone.now())]
    marked = mark_people(date=date, marks=marks, by=actor(world, "tutor"))
    assert (marked.fresh, marked.strangers) == (1, (stranger.pk,))
    assert Attendance.objects.get().walk_in


def test_who_marks_and_when(world: World, date: EventDate) -> None:
    for name in ("teacher", "other_tutor", "head"):
        with pytest.raises(Refused):
            mark_people(date=date, marks=[mark(world, "teacher")], by=actor(world, name))
    coming = announced(world, "other_tutor", place="зал").dates.get()
    with pytest.raises(Conflict):
        mark_people(date=coming, marks=[mark(world, "teacher")], by=actor(world, "other_tutor"))


def test_hours_are_counted_once_with_the_same_number(world: World, date: EventDate) -> None:
    for _time in range(2):
        mark_people(date=date, marks=[mark(world, "teacher"), mark(world, "third")], by=actor(world, "tutor"))
    zone = zones.zone(world.own.municipality.time_zone)
    load = month_of(world.own.pk, person(world, "tutor").pk, timezone.localdate(date.start, zone), zone)
    assert (load.given, load.planned) == (date.minutes, 0) == (90, 0)


def test_what_served_an_item_waits_for_the_teachers_yes(world: World, as_: object) -> None:
    item = make_running(world).items.order_by("position")[0]
    event = announced(world, "other_tutor")
    registered(world, event, item=item)
    date = begun(event, 1)
    mark_people(date=date, marks=[mark(world, "teacher")], by=actor(world, "other_tutor"))
    [line] = lines_for(actor(world, "teacher"), kinds="events.evidence")
    assert line.what == "Засчитать в маршрут? «Проценты без страха»"
    assert not ItemEvidence.objects.exists(), "only the teacher's yes makes it evidence"
    row = Attendance.objects.get()
    with pytest.raises(Refused):
        answer_evidence(row=row, counts=True, link="https://example.org/1", by=actor(world, "other_tutor"))
    Enrolment.objects.update(item=None)
    with pytest.raises(Conflict):
        answer_evidence(row=row, counts=True, link="https://example.org/1", by=actor(world, "teacher"))
    Enrolment.objects.update(item=item)
    for _press in range(2):
        answer_evidence(row=row, counts=True, link="https://example.org/1", by=actor(world, "teacher"))
    evidence = ItemEvidence.objects.get()
    assert evidence.item == item
    assert "1\xa0ч\xa030\xa0мин" in evidence.note
    assert lines_for(actor(world, "teacher"), kinds="events.evidence") == []
    with pytest.raises(Conflict):
        answer_evidence(row=row, counts=False, link="", by=actor(world, "teacher"))
    assert what_differs() == []
    page, words = f"/events/{event.pk}/", "Отметку о том, что вы были, сняли"
    client: Client = as_("teacher")  # type: ignore[operator]
    assert words not in client.get(page).text
    assert "1\xa0ч\xa030\xa0мин" in client.get("/events/?list=mine").text
    mark_people(date=date, marks=[mark(world, "teacher", "undone")], by=actor(world, "other_tutor"))
    assert words in client.get(page).text, "the evidence stands, and its teacher reads why it may not"
    assert "1\xa0ч\xa030\xa0мин" not in client.get("/events/?list=mine").text
    mine = attendance_of(person(world, "teacher").pk)["marks"]
    assert [(one["said"], one["source"]) for one in mine] == [("came", "leader"), ("undone", "leader")]


def test_the_page_marks_what_was_changed_alone(world: World, date: EventDate, as_: object) -> None:
    client: Client = as_("tutor")  # type: ignore[operator]
    page = f"/events/dates/{date.pk}/people/"
    assert client.get(page).status_code == 200
    me, key = person(world, "teacher").pk, uuid4()
    sent = {"person": me, f"key-{me}": key, f"was-{me}": "", f"said-{me}": "came", "others": ""}
    for _press in range(2):
        assert client.post(page, sent).status_code == 302
    assert AttendanceMark.objects.count() == 1
    client.post(page, sent | {f"was-{me}": "came", f"key-{me}": uuid4()})
    assert AttendanceMark.objects.count() == 1, "what stays as it was is no mark"


def test_entering_the_meeting_through_us_counts_once_and_the_leader_has_the_last_word(world: World) -> None:
    event = announced(world, way="video", place="")
    for name in ("teacher", "third"):
        registered(world, event, name)
    date = begun(event, 0.2)
    meeting = find_meeting(actor(world, "tutor"), "event", date.pk)
    assert meeting is not None
    give_link(kind="event", meeting=meeting, link="https://video.example.org/room", by=actor(world, "tutor"))
    mark_people(date=date, marks=[mark(world, "third", "missed", ago=1)], by=actor(world, "tutor"))
    for _time in range(2):
        for name in ("teacher", "third", "tutor"):
            found = find_meeting(actor(world, name), "event", date.pk)
            assert found is not None, "who is registered enters after the first mark too"
            enter_meeting(kind="event", meeting=found, by=actor(world, name))
    assert held(date) == {person(world, "teacher").pk: "came", person(world, "third").pk: "missed"}
    assert list(AttendanceMark.objects.values_list("source", flat=True)) == ["leader", "video"]
    rules(world, entering_counts=False)
    other = announced(world, "other_tutor", way="video", place="", days=[monday(3)])
    registered(world, other)
    entered(actor(world, "teacher"), begun(other, 0.2).pk)
    assert AttendanceMark.objects.count() == 2, "the regulation says that the leader marks alone"


def test_a_date_to_which_guests_alone_came_early_took_place(world: World) -> None:
    """They were marked before it began, and nobody opens the list again."""
    event = announced(world)
    row = begun(event, -0.3)
    early = Mark(uuid4(), None, "came", timezone.now(), GuestWords("Гостев Пётр"))
    mark_people(date=row, marks=[early], by=actor(world, "tutor"))
    assert EventDate.objects.get(pk=row.pk).held_at is None
    hold_begun(now=row.start + timedelta(minutes=1))
    assert EventDate.objects.get(pk=row.pk).held_at is not None


def test_hours_on_the_page_are_those_of_dates_that_took_place(world: World) -> None:
    """Who was marked before a date that then fell out has no hours of it, on the page as in every sum."""
    event = announced(world, days=[monday(2), monday(3)])
    registered(world, event)
    row = begun_first(event)
    mark_people(date=row, marks=[mark(world, "teacher")], by=actor(world, "tutor"))
    drop_date(date=row, reason="Отключили свет", by=actor(world, "tutor"))
    me = person(world, "teacher").pk
    assert minutes_of(own_of(event, me)) == minutes_since(me, timezone.now() - timedelta(days=2)) == 0


def test_who_was_marked_before_a_date_moved_away_has_not_come_to_it(world: World) -> None:
    """The marks are kept aside, with the others that came too early; they count when somebody says so."""
    event = announced(world)
    registered(world, event)
    row, tutor = begun(event, -0.3), actor(world, "tutor")
    guest = Mark(uuid4(), None, "came", timezone.now(), GuestWords("Гостев Пётр"))
    mark_people(date=row, marks=[mark(world, "teacher"), guest], by=tutor)
    move_dates(date=row, to=hours(monday(3)), reason="Отключили свет", by=tutor)
    assert (set(held(row).values()), row.guests.get().said) == ({"undone"}, "undone")
    assert set(AttendanceMark.objects.values_list("aside", flat=True)) == {"early"}
    moved = EventDate.objects.get(pk=row.pk)
    hold_begun(now=moved.start + timedelta(minutes=1))
    assert EventDate.objects.get(pk=row.pk).held_at is None, "nobody has come yet"
    assert settle_aside(date=moved, by=tutor, now=moved.start + timedelta(minutes=1)) == 2
    assert set(held(row).values()) == {"came"}


def begun_first(event: Event) -> EventDate:
    """Its first date begins in a quarter of an hour."""
    row = event.dates.order_by("start")[0]
    row.start, row.end = (timezone.now() + timedelta(minutes=minutes) for minutes in (15, 75))
    row.save(update_fields=["start", "end"])
    return row


def test_marks_put_aside_ask_for_no_evidence_of_a_meeting_that_has_not_been(world: World) -> None:
    item = make_running(world).items.order_by("position")[0]
    event, by = announced(world, "other_tutor"), actor(world, "other_tutor")
    registered(world, event, item=item)
    row = begun(event, -0.3)
    mark_people(date=row, marks=[mark(world, "teacher")], by=by)
    me, link = actor(world, "teacher"), "https://example.org/1"
    assert lines_for(me, kinds="events.evidence") == [], "nothing has been yet"
    with pytest.raises(Conflict):
        answer_evidence(row=Attendance.objects.get(), counts=True, link=link, by=me)
    hold_begun(now=row.start + timedelta(minutes=1))
    assert len(lines_for(me, kinds="events.evidence")) == 1
    assert what_differs() == []
    Attendance.objects.update(said="undone")
    with pytest.raises(Conflict):
        answer_evidence(row=Attendance.objects.get(), counts=True, link=link, by=me)
    assert not ItemEvidence.objects.exists()


def test_a_date_that_moves_away_takes_the_question_with_it(world: World) -> None:
    item = make_running(world).items.order_by("position")[0]
    event, by = announced(world, "other_tutor"), actor(world, "other_tutor")
    registered(world, event, item=item)
    row = begun(event, -0.3)
    mark_people(date=row, marks=[mark(world, "teacher")], by=by)
    move_dates(date=row, to=hours(monday(3)), reason="Отключили свет", by=by)
    assert (Attendance.objects.get().said, Attendance.objects.get().answer) == ("undone", "")
    assert lines_for(actor(world, "teacher"), kinds="events.evidence") == []
    moved = EventDate.objects.get(pk=row.pk)
    settle_aside(date=moved, by=by, now=moved.start + timedelta(minutes=1))
    assert Attendance.objects.get().answer == "asked", "once somebody says that the marks count"
    assert what_differs() == []


def test_marks_of_a_dropped_date_are_put_aside_begun_or_not(world: World) -> None:
    """Early ones with the people told, of what has begun silently; a word of who did not come is one too."""
    for hours_ago, said in ((-0.3, "came"), (3, "missed")):
        event, by = announced(world, days=[monday(2), monday(3)]), actor(world, "tutor")
        row = begun(event, hours_ago)
        guest = Mark(uuid4(), None, said, timezone.now(), GuestWords("Гостев Пётр"))
        mark_people(date=row, marks=[mark(world, "teacher", said), guest], by=by)
        drop_date(date=row, reason="Отключили свет", by=by)
        assert (set(held(row).values()), row.guests.get().said) == ({"undone"}, "undone")
        assert set(row.marks.values_list("aside", flat=True)) == {"dropped"}


def test_what_has_begun_and_where_people_are_marked_is_not_dropped(world: World, as_: object) -> None:
    """They were marked early, and nothing has said yet that it took place."""
    event, by = announced(world, days=[monday(2), monday(3)]), actor(world, "tutor")
    row = begun(event, -0.3)
    guest = Mark(uuid4(), None, "came", timezone.now(), GuestWords("Гостев Пётр"))
    mark_people(date=row, marks=[mark(world, "teacher"), guest], by=by)
    row.start = timezone.now() - timedelta(minutes=5)
    row.save(update_fields=["start"])
    with pytest.raises(Conflict, match="2\xa0человека"):
        drop_date(date=row, reason="Отключили свет", by=by)
    row.refresh_from_db()
    assert (row.state, set(held(row).values())) == ("standing", {"came"})
    answer = as_("tutor").get(f"/events/dates/{row.pk}/drop/")  # type: ignore[operator]
    assert "2\xa0человека" in answer.content.decode()
