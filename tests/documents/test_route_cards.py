"""The cards of all routes that a person works on, in one archive."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from tests.documents import matrix
from tests.errands import whole
from tests.world import World, add_awkward
from traektoria.core.errors import Refused
from traektoria.core.models import Errand
from traektoria.core.registries import errand_kinds
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.documents.card_contents import cards_of
from traektoria.documents.errands import CARDS, fetched
from traektoria.documents.models import IssuedDocument
from traektoria.people.actor import actor_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def prepared(world: World) -> World:
    add_awkward(world)
    matrix.prepare(world)
    return world


def names_in(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_few_are_given_at_once(prepared: World, as_: Any) -> None:
    answer = as_("tutor").get("/documents/route/cards.docx")
    assert answer["Content-Type"] == "application/zip"
    assert all(name.endswith(".docx") for name in names_in(answer.getvalue()))
    assert as_("coordinator").get("/documents/route/cards.docx").status_code == 403
    assert as_("tutor").get("/documents/route/cards.odt").status_code == 404


def test_many_are_made_by_the_worker(
    prepared: World, as_: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    kind = errand_kinds.get(CARDS)
    assert kind is not None
    monkeypatch.setitem(errand_kinds._items, CARDS, replace(kind, light=0))
    client = as_("tutor")
    seal = client.get("/documents/route/cards.docx").context["seal"]
    with django_capture_on_commit_callbacks(execute=True):
        place = client.post("/work/ask/", {"seal": seal})["Location"]
    do_what_is_due()
    row = Errand.objects.get()
    taken = whole(client.post(f"{place}file/"))
    assert len(names_in(taken.content)) == row.rows == len(row.facts["made_of"])


def test_who_works_on_fewer_routes_now_takes_no_card_of_the_others(prepared: World) -> None:
    tutor = actor_of(prepared.accounts["tutor"])
    own = list(cards_of(tutor).values_list("pk", flat=True))
    fetched(tutor, {"form": "pdf", "made_of": own})
    with pytest.raises(Refused):
        fetched(tutor, {"form": "pdf", "made_of": [*own, own[0] + 100_000]})


def test_what_is_too_long_to_be_printed_is_named_and_issued_to_nobody(
    prepared: World, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = IssuedDocument.objects.count()
    monkeypatch.setattr("traektoria.engines.papers.budget.SIGNS", 50)
    answer = as_("tutor").get("/documents/route/cards.docx")
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        [name] = archive.namelist()
        said = archive.read(name).decode().splitlines()
    own = cards_of(actor_of(prepared.accounts["tutor"]))
    assert [one.split(")")[0].split("(")[-1] for one in said] == [str(route.pk) for route in own.order_by("pk")]
    assert IssuedDocument.objects.count() == before
