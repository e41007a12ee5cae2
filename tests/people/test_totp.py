"""Codes of the second step: of the step before, now and after; each once."""

import time
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from lxml.html import fromstring

from tests.factories import PASSWORD
from tests.world import World
from traektoria.core.models import AuditEvent
from traektoria.people.models import Account, Attempts
from traektoria.people.totp import use_step

SECRET = generate_totp_secret()
NOW = 1_700_000_000  # no code grows old while a test runs


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: float(NOW))


@pytest.fixture
def owner(world: World) -> Account:
    account = world.accounts["tutor"]
    account.set_password(PASSWORD)
    account.save()
    TOTP.activate(account, SECRET)
    return account


def code(shift: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, NOW // 30 + shift))


def enter(owner: Account, value: str) -> bool:
    """Sign in with the password and this code."""
    client = Client()
    assert client.post("/account/login/", {"login": owner.username, "password": PASSWORD}).status_code == 302
    client.post("/account/2fa/authenticate/", {"code": value})
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_a_code_near_now_is_taken_once_whatever_becomes_of_the_cache(owner: Account, shift: int) -> None:
    value = code(shift)
    assert enter(owner, value)
    cache.clear()
    assert not enter(owner, value)


@pytest.mark.parametrize("shift", [-3, 3])
def test_a_code_further_away_is_not_taken(owner: Account, shift: int) -> None:
    assert not enter(owner, code(shift))


def test_a_step_is_taken_by_one_of_two_and_never_backwards(owner: Account) -> None:
    now = NOW // 30
    assert [use_step(owner.pk, step) for step in (now, now, now - 1, now + 1)] == [True, False, False, True]


def test_a_clock_that_came_back_from_the_future_holds_nobody_up(owner: Account) -> None:
    now = NOW // 30
    Account.objects.filter(pk=owner.pk).update(last_totp=now + 1_000_000)
    assert use_step(owner.pk, now)
    assert not use_step(owner.pk, now)


def with_the_password(world: World) -> tuple[Account, Client]:
    """Somebody who has just typed it, and has no telephone yet."""
    account, client = world.accounts["teacher"], Client()
    account.set_password(PASSWORD)
    account.save()
    client.post("/account/login/", {"login": account.username, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return account, client


def set_up(client: Client) -> str:
    """The code by which the telephone was set up."""
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    value = format_hotp_value(hotp_value(secret, NOW // 30))
    client.post("/account/2fa/totp/activate/", {"code": value})
    return str(value)


def test_the_code_that_set_the_telephone_up_is_used(world: World) -> None:
    account, client = with_the_password(world)
    value = set_up(client)
    assert Authenticator.objects.filter(user=account, type="totp").exists()
    assert not enter(account, value)


def test_wrong_codes_are_slowed_down_in_the_database(owner: Account) -> None:
    client = Client()
    client.post("/account/login/", {"login": owner.username, "password": PASSWORD})
    answers = [client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code for _try in range(8)]
    assert answers == [200] * 5 + [429] * 3
    assert Attempts.objects.get(scope="code").level == 5


def test_a_paper_code_is_good_once(owner: Account) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    value = RecoveryCodes.activate(owner).get_unused_codes()[0]
    assert enter(owner, value)
    assert not enter(owner, value)


def text_of(answer: Any) -> str:
    return str(fromstring(answer.content).text_content())


PAGES = ("", "totp/activate/", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", "reauthenticate/")
"""After the password, before and after the telephone is set up."""


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("is_set_up", [False, True])
def test_pages_about_the_code_are_of_the_house(world: World, page: str, is_set_up: bool) -> None:
    _account, client = with_the_password(world)
    if is_set_up:
        set_up(client)
    answer = client.get(f"/account/2fa/{page}", follow=True)
    if answer.status_code == 404:
        assert not is_set_up  # there are no codes to show, no telephone to switch off
        return
    assert answer.status_code == 200
    assert not [word for word in ("аутентифи", "Active", "Activate", "Активировать") if word in text_of(answer)]


def test_who_has_lost_telephone_and_paper_is_let_in_by_the_server(owner: Account) -> None:
    call_command("forget_codes", owner.username.upper(), stdout=StringIO())
    client = Client()
    client.post("/account/login/", {"login": owner.username, "password": PASSWORD})
    assert "_auth_user_id" in client.session
    assert AuditEvent.objects.filter(event="people.codes_forgotten", object_id=owner.pk).count() == 1
    with pytest.raises(CommandError):
        call_command("forget_codes", owner.username, stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("forget_codes", "nobody", stdout=StringIO())
