"""Forgotten passwords, addresses that count, letters that wait: nothing is sent in a request or told to strangers."""

import re
from base64 import urlsafe_b64decode
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests.factories import PASSWORD
from tests.world import World
from traektoria.messaging.channels import ChannelDown, Mail
from traektoria.messaging.delivery import send_waiting
from traektoria.messaging.enums import State, UnsentReason
from traektoria.messaging.models import Message
from traektoria.people import own_hand
from traektoria.people.account_letters import account_at
from traektoria.people.models import Account

RESET, NEW = "/account/password/reset/", "совсем-свой-пароль-9"
UNUSED = ("account_email", "account_signup", "account_confirm_email", "account_set_password", "mfa_trust")


@pytest.fixture
def teacher(world: World) -> Account:
    account = world.accounts["teacher"]
    account.set_password(PASSWORD)
    account.email, account.email_confirmed_at = "teacher@example.org", timezone.now()
    account.save()
    return account


def link_in(letter: Any) -> str:
    found = re.search(r"http://testserver(\S+)", letter.body)
    assert found
    return found.group(1)


def later(**span: int) -> datetime:
    return timezone.now() + timedelta(**span)


def gave_up_and_tried_again(as_: Any, at: datetime) -> tuple[int, int]:
    """The server was dead for a day; then the administrator has everything tried once more."""
    Message.objects.update(state=State.GIVEN_UP, reason=UnsentReason.SERVER_DOWN)
    as_("administrator").post("/background/letters/again/")
    Message.objects.update(due_at=F("made_at"))
    return send_waiting(at)


@pytest.mark.parametrize("name", UNUSED)
def test_pages_that_the_product_does_not_use_are_not_there(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name, kwargs={"key": "none"} if name == "account_confirm_email" else None)


@pytest.mark.parametrize("path", ["email/", "signup/", "confirm-email/", "login/code/confirm/", "password/set/", ""])
@pytest.mark.parametrize("method", ["get", "post"])
def test_their_addresses_answer_404(as_: Any, path: str, method: str) -> None:
    data = {"email": "other@example.org", "action_primary": ""}
    assert getattr(as_("teacher"), method)(f"/account/{path}", data).status_code == 404
    assert getattr(Client(), method)(f"/account/{path}", data).status_code == 404


def test_a_reset_answers_the_same_for_a_known_and_an_unknown_address(teacher: Account) -> None:
    seen = []
    for email in ("nobody@example.org", "teacher@example.org"):
        client = Client()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.post(RESET, {"email": email}, REMOTE_ADDR=f"203.0.113.{len(seen)}")
        page = client.get(answer["Location"]).content
        seen.append(
            (answer.status_code, answer["Location"], len(asked), re.sub(rb'<input type="hidden"[^>]*>', b"", page))
        )
    assert seen[0] == seen[1]
    assert mail.outbox == []
    assert send_waiting() == (1, 0)
    assert [one.to for one in mail.outbox] == [["teacher@example.org"]]


def test_a_reset_is_slowed_down_for_each_address(teacher: Account) -> None:
    answers = [Client().post(RESET, {"email": "teacher@example.org"}) for _try in range(6)]
    assert [one.status_code for one in answers] == [302] * 4 + [429] * 2
    assert answers[-1]["Retry-After"]
    assert Message.objects.count() == 4


def test_the_link_makes_a_new_password_once(teacher: Account) -> None:
    Client().post(RESET, {"email": "TEACHER@example.org"})
    send_waiting()
    client = Client()
    page = client.get(link_in(mail.outbox[0]), follow=True)
    assert client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW}).status_code == 302
    teacher.refresh_from_db()
    assert teacher.check_password(NEW)
    again = Client().get(link_in(mail.outbox[0]), follow=True)
    assert b"password1" not in again.content


def test_the_database_and_the_log_hold_no_link(teacher: Account, caplog: Any, capfd: Any) -> None:
    Client().post(RESET, {"email": "teacher@example.org"})
    kept = str(Message.objects.values().get())
    send_waiting()
    assert "/account/" not in kept
    said = caplog.text + "".join(capfd.readouterr())
    assert "teacher@example.org" not in said
    assert "/account/password/reset/key" not in said


