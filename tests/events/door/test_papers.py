"""The paper sheet: printed, ticked all at once, its photo kept for who leads the event alone."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from PIL import Image

from tests.events.enrolment_factories import more_teachers, registered
from tests.events.event_factories import announced, begun, rules
from tests.planning.audits.audit_factories import photo
from tests.routes.need_factories import person
from tests.world import World
from traektoria.core.installation.roots import UPLOADS, named
from traektoria.events.door.models import SheetPhoto
from traektoria.events.models import Attendance, AttendanceMark, DoorGuest, EventDate

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture
def date(world: World) -> EventDate:
    """Of an event that began an hour ago, where two are registered."""
    rules(world)
    more_teachers(world, "third")
    event = announced(world)
    registered(world, event)
    registered(world, event, "third")
    return begun(event, 1)


def test_the_sheet_is_entered_in_one_press_with_its_photo(world: World, date: EventDate, as_: As) -> None:
    page, me = f"/events/dates/{date.pk}/paper/", person(world, "teacher").pk
    client = as_("tutor")
    assert client.get(page).status_code == 200
    sent = {"came": me, "others_missed": "on", "guests": "Гостев Пётр, Школа 5\n\nГостев  Петр,школа 5\nИная Анна"}
    for _press in range(2):
        assert client.post(page, sent | {"photo": photo("red")}).status_code == 302
    held = dict(Attendance.objects.values_list("person", "said"))
    assert held == {me: "came", person(world, "third").pk: "missed"}
    assert sorted(DoorGuest.objects.values_list("name", flat=True)) == ["Гостев Пётр", "Иная Анна"]
    assert set(AttendanceMark.objects.values_list("source", flat=True)) == {"paper"}
    kept = SheetPhoto.objects.get()
    address = f"/events/sheet_photos/{kept.pk}/"
    shown = client.get(address)
    assert shown.headers["Cache-Control"] == "private, no-store", "signatures: the computer may be shared"
    with Image.open(io.BytesIO(shown.content)) as picture:
        assert not dict(picture.getexif())
    assert [one.sha256 for one in named(UPLOADS)] == [""], "drawn anew, it is not what was sent: no damage to find"
    assert address in client.get(page).text
    for other, status in (("teacher", 403), ("other_tutor", 403), ("foreign_coordinator", 404)):
        assert as_(other).get(address).status_code == status
    text = io.BytesIO(b"no picture")
    text.name = "sheet.jpg"
    assert client.post(page, {"guests": "Ещё Один", "photo": text}).status_code == 422
    assert DoorGuest.objects.count() == 2, "a photo that is none leaves nothing marked"
