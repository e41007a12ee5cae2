"""What a second press of the same form is answered, and when a key is given back."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import fromstring

from tests.world import World
from traektoria.core import submissions
from traektoria.core.form_keys import FIELD
from traektoria.core.models import Submission
from traektoria.organisations.models import School
from traektoria.people.models import Account

NEW = "/centre/schools/new/"
LIST = "/centre/schools/"


def typed(name: str = "СОШ № 5", key: str = "one", **more: str) -> dict[str, str]:
    return {"name": name, "digits": "990005", "address": "", FIELD: key, **more}


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def made(name: str = "СОШ № 5") -> int:
    return School.objects.filter(name=name).count()


@pytest.fixture
def client_(world: World, as_: Any) -> Client:
    assert reverse("organisations:school_new") == NEW
    client: Client = as_("coordinator")
    return client


def test_second_press_shows_the_first_result_says_so_once_and_offers_another(client_: Client) -> None:
    client_.post(NEW, typed())
    second = client_.post(NEW, typed(csrfmiddlewaretoken="other"))
    assert (second.status_code, second.headers["Location"], made()) == (302, LIST, 1)
    page = client_.get(LIST).content.decode()
    assert page.count("Это уже сохранено") == 1
    assert f'href="{NEW}"' in page


def test_refused_form_gives_its_key_back(client_: Client) -> None:
    assert client_.post(NEW, typed(name="")).status_code == 422
    assert client_.post(NEW, typed()).status_code == 302
    assert made() == 1


def test_form_changed_after_it_was_saved_is_asked_about_and_kept(client_: Client) -> None:
    client_.post(NEW, typed())
    answer = client_.post(NEW, typed(name="СОШ № 6", digits="990006"))
    assert (answer.status_code, made("СОШ № 6")) == (409, 0)
    form = next(form for form in fromstring(answer.content.decode()).forms if "name" in form.fields)
    assert form.fields["name"] == "СОШ № 6"
    assert form.fields[FIELD] not in ("", "one")
    assert client_.post(NEW, dict(form.fields)).status_code == 302
    assert (made(), made("СОШ № 6")) == (1, 1)


def test_one_key_means_nothing_at_another_address_or_for_another_person(world: World, client_: Client) -> None:
    client_.post(NEW, typed())
    client_.post(reverse("organisations:centre_settings"), {FIELD: "one"})
    assert Submission.objects.count() == 1
    other = Client()
    other.force_login(world.accounts["foreign_coordinator"], backend="django.contrib.auth.backends.ModelBackend")
    assert other.post(NEW, typed(digits="990077")).status_code == 302
    assert (made(), Submission.objects.count()) == (2, 2)


def test_text_saved_while_it_is_typed_uses_up_no_key(client_: Client) -> None:
    client_.post(NEW, typed(), headers={"X-Autosave": "1"})
    assert not Submission.objects.exists()


def test_program_without_a_key_is_answered_as_it_comes(client_: Client) -> None:
    for name, digits in (("СОШ № 5", "990005"), ("СОШ № 6", "990006")):
        assert client_.post(NEW, typed(name, key="", digits=digits)).status_code == 302
    assert not Submission.objects.exists()


def test_refusal_that_leads_back_gives_the_key_back(world: World, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is left with a warning has done nothing."""
    from django.contrib import messages

    from traektoria.organisations import actions

    client = as_("coordinator")
    load = reverse("organisations:calendar_load", args=[2025])
    monkeypatch.setattr(actions, "load_calendar", lambda **_facts: None)
    monkeypatch.setattr(messages, "success", messages.warning)
    client.post(load, {FIELD: "one"})
    assert not Submission.objects.exists()


def test_htmx_is_led_to_the_first_result(client_: Client) -> None:
    client_.post(NEW, typed())
    answer = client_.post(NEW, typed(), headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"], answer.content) == (200, LIST, b"")


def test_answer_without_an_address_is_not_made_again(world: World, as_: Any) -> None:
    """A page shown once, as of a new password: the second press says that it was done and leads back."""
    person = world.accounts["teacher"].person
    assert person is not None
    client, url = as_("coordinator"), reverse("people:password_give", args=[person.pk])
    client.post(url, {FIELD: "one"})
    given = Account.objects.get(person=person).password
    back = "http://testserver/people/"
    answer = client.post(url, {FIELD: "one"}, headers={"Referer": back})
    assert (answer.status_code, Account.objects.get(person=person).password) == (200, given)
    assert f'href="{back}"' in answer.content.decode()


def test_old_keys_are_swept(client_: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submissions, "SWEPT_EACH", 1)
    Submission.objects.create(mark="old", body="")
    Submission.objects.update(at=timezone.now() - submissions.KEPT_FOR - timedelta(minutes=1))
    client_.post(NEW, typed())
    assert not Submission.objects.filter(mark="old").exists()
    assert Submission.objects.count() == 1
