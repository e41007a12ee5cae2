"""The one list of free hours: what narrows it, who is not on it, and that a press agrees with it."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.consultations.booking_factories import booked, slots, waits_for
from tests.consultations.slot_factories import help_hour, monday, point
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.tutors.status_factories import make_status
from tests.world import World
from traektoria.consultations.bookings.actions.cancelling import cancel_booking
from traektoria.consultations.bookings.actions.offering import take_offer
from traektoria.consultations.bookings.queries.free_slots import FreeFilter, free_page
from traektoria.consultations.models import Booking, Slot, TutorAbsence, WaitingWish
from traektoria.consultations.slots.queries.rules import rules_of
from traektoria.core.errors import Conflict, Invalid
from traektoria.people.enums import Role

As = Callable[[str], Client]
FREE = "/consultations/bookings/free/"
pytestmark = pytest.mark.django_db


def listed(world: World, **narrowed: object) -> set[int]:
    centre = world.own
    page = free_page(centre, None, rules_of(centre.pk), FreeFilter(**narrowed), None, now=timezone.now())  # type: ignore[arg-type]
    return {one.pk for one in page}


def of(*hours: object) -> set[int]:
    return set(Slot.objects.filter(date__hour__in=hours, state="open").values_list("pk", flat=True))


def test_by_subject_point_tutor_and_way(world: World) -> None:
    place = point(world)
    maths = help_hour(world, subjects=("math",), first_day=monday(2), last_day=monday(2))
    group = help_hour(
        world, "tutor", "other_tutor", together=True, way="in_person", point=place, first_day=monday(2),
        last_day=monday(2), start=time(18), end=time(19), places=5,
    )  # fmt: skip
    assert listed(world) == of(maths, group)
    assert listed(world, subject="history") == of(group)
    assert listed(world, subject="math") == of(maths, group)
    assert listed(world, point=place.pk) == of(group)
    assert listed(world, way="video") == of(maths)
    assert listed(world, tutor=person(world, "other_tutor").pk) == of(group)


def test_everybody_of_the_centre_finds_free_hours(world: World, as_: As) -> None:
    place = point(world, name="Математика")
    day = {"first_day": monday(2), "last_day": monday(2)}
    help_hour(world, way="in_person", point=place, room=place.rooms.get(), subjects=("math",), **day)
    for name in ("teacher", "head", "deputy_head", "tutor", "coordinator"):
        page = as_(name).get(FREE).content.decode()
        assert "15:30–16:00" in page, name
        assert "Математика, кабинет 12" in page
    assert "15:30–16:00" not in as_("foreign_teacher").get(FREE).content.decode()
    teacher = as_("teacher")
    assert "15:30–16:00" not in teacher.get(f"{FREE}?subject=history").content.decode()
    assert "15:30–16:00" in teacher.get(f"{FREE}?subject=math&point={place.pk}").content.decode()
    assert "15:30–16:00" in teacher.get(f"{FREE}?point={place.pk}").content.decode()
    assert teacher.get(f"{FREE}?subject=no&point=x&tutor=-1&way=y").status_code == 200
    its_page = teacher.get(f"/consultations/points/{place.pk}/").content.decode()
    assert f"{FREE}?place={world.own.pk}&amp;point={place.pk}" in its_page


def test_a_suspended_tutor_is_neither_listed_nor_booked(world: World) -> None:
    slot, group = slots(world)[0], slots(world, "tutor", "other_tutor", together=True, start=time(18), end=time(19))[0]
    status = make_status(world.own, person(world, "tutor"))
    row = booked(world, slot, "other_teacher")
    waits_for(world, "teacher", tutor_id=person(world, "tutor").pk)
    status.state, status.suspended_from = "suspended", timezone.localdate()
    status.save()
    assert slot.pk not in listed(world)
    assert group.pk in listed(world), "who leads with others is no obstacle"
    other = Slot.objects.filter(date=slot.date_id).exclude(pk=slot.pk)[0]
    with pytest.raises(Conflict) as refusal:
        booked(world, other)
    assert (refusal.value.code, "сейчас не принимает" in refusal.value.sentence) == ("tutor_gone", True)
    cancel_booking(booking=row, by=actor(world, "other_teacher"))
    assert not Booking.objects.filter(state="offered").exists()


def test_an_absent_tutor_is_not_listed_on_these_days(world: World) -> None:
    here, there = slots(world), slots(world, first_day=monday(3), last_day=monday(3))
    group = slots(world, "tutor", "other_tutor", together=True, start=time(18), end=time(19))
    day = timezone.localdate(here[0].start)
    absence = TutorAbsence.objects.create(centre=world.own, tutor=person(world, "tutor"), start=day, end=day)
    assert listed(world) == {one.pk for one in (*there, *group)}
    TutorAbsence.objects.create(centre=world.own, tutor=person(world, "other_tutor"), start=day, end=day)
    with pytest.raises(Conflict):  # all who lead it are away
        booked(world, group[0])
    absence.cancelled_at = timezone.now()
    absence.save()
    assert {one.pk for one in here} < listed(world)


def test_who_receives_then_reads_so_and_is_not_booked(world: World, as_: As) -> None:
    make_member(world.own, Role.TEACHER, world.school, person=person(world, "tutor"))
    slot = slots(world)[0]
    page = as_("tutor").get(f"{FREE}?as=self").content.decode()
    assert "вы сами принимаете" in page
    assert f"/slot/{slot.pk}/new/" not in page
    with pytest.raises(Invalid) as refusal:
        booked(world, slot, "tutor")
    assert "принимает в этот час" in refusal.value.sentence


def test_to_whom_the_place_is_offered_books_it_by_taking_the_offer(world: World, as_: As) -> None:
    slot = slots(world, places=2)[0]
    row = booked(world, slot, "other_teacher")
    waits_for(world, "teacher")
    cancel_booking(booking=row, by=actor(world, "other_teacher"))
    offers = Booking.objects.filter(state="offered")
    offer = offers.get()
    page = as_("teacher").get(FREE).content.decode()
    assert f"/consultations/bookings/{offer.pk}/" in page
    assert "ждёт ответа" in page
    with pytest.raises(Conflict) as refusal:
        booked(world, slot, "teacher", by="coordinator")
    assert (refusal.value.code, "предложено" in refusal.value.sentence) == ("offered", True)
    taken = booked(world, slot)
    assert (taken.pk, taken.state) == (offer.pk, "booked")
    assert WaitingWish.objects.get().state == "served"
    assert booked(world, slot) == taken
    assert "вы записаны" in as_("teacher").get(FREE).content.decode()


def test_an_offer_that_is_over_is_no_booking(world: World) -> None:
    slot = slots(world)[0]
    row = booked(world, slot, "other_teacher")
    waits_for(world, "teacher")
    cancel_booking(booking=row, by=actor(world, "other_teacher"))
    offer = Booking.objects.get(state="offered")
    Booking.objects.filter(pk=offer.pk).update(offer_until=timezone.now() - timedelta(minutes=1))
    for act in (lambda: booked(world, slot), lambda: take_offer(booking=offer, by=actor(world, "teacher"))):
        with pytest.raises(Conflict) as refusal:
            act()
        assert refusal.value.code == "offer_over"
