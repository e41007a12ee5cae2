"""A signed act is a fact that items of plans can be counted by."""

import re
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.planning.audits.enums import AuditState
from traektoria.planning.audits.models import Audit
from traektoria.planning.facts.registry import Fact, FactKind, fact_kinds


def _facts(rows: QuerySet[Audit]) -> Iterator[Fact]:
    signed = rows.filter(state=AuditState.SIGNED).order_by("day", "pk")
    for pk, centre, day, title, school in signed.values_list("pk", "centre", "day", "title", "school__name"):
        yield Fact(pk, centre, day, _("Audit: %(title)s, %(school)s") % {"title": title, "school": school})


fact_kinds.add(
    FactKind(
        "audits",
        50,
        gettext_lazy("audits held"),
        Audit,
        _facts,
        "day",
        re.compile(r"аудит|проверк\w+ наличия|мониторинг сайт"),
        "planning:audit_detail",
    )
)
