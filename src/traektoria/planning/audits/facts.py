"""A signed act is a fact that items of plans can be counted by."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.planning.audits.enums import AuditState
from traektoria.planning.audits.models import Audit
from traektoria.planning.facts.registry import Fact, FactKind, fact_kinds


def _facts(rows: QuerySet[Audit]) -> Iterator[Fact]:
    signed = rows.filter(state=AuditState.SIGNED).order_by("day", "pk")
    for pk, centre, day, title, school in signed.values_list("pk", "centre", "day", "title", "school__name"):
        yield Fact(pk, centre, day, _("Audit: %(title)s, %(school)s") % {"title": title, "school": school})


def that_stand(keys: Collection[int]) -> Iterator[Fact]:
    return _facts(Audit.objects.filter(pk__in=keys))


def between(centre: int, first: date, last: date) -> Iterator[Fact]:
    return _facts(Audit.objects.filter(centre=centre, day__range=(first, last)))


fact_kinds.add(
    FactKind(
        "audits",
        50,
        gettext_lazy("audits held"),
        Audit,
        that_stand,
        between,
        re.compile(r"аудит|проверк\w+ наличия|мониторинг сайт"),
        lambda pk: reverse("planning:audit_detail", args=[pk]),
    )
)
