"""The card of a route: who takes it, what it says, and how it is verified."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from tests.routes.route_factories import actor, fresh, make_draft, make_running
from tests.world import World
from traektoria.core.audit import trail
from traektoria.documents import actions, card_contents, queries
from traektoria.documents.codes import ALPHABET, code_of, normalised
from traektoria.documents.models import IssuedDocument
from traektoria.people.models import AccessRecord
from traektoria.routes.models import LearningRequest, LearningRoute, ReflectionEntry
from traektoria.routes.route.enums import ItemState

SITE = "https://centre.example"


def taken(client: Client, route: LearningRoute, form: str) -> str:
    """The squeezed text of the downloaded card."""
    response = client.get(reverse("documents:route_card", kwargs={"pk": route.pk, "form": form}))
    assert response.status_code == 200
    if form == "pdf":
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    else:
        document = Document(io.BytesIO(response.content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        footer = [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
        text = " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells, *footer])
    return squeezed(text)


def squeezed(text: str) -> str:
    """Without spaces and hyphens: lines break words wherever the column ends."""
    return re.sub(r"[\s\xad\u200b‐-]", "", text)


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_route_card_says_the_route(world: World, as_, form: str) -> None:  # type: ignore[no-untyped-def]
    person = world.accounts["teacher"].person
    person.surname, person.given, person.patronymic = "Иванова", "Мария", "Петровна"
    person.save()
    route = make_running(world)
    LearningRequest.objects.create(support=route.support, person=person, text="Хочу вести задачи на движение.")
    text = taken(as_("teacher"), route, form)
    assert "ИвановойМарииПетровны" in text
    assert squeezed("Хочу вести задачи на движение.") in text
    for item in route.items.all():
        assert squeezed(item.task) in text
    assert squeezed(IssuedDocument.objects.get().code) in text


def test_route_card_same_content_keeps_its_code(world: World) -> None:
    route = make_running(world)
    first = actions.issue_route_card(route=route, by=actor(world, "tutor"), site=SITE)
    second = actions.issue_route_card(route=route, by=actor(world, "teacher"), site=SITE)
    assert first.document == second.document
    assert first.paper.verify_url == f"{SITE}/documents/check/{first.document.code}/"
    assert trail(route).filter(event="document.issued").count() == 1
    actions.issue_route_card(route=route, by=actor(world, "coordinator"), site=SITE)
    opened = AccessRecord.objects.filter(subject_kind="route_card").values_list("account_id", flat=True)
    assert set(opened) == {world.accounts[who].pk for who in ("tutor", "coordinator")}  # one's own card is one's own


def test_route_card_changed_content_gets_another_code(world: World) -> None:
    route = make_running(world)
    first = actions.issue_route_card(route=route, by=actor(world, "tutor"), site=SITE).document
    item = route.items.first()
    item.state, item.done_at = ItemState.DONE, timezone.now()
    item.save()
    second = actions.issue_route_card(route=route, by=actor(world, "tutor"), site=SITE).document
    assert first.code != second.code
    assert queries.is_outdated(first)
    assert not queries.is_outdated(second)


def test_route_card_prints_only_shared_reflection(world: World) -> None:
    route = make_running(world)
    person = world.accounts["teacher"].person
    ReflectionEntry.objects.create(route=route, person=person, text="Только для меня")
    ReflectionEntry.objects.create(route=route, person=person, text="Для тьютора", shared_at=timezone.now())
    assert [entry.text for entry in card_contents.card_of(route).reflections] == ["Для тьютора"]


def test_route_card_prints_what_is_in_force(world: World) -> None:
    route = make_running(world)
    before = len(card_contents.card_of(route).items)
    item = route.items.first()
    item.pk, item.pending, item.task = None, True, "Ещё не согласовано"
    item.save()
    card = card_contents.card_of(fresh(route))
    assert len(card.items) == before
    assert {signature.agreed_on for signature in card.signatures} == {timezone.localdate()}


def test_route_card_name_written_by_hand_wins(world: World) -> None:
    route = make_draft(world)
    person = world.accounts["teacher"].person
    person.name_cases = {"genitive": "Примеровой-Третьей Марии Петровны"}
    person.save()
    assert card_contents.card_of(route).teachers[0].name_genitive == "Примеровой-Третьей Марии Петровны"


def test_route_card_queries_do_not_grow(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    route = make_running(world, topics=("Одна тема",))
    with CaptureQueriesContext(connection) as few:
        card_contents.card_of(route)
    for item in list(route.items.all()):
        item.pk = None
        item.save()
    with django_assert_num_queries(len(few)):
        card_contents.card_of(route)


@pytest.mark.parametrize("viewer", ["other_teacher", "other_tutor", "coordinator", "head", "foreign_tutor"])
def test_route_card_stranger(world: World, as_, viewer: str) -> None:  # type: ignore[no-untyped-def]
    route = make_running(world)
    url = reverse("documents:route_card", kwargs={"pk": route.pk, "form": "pdf"})
    assert as_(viewer).get(url).status_code == 404
    assert not IssuedDocument.objects.exists()


def test_route_card_unknown_form_and_wrong_method(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_running(world)
    assert as_("teacher").get(f"/documents/route/{route.pk}/card.exe").status_code == 404
    assert as_("teacher").post(f"/documents/route/{route.pk}/card.pdf").status_code == 405


def test_verification_finds_a_code_typed_carelessly(world: World) -> None:
    code = actions.issue_route_card(route=make_running(world), by=actor(world, "tutor"), site=SITE).document.code
    client = Client()
    response = client.get(reverse("documents:verification"), {"code": code.lower().replace("-", " ")}, follow=True)
    assert response.status_code == 200
    assert "Документ подлинный" in response.content.decode()
    assert world.accounts["teacher"].person.surname not in response.content.decode()


@pytest.mark.parametrize(("typed", "status"), [("7KQM-2XAB-94TZ", 404), ("7KQM", 422)])
def test_verification_of_what_was_not_issued(db: None, typed: str, status: int) -> None:
    response = Client().get(reverse("documents:verification"), {"code": typed}, follow=True)
    assert response.status_code == status


def test_codes_survive_cyrillic_lookalikes() -> None:
    assert normalised("авек-мнрс-тхy2") == "ABEK-MHPC-TXY2"
    code = code_of("route_card", 1, "content")
    assert normalised(code) == code == code_of("route_card", 1, "content") != code_of("route_card", 2, "content")
    assert set(code) <= {*ALPHABET, "-"}
