"""The plan against fact on a page, and as a workbook."""

from django.http import HttpResponse
from django.shortcuts import render

from traektoria.core.errands import answer
from traektoria.people.guard import ActorRequest, existing, guard
from traektoria.planning.plans.permissions import READ, reads_whole
from traektoria.planning.plans.queries.plans import find_plan
from traektoria.planning.reports.against_fact import report_page, totals_of
from traektoria.planning.reports.columns import on_page
from traektoria.planning.reports.errands import REPORT


@guard(*READ)
def plan_report(request: ActorRequest, pk: int) -> HttpResponse:
    plan = existing(find_plan(request.actor, pk))
    page = report_page(request.actor, plan, request.GET.get("page"))
    context = {"plan": plan, "page": page, "rows": page.object_list, "totals": totals_of(request.actor, plan)}
    context |= {"whole": reads_whole(request.actor, plan), "columns": on_page()}
    return render(request, "planning/plan_report.html", context)


@guard(*READ)
def plan_report_file(request: ActorRequest, pk: int) -> HttpResponse:
    """Made at once where the plan is short, else by the worker."""
    plan = existing(find_plan(request.actor, pk))
    return answer(request, REPORT, {"plan": plan.pk}, weight=plan.items.count())
