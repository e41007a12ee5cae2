"""The token of a page is one that Django takes, under another mask each time."""

from django.http import HttpRequest
from django.middleware.csrf import CSRF_SECRET_LENGTH, CSRF_TOKEN_LENGTH, _does_token_match, get_token
from django.test import Client

from tests.world import World
from traektoria.core.form_keys import SIGNS, masked, page_token

SECRET = "abcdefghijklmnopqrstuvwxyzABCDEF"


def test_a_masked_secret_is_djangos_token_of_it() -> None:
    tokens = {masked(SECRET) for _time in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == CSRF_TOKEN_LENGTH and set(token) <= set(SIGNS) for token in tokens)
    assert all(_does_token_match(token, SECRET) for token in tokens)
    assert not _does_token_match(masked(SECRET[::-1]), SECRET)


def test_a_page_renews_the_cookie_as_django_does() -> None:
    ours, theirs = HttpRequest(), HttpRequest()
    for request, token_of in ((ours, page_token), (theirs, get_token)):
        token_of(request)  # makes a secret
        token = token_of(request)  # goes on with it
        assert _does_token_match(token, request.META["CSRF_COOKIE"])
        assert len(request.META["CSRF_COOKIE"]) == CSRF_SECRET_LENGTH
    assert ours.META.keys() == theirs.META.keys()
    assert ours.META["CSRF_COOKIE_NEEDS_UPDATE"] is True


def test_a_form_with_the_token_of_its_page_is_taken_and_another_is_not(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/account/login/")
    page = client.get("/account/login/").content.decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    sent = {"login": "nobody", "password": "wrong"}
    assert client.post("/account/login/", {**sent, "csrfmiddlewaretoken": token}).status_code != 403
    assert client.post("/account/login/", {**sent, "csrfmiddlewaretoken": masked(SECRET)}).status_code == 403
