"""The door of every page: one query, nothing read from files, and a bounded number of calls."""

from typing import Any

import pytest
from django.core.cache.backends.filebased import FileBasedCache
from django.test import Client

from tests.factories import make_account, make_centre, make_member
from tests.world import VIEWERS, World
from traektoria.core.context import shell
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db
PAGE = "/help/"


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
