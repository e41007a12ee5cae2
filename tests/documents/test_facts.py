"""Registered papers are offered to plans that wait for them."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.planning.fulfilment.test_facts import this_year
from tests.planning.plan_factories import approved
from tests.world import World
from traektoria.core import journal
from traektoria.documents.codes import code_of
from traektoria.documents.facts import offer_documents
from traektoria.documents.models import IssuedDocument
from traektoria.planning.facts.registry import fact_kinds
from traektoria.planning.fulfilment.models import Suggestion
from traektoria.planning.plans.actions.writing import ProposedItem

pytestmark = pytest.mark.django_db


def registered(world: World, kind: str, number: int, content: str, version: int = 1) -> IssuedDocument:
    """As whoever takes a paper away leaves it."""
    code = code_of(kind, number, content)
    mark = {"kind": kind, "object_id": number, "content_sha256": content * 64, "code": code}
    journal.write(IssuedDocument(centre=world.own, version=version, **mark))
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


def test_each_edition_and_the_first_report_of_each_month_is_a_paper_of_its_own(world: World) -> None:
    plan, second = registered(world, "work_plan", 7, "1"), registered(world, "work_plan", 7, "2", version=2)
    autumn, again, winter = (registered(world, "plan_report", 7, content) for content in "345")
    for row, day in ((autumn, 3), (again, 20), (winter, 40)):
        at = datetime(2026, 10, 1, 9, tzinfo=UTC) + timedelta(days=day)
        IssuedDocument.objects.filter(pk=row.pk).update(issued_at=at)
    rows = [plan, second, autumn, again, winter]
    [kind] = [one for one in fact_kinds if one.slug == "documents"]
    assert {fact.pk for fact in kind.stand([row.pk for row in rows])} == {plan.pk, second.pk, autumn.pk, winter.pk}
