"""Whatever changes who somebody is, changes the very next request of every process of the server."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.acceptance.another_process import Another, another_process
from tests.factories import make_centre, make_member, make_regulation
from tests.world import World
from traektoria.organisations.models import Municipality, Regulation
from traektoria.people.enums import Role
from traektoria.people.models import Account, RoleAssignment, Session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]
COMMISSION, RESULTS, SCHOOLS = "/tutors/commission/", "/results/", "/centre/"
HELD = "/people/me/export/"


@pytest.fixture
def another(own_world: World) -> Iterator[Another]:
    with another_process() as running:
        yield running


def session_of(account: Account) -> str:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return str(client.session.session_key)


@pytest.mark.once
def test_the_next_request_of_another_process_knows(own_world: World, another: Another) -> None:
    """One process for all of it: whatever it keeps from one request, it must not believe in the next."""
    account = own_world.accounts["coordinator"]
    session = session_of(account)
    assert RESULTS in another.get(session)["menu"]

    roles = RoleAssignment.objects.filter(person=account.person)
    kept = roles.get()
    roles.delete()
    assert another.get(session)["menu"] == ["/"], "the role was taken away"
    kept.save(force_insert=True)
    assert RESULTS in another.get(session)["menu"], "and given back"

    make_regulation(own_world.own, "balta", start=date(2021, 9, 1))
    assert COMMISSION not in another.get(session)["menu"], "a new version of the regulation is in force"
    Regulation.objects.filter(centre=own_world.own, number__gt=1).delete()
    assert COMMISSION in another.get(session)["menu"], "and no longer"

    elsewhere = make_centre(preset="balta")
    roles.update(centre=elsewhere)
    assert COMMISSION not in another.get(session)["menu"], "the role is one of another centre"
    roles.update(centre=own_world.own)
    assert COMMISSION in another.get(session)["menu"]

    Account.objects.filter(pk=account.pk).update(password_given=True)
    assert another.get(session, "/")["location"] == "/account/password/change/", "a password was given"
    Account.objects.filter(pk=account.pk).update(password_given=False, held_until=timezone.now() + timedelta(days=1))
    assert another.get(session, HELD)["status"] == 403, "what needs the own hand is closed"
    Account.objects.filter(pk=account.pk).update(held_until=timezone.now() - timedelta(seconds=1))
    assert another.get(session, HELD)["status"] == 200, "the time is over"

    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert another.get(session)["location"].startswith("/account/login/"), "the account is closed"
    Account.objects.filter(pk=account.pk).update(is_active=True)
    session = session_of(account)
    assert another.get(session)["status"] == 200
    account.set_password("совсем другой пароль")
    account.save()
    assert another.get(session)["location"].startswith("/account/login/"), "the password is another one"
    sessions = [session_of(account), session_of(account)]
    assert [another.get(one)["status"] for one in sessions] == [200, 200]
    Session.objects.filter(account=account).delete()
    assert [another.get(one)["status"] for one in sessions] == [302, 302], "signed out everywhere"


MIDNIGHTS = {"Europe/Moscow": 21, "Asia/Yekaterinburg": 19, "Asia/Kamchatka": 12}


def test_a_role_ends_at_midnight_of_its_centre(own_world: World, another: Another) -> None:
    """And a regulation begins then. The process has answered a minute before."""
    make_regulation(own_world.own, "balta", start=date(2026, 9, 1))
    for zone, hour in MIDNIGHTS.items():
        Municipality.objects.filter(pk=own_world.own.municipality_id).update(time_zone=zone)
        before = datetime(2026, 8, 31, hour, tzinfo=UTC) - timedelta(minutes=1)
        after = before + timedelta(minutes=2)
        stays, leaves = (make_member(own_world.own, Role.COORDINATOR) for _number in range(2))
        RoleAssignment.objects.filter(person=leaves.person).update(end=date(2026, 8, 31))
        sessions = [session_of(stays), session_of(leaves)]
        Session.objects.update(expire_date=after + timedelta(days=9))
        moments = (before, after, before)
        told = [[set(another.get(one, now=moment)["menu"]) for moment in moments] for one in sessions]
        assert [COMMISSION in menu for menu in told[0]] == [True, False, True], zone
        assert [RESULTS in menu for menu in told[0]] == [True, True, True], zone
        assert [RESULTS in menu for menu in told[1]] == [True, False, True], zone
