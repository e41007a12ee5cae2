"""Guessing is slowed down; neighbours, strangers and proxies lock nobody out."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from tests.factories import PASSWORD, make_centre, make_member, make_school
from traektoria.desk.registration import for_administrator
from traektoria.people import throttle
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Account, Attempts
from traektoria.people.sign_in import SignIn
from traektoria.people.throttle import (
    ACCOUNT,
    ADDRESS,
    CODE,
    DEVICE,
    RESET,
    Pace,
    TooMany,
    check_pace,
    count_try,
    give_back,
    note_failure,
)

LOGIN = "/account/login/"


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: Any) -> Clock:
    clock = Clock()
    monkeypatch.setattr(throttle, "_noticed", 0.0)
    monkeypatch.setattr(throttle, "time", clock)
    return clock


def teachers(number: int) -> list[Account]:
    centre = make_centre()
    school = make_school(centre)
    found = [make_member(centre, Role.TEACHER, school) for _one in range(number)]
    for account in found:
        account.set_password(PASSWORD)
    Account.objects.bulk_update(found, ["password"])
    return found


def sign_in(account: Account, password: str = PASSWORD, client: Client | None = None, **headers: str) -> int:
    """The status: 302 is in, 200 is a wrong password, 429 is too many."""
    data = {"login": account.username, "password": password}
    return (client or Client()).post(LOGIN, data, headers=headers).status_code


def overdone(clock: Clock, address: str) -> None:
    """Somebody at the address has failed too often a moment ago."""
    note_failure(ADDRESS, address)
    Attempts.objects.filter(scope="address").update(level=ADDRESS.free + 50, until=clock.now + 5)


@pytest.mark.database
@pytest.mark.parametrize(("tries", "wait"), [(4, 0), (5, 2), (6, 4), (9, 32), (14, 900), (80, 900)])
def test_the_wait_grows_with_each_try_and_has_an_end(db: None, clock: Clock, tries: int, wait: int) -> None:
    note_failure(ACCOUNT, "one")
    Attempts.objects.update(level=tries - 1)
    note_failure(ACCOUNT, "one")
    row = Attempts.objects.get()
    assert (row.level, max(row.until - clock.now, 0)) == (tries, pytest.approx(wait))


@pytest.mark.parametrize("pace", [ACCOUNT, DEVICE, CODE, RESET])
def test_one_more_than_the_free_tries_go_through(db: None, clock: Clock, pace: Pace) -> None:
    for _try in range(pace.free + 1):
        count_try(pace, "one")
    with pytest.raises(TooMany):
        count_try(pace, "one")


def test_tries_are_forgiven(db: None, clock: Clock) -> None:
    for tried in range(1, 12):
        note_failure(ACCOUNT, "one")
        assert Attempts.objects.get().level == tried
    clock.now += 3 * ACCOUNT.forgiven
    note_failure(ACCOUNT, "one")
    assert Attempts.objects.get().level == pytest.approx(9)


def test_who_comes_too_early_is_told_when_and_writes_nothing(db: None, clock: Clock) -> None:
    for _try in range(5):
        count_try(ACCOUNT, "one")
    before = Attempts.objects.get()
    for _try in range(50):
        with pytest.raises(TooMany) as told:
            count_try(ACCOUNT, "one")
    assert (told.value.retry_after, Attempts.objects.values().get()) == (2, Attempts.objects.values().get(at=before.at))
    clock.now += 2
    count_try(ACCOUNT, "one")


def test_a_success_gives_its_try_back(db: None, clock: Clock) -> None:
    for _try in range(20):
        count_try(ACCOUNT, "one")
        give_back(ACCOUNT, "one")
    check_pace(ACCOUNT, "one")
    assert Attempts.objects.get().level == 0


def test_a_clock_set_back_holds_nobody_for_longer_than_the_longest_wait(db: None, clock: Clock) -> None:
    for _try in range(5):
        count_try(ACCOUNT, "one")
    clock.now -= 365 * 24 * 3600
    with pytest.raises(TooMany) as told:
        check_pace(ACCOUNT, "one")
    assert told.value.retry_after <= ACCOUNT.longest


def test_old_rows_are_swept_by_new_ones(db: None, clock: Clock) -> None:
    for number in range(30):
        note_failure(ACCOUNT, number)
    clock.now += throttle.IDLE + 1
    note_failure(ACCOUNT, "new")
    assert Attempts.objects.count() == 1


def test_the_table_names_nobody(db: None) -> None:
    sign_in(teachers(1)[0], "wrong")
    assert {row.scope for row in Attempts.objects.all()} == {"account", "address"}
    assert all(len(row.key) == 40 and row.key.isalnum() for row in Attempts.objects.all())


def test_wrong_passwords_are_answered_with_the_time_to_wait(db: None, clock: Clock) -> None:
    (owner,) = teachers(1)
    assert [sign_in(owner, "wrong") for _try in range(5)] == [200] * 5
    answer = Client().post(LOGIN, {"login": owner.username, "password": PASSWORD})
    assert (answer.status_code, answer["Retry-After"]) == (429, "2")
    assert "через 2\xa0секунды" in answer.content.decode()
    clock.now += 2
    assert sign_in(owner) == 302


def test_login_and_email_are_one_key_in_any_letters(db: None, clock: Clock) -> None:
    (owner,) = teachers(1)
    owner.email = "Owner@example.org"
    owner.save()
    name, email = owner.username, "owner@example.org"
    for login in (name, name.upper(), email, email.upper(), f" {name} "):
        assert Client().post(LOGIN, {"login": login, "password": "wrong"}).status_code == 200
    assert sign_in(owner) == 429


def test_strangers_do_not_hold_up_a_device_that_the_account_knows(db: None, clock: Clock) -> None:
    owner, other = teachers(2)
    device = Client()
    assert sign_in(owner, client=device) == 302
    device.post("/account/logout/")
    for _try in range(5):
        sign_in(owner, "wrong")
    assert sign_in(owner) == 429
    assert sign_in(owner, client=device) == 302
    device.post("/account/logout/")
    for _try in range(5):
        sign_in(other, "wrong")
    assert sign_in(other, client=device) == 429, "it knows the other account no more than a stranger does"


def test_a_known_device_guesses_no_faster(db: None, clock: Clock) -> None:
    (owner,) = teachers(1)
    device = Client()
    sign_in(owner, client=device)
    device.post("/account/logout/")
    tried = [sign_in(owner, "wrong", client=device) for _try in range(20)]
    assert tried.count(200) == throttle.DEVICE.free + 1


def test_a_forged_device_is_a_stranger(db: None, clock: Clock) -> None:
    (owner,) = teachers(1)
    for _try in range(5):
        sign_in(owner, "wrong")
    device = Client()
    device.cookies["device"] = f'{{"number": "1", "accounts": [{owner.pk}]}}'
    assert sign_in(owner, client=device) == 429


def test_a_school_behind_one_address_signs_in_within_a_minute_some_mistyping(db: None, clock: Clock) -> None:
    """Two hundred people, every second mistypes, one in ten does so twice: nobody waits."""
    desk = RequestFactory().post(LOGIN, REMOTE_ADDR="203.0.113.9")
    for number, account in enumerate(teachers(200)):
        clock.now += 0.3
        for _slip in range((number % 2 == 0) + (number % 10 == 0)):
            slip = SignIn.of(desk, account.username)
            slip.begin()
            slip.failed()
        attempt = SignIn.of(desk, account.username)
        attempt.begin()
        attempt.succeeded()
    assert Attempts.objects.get(scope="address").level > 100


def test_one_address_guesses_at_many_accounts_slowly(db: None, clock: Clock) -> None:
    overdone(clock, "127.0.0.1")
    (owner,) = teachers(1)
    assert sign_in(owner) == 429


@pytest.mark.parametrize(("remote", "counted"), [("127.0.0.1",) * 2, ("10.0.0.7",) * 2, ("::1", "::/64")])
def test_behind_a_proxy_that_nobody_told_us_of_one_does_not_lock_out_all(
    db: None, clock: Clock, settings: Any, remote: str, counted: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    overdone(clock, counted)
    owner, other = teachers(2)
    proxied = {"headers": {"X-Forwarded-For": "203.0.113.9"}, "REMOTE_ADDR": remote}
    for _try in range(5):
        Client().post(LOGIN, {"login": other.username, "password": "wrong"}, **proxied)  # type: ignore[arg-type]
    answer = Client().post(LOGIN, {"login": owner.username, "password": PASSWORD}, **proxied)  # type: ignore[arg-type]
    assert answer.status_code == 302
    assert throttle.proxy_seen()
    direct = Client().post(LOGIN, {"login": other.username, "password": PASSWORD}, REMOTE_ADDR=remote)
    assert direct.status_code == 429


def test_the_old_password_at_an_open_session_is_slowed_down_too(db: None, clock: Clock) -> None:
    (owner,) = teachers(1)
    open_session = Client()
    sign_in(owner, client=open_session)
    wrong = {"oldpassword": "wrong", "password1": "совсем-свой-пароль-9", "password2": "совсем-свой-пароль-9"}
    answers = [open_session.post("/account/password/change/", wrong).status_code for _try in range(8)]
    assert answers == [200] * 5 + [429] * 3


def test_the_administrator_is_told_of_the_proxy_once_in_the_log(db: None, clock: Clock, caplog: Any) -> None:
    (owner,) = teachers(1)
    administrator = actor_of(make_member(None, Role.ADMINISTRATOR))
    assert "/help/administrator/" not in [line.url for line in for_administrator(administrator)]
    for _try in range(3):
        sign_in(owner, **{"X-Forwarded-For": "203.0.113.9"})
    assert caplog.text.count("TRAEKTORIA_PROXIES") == 1
    assert [line.url for line in for_administrator(administrator)][-1] == "/help/administrator/"
