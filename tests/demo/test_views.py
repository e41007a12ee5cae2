"""One click in the demo; nothing at all outside it."""

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse

from tests.factories import make_account, make_centre, make_member
from traektoria.core.models import AuditEvent
from traektoria.demo.cast import CAST
from traektoria.people.enums import Role
from traektoria.people.models import Account


@pytest.fixture
def cast(db: None) -> dict[str, Account]:
    centre = make_centre()
    coordinator = make_member(centre, Role.COORDINATOR)
    Account.objects.filter(pk=coordinator.pk).update(username="koordinator")
    return {"koordinator": Account.objects.get(pk=coordinator.pk), "stranger": make_account(username="stranger")}


def test_people_shows_the_cast(client: Client, cast: dict[str, Account]) -> None:
    with override_settings(DEMO=True):
        page = client.get(reverse("demo:people")).content.decode()
    assert cast["koordinator"].get_full_name() in page
    assert "stranger" not in page


def test_people_teaches_the_first_step_when_empty(client: Client, db: None) -> None:
    with override_settings(DEMO=True):
        assert "traektoria demo" in client.get(reverse("demo:people")).content.decode()


def test_sign_in_as_begins_a_session_and_is_written_down(client: Client, cast: dict[str, Account]) -> None:
    with override_settings(DEMO=True):
        answer = client.post(reverse("demo:people"), {"login": "koordinator"})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(cast["koordinator"].pk)
    event = AuditEvent.objects.get(event="demo.sign_in_as")
    assert (event.actor_id, event.object_id) == (cast["koordinator"].pk, cast["koordinator"].pk)


@pytest.mark.parametrize("login", ["stranger", "nobody", ""])
def test_nobody_outside_the_cast(client: Client, cast: dict[str, Account], login: str) -> None:
    with override_settings(DEMO=True):
        assert client.post(reverse("demo:people"), {"login": login}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("method", ["get", "post"])
def test_people_is_not_there_outside_the_demo(client: Client, cast: dict[str, Account], method: str) -> None:
    assert getattr(client, method)(reverse("demo:people"), {"login": "koordinator"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_wrong_method(client: Client, db: None) -> None:
    with override_settings(DEMO=True):
        assert client.delete(reverse("demo:people")).status_code == 405


def test_people_makes_one_query(client: Client, cast: dict[str, Account], django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with override_settings(DEMO=True), django_assert_num_queries(1):
        client.get(reverse("demo:people"))


def test_post_needs_the_token(cast: dict[str, Account]) -> None:
    with override_settings(DEMO=True):
        assert (
            Client(enforce_csrf_checks=True).post(reverse("demo:people"), {"login": "koordinator"}).status_code == 403
        )


def test_demo_logins_lists_those_who_are_there(cast: dict[str, Account], capsys: pytest.CaptureFixture[str]) -> None:
    with override_settings(DEMO=True):
        call_command("demo_logins")
    printed = capsys.readouterr().out
    assert "koordinator" in printed
    assert "demo-traektoria" in printed
    assert len(CAST) > 6


def test_demo_logins_says_nothing_of_passwords_outside(
    cast: dict[str, Account], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("demo_logins")
    assert "demo-traektoria" not in capsys.readouterr().out
