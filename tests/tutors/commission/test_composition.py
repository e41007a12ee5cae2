"""The composition of a commission: complete, at work, changed, dissolved."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_centre, make_member, make_person, make_regulation
from tests.tutors.commission_factories import make_commission, make_sitting
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.tutors.commission.actions import composition, items, sessions
from traektoria.tutors.commission.enums import AgendaState
from traektoria.tutors.seats.enums import CommissionState
from traektoria.tutors.seats.models import CommissionMember

pytestmark = pytest.mark.django_db


def refused(code: str, call: Any) -> None:
    with pytest.raises((Conflict, Refused, Invalid)) as refusal:
        call()
    assert refusal.value.code == code


def test_a_commission_begins_when_it_is_complete() -> None:
    centre = make_centre()
    by = actor_of(make_member(centre, Role.COORDINATOR))
    made = composition.form_commission(
        centre=centre, name=" Комиссия ", basis="приказ № 1", start=timezone.localdate(), by=by
    )
    assert (made.name, (made.end - made.start).days) == ("Комиссия", pytest.approx(729, abs=2))
    begin = lambda: composition.begin_commission(commission=made, by=by)  # noqa: E731
    refused("incomplete", begin)
    add = lambda **facts: composition.add_member(  # noqa: E731
        commission=made, by=by, **{"person": make_person(), "kind": "methodist", **facts}
    )
    refused("wrong_kind", lambda: add(kind="parents"))
    refused("must_vote", lambda: add(votes=False))
    chair = add(post="chair")
    refused("post_taken", lambda: add(post="chair"))
    assert composition.add_member(commission=made, person=chair.person, kind="union", by=by) == chair
    add(post="secretary", votes=False)
    for _time in range(3):
        add()
    refused("incomplete", begin)
    add()
    assert begin().state == CommissionState.WORKING
    assert RoleAssignment.objects.filter(role=Role.COMMISSION_MEMBER, end=None).count() == 6


def test_one_working_commission_and_its_end() -> None:
    sitting = make_sitting()
    by = sitting.by["coordinator"]
    other = composition.form_commission(
        centre=sitting.centre, name="Вторая", basis="приказ", start=timezone.localdate(), by=by
    )
    for member in sitting.members.values():
        composition.add_member(commission=other, person=member.person, kind="methodist", post=member.post, by=by)
    refused("another_works", lambda: composition.begin_commission(commission=other, by=by))
    refused("session_open", lambda: composition.dissolve_commission(commission=sitting.commission, by=by))
    composition.dissolve_commission(commission=other, by=by)
    assert RoleAssignment.objects.filter(role=Role.COMMISSION_MEMBER).count() == 5
    items.postpone_item(item=sitting.item, reason="нет папки", by=sitting.by["chair"])
    sessions.close_session(session=sitting.session, by=sitting.by["chair"])
    refused("unsigned_protocols", lambda: composition.dissolve_commission(commission=sitting.commission, by=by))
    for name in ("chair", "secretary"):
        sessions.sign_protocol(session=sitting.session, by=sitting.by[name])
    composition.dissolve_commission(commission=sitting.commission, by=by)
    today = timezone.localdate()
    assert not RoleAssignment.objects.filter(role=Role.COMMISSION_MEMBER, end__gte=today).exists()
    assert not RoleAssignment.objects.filter(role=Role.COMMISSION_MEMBER, end=None).exists()


def test_a_new_post_leaves_old_protocols_alone() -> None:
    sitting = make_sitting(AgendaState.POSTPONED)
    sessions.close_session(session=sitting.session, by=sitting.by["chair"])
    member = sitting.members["member"]
    changed = composition.change_member(
        member=member, kind="union", position="профорг", post="deputy", votes=True, by=sitting.by["coordinator"]
    )
    member.refresh_from_db()
    assert (changed.pk != member.pk, member.post, member.end, changed.post) == (
        True, "member", timezone.localdate(), "deputy",
    )  # fmt: skip


def test_who_has_to_sign_the_protocol_leaves_after_it() -> None:
    sitting = make_sitting(AgendaState.POSTPONED)
    sessions.close_session(session=sitting.session, by=sitting.by["chair"])
    secretary = sitting.members["secretary"]
    with pytest.raises(Conflict) as refusal:
        composition.remove_member(member=secretary, by=sitting.by["coordinator"])
    assert refusal.value.code == "signs_first"
    composition.remove_member(member=sitting.members["fifth"], by=sitting.by["coordinator"])
    sessions.sign_protocol(session=sitting.session, by=sitting.by["secretary"])
    assert composition.remove_member(member=secretary, by=sitting.by["coordinator"]).end is not None


def test_a_place_that_only_an_earlier_regulation_had_leaves_the_menu_with_its_last_commission() -> None:
    """The menu is kept with the person; whether a commission is left, it asks each time."""
    centre = make_centre()
    commission = make_commission(centre)[0]
    account = make_member(centre, Role.COORDINATOR)
    make_regulation(centre, "balta")
    browser = Client()
    browser.force_login(account)
    place = reverse("tutors:commission_list")
    assert place in browser.get("/").content.decode()
    CommissionMember.objects.filter(commission=commission).delete()
    commission.delete()
    assert place not in browser.get("/").content.decode()
    make_commission(centre)
    assert place in browser.get("/").content.decode()
