"""The centre's pages: schools, calendar, settings."""

from datetime import date
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from tests.factories import make_centre, make_school
from tests.world import World
from traektoria.core.errors import Invalid
from traektoria.core.models import AuditEvent
from traektoria.organisations import actions, queries
from traektoria.organisations.calendar_facts import facts, known_years
from traektoria.organisations.models import CalendarPeriod, TutorCentre

PERIOD = {"year": 2025, "kind": "quarter", "name": "I", "start": "2025-09-01", "end": "2025-10-24"}


def queries_of(client: Any, url: str) -> int:
    from django.db import connection

    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as made:
        assert client.get(url).status_code == 200
    return len(made)


def test_lists_ask_the_same_number_of_queries_at_one_and_three_rows(world: World, as_: Any) -> None:
    client = as_("coordinator")
    year = queries.school_year(2025)
    add = {"centre": world.own, "year": year, "kind": "exams", "start": date(2026, 5, 1), "end": date(2026, 5, 2)}
    CalendarPeriod.objects.create(name="А", **add)
    urls = ["/centre/", "/centre/schools/", "/centre/calendar/?year=2025"]
    before = [queries_of(client, url) for url in urls]
    for name in ("Б", "В"):
        CalendarPeriod.objects.create(name=name, **add)
        CalendarPeriod.objects.create(name=name, school=make_school(world.own), **add)
    assert [queries_of(client, url) for url in urls] == before


def test_school_new_and_taken(world: World, as_: Any) -> None:
    client = as_("coordinator")
    assert client.post("/centre/schools/new/", {"name": "СОШ № 2", "digits": "sch990002"}).status_code == 302
    answer = client.post("/centre/schools/new/", {"name": "СОШ № 2", "digits": "990003"})
    assert answer.status_code == 422
    assert 'value="СОШ № 2"' in answer.content.decode()


def test_schools_stand_in_alphabetical_order_with_numbers_by_value(world: World, as_: Any) -> None:
    for name in ("СОШ № 10", "СОШ № 2"):
        make_school(world.own, name)
    page = as_("coordinator").get("/centre/schools/").context["page"]
    assert [school.name for school in page] == ["СОШ № 1", "СОШ № 2", "СОШ № 10"]


def test_calendar_load_twice_is_once(world: World, as_: Any) -> None:
    client = as_("coordinator")
    for _click in range(2):
        assert client.post("/centre/calendar/2025/load/").status_code == 302
    assert world.own.periods.count() == len([fact for fact in facts() if fact.start_year == 2025])
    assert AuditEvent.objects.filter(event="organisations.calendar_loaded").count() == 1
    assert client.post("/centre/calendar/1999/load/").status_code == 404


def test_proposed_year_is_marked_as_not_confirmed() -> None:
    assert known_years() == [2026, 2025]
    assert not any(fact.confirmed for fact in facts() if fact.start_year == 2026)
    assert all(fact.source for fact in facts())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "II", "start": "2025-10-01", "end": "2025-12-30"}, 422),
        ({"name": "II", "start": "2025-12-30", "end": "2025-11-05"}, 422),
        ({"name": "II", "start": "2029-11-05", "end": "2029-12-30"}, 422),
        ({"name": "I", "start": "2025-11-05", "end": "2025-12-30"}, 422),
        ({"name": "II", "start": "2025-11-05", "end": "2025-12-30"}, 302),
        ({"name": "Каникулы", "kind": "holidays", "start": "2025-10-20", "end": "2025-10-26"}, 302),
    ],
)
def test_period_checks(world: World, as_: Any, change: dict[str, str], code: int) -> None:
    client = as_("coordinator")
    assert client.post("/centre/calendar/new/", PERIOD).status_code == 302
    assert client.post("/centre/calendar/new/", {**PERIOD, **change}).status_code == code


def test_period_of_a_school_stands_in_for_the_centres(world: World, as_: Any) -> None:
    client = as_("coordinator")
    client.post("/centre/calendar/new/", PERIOD)
    own = {**PERIOD, "end": "2025-10-26", "school": world.school.pk}
    assert client.post("/centre/calendar/new/", own).status_code == 302
    year = queries.school_year(2025)
    assert [period.end for period in queries.periods_for(world.school, world.own, year)] == [date(2025, 10, 26)]
    period = CalendarPeriod.objects.get(school=world.school)
    assert client.post(f"/centre/calendar/periods/{period.pk}/delete/").status_code == 302
    assert [period.end for period in queries.periods_for(world.school, world.own, year)] == [date(2025, 10, 24)]


def test_centre_settings(world: World, as_: Any) -> None:
    answer = as_("coordinator").post("/centre/settings/", {"name": "Точка роста", "founder": "Управление образования"})
    assert answer.status_code == 302
    centre = TutorCentre.objects.get(pk=world.own.pk)
    assert (centre.name, centre.founder) == ("Точка роста", "Управление образования")


@pytest.mark.django_db
def test_centre_of_one_school_gets_no_other() -> None:
    from traektoria.core.errors import Conflict

    centre = make_centre()
    centre.school = make_school(centre)
    centre.save()
    with pytest.raises(Conflict):
        actions.add_school(centre=centre, digits="990100", name="Другая", by=None)


@pytest.mark.django_db
def test_the_database_refuses_a_second_school_with_a_sentence() -> None:
    centre = make_centre()
    actions.add_school(centre=centre, digits="990100", name="Одна", by=None)
    with pytest.raises(Invalid) as refusal:
        actions.add_school(centre=centre, digits="990100", name="Другая", by=None)
    assert refusal.value.code == "school_taken"
