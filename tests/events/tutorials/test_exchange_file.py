"""A programme goes from one centre to another as a file: what goes along, what stays, what is refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.events.event_factories import rules
from tests.events.tutorial_factories import MODULES, programme, programme_file, released, tutorial
from tests.routes.need_factories import person
from tests.world import World
from traektoria.core.errors import Invalid
from traektoria.events.models import Event, TutorialProgramme
from traektoria.events.tutorials.content import modules_of
from traektoria.events.tutorials.exchange_file import LARGEST, packed, unpacked

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
TAKE = "/events/tutorials/take/"


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    rules(world)
    world.things["programme"] = released(world, subjects=("math",), about="О долях", classes="5–6").programme


def test_another_centre_takes_what_one_gives_away(world: World, as_: As) -> None:
    """Meetings, self-work and materials; nobody's name, no event, no version before it is looked at."""
    tutorial(world, "teacher", version=world.things["programme"].versions.get())
    given = as_("other_tutor").get(reverse("events:programme_file", args=[world.things["programme"].pk]))
    assert given.headers["Content-Disposition"].startswith("attachment")
    text = given.content.decode()
    assert not [name for name in ("tutor", "teacher") if person(world, name).surname in text]
    as_("foreign_tutor").post(TAKE, {"file": programme_file(world, given.content)})
    mine, taken = TutorialProgramme.objects.order_by("pk")
    assert (taken.centre, taken.author) == (world.foreign, person(world, "foreign_tutor"))
    for name in ("title", "about", "subjects", "classes", "materials", "modules"):
        assert getattr(taken, name) == getattr(mine, name), name
    assert modules_of(taken.modules) == list(MODULES)
    assert taken.origin == "Свой центр, «Доли и проценты», редакция 1"
    assert not taken.versions.exists()
    assert Event.objects.count() == 1
    page = reverse("events:programme_detail", args=[taken.pk])
    assert "Свой центр" in as_("foreign_tutor").get(page).content.decode()
    assert as_("tutor").get(page).status_code == 404, "what the other centre makes of it is its own"


def test_what_is_not_released_is_not_given_away(world: World, as_: As) -> None:
    written = programme(world, title="Ещё пишется")
    answer = as_("tutor").get(reverse("events:programme_file", args=[written.pk]))
    assert answer.status_code == 409


def changed(content: bytes, **more: Any) -> bytes:
    return json.dumps(json.loads(content) | more, ensure_ascii=False).encode()


def test_what_is_no_such_file_is_refused_with_what_to_do(world: World, as_: As) -> None:
    whole = packed(world.things["programme"].versions.select_related("programme__centre")[0])
    assert unpacked(whole).facts.title == "Доли и проценты"
    longer = json.loads(whole)["programme"] | {"title": "Х" * 500}
    for content in (
        b"", b"PK\x03\x04", b"[]", b'"x"', b"null", b"{}", b"[" * 100_000, whole[:-20],
        changed(whole, format="other"), changed(whole, edition=2), changed(whole, programme=longer),
        changed(whole, programme="x"), changed(whole, programme={"modules": ["x"]}), changed(whole, centre="Другой"),
        changed(whole, sha256=None),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            unpacked(content)
    answer = as_("foreign_tutor").post(TAKE, {"file": programme_file(world, changed(whole, centre="Другой"))})
    assert answer.status_code == 422
    assert "изменили" in answer.content.decode()
    large = SimpleUploadedFile("p.json", b" " * (LARGEST + 1), "application/json")
    assert as_("foreign_tutor").post(TAKE, {"file": large}).status_code == 422
    assert as_("foreign_tutor").post(TAKE, {"place": "0"}).status_code == 422
    assert TutorialProgramme.objects.count() == 1
