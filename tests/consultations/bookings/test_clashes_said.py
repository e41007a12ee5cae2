"""What else is at the time stands on the page before the press, without a script, and stops nobody."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import fromstring

from tests.consultations.booking_factories import placed, slots, something_else
from tests.consultations.slot_factories import at, first_date, help_hour, monday
from tests.routes.need_factories import person
from tests.world import World
from traektoria.consultations.models import HelpDate, HelpHour
from traektoria.consultations.slots.forms import word_of

As = Callable[[str], Client]
SAID = "На это время уже что-то назначено"
pytestmark = pytest.mark.django_db


def test_in_the_form_of_a_booking(world: World, as_: As) -> None:
    slot = slots(world)[0]
    something_else(world, "teacher", slot.start)
    who = person(world, "teacher")
    words = as_("tutor").get(f"/consultations/bookings/slot/{slot.pk}/new/?as=keeper&person={who.pk}").content.decode()
    assert SAID in words
    assert f"{who.short_name}: занято, 15:00–16:00" in words


def test_in_the_form_of_an_hour(world: World, as_: As) -> None:
    page = as_("tutor").get("/consultations/hours/new/").content.decode()
    assert SAID not in page
    something_else(world, "tutor", timezone.now() - timedelta(hours=12), hours=24)
    page = as_("tutor").get("/consultations/hours/new/").content.decode()
    assert SAID in page
    assert "В это время у вас: " in page


def test_before_an_hour_of_help_is_made(world: World, as_: As) -> None:
    day = monday()
    something_else(world, "tutor", at(day, time(15)))
    sent = {
        "tutors": person(world, "tutor").pk, "place": "video", "first_day": day.isoformat(), "start": "15:00",
        "end": "16:30", "repeat": "weekly", "last_day": monday(3).isoformat(), "slot_minutes": 30, "break_minutes": 0,
        "places": 1,
    }  # fmt: skip
    page = as_("coordinator").post("/consultations/help/new/", sent).content.decode()
    assert SAID in page
    assert "15:00–16:00" in page
    assert "disabled" not in page, "it stands in the way of no date"
    assert not HelpHour.objects.exists()


def test_before_a_date_is_moved_it_is_said_once(world: World, as_: As) -> None:
    date = first_date(help_hour(world))
    placed(world, date.slots.all()[0], "teacher")
    there = date.start + timedelta(hours=3)
    something_else(world, "teacher", there)
    url, client = reverse("consultations:date_move", args=[date.pk]), as_("tutor")
    sent = {"day": timezone.localdate(there).isoformat(), "start": "18:00", "reason": "Педсовет"}
    page = client.post(url, sent).content.decode()
    assert SAID in page
    assert HelpDate.objects.get(pk=date.pk).start == date.start
    seen = fromstring(page).xpath("//input[@name='seen']/@value")[0]
    client.post(url, sent | {"seen": seen})
    assert HelpDate.objects.get(pk=date.pk).start == there


def test_before_a_date_of_a_series_is_changed_it_is_said_once(world: World, as_: As) -> None:
    date = first_date(help_hour(world))
    there = date.start - timedelta(hours=2)
    something_else(world, "tutor", there)
    url, client = reverse("consultations:date_edit", args=[date.pk]), as_("tutor")
    sent = {"topic": "", "places": 1, "start": "13:00", "end": "14:30", "scope": "this", "reason": "Так удобнее"}
    sent |= {"number": date.number, "place": word_of(date.point, date.room)}
    page = client.post(url, sent).content.decode()
    assert SAID in page
    assert HelpDate.objects.get(pk=date.pk).start == date.start
    client.post(url, sent | {"seen": fromstring(page).xpath("//input[@name='seen']/@value")[0]})
    assert HelpDate.objects.get(pk=date.pk).start == there
