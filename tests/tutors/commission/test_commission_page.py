"""The page of a commission: who plans a session from it, and that its queries are the same at three times the rows."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.costs import Cost, cost_of
from tests.factories import make_centre, make_member, make_person
from tests.tutors.commission_factories import make_application, make_commission, make_session
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Account, Person
from traektoria.tutors.commission.enums import SessionState
from traektoria.tutors.seats.models import CommissionMember
from traektoria.tutors.seats.permissions import plans_sessions

pytestmark = pytest.mark.django_db


def account_of(person: Person) -> Account:
    return Account.objects.get(person=person)


def test_sessions_are_planned_by_the_coordinator_and_who_leads_now() -> None:
    commission, members = make_commission(make_centre())
    plans = {name: plans_sessions(actor_of(account_of(one.person)), commission) for name, one in members.items()}
    assert plans == {"chair": True, "deputy": True, "secretary": True, "member": False, "fifth": False}
    assert plans_sessions(actor_of(make_member(commission.centre, Role.COORDINATOR)), commission)
    assert not plans_sessions(actor_of(make_member(make_centre(), Role.COORDINATOR)), commission)
    CommissionMember.objects.filter(pk=members["deputy"].pk).update(end=timezone.localdate())
    assert not plans_sessions(actor_of(account_of(members["deputy"].person)), commission)


@pytest.mark.parametrize("viewer", [Role.COORDINATOR, Role.COMMISSION_MEMBER])
def test_its_queries_are_the_same_at_three_times_the_rows(viewer: Role) -> None:
    few, many = cost(viewer, 3), cost(viewer, 9)
    assert (few.status, many.status) == (200, 200)
    assert few.queries == many.queries, (str(few), str(many))


def cost(viewer: Role, number: int) -> Cost:
    """Of a page with so many sessions, applications that wait and members beside the five."""
    centre = make_centre()
    commission, members = make_commission(centre)
    now = timezone.now()
    for one in range(number):
        day = now - timedelta(days=one)
        make_session(commission, SessionState.SIGNED, number=one + 1, held_at=day)
        make_application(centre)
        CommissionMember.objects.create(
            commission=commission, person=make_person(), kind="expert", start=commission.start
        )
    client = Client()
    coordinates = viewer == Role.COORDINATOR
    client.force_login(make_member(centre, viewer) if coordinates else account_of(members["chair"].person))
    return cost_of(client, reverse("tutors:commission_detail", args=[commission.pk]))