def test_without_a_mail_host_nothing_is_written_or_printed(teacher: Account, settings: Any, capfd: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "координатор" in Client().post(RESET, {"email": "teacher@example.org"}).content.decode()
    assert not Message.objects.exists()
    assert "teacher@example.org" not in "".join(capfd.readouterr())


def test_a_dead_mail_server_loses_nothing(teacher: Account, monkeypatch: Any) -> None:
    def refuse(_line: Mail) -> None:
        raise ChannelDown

    Client().post(RESET, {"email": "teacher@example.org"})
    with monkeypatch.context() as dead:
        dead.setattr(Mail, "open", refuse)
        assert send_waiting() == (0, 1)
    assert send_waiting() == (1, 0)
    assert send_waiting() == (0, 0)
    assert len(mail.outbox) == 1


def test_an_address_counts_after_its_link_was_followed(teacher: Account) -> None:
    client = Client()
    client.post("/account/login/", {"login": teacher.username, "password": PASSWORD})
    assert client.post("/people/me/address/", {"email": "new@example.org", "password": "wrong"}).status_code == 422
    client.post("/people/me/address/", {"email": "new@example.org", "password": PASSWORD})
    teacher.refresh_from_db()
    assert teacher.email == "teacher@example.org"
    Client().post(RESET, {"email": "new@example.org"})
    send_waiting()
    (letter,) = mail.outbox
    link = link_in(letter)
    assert Client().get(link).status_code == 302, "a stranger with the link is led to sign-in"
    client.get(link)
    teacher.refresh_from_db()
    assert teacher.email == "teacher@example.org", "a program that opens links confirms nothing"
    assert client.post(link).status_code == 302
    teacher.refresh_from_db()
    assert (teacher.email, teacher.email_confirmed_at is not None) == ("new@example.org", True)
    assert client.post(link).status_code == 422
    send_waiting()
    assert mail.outbox[-1].to == ["teacher@example.org"]


def test_no_link_tells_the_address(teacher: Account, world: World) -> None:
    own_hand.want_address(account=teacher, email="secret@example.org", site="")
    payload = own_hand.address_path(teacher).rstrip("/").rsplit("/", 1)[1].split(":")[0]
    assert b"secret" not in urlsafe_b64decode(payload + "=" * (-len(payload) % 4))


def test_the_link_of_another_and_the_address_of_another_are_refused(teacher: Account, world: World, as_: Any) -> None:
    client = Client()
    client.post("/account/login/", {"login": teacher.username, "password": PASSWORD})
    client.post("/people/me/address/", {"email": "new@example.org", "password": PASSWORD})
    send_waiting()
    link = link_in(mail.outbox[0])
    assert as_("tutor").post(link).status_code == 422
    Account.objects.filter(pk=world.accounts["tutor"].pk).update(email="new@example.org")
    assert client.post(link).status_code == 422
    teacher.refresh_from_db()
    assert teacher.email == "teacher@example.org"


@pytest.mark.database
@pytest.mark.parametrize("typed", ["teacher@exampl\u0435.org", "teachер@example.org", "teacher@example.\u0131rg"])
def test_an_address_that_only_looks_the_same_gets_no_letter(teacher: Account, typed: str) -> None:
    assert account_at(typed) is None


@pytest.mark.database
def test_a_letter_that_has_the_same_capital_is_another_letter(teacher: Account) -> None:
    """PostgreSQL compares capitals: «ı» and «i» have the same one, and the domain with «ı» is somebody else's."""
    teacher.email = "ivanova@mail.example.org"
    teacher.save()
    assert account_at("ivanova@ma\u0131l.example.org") is None
    assert account_at("Ivanova@Mail.example.org") == teacher


def ask_for(kind: str, account: Account) -> None:
    """One of the three letters with a link."""
    if kind == "reset":
        Client().post(RESET, {"email": account.email})
    elif kind == "hand":
        account.email_confirmed_at, account.given_at, account.held_until = (
            later(hours=-2),
            later(hours=-1),
            later(days=5),
        )
        account.save()
        own_hand.ask_for_own_hand_letter(account=account, site="")
    else:
        own_hand.want_address(account=account, email="new@example.org", site="")


KINDS = pytest.mark.parametrize("kind", ["reset", "hand", "address"])


@KINDS
def test_tried_again_within_its_day_a_link_is_sent(teacher: Account, as_: Any, kind: str) -> None:
    ask_for(kind, teacher)
    assert gave_up_and_tried_again(as_, later(hours=23)) == (1, 0)


@KINDS
def test_tried_again_after_its_day_no_link_is_sent(teacher: Account, as_: Any, kind: str) -> None:
    ask_for(kind, teacher)
    assert gave_up_and_tried_again(as_, later(hours=25)) == (0, 0)
    assert mail.outbox == []
    assert set(Message.objects.values_list("state", "reason")) == {(State.CANCELLED, UnsentReason.TOO_OLD)}


@KINDS
def test_of_two_askings_the_newer_one_is_sent(teacher: Account, as_: Any, kind: str) -> None:
    for _press in range(2):
        ask_for(kind, teacher)
    assert gave_up_and_tried_again(as_, later(hours=1)) == (1, 0)
    fates = list(Message.objects.order_by("pk").values_list("state", "reason"))
    assert fates == [(State.CANCELLED, UnsentReason.REPLACED), (State.SENT, "")]


@pytest.mark.parametrize("moment", ["last_login", "given_at"])
def test_a_reset_asked_for_before_a_sign_in_or_a_given_password_is_not_sent(
    teacher: Account, as_: Any, moment: str
) -> None:
    ask_for("reset", teacher)
    Account.objects.filter(pk=teacher.pk).update(**{moment: later(minutes=1)})
    assert gave_up_and_tried_again(as_, later(hours=1)) == (0, 0)
    assert Message.objects.get().reason == UnsentReason.DONE


def test_no_link_for_the_own_hand_goes_to_an_earlier_address(teacher: Account, as_: Any) -> None:
    ask_for("hand", teacher)
    Account.objects.filter(pk=teacher.pk).update(email="other@example.org")
    assert gave_up_and_tried_again(as_, later(hours=1)) == (0, 0)
    assert mail.outbox == []
