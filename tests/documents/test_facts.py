"""Registered papers are offered to plans that wait for them."""

import pytest

from tests.planning.fulfilment.test_facts import this_year
from tests.planning.plan_factories import approved
from tests.world import World
from traektoria.core import journal
from traektoria.documents.codes import code_of
from traektoria.documents.facts import offer_documents
from traektoria.documents.models import IssuedDocument
from traektoria.planning.fulfilment.models import Suggestion
from traektoria.planning.plans.actions.writing import ProposedItem

pytestmark = pytest.mark.django_db


def registered(world: World, kind: str, number: int, content: str) -> IssuedDocument:
    """As whoever takes a paper away leaves it."""
    code = code_of(kind, number, content)
    mark = {"kind": kind, "object_id": number, "content_sha256": content * 64, "code": code}
    journal.write(IssuedDocument(centre=world.own, version=1, **mark))
    return IssuedDocument.objects.get(code=code)


def test_a_paper_is_offered_once_whatever_its_editions_and_no_card_of_a_person(world: World) -> None:
    plan = approved(world, ProposedItem("Приказы по центру", "в течение года", "методисты"), **this_year())
    order = registered(world, "order", 5, "1")
    registered(world, "order", 5, "2")
    registered(world, "route_card", 6, "3")
    assert not Suggestion.objects.exists(), "taking a paper writes nothing of plans"
    for _ in range(2):
        offer_documents.func()
    offered = Suggestion.objects.get()
    assert (offered.fact_kind, offered.fact_id, offered.occurrence.item.plan_id) == ("documents", order.pk, plan.pk)
    assert order.code in offered.what
