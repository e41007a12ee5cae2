"""What else is at a time is said before the time is named, to whom may know it, and stops nobody."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.test_calendar import MONDAY, fixed, signed_in
from tests.routes.need_factories import person
from tests.tutors.commission_factories import make_commission
from tests.world import World, add_awkward
from traektoria.core.models import Seen
from traektoria.people.models import RoleAssignment
from traektoria.tutors.models import Session

pytestmark = pytest.mark.django_db
SESSION = {"kind": "tutors.session", "facts": {"number": 3, "where": "каб. 5"}}


def asked(client: Client, **fields: Any) -> str:
    answer = client.get(reverse("desk:calendar_clashes"), {"day": MONDAY.isoformat(), "minutes": "45", **fields})
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_at_this_time_is_said_and_what_touches_is_not(world: World) -> None:
    fixed(person(world, "tutor").pk, world.own.pk, **SESSION)
    client = signed_in(world, "tutor")
    assert "В это время у вас: Заседание комиссии № 3, 10:00–11:00." in asked(client, began="10:30")
    for began in ("09:15", "11:00"):
        assert asked(client, began=began).strip() == ""
    for wrong in ({"began": "утром"}, {"began": "10:00", "day": ""}, {"hour": ""}, {"began": "10:00", "minutes": "0"}):
        assert asked(client, **wrong).strip() == ""


def test_of_others_only_that_the_time_is_taken(world: World) -> None:
    teacher = person(world, "teacher")
    fixed(teacher.pk, world.own.pk)
    said = asked(signed_in(world, "tutor"), began="10:00", teachers=teacher.pk)
    assert f"{teacher.short_name}: занято, 10:00–11:00." in said
    assert "математика" not in said
    coordinator = asked(signed_in(world, "coordinator"), began="10:00", teachers=teacher.pk)
    assert f"{teacher.short_name}: Консультация: математика, 10:00–11:00." in coordinator
    fixed(teacher.pk, world.own.pk, at=14, seen=Seen.CENTRE)
    assert "Консультация: математика" in asked(signed_in(world, "tutor"), began="14:00", teachers=teacher.pk)


#: Of whom each viewer learns that they are taken: those for whom one plans, and oneself.
PLANNED = {
    "coordinator": {
        "coordinator", "tutor", "other_tutor", "teacher", "other_teacher", "head", "deputy_head", "two_centres",
        "member", "secretary",
    },
    "tutor": {"tutor", "other_tutor", "teacher", "other_teacher", "two_centres"},
    "other_tutor": {"tutor", "other_tutor", "teacher", "other_teacher", "two_centres"},
    "two_centres": {"two_centres", "foreign_tutor", "foreign_teacher", "second_tutor"},
    "foreign_tutor": {"two_centres", "foreign_tutor", "foreign_teacher", "second_tutor"},
    "second_tutor": {"two_centres", "foreign_tutor", "foreign_teacher", "second_tutor"},
    "foreign_coordinator": {
        "two_centres", "foreign_coordinator", "foreign_tutor", "foreign_teacher", "foreign_head", "second_tutor",
    },
    "secretary": {"member", "secretary"},
}  # fmt: skip


def test_only_who_plans_for_a_person_learns_that_they_are_taken(world: World) -> None:
    """Everybody is asked about everybody, of both centres and between them."""
    add_awkward(world)
    _commission, seats = make_commission(world.own)
    for post in ("member", "secretary"):
        world.accounts[post] = seats[post].person.account
    of_two = [name for name in world.accounts if name not in ("declined", "left", "withdrew", "chair")]
    people = {name: world.accounts[name].person for name in of_two if world.accounts[name].person_id}
    for one in people.values():
        fixed(one.pk, world.foreign.pk)
    everybody = [one.pk for one in people.values()]
    for viewer in of_two:
        said = asked(signed_in(world, viewer), began="10:00", who=everybody)
        told = {name for name, one in people.items() if f"{one.short_name}" in said}
        told |= {viewer} if "В это время у вас" in said else set()
        assert told == PLANNED.get(viewer, {viewer} & people.keys()), viewer
        assert said.count("математика") <= 1 or viewer == "foreign_coordinator", "of oneself alone"


def test_who_holds_no_role_there_today_is_not_asked_about(world: World) -> None:
    """Of a role that has ended, or is still to begin."""
    teacher, today = person(world, "teacher"), timezone.localdate()
    fixed(teacher.pk, world.own.pk)
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    roles = RoleAssignment.objects.filter(person=teacher)
    for start, end, told in ((yesterday, today, True), (yesterday, yesterday, False), (tomorrow, None, False)):
        roles.update(start=start, end=end)
        said = asked(signed_in(world, "tutor"), began="10:00", teachers=teacher.pk)
        assert (teacher.short_name in said) == told


def test_an_hour_may_lie_in_an_hour_of_help(world: World) -> None:
    fixed(person(world, "tutor").pk, world.own.pk, kind="consultations.help", facts={"where": ""})
    client = signed_in(world, "tutor")
    assert asked(client, began="10:00", of="hour").strip() == ""
    assert "Час методической помощи" in asked(client, began="10:00")


def test_a_session_is_planned_all_the_same_and_says_who_is_busy(world: World) -> None:
    commission, seats = make_commission(world.own)
    busy = seats["member"].person
    day = timezone.localdate() + timedelta(days=7)
    fixed(busy.pk, world.own.pk, day, at=15)
    client, path = signed_in(world, "coordinator"), reverse("tutors:session_new", args=[commission.pk])
    page = client.get(path).content.decode()
    assert f"who={busy.pk}" in page
    sent = {"day": day.isoformat(), "hour": "15:30", "place": "каб. 5"}
    answer = client.post(path, sent, follow=True)
    assert f"{busy.short_name}: Консультация: математика, 15:00–16:00." in answer.content.decode()
    session = Session.objects.get()
    again = client.post(reverse("tutors:session_edit", args=[session.pk]), sent | {"hour": "16:00"}, follow=True)
    assert busy.short_name + ": " not in again.content.decode()
