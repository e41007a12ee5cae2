"""Letters against a real mail server: greylisting, refusals, a line that breaks off, nobody there."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail.utils import DNS_NAME

from tests.letters import deliver, noon
from tests.messaging.conftest import NEWS, post
from tests.messaging.office import DROP, OK, Office, closed_port, open_office
from tests.waiting import lines_for
from tests.world import World
from traektoria.config.mail import SMTP
from traektoria.core import waiting
from traektoria.messaging.actions import forget_refusal
from traektoria.messaging.enums import State, UnsentReason
from traektoria.messaging.models import Bounce, Message
from traektoria.messaging.queries import queue
from traektoria.people.actor import actor_of
from traektoria.people.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("news")]


@pytest.fixture
def office(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(DNS_NAME, "_fqdn", "localhost", raising=False)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_USE_TLS = SMTP, "127.0.0.1", False
    settings.EMAIL_USE_SSL, settings.EMAIL_HOST_USER = False, ""
    with open_office() as office:
        settings.EMAIL_PORT = office.port
        yield office


def tell(account: Account, fact: str = "1", word: str = "срок") -> None:
    post(NEWS, to=account.person_id or 0, fact=fact, word=word)


def states() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("fact").values_list("state", "reason"))


def test_a_letter_is_plain_text_with_one_button_and_a_way_out(office: Office, tutor: Account) -> None:
    tell(tutor)
    assert deliver() == (1, 0)
    (letter,) = office.letters
    plain, rich = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert rich is not None
    text = plain.get_content().replace("\r\n", "\n")
    assert "Новое: срок." in text
    assert "Открыть:\nhttps://tutor.example.org/" in text
    assert "Почему вы получили это письмо: вы участвуете." in text
    assert rich.get_content().count("<td") == 1
    assert letter["To"] == "tutor@example.org"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].strip().startswith("<https://tutor.example.org/messages/unsubscribe/")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert deliver(noon(2)) == (0, 0)


def test_a_server_that_asks_to_come_later_gets_it_later(office: Office, tutor: Account) -> None:
    office.rcpt = ["451 4.7.1 Greylisted, try again in five minutes"]
    tell(tutor)
    assert deliver() == (0, 1)
    assert states() == [(State.WAITING, UnsentReason.LATER)]
    assert deliver(noon() + timedelta(seconds=59)) == (0, 0), "not at once again"
    assert deliver(noon() + timedelta(minutes=1)) == (1, 0)
    assert len(office.letters) == 1


def test_an_address_that_does_not_exist_is_noted_and_not_tried_again(
    office: Office, tutor: Account, world: World
) -> None:
    office.rcpt = ["550 5.1.1 No such user here"]
    for fact in ("1", "2"):
        tell(tutor, fact)
    assert deliver() == (0, 1)
    assert states() == [(State.REFUSED, UnsentReason.BAD_ADDRESS)] * 2
    assert office.asked == ["tutor@example.org"], "the second one asks nobody"
    assert (Bounce.objects.get().address, Bounce.objects.get().code) == ("tutor@example.org", "550 5.1.1")
    coordinator = actor_of(world.accounts["coordinator"])
    (line,) = lines_for(coordinator, kinds="people.bounced")
    assert line.who == tutor.get_short_name()
    assert not list(waiting.differences())
    forget_refusal(address=tutor.email, person_id=tutor.person_id or 0)
    assert not lines_for(coordinator, kinds="people.bounced")
    assert deliver() == (2, 0)


def test_another_address_takes_the_line_off_the_desk(office: Office, tutor: Account, world: World) -> None:
    office.rcpt = ["550 No such user"]
    tell(tutor)
    deliver()
    coordinator = actor_of(world.accounts["coordinator"])
    assert lines_for(coordinator, kinds="people.bounced")
    tutor.email = "other@example.org"
    tutor.save()
    assert not lines_for(coordinator, kinds="people.bounced")


@pytest.mark.parametrize("answer", ["550 5.7.1 Blocked by policy", "552 5.2.2 Mailbox full", "450 Busy"])
def test_what_is_not_of_the_address_is_no_bounce(office: Office, tutor: Account, answer: str) -> None:
    office.rcpt = [answer]
    tell(tutor)
    assert deliver() == (0, 1)
    assert states() == [(State.WAITING, UnsentReason.LATER)]
    assert not Bounce.objects.exists()


def test_a_letter_that_is_refused_itself_is_not_tried_again(office: Office, tutor: Account) -> None:
    office.data = ["554 5.6.0 Not this one"]
    tell(tutor)
    assert deliver() == (0, 1)
    assert states() == [(State.REFUSED, UnsentReason.BAD_LETTER)]
    assert not Bounce.objects.exists()


def test_a_line_that_breaks_off_in_the_middle_loses_nothing(office: Office, tutor: Account) -> None:
    office.data = [DROP, OK]
    for fact in ("1", "2"):
        tell(tutor, fact, word=fact)
    assert deliver() == (1, 1), "the other letter goes by a new line"
    assert states() == [(State.WAITING, UnsentReason.BROKEN_OFF), (State.SENT, "")]
    assert deliver(noon() + timedelta(minutes=1)) == (1, 0)
    assert sorted(str(letter["Subject"]) for letter in office.letters) == ["О деле: 1", "О деле: 2"]
    assert len({letter["Message-ID"] for letter in office.letters}) == 2


def test_a_letter_keeps_its_number_over_tries(office: Office, tutor: Account) -> None:
    office.data = ["451 Once more"]
    tell(tutor)
    deliver()
    deliver(noon() + timedelta(minutes=1))
    Message.objects.update(state=State.WAITING, due_at=noon())
    deliver(noon() + timedelta(minutes=2))
    assert len(office.letters) == 2
    assert len({letter["Message-ID"] for letter in office.letters}) == 1


def test_a_dead_server_loses_nothing_and_the_administrator_sees_it(
    office: Office, tutor: Account, settings: Any, as_: Any
) -> None:
    settings.EMAIL_PORT = closed_port()
    for fact in ("1", "2"):
        tell(tutor, fact)
    assert deliver() == (0, 2)
    assert states() == [(State.WAITING, UnsentReason.SERVER_DOWN)] * 2
    assert (queue().waiting, queue().troubled_since) == (2, noon())
    page = as_("administrator").get("/background/letters/").content.decode()
    assert "почтовый сервер не отвечает" in page
    assert "tutor@example.org" not in page
    settings.EMAIL_PORT = office.port
    assert deliver(noon() + timedelta(minutes=1)) == (2, 0)
    assert queue().troubled_since is None


def test_after_five_days_it_gives_up_until_the_administrator_wishes_it(
    office: Office, tutor: Account, settings: Any, as_: Any
) -> None:
    settings.EMAIL_PORT = closed_port()
    tell(tutor)
    deliver()
    deliver(noon(7))
    assert states() == [(State.GIVEN_UP, UnsentReason.SERVER_DOWN)]
    settings.EMAIL_PORT = office.port
    as_("administrator").post("/background/letters/again/")
    assert deliver() == (1, 0)


@pytest.mark.parametrize("to", ["coordinator", "teacher", "head"])
def test_nobody_else_sees_the_queue(as_: Any, to: str) -> None:
    assert as_(to).get("/background/letters/").status_code == 403
