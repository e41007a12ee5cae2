"""The door of every page: one query, nothing read from files, and a bounded number of calls."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache.backends.filebased import FileBasedCache
from django.test import Client
from django.utils import timezone
from lxml.html import fromstring

from tests.costs import cost_of
from tests.factories import make_account, make_centre, make_member
from tests.world import VIEWERS, World
from traektoria.core.context import shell
from traektoria.messaging.models import Message
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Session
from traektoria.people.sessions import forget_sessions

pytestmark = pytest.mark.django_db
PAGE = "/help/"
FLOOR = 5_200
"""Calls of an empty page with its shell, most of them of the template; the goal is 3 000."""


@pytest.mark.parametrize("viewer", VIEWERS[1:])
def test_session_account_and_roles_are_one_query(
    world: World, as_: Any, viewer: str, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_files(*given: Any, **named: Any) -> None:
        raise AssertionError("a file cache in the way of a page")

    client = as_(viewer)
    assert client.get(PAGE).status_code == 200
    for name in ("get", "set", "add", "touch", "delete", "has_key"):
        monkeypatch.setattr(FileBasedCache, name, no_files)
    with django_assert_num_queries(1):
        assert client.get(PAGE).status_code == 200


def test_a_stranger_costs_no_query(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/account/login/").status_code == 200


def test_an_unknown_session_is_asked_for_once(client: Client, django_assert_num_queries: Any) -> None:
    client.cookies["sessionid"] = "a" * 32
    with django_assert_num_queries(1):
        assert client.get(PAGE).status_code == 302


def test_the_same_rows_make_the_same_actor_and_menu() -> None:
    account = make_member(make_centre(), Role.COORDINATOR)
    first = actor_of(account)
    assert actor_of(account) is first
    assert shell(actor_of(account)) is shell(first)
    account.person.surname = "Другая"
    account.person.save()
    second = actor_of(account)
    assert (second is first, second.name[:6]) == (False, "Другая")


def test_an_account_without_a_person_has_its_login_for_a_name() -> None:
    account = make_account()
    account.person = None
    account.save()
    assert (actor_of(account).name, actor_of(account).grants) == (account.username, ())


@pytest.mark.parametrize("viewer", ["coordinator", "tutor", "teacher", "head"])
def test_an_empty_page_costs_no_more_than_its_floor(world: World, as_: Any, viewer: str) -> None:
    cost = cost_of(as_(viewer), PAGE)
    assert cost.queries == 1
    assert cost.calls <= FLOOR


@pytest.mark.parametrize(("state", "shown"), [("waiting", 2), ("sent", 2), ("cancelled", 1)])
def test_the_number_of_new_messages_comes_with_the_first_query(
    world: World, as_: Any, django_assert_num_queries: Any, state: str, shown: int
) -> None:
    """Their own alone, counted once whatever roles they hold, and what is taken back does not ring."""
    tutor, teacher = world.accounts["tutor"], world.accounts["teacher"]
    make_member(world.foreign, Role.TEACHER, person=tutor.person)
    for account, fact, how in [(tutor, "1", "sent"), (tutor, "2", state), (teacher, "3", "sent")]:
        Message.objects.create(person_id=account.person_id, kind="people.news", fact=fact, state=how)
    Message.objects.create(person_id=tutor.person_id, kind="people.news", fact="4", read_at=timezone.now())
    client = as_("tutor")
    client.get(PAGE)
    with django_assert_num_queries(1):
        page = fromstring(client.get(PAGE).content.decode())
    assert page.xpath("//a[contains(@class, 'top-bell')]//span[@aria-hidden]/text()") == [str(shown)]
    client.post("/messages/read/")
    assert not fromstring(client.get(PAGE).content.decode()).xpath("//a[contains(@class, 'top-bell')]//b")


def test_the_forms_of_one_answer_share_its_token_and_another_answer_has_another(as_: Any) -> None:
    client = as_("coordinator")
    pages = [fromstring(client.get(PAGE).content.decode()) for _number in range(2)]
    tokens = [page.xpath("//input[@name='csrfmiddlewaretoken']/@value") for page in pages]
    assert [len(each) > 1 for each in tokens] == [True, True]
    assert [len(set(each)) for each in tokens] == [1, 1]
    assert tokens[0][0] != tokens[1][0]
    assert (
        Client(enforce_csrf_checks=True, headers={"cookie": f"csrftoken={client.cookies['csrftoken'].value}"})
        .post("/account/login/", {"csrfmiddlewaretoken": tokens[1][0], "login": "nobody", "password": "wrong"})
        .status_code
        == 200
    )


def test_sessions_that_are_over_are_cleared(client: Client) -> None:
    client.force_login(make_account(), backend="django.contrib.auth.backends.ModelBackend")
    living = Session.objects.get()
    Session.objects.create(session_key="over", session_data="", expire_date=timezone.now() - timedelta(minutes=1))
    forget_sessions.call()
    assert list(Session.objects.all()) == [living]
