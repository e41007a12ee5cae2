"""A booked hour by video: who comes in, when, and by what; who came instead leads it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.consultations.booking_factories import at_hours, placed, slots
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.video.factories import connected
from tests.world import World
from traektoria.consultations.bookings.video import find_meeting
from traektoria.consultations.models import Slot
from traektoria.consultations.slots.actions.substituting import substitute_tutor
from traektoria.video.enums import Part
from traektoria.video.models import VideoEntry, VideoMeeting
from traektoria.video.registries import meeting_address

pytestmark = pytest.mark.django_db
SOON = 0.2
"""Hours: the doors are open."""


@pytest.fixture
def slot(world: World) -> Slot:
    return at_hours(slots(world)[0], SOON)


def _join(client: Any, slot: Slot) -> int:
    return int(client.post(reverse("video:join", args=["slot", slot.pk])).status_code)


def _part(world: World, slot: Slot, who: str) -> Part | None:
    found = find_meeting(actor(world, who), slot.pk)
    return found.part if found else None


def test_the_tutor_leads_and_who_is_booked_comes_in(world: World, as_: Any, slot: Slot) -> None:
    connected(world)
    booking = placed(world, slot)
    placed(world, slot, "other_teacher", state="asked")
    assert [_part(world, slot, who) for who in ("tutor", "teacher")] == [Part.MODERATOR, Part.GUEST]
    assert (
        meeting_address("slot", slot.pk)
        in as_("teacher").get(reverse("consultations:booking_detail", args=[booking.pk])).content.decode()
    )
    assert (
        meeting_address("slot", slot.pk)
        in as_("tutor").get(reverse("consultations:slot_bookings", args=[slot.pk])).content.decode()
    )
    assert [_join(as_(who), slot) for who in ("tutor", "teacher")] == [200, 200]
    assert VideoMeeting.objects.count() == 1
    assert VideoEntry.objects.count() == 2


def test_who_is_only_asked_for_or_cancelled_stays_out(world: World, as_: Any, slot: Slot) -> None:
    connected(world)
    for who, state in (("teacher", "asked"), ("other_teacher", "off_by_asker")):
        placed(world, slot, who, state=state, **({"decided_at": timezone.now()} if state != "asked" else {}))
        assert _join(as_(who), slot) == 404
    assert _join(as_("head"), slot) == 404
    assert _join(as_("foreign_coordinator"), slot) == 404
    assert _join(as_("coordinator"), slot) == 403
    assert VideoEntry.objects.count() == 0


def test_it_opens_a_quarter_before_and_not_after_a_drop(world: World, as_: Any) -> None:
    connected(world)
    slot = at_hours(slots(world)[0], 3)
    placed(world, slot)
    page = as_("teacher").get(meeting_address("slot", slot.pk)).content.decode()
    assert "Ещё рано" in page
    assert _join(as_("teacher"), slot) == 409
    Slot.objects.filter(pk=slot.pk).update(state="dropped")
    assert _join(as_("teacher"), at_hours(slot, SOON)) == 409


def test_who_comes_instead_leads_and_the_other_no_longer(world: World, slot: Slot) -> None:
    """The same meeting: its name stays, for who has the page open."""
    connected(world)
    placed(world, slot)
    date = slot.date
    date.start, date.end = timezone.now() + timedelta(minutes=1), timezone.now() + timedelta(hours=2)
    date.save()
    ids = [person(world, who).pk for who in ("tutor", "other_tutor")]
    substitute_tutor(date=date, tutor_id=ids[0], other_id=ids[1], reason="Болен", by=actor(world, "coordinator"))
    assert [_part(world, slot, who) for who in ("other_tutor", "tutor")] == [Part.MODERATOR, None]
    assert find_meeting(actor(world, "tutor"), slot.pk) is None


def test_an_hour_in_person_has_no_meeting(world: World, as_: Any, slot: Slot) -> None:
    placed(world, slot)
    type(slot.date).objects.filter(pk=slot.date_id).update(way="in_person")
    assert as_("teacher").get(meeting_address("slot", slot.pk)).status_code == 404
