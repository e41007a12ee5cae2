"""Lists as files: participants with what they attended, hours by teacher; chosen columns, no formulas."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from tests.consultations.slot_factories import monday
from tests.events.enrolment_factories import more_teachers, registered
from tests.events.event_factories import announced, begun, rules
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.models import Errand
from traektoria.events.attendance.actions import Mark, mark_people
from traektoria.events.exports import errands
from traektoria.events.exports.columns import PEOPLE, TEACHERS, WIDTHS
from traektoria.events.models import DoorGuest, Event
from traektoria.people.models import AccessRecord

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture
def event(world: World) -> Event:
    """Held an hour and a half: one of two who registered came, one came without, and a guest."""
    rules(world)
    more_teachers(world, "third")
    made = announced(world, days=[monday(2)])
    for name in ("teacher", "other_teacher"):
        registered(world, made, name)
    date = begun(made, 30)
    said = {"teacher": "came", "other_teacher": "missed", "third": "came"}
    marks = [Mark(uuid4(), person(world, name).pk, word, timezone.now()) for name, word in said.items()]
    mark_people(date=date, marks=marks, by=actor(world, "tutor"))
    DoorGuest.objects.create(
        date=date, name="=HYPERLINK(1)", work="Лицей", same="x", said="came", at=timezone.now()
    )  # fmt: skip
    return made


def table(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_each_column_has_its_width_on_paper() -> None:
    assert PEOPLE.keys() | TEACHERS.keys() == WIDTHS.keys()


def test_participants_with_what_they_attended(world: World, as_: As, event: Event) -> None:
    """The columns that are ticked, in their order; a guest's formula is a text; who stands there reads who took it."""
    here = f"/events/{event.pk}/people/file/"
    assert as_("tutor").get(here).status_code == 200
    head, *rows = table(as_("tutor").get(f"{here}?columns=hours&columns=name&columns=state&form=csv"))
    assert head == ["Фамилия, имя, отчество", "Запись", "Часов"]
    names = [person(world, name).full_name for name in ("teacher", "other_teacher", "third")]
    expected = [[names[0], "есть место", "1,5"], [names[1], "есть место", "0"], [names[2], "без записи", "1,5"]]
    assert sorted(rows[:-1]) == sorted(expected)
    assert rows[-1] == ["'=HYPERLINK(1)", "гость", "1,5"]
    taken = AccessRecord.objects.filter(purpose="export").values_list("person_id", flat=True)
    assert set(taken) == {person(world, name).pk for name in ("teacher", "other_teacher", "third")}
    book = openpyxl.load_workbook(io.BytesIO(as_("tutor").get(f"{here}?columns=name&form=xlsx").content))
    cells = [row[0] for row in book.active.iter_rows()]
    assert [cell.data_type for cell in cells] == ["s"] * 5
    assert as_("tutor").get(f"{here}?columns=name&columns=came&form=pdf").content.startswith(b"%PDF-")
    for bad in ("?form=csv", "?columns=salary&form=csv", "?columns=name&form=exe"):
        assert as_("tutor").get(here + bad).status_code == 422
    assert as_("teacher").get(f"{here}?columns=name&form=csv").status_code == 403
    assert as_("foreign_coordinator").get(f"{here}?columns=name&form=csv").status_code == 404


def test_hours_by_teacher_of_a_period(world: World, as_: As, event: Event) -> None:
    """By days of the centre, both ends in; a date counts once; of the own centre alone."""
    day = timezone.localdate(event.dates.get().start)
    columns = "columns=name&columns=events&columns=hours&form=csv"

    def hours(name: str, first: Any, last: Any) -> list[list[str]]:
        return table(as_(name).get(f"/events/hours/file/?first={first}&last={last}&{columns}"))[1:]

    names = sorted(person(world, name).full_name for name in ("teacher", "third"))
    assert sorted(hours("coordinator", day, day)) == [[name, "1", "1,5"] for name in names]
    assert hours("coordinator", day + timedelta(days=1), day + timedelta(days=9)) == []
    assert hours("foreign_coordinator", day, day) == []
    assert as_("tutor").get("/events/hours/file/").status_code == 403
    answer = as_("coordinator").get(f"/events/hours/file/?first={day}&last={day - timedelta(days=1)}&{columns}")
    assert answer.status_code == 422


def test_a_long_list_is_offered_and_made_by_the_worker(
    world: World, as_: As, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("traektoria.events.exports.views.weight", lambda rows, form: errands.LIGHT + rows)
    offer = as_("tutor").get(f"/events/{event.pk}/people/file/?columns=name&form=xlsx")
    assert offer.status_code == 200
    assert "html" in offer.headers["Content-Type"]
    assert not Errand.objects.exists()
