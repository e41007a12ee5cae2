"""Pages of Hours: made in two steps, dropped in two taps, offered to everybody of the centre."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.consultations.slot_factories import first_date, help_hour, monday
from tests.routes.need_factories import person
from tests.world import World
from traektoria.consultations.models import HelpHour
from traektoria.tutors.profiles.models import TutorProfile

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def _typed(world: World, *tutors: str, **fields: Any) -> dict[str, Any]:
    facts = {
        "tutors": [person(world, one).pk for one in tutors or ("tutor",)], "place": "video",
        "first_day": monday().isoformat(), "start": "15:00", "end": "16:30", "repeat": "weekly",
        "last_day": monday(4).isoformat(), "slot_minutes": "30", "break_minutes": "0", "places": "1",
    }  # fmt: skip
    return facts | fields


def _look(client: Client, typed: dict[str, Any]) -> tuple[str, list[str], str]:
    """The page of the second step, the days that are marked, and the mark of what they were made of."""
    page = client.post(reverse("consultations:help_new"), typed).content.decode()
    marked = re.findall(r'name="days" value="([\d-]+)"\s+checked', page)
    seen = re.search(r'name="seen" value="(\w+)"', page)
    return page, marked, seen[1] if seen else ""


def test_an_hour_is_made_after_a_look_at_its_dates(world: World, as_: As) -> None:
    help_hour(world, first_day=monday(2), last_day=monday(2), topic="Другое")
    client, typed = as_("coordinator"), _typed(world)
    page, marked, seen = _look(client, typed)
    assert not HelpHour.objects.filter(topic="").exists()
    assert marked == [monday(week).isoformat() for week in (1, 3, 4)]
    assert "занято" in page
    answer = client.post(reverse("consultations:help_new"), {**typed, "days": marked[1:], "seen": seen}, follow=True)
    assert "Час назначен: 2 даты." in answer.content.decode().replace("\xa0", " ")
    hour = HelpHour.objects.get(topic="")
    assert [one.state for one in hour.dates.order_by("day")] == ["dropped", "dropped", "standing", "standing"]


def test_other_words_are_looked_at_anew_before_anything_is_made(world: World, as_: As) -> None:
    client, typed = as_("coordinator"), _typed(world)
    _page, marked, seen = _look(client, typed)
    changed = {**typed, "start": "14:00", "days": marked, "seen": seen}
    answer = client.post(reverse("consultations:help_new"), changed)
    assert answer.status_code == 200
    assert not HelpHour.objects.exists()


def test_what_is_refused_keeps_what_was_typed(world: World, as_: As) -> None:
    answer = as_("coordinator").post(reverse("consultations:help_new"), _typed(world, end="14:00", topic="Контрольная"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Контрольная" in page


def test_where_nothing_is_marked_it_is_said(world: World, as_: As) -> None:
    client, typed = as_("coordinator"), _typed(world)
    _page, _marked, seen = _look(client, typed)
    answer = client.post(reverse("consultations:help_new"), {**typed, "seen": seen})
    assert answer.status_code == 409
    assert "выберите другие" in answer.content.decode()


def test_a_tutor_names_hours_of_their_own(world: World, as_: As) -> None:
    client = as_("tutor")
    page = client.get(reverse("consultations:help_new")).content.decode()
    assert str(person(world, "other_tutor").short_name) not in page
    typed = _typed(world)
    _page, marked, seen = _look(client, typed)
    client.post(reverse("consultations:help_new"), {**typed, "days": marked, "seen": seen})
    mine = client.get(reverse("consultations:my_hours")).content.decode()
    assert mine.count("?drop=1") == len(marked)


def test_by_hand_the_dates_are_those_that_were_written(world: World, as_: As) -> None:
    typed = _typed(world, repeat="by_hand", by_hand=f"{monday(3):%d.%m.%Y}, {monday(2):%d.%m.%Y}")
    _page, marked, _seen = _look(as_("coordinator"), typed)
    assert marked == [monday(week).isoformat() for week in (1, 2, 3)]
    wrong = as_("coordinator").post(reverse("consultations:help_new"), typed | {"by_hand": "31.02.2027"})
    assert wrong.status_code == 422
    assert "31.02.2027" in wrong.content.decode()


def test_a_date_is_dropped_from_my_hours(world: World, as_: As) -> None:
    """Two taps: beside the date, and on its page, where it is said whom we tell and the reason is filled in."""
    date = first_date(help_hour(world))
    there = reverse("consultations:date_detail", args=[date.pk]) + "?drop=1"
    assert there in as_("tutor").get(reverse("consultations:my_hours")).content.decode()
    url = reverse("consultations:date_drop", args=[date.pk])
    page = as_("tutor").get(there).content.decode()
    for words in (url, "Никто не записан", "Тьютор не может принять в этот день."):
        assert words in page
    answer = as_("tutor").post(url, {"reason": "Педсовет"}, follow=True)
    page = answer.content.decode()
    assert "записанных не было" in page
    assert "Педсовет" in page


def test_a_date_is_moved_and_says_from_when(world: World, as_: As) -> None:
    date = first_date(help_hour(world))
    url = reverse("consultations:date_move", args=[date.pk])
    day = monday(2).isoformat()
    refused = as_("tutor").post(url, {"day": day, "start": "15:30", "reason": "Педсовет"})
    assert refused.status_code == 409
    assert "У тьютора в это время другое" in refused.content.decode()
    answer = as_("tutor").post(url, {"day": day, "start": "10:00", "reason": "Педсовет"}, follow=True)
    page = answer.content.decode()
    assert "перенесено" in page
    assert "15:00" in page


def test_an_hour_is_ended_on_its_page(world: World, as_: As) -> None:
    hour = help_hour(world)
    url = reverse("consultations:help_end", args=[hour.pk])
    page = as_("coordinator").post(url, {"after": monday(2).isoformat(), "reason": "Болезнь"}, follow=True)
    assert "завершён" in page.content.decode()
    assert hour.dates.filter(state="standing").count() == 2


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("coordinator", "help_list"),
        ("tutor", "my_hours"),
        ("teacher", "booking_free"),
    ],
)
def test_a_list_asks_as_much_for_three_as_for_one(world: World, as_: As, name: str, page: str) -> None:
    client, numbers = as_(name), []
    for hour in (8, 10, 12):
        help_hour(world, start=time(hour), end=time(hour + 1))
        client.get(reverse(f"consultations:{page}"))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse(f"consultations:{page}"))
        numbers.append(len(caught))
    assert numbers[0] == numbers[2]


def test_pages_of_an_hour_ask_as_much_for_many_dates(world: World, as_: As) -> None:
    short, long = help_hour(world, last_day=monday()), help_hour(world, first_day=monday(2), last_day=monday(9))
    client, numbers = as_("coordinator"), []
    for hour in (short, long):
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("consultations:help_detail", args=[hour.pk]))
        numbers.append(len(caught))
    assert numbers[0] == numbers[1]


def test_where_nothing_is_simply_free_the_dates_outside_hours_are_marked_and_it_is_said(world: World, as_: As) -> None:
    TutorProfile.objects.create(
        centre=world.own, person=person(world, "tutor"), teachers_at_once=5, hours_a_month=10,
        availability=[{"weekday": 4, "start": "08:00", "end": "09:00"}],
    )  # fmt: skip
    page, marked, _seen = _look(as_("coordinator"), _typed(world))
    assert len(marked) == 4
    assert "убедитесь, что он согласен" in page
