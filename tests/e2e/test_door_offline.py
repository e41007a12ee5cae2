"""The door of an event without a line: nothing that is pressed is lost, nothing counts twice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.test_audit_offline import back, losing, ready, stands
from tests.e2e.test_sitting import Open
from tests.events.enrolment_factories import more_teachers, registered
from tests.events.event_factories import announced, begun, rules
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World, make_world
from traektoria.engines.doorcodes import ticket_code
from traektoria.events.door.secrets import secret_of
from traektoria.events.event.actions.steps import cancel_event
from traektoria.events.models import Attendance, AttendanceMark, DoorGuest, Event, EventDate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = tuple(f"teacher{number}" for number in range(8))


def scene() -> tuple[World, EventDate]:
    """Eight are registered, the event began an hour ago; two lead it."""
    world = make_world()
    rules(world)
    more_teachers(world, *NAMES)
    event = announced(world, "tutor", "other_tutor")
    for name in NAMES:
        registered(world, event, name)
    return world, begun(event, 1)


def tick(page: Page, world: World, *names: str) -> None:
    """A press counts once it is on the device: the row says so then."""
    for name in names:
        row = page.locator(f"[data-person='{person(world, name).pk}']")
        row.locator("[name=came]").click()
        expect(row).to_have_attribute("data-here", "")


def here(page: Page, number: int) -> None:
    expect(page.locator("[data-count]")).to_have_text(f"Пришли {number} из 8")


def test_four_phones_whose_line_is_cut_twice_lose_and_double_nothing(open_page: Open) -> None:
    """2.3: each marks three, the last one is also of the next phone; the answers of one phone are lost twice."""
    world, date = scene()
    address = f"/events/dates/{date.pk}/door/"
    phones = []
    for number, who in enumerate(("tutor", "tutor", "other_tutor", "coordinator")):
        loses = number == 3
        page = open_page(world.accounts[who], phone=True, cut=True, workers=not loses)
        if loses:
            page.goto(address)
            page.route("**/save/", losing({}))
        else:
            ready(page, address)
        phones.append(page)
    mine = [[NAMES[(2 * number + one) % 8] for one in range(3)] for number in range(4)]
    for page, names in zip(phones, mine, strict=True):
        page.context.set_offline(True)
        tick(page, world, names[0])
        stands(page, "waiting")
    for page, names in zip(phones[:3], mine[:3], strict=True):
        page.reload()
        expect(page.locator("li[data-here]")).to_have_count(1)
        back(page)
        stands(page, "saved")
        page.context.set_offline(True)
        tick(page, world, *names[1:])
    back(phones[3])
    tick(phones[3], world, *mine[3][1:])
    for number, page in enumerate(phones[:3]):
        if connection.vendor == "sqlite":  # all threads of the live server share one connection: one after the other
            stands(phones[number - 1], "saved")
        back(page)
    for page in phones:
        stands(page, "saved")
    assert Attendance.objects.filter(said="came", walk_in=False).count() == 8
    assert 8 <= AttendanceMark.objects.count() <= 12, "a press on who is seen to be here already is none"
    phones[0].reload()
    here(phones[0], 8)


def test_guests_tickets_and_taking_back_without_a_line(open_page: Open) -> None:
    world, date = scene()
    page = open_page(world.accounts["tutor"], phone=True, cut=True)
    address = f"/events/dates/{date.pk}/door/"
    ready(page, address)
    page.context.set_offline(True)
    page.locator("#door-name").fill("Гостев Пётр")
    page.locator("#door-work").fill("Школа 5")
    page.locator("[data-walk-in] button").click()
    expect(page.locator("[data-more]")).to_have_text("и ещё 1 без записи")
    code = ticket_code(secret_of(date), person(world, NAMES[3]).pk)
    page.goto(f"{address}#t={code}")
    expect(page.locator("[data-people] li:visible")).to_have_count(1)
    page.locator("[data-people] li:visible button").first.click()
    here(page, 1)
    tick(page, world, NAMES[0], NAMES[1])
    here(page, 3)
    page.locator(f"[data-person='{person(world, NAMES[0]).pk}'] [name=undo]").click()
    here(page, 2)
    back(page)
    stands(page, "saved")
    came = Attendance.objects.filter(said="came").values_list("person", flat=True)
    assert sorted(came) == sorted(person(world, NAMES[number]).pk for number in (1, 3))
    assert DoorGuest.objects.get().said == "came"
    assert AttendanceMark.objects.count() == 5


def test_the_hour_holds_on_the_phone_too_and_a_cancelled_event_keeps_the_marks(open_page: Open) -> None:
    world, date = scene()
    soon = announced(world, "coordinator", place="зал")
    registered(world, soon, NAMES[0])
    early = begun(soon, -5)
    page = open_page(world.accounts["coordinator"], phone=True, cut=True)
    ready(page, f"/events/dates/{early.pk}/door/")
    page.context.set_offline(True)
    page.locator(f"[data-person='{person(world, NAMES[0]).pk}'] [name=came]").click()
    expect(page.locator("[data-told]")).to_contain_text("Отмечать можно с")
    assert page.evaluate("Outbox.all().then(rows => rows.length)") == 0
    page.context.set_offline(False)
    ready(page, f"/events/dates/{date.pk}/door/")
    page.context.set_offline(True)
    tick(page, world, NAMES[0])
    cancel_event(event=Event.objects.get(pk=date.event_id), reason="Карантин", by=actor(world, "coordinator"))
    back(page)
    expect(page.locator("[data-told]")).to_contain_text("мероприятие тем временем отменили")
    assert AttendanceMark.objects.get().aside == "cancelled"
    assert AttendanceMark.objects.get().at <= timezone.now() + timedelta(seconds=1)
