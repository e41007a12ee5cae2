"""Safety of every page: content policy, cookies, closed sign-up, limits on guessing, no personal data in addresses."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver

from tests.factories import PASSWORD
from tests.world import World
from traektoria.people.models import Account

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "traektoria" / "templates"
SIGN_IN = "/account/login/"


@pytest.fixture(autouse=True)
def clean_cache() -> Any:
    """Limits are counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def teacher(world: World) -> Account:
    account = world.accounts["teacher"]
    account.set_password(PASSWORD)
    account.email = "teacher@example.org"
    account.save()
    return account


@pytest.mark.parametrize("address", [SIGN_IN, "/account/signup/", "/no/such/page/", "/people/me/", "/centre/"])
def test_every_answer_has_the_policy(world: World, as_: Any, address: str) -> None:
    for viewer in ("anonymous", "teacher", "coordinator"):
        answer = as_(viewer).get(address)
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"


def test_pages_of_a_person_are_not_kept_by_the_browser(world: World, as_: Any) -> None:
    assert "no-store" in as_("teacher").get("/people/me/")["Cache-Control"]


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_templates_have_no_inline_script_style_or_foreign_source(path: Path) -> None:
    text = path.read_text()
    if path.is_relative_to(TEMPLATES / "documents" / "typst"):
        return
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son(?:click|change|submit|load|input)=", text)
    assert not re.search(r"""(?:src|action)\s*=\s*["']?(?:https?:)?//""", text)


@pytest.mark.parametrize("login", ["username", "email"])
def test_sign_in_by_login_or_email_with_safe_cookies(teacher: Account, login: str) -> None:
    answer = Client().post(SIGN_IN, {"login": getattr(teacher, login), "password": PASSWORD})
    assert answer.status_code == 302
    assert not answer["Location"].startswith(SIGN_IN)
    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@override_settings(SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True)
def test_cookies_stay_on_https_where_it_is_on(teacher: Account) -> None:
    client = Client()
    page = client.get(SIGN_IN, secure=True)
    answer = client.post(SIGN_IN, {"login": teacher.username, "password": PASSWORD}, secure=True)
    assert page.cookies["csrftoken"]["secure"]
    assert answer.cookies["sessionid"]["secure"]


@pytest.mark.database
def test_guessing_a_password_is_stopped(teacher: Account) -> None:
    client = Client()
    for _attempt in range(5):
        client.post(SIGN_IN, {"login": teacher.username, "password": "не тот"})
    answer = client.post(SIGN_IN, {"login": teacher.username, "password": PASSWORD})
    assert "sessionid" not in answer.cookies
    assert answer.status_code in {200, 429}


def test_trying_too_often_is_answered_in_words(teacher: Account) -> None:
    client = Client()
    client.force_login(teacher, backend="django.contrib.auth.backends.ModelBackend")
    wrong = {"oldpassword": "не тот", "password1": PASSWORD, "password2": PASSWORD}
    answers = [client.post("/account/password/change/", wrong) for _attempt in range(6)]
    assert answers[-1].status_code == 429
    assert "Слишком много попыток" in answers[-1].content.decode()


def test_sign_up_is_closed(db: None) -> None:
    client = Client()
    assert client.get("/account/signup/").status_code == 404
    answer = client.post("/account/signup/", {"username": "stranger", "password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 404
    assert not Account.objects.filter(username="stranger").exists()


def test_sign_out_needs_a_post(world: World, as_: Any) -> None:
    client = as_("teacher")
    client.get("/account/logout/")
    assert client.get("/people/me/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/people/me/").status_code == 302


def test_second_factor_can_be_turned_on(world: World, as_: Any) -> None:
    assert as_("teacher").get("/account/2fa/").status_code == 200


def test_forms_refuse_a_post_without_the_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["teacher"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/people/me/erasure/").status_code == 403


def test_addresses_hold_numbers_and_tokens_only(db: None) -> None:
    """No name, e-mail or school in a path: parameters are numbers, random tokens, or words of our own."""
    own_words = {"clause", "code", "fate", "form", "kind", "secret"}
    names = set()
    for pattern in _patterns(get_resolver()):
        for name, converter in pattern.pattern.converters.items():
            if type(converter).__name__ in {"StringConverter", "PathConverter"}:
                names.add(name)
    assert names <= own_words


def test_pages_do_not_put_people_into_links(world: World, as_: Any) -> None:
    person = world.accounts["teacher"].person
    assert person is not None
    for address in ("/people/", f"/people/{person.pk}/", "/people/me/"):
        links = re.findall(r'(?:href|action|hx-\w+)="([^"]*)"', as_("coordinator").get(address).content.decode())
        assert not [link for link in links if person.surname in link or world.accounts["teacher"].username in link]


def _patterns(resolver: Any) -> Any:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            if "allauth" not in getattr(pattern.callback, "__module__", ""):
                yield pattern
        else:
            yield from _patterns(pattern)


def test_a_forgotten_password_leads_to_the_coordinator_where_no_mail_is_sent(db: None) -> None:
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.console.EmailBackend"):
        assert Client().get("/account/password/reset/").templates[0].name == "people/forgotten_password.html"
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend"):
        assert Client().get("/account/password/reset/").templates[0].name == "account/password_reset.html"
