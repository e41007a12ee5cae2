"""The counter of calls: the same each time, and nothing of what it asked for stays."""

import pytest
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from tests.costs import Ask, cost_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _work(request: HttpRequest) -> HttpResponse:
    """So many calls of a built-in function, and a row."""
    for number in range(int(request.GET.get("calls", 0))):
        abs(number)
    if request.method == "POST":
        Group.objects.create(name="counted")
    return HttpResponse()


urlpatterns = [path("work/", _work)]


@pytest.fixture(autouse=True)
def _only_this_page() -> object:
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]):
        yield


def test_each_call_is_counted_once() -> None:
    few, many = cost_of(Client(), "/work/?calls=100"), cost_of(Client(), "/work/?calls=350")
    assert many.calls - few.calls == 250
    assert few.queries == 0
    assert sum(few.files.values()) == few.calls


def test_what_it_asked_for_is_undone() -> None:
    found = cost_of(Client(), Ask("/work/", {}))
    assert found.queries == 1
    assert not Group.objects.filter(name="counted").exists()


def test_it_is_the_same_whatever_ran_before() -> None:
    client = Client()
    first = cost_of(client, Ask("/work/", {}))
    kept = [[object()] for _ in range(10_000)]
    assert cost_of(client, Ask("/work/", {}, before=(Ask("/work/?calls=7"),))) == first
    assert kept
