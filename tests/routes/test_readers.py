"""A mark in every field of the table of readers is looked for on everything that each viewer can open."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from tests.matrix import Entry
from tests.routes.matrix import ENTRIES
from tests.routes.route_factories import actor, fresh, make_draft, make_running
from tests.world import World, add_awkward
from traektoria.core.errors import Refused
from traektoria.routes.models import LearningRoute
from traektoria.routes.route import fields
from traektoria.routes.route.actions.agreement import agree_route, propose_route
from traektoria.routes.route.actions.doing import add_file, comment_on_item
from traektoria.routes.route.actions.editing import add_own_goal
from traektoria.routes.route.actions.reflection import write_reflection
from traektoria.routes.supports.actions.requests import save_request
from traektoria.routes.tutees.readers import READERS, SupportReader, seen_by

pytestmark = pytest.mark.django_db
NOBODY = ("other_tutor", "other_teacher", "administrator", "foreign_coordinator", "second_tutor", "two_centres")
READS = {
    "teacher": {SupportReader.AUTHOR, SupportReader.TEACHERS},
    "tutor": {SupportReader.TUTOR},
    "head": {SupportReader.HEAD},
    "coordinator": {SupportReader.COORDINATOR},
    **{name: set() for name in NOBODY},
}


TEXTS = [one.name for one in fields.ITEM if one.quoted]
"""What is written of an item in one's own words."""


def mark(field: str) -> str:
    return f"МЕТКА{list(READERS).index(field)}МЕТКА"


@pytest.fixture
def marked(world: World) -> World:
    """A running route of ``teacher`` with a mark in each field, and the supports of the awkward people."""
    add_awkward(world)
    route = make_running(world, topics=("Чтение таблиц",))
    teacher, item = actor(world, "teacher"), route.items.all()[0]
    LearningRoute.objects.filter(pk=route.pk).update(goals=mark("route.goals"), conclusion=mark("route.conclusion"))
    route.items.filter(pk=item.pk).update(**{one: mark(f"item.{one}") for one in TEXTS})
    world.things |= {"route": fresh(route), "item": item, "support": route.support}
    type(route.support).objects.filter(pk=route.support_id).update(basis_note=mark("support.basis_note"))
    save_request(support=route.support, text=mark("request.text"), by=teacher)
    write_reflection(route=route, text=mark("reflection.text"), by=teacher)
    write_reflection(route=route, text=mark("reflection.text, shared"), shared=True, by=teacher)
    comment_on_item(item=item, text=mark("comment.text"), by=teacher)
    add_file(item=item, file=ContentFile(b"%PDF-1.7", name="a.pdf"), note=mark("evidence.note"), by=teacher)
    return world


def _pages(world: World) -> Iterator[str]:
    """Addresses of everything about the marked route and its support, the lists, the exports and the papers."""
    for key, entry in ENTRIES.items():
        if entry.method == "GET" and (kwargs := _kwargs(entry, world)) is not None:
            yield reverse(key.split()[0], kwargs=kwargs)
    yield from ("/", reverse("people:my_data_export"), reverse("people:my_data"))
    yield reverse("documents:route_card", kwargs={"pk": world.things["route"].pk, "form": "docx"})
    yield reverse("routes:route_list") + "?q=МЕТКА"


def _kwargs(entry: Entry, world: World) -> dict[str, Any] | None:
    try:
        return entry.kwargs(world)
    except KeyError:
        return None


def _words(client: Client, url: str) -> str:
    answer = client.get(url)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as paper:
            content = b"".join(paper.read(name) for name in paper.namelist() if name.endswith(".xml"))
    return content.decode(errors="replace") if answer.status_code == 200 else ""


def test_each_field_is_read_by_those_whom_its_form_names(marked: World, as_: Any) -> None:
    pages = list(_pages(marked))
    assert len(pages) > 20
    for viewer, readers in READS.items():
        client = as_(viewer)
        text = "".join(_words(client, url) for url in pages)
        seen = {field for field in READERS if mark(field) in text}
        assert seen == {field for field, allowed in READERS.items() if allowed & readers}, viewer


def test_the_form_says_what_the_table_says(marked: World, as_: Any) -> None:
    page = as_("teacher").get(reverse("routes:request_edit", args=[marked.things["support"].pk])).content.decode()
    assert seen_by("request.text") == "вы и тьютор"
    assert "кто увидит: вы и тьютор" in page


def test_a_request_becomes_a_goal_by_its_author_alone(world: World, as_: Any) -> None:
    """Nothing of the request reaches the head unless the teacher sends it there, in words of their choice."""
    route = make_draft(world)
    request = "Хочу научиться\nвести дискуссию"
    save_request(support=route.support, text=request, by=actor(world, "teacher"))
    draft = reverse("routes:route_detail", args=[route.pk])
    assert "дискуссию" not in fresh(route).goals
    assert "Хочу научиться вести дискуссию" in as_("teacher").get(draft).content.decode()
    assert "Добавить в цели" not in as_("tutor").get(draft).content.decode()
    with pytest.raises(Refused):
        add_own_goal(route=route, text=request, by=actor(world, "tutor"))
    for _press in range(2):
        as_("teacher").post(reverse("routes:route_goal", args=[route.pk]), {"text": "Учиться вести\nдискуссию"})
    assert fresh(route).goals.splitlines()[0] == "Учиться вести дискуссию"
    assert fresh(route).goals.count("дискуссию") == 1
    propose_route(route=fresh(route), by=actor(world, "tutor"))
    agree_route(route=fresh(route), number=1, by=actor(world, "teacher"))
    assert "Хочу научиться" not in as_("head").get(draft).content.decode()
