"""Secret addresses: who makes them, what is read from them, how they end, and that they stand in no log."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import recurring_ical_events
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests.consultations.hour_factories import recorded
from tests.consultations.slot_factories import first_date, monday
from tests.consultations.slot_factories import made as made_hour
from tests.desk.test_calendar import MONDAY, fixed, signed_in
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.world import World
from traektoria.consultations.hours.actions.giving import withdraw_hour
from traektoria.consultations.slots.actions.changing import drop_date, leave_date, move_date, restore_date
from traektoria.consultations.slots.actions.substituting import substitute_tutor
from traektoria.core.engagements import KEPT
from traektoria.core.ledgers import mend
from traektoria.core.models import Engagement
from traektoria.core.registries import personal_data
from traektoria.core.secret_paths import WithoutSecrets
from traektoria.desk.calendar.feeds import views
from traektoria.desk.models import CalendarFeed
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment

pytestmark = pytest.mark.django_db


def made(world: World, name: str, centre: int | None = None) -> str:
    """The path of a new address."""
    answer = signed_in(world, name).post(reverse("desk:feed_make"), {"centre": centre or ""})
    found = re.search(r'id="address">http://testserver(/calendar/feeds/[\w-]+\.ics)<', answer.content.decode())
    assert found is not None, answer.status_code
    assert "no-store" in answer.headers["Cache-Control"]
    return found[1]


def read(path: str) -> Calendar:
    answer = Client().get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(answer.content)


@pytest.mark.parametrize("strange", ["0", "x", "9" * 25])
def test_a_centre_that_is_none_has_no_address(world: World, strange: str) -> None:
    answer = signed_in(world, "coordinator").post(reverse("desk:feed_make"), {"centre": strange})
    assert answer.status_code == 403
    assert not CalendarFeed.objects.exists()


def test_a_telephone_reads_what_is_fixed_without_names_and_topics(world: World) -> None:
    hour = recorded(world, "teacher")
    text = Client().get(made(world, "teacher")).content.decode().replace("\r\n ", "")
    (event,) = Calendar.from_ical(text).events
    assert (event.start, event.end) == (hour.start, hour.end)
    assert str(event["SUMMARY"]).startswith("Консультация: ")
    assert "BEGIN:VTIMEZONE" in text
    for secret in (hour.topic, person(world, "tutor").surname, person(world, "teacher").surname, "user7"):
        assert secret not in text


def test_the_secret_is_kept_nowhere_and_a_new_one_ends_it(world: World) -> None:
    path = made(world, "teacher")
    secret = path.rpartition("/")[2].removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert secret not in str(feed.__dict__)
    again = made(world, "teacher")
    assert CalendarFeed.objects.count() == 1
    assert (Client().get(path).status_code, Client().get(again).status_code) == (404, 200)
    signed_in(world, "teacher").post(reverse("desk:feed_revoke"), {"centre": ""})
    assert (Client().get(again).status_code, CalendarFeed.objects.count()) == (404, 0)


def test_an_address_ends_with_the_account_and_with_the_role(world: World) -> None:
    own, of_centre = made(world, "teacher"), made(world, "coordinator", world.own.pk)
    account = world.accounts["teacher"]
    account.is_active = False
    account.save()
    assert Client().get(own).status_code == 404
    assert Client().get(of_centre).status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    RoleAssignment.objects.filter(person=world.accounts["coordinator"].person).update(
        start=yesterday - timedelta(days=1), end=yesterday
    )
    assert Client().get(of_centre).status_code == 404


def test_the_calendar_of_a_centre_names_nobody(world: World) -> None:
    recorded(world, "teacher")
    fixed(person(world, "foreign_tutor").pk, world.foreign.pk)
    text = Client().get(made(world, "coordinator", world.own.pk)).content.decode().replace("\r\n ", "")
    (event,) = Calendar.from_ical(text).events
    assert str(event["SUMMARY"]) == "Консультация"
    for name in ("tutor", "teacher"):
        assert person(world, name).surname not in text


def test_only_the_coordinator_makes_that_of_a_centre(world: World) -> None:
    for name in ("tutor", "teacher", "head", "foreign_coordinator", "administrator"):
        answer = signed_in(world, name).post(reverse("desk:feed_make"), {"centre": world.own.pk})
        assert answer.status_code == 403, name
    assert not CalendarFeed.objects.exists()


def test_what_is_cancelled_stays_sixty_days(world: World) -> None:
    path, hour = made(world, "teacher"), recorded(world, "teacher")
    (stood,) = read(path).events
    withdraw_hour(hour=hour, reason="По ошибке", by=actor_of(world.accounts["tutor"]))
    (event,) = read(path).events
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", stood["SEQUENCE"] + 1)
    Engagement.objects.update(changed_at=timezone.now() - KEPT - timedelta(days=1))
    mend()
    assert read(path).events == []


def test_nothing_is_sent_again_until_something_changes(world: World) -> None:
    path, tutor = made(world, "tutor"), person(world, "tutor").pk
    one = fixed(tutor, world.own.pk, timezone.localdate())
    first = Client().get(path)
    known = {"If-None-Match": first.headers["ETag"]}
    again = Client().get(path, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    one.sequence, one.changed_at = 1, timezone.now()
    one.save()
    assert Client().get(path, headers=known).status_code == 200


def test_a_feed_costs_the_same_queries_for_one_and_for_many(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    path, tutor = made(world, "tutor"), person(world, "tutor").pk
    for number in range(3):
        fixed(tutor, world.own.pk, timezone.localdate() + timedelta(days=number))
    Client().get(path)
    with django_assert_num_queries(5):
        assert len(read(path).events) == 3
    for number in range(30):
        fixed(tutor, world.own.pk, timezone.localdate() + timedelta(days=number), at=15)
    with django_assert_num_queries(5):
        assert len(read(path).events) == 33


def test_a_series_is_read_whole_though_it_began_long_ago(world: World) -> None:
    path, tutor, today = made(world, "tutor"), person(world, "tutor").pk, timezone.localdate()
    for week in range(-30, 10):
        day = today + timedelta(days=7 * week)
        one = fixed(tutor, world.own.pk, day, series="7", facts={"subject": "math", "way": "video", "teachers": 0})
        Engagement.objects.filter(pk=one.pk).update(original=one.start)
    calendar = read(path)
    assert len(calendar.events) == 1
    found = recurring_ical_events.of(calendar).between(today - timedelta(days=400), today + timedelta(days=400))
    assert len(list(found)) == 40


def test_an_address_that_is_read_too_often_waits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(world, "teacher")
    monkeypatch.setattr(views, "MOST", 3)
    monkeypatch.setattr(views._PACE, "_seen", type(views._PACE._seen)())
    assert [Client().get(path).status_code for _time in range(4)] == [200, 200, 200, 429]
    assert int(Client().get(path).headers["Retry-After"]) > 0
    assert Client().post(path).status_code == 405


def test_no_log_holds_the_secret(world: World, caplog: pytest.LogCaptureFixture) -> None:
    path = made(world, "teacher")
    caplog.handler.addFilter(WithoutSecrets())
    for _time in range(views.MOST + 1):
        Client().get(path)
    logging.getLogger("django.request").warning("Internal Server Error: %s", path)
    secret = path.rpartition("/")[2].removesuffix(".ics")
    assert "/calendar/feeds/…" in caplog.text
    assert secret not in caplog.text


def test_my_data_say_that_there_is_an_address(world: World) -> None:
    made(world, "teacher")
    entry = personal_data.get("calendar_feeds")
    assert entry is not None
    (said,) = entry.collect(person(world, "teacher").pk)
    assert said["centre"] is None
    assert said["made_at"].date() > MONDAY


def test_an_hour_of_two_tutors_is_one_event_and_its_number_never_falls(world: World) -> None:
    """Whoever receives, drops out, comes back, also after months: a telephone believes only a higher number."""
    path, by = made(world, "coordinator", world.own.pk), actor_of(world.accounts["coordinator"])
    first, second = person(world, "tutor").pk, person(world, "other_tutor").pk
    hour = made_hour(world, "tutor", "other_tutor", last_day=monday()).hour
    date = first_date(hour)
    three = make_member(world.own, Role.TUTOR).person
    third = {"tutor_id": second, "other_id": three.pk}
    back = {"tutor_id": three.pk, "other_id": second}
    number = -1

    def step(act: Callable[[], object]) -> str:
        nonlocal number
        act()
        date.refresh_from_db()
        (event,) = read(path).events
        assert event["SEQUENCE"] >= number
        number = event["SEQUENCE"]
        return str(event["STATUS"])

    later = timedelta(hours=1)
    assert step(lambda: None) == "CONFIRMED"
    assert step(lambda: leave_date(date, first, "Болезнь", by, timezone.now())) == "CONFIRMED"
    for change in (third, back, third):
        assert step(lambda: substitute_tutor(date=date, **change, reason="Болезнь", by=by)) == "CONFIRMED"  # noqa: B023
    assert step(lambda: move_date(date=date, start=date.start + later, reason="Совещание", by=by)) == "CONFIRMED"
    assert step(lambda: drop_date(date=date, reason="Карантин", by=by)) == "CANCELLED"
    Engagement.objects.update(changed_at=timezone.now() - KEPT - timedelta(days=1))
    mend()
    assert read(path).events == []
    assert step(lambda: restore_date(date=date, by=by)) == "CONFIRMED"
