"""The plan against fact as a workbook: all of its cells are texts."""

from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Made
from traektoria.core.errors import Refused
from traektoria.core.files import XLSX
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.organisations.workbooks import list_workbook
from traektoria.organisations.zones import in_time_of
from traektoria.people.actor import Actor
from traektoria.planning.plans.permissions import reads_whole
from traektoria.planning.plans.queries.plans import find_plan
from traektoria.planning.reports.against_fact import whole_report
from traektoria.planning.reports.columns import COLUMNS

REPORT: Final = "planning.report"
LIGHT: Final = 200


def check(actor: Actor, facts: dict[str, Any]) -> None:
    """Whoever reads the whole plan."""
    plan = find_plan(actor, facts["plan"])
    if plan is None:
        raise Http404
    if not reads_whole(actor, plan):
        raise Refused(_("The whole report is for those who read the whole plan."), code="not_whole")


def make_report(doing: Doing) -> Made:
    plan = find_plan(doing.actor, doing.facts["plan"])
    if plan is None:
        raise Http404
    with in_time_of(plan.centre):
        rows = whole_report(plan)
    head = [str(one.head) for one in COLUMNS]
    lines = [[one.text(row) for one in COLUMNS] for row in doing.each(rows, len(rows))]
    content = list_workbook(_("Plan against fact"), [head, *lines])
    return Made(content, f"plan-{plan.pk}-report.xlsx", XLSX, len(lines))


errand_kinds.add(ErrandKind(REPORT, 60, gettext_lazy("Plan against fact as a file"), LIGHT, check, make_report))
