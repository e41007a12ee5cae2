"""Official papers that were registered are facts that items of plans can be counted by.

A paper is registered while somebody takes it away, which is reading: nothing but its row is written then. So what came
into the register is offered by the worker, each night.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from traektoria.documents.models import IssuedDocument
from traektoria.documents.papers.kinds import KINDS
from traektoria.organisations import zones
from traektoria.planning.facts.registry import Fact, FactKind, fact_kinds
from traektoria.planning.fulfilment.actions.offering import offer_fact

OFFICIAL: Final = ("regulation", "work_plan", "programme", "plan_report", "order", "protocol", "audit_act")
"""Of which fact a paper is made, and no person is its subject alone: cards and personified plans are offered as routes,
sheets as events."""
BACK: Final = timedelta(days=3)
"""So far back the night looks: two nights may have been missed."""


def _first_of_their_fact(rows: QuerySet[IssuedDocument]) -> QuerySet[IssuedDocument]:
    """The same edition printed with other content is no new deed. A report has no editions: it is made each month or
    quarter of the same plan, so the first of a month counts."""
    earlier = IssuedDocument.objects.filter(
        Q(issued_at__lt=OuterRef("issued_at")) | Q(issued_at=OuterRef("issued_at"), pk__lt=OuterRef("pk")),
        kind=OuterRef("kind"),
        object_id=OuterRef("object_id"),
        version=OuterRef("version"),
    )
    of_month = earlier.filter(
        issued_at__year=ExtractYear(OuterRef("issued_at")), issued_at__month=ExtractMonth(OuterRef("issued_at"))
    )
    is_report = Q(kind="plan_report")
    return rows.filter(is_report & ~Exists(of_month) | ~is_report & ~Exists(earlier), kind__in=OFFICIAL)


def _facts(rows: QuerySet[IssuedDocument]) -> Iterator[Fact]:
    columns = ("pk", "centre", "kind", "code", "issued_at", "centre__municipality__time_zone")
    found: Any = _first_of_their_fact(rows).order_by("issued_at", "pk").values_list(*columns)
    for pk, centre, kind, code, at, zone in found:
        said = {"kind": KINDS[kind].label, "code": code}
        day = timezone.localdate(at, zones.zone(zone))
        yield Fact(pk, centre, day, _("Paper registered: %(kind)s, code %(code)s") % said)


@task()
def offer_documents() -> None:
    """What came into the register lately is offered to the plans that wait for papers; what was offered stays so."""
    kind = fact_kinds.get("documents")
    lately = IssuedDocument.objects.filter(issued_at__gte=timezone.now() - BACK, kind__in=OFFICIAL)
    for pk in lately.order_by("pk").values_list("pk", flat=True):
        if kind is not None:
            offer_fact(kind, pk)


fact_kinds.add(
    FactKind(
        "documents",
        60,
        gettext_lazy("papers registered"),
        IssuedDocument,
        _facts,
        "issued_at",
        re.compile(
            r"приказ|протокол|положени[ея]|утвержден|разработк\w+ (?:програм|план|положени)|подготовк\w+ отч[её]т"
        ),
        "documents:document_detail",
    )
)
