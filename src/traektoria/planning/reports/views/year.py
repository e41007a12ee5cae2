"""The year by quarters, and the load of people."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from traektoria.core.text import whole_number
from traektoria.people.enums import Role
from traektoria.people.guard import ActorRequest, existing, guard
from traektoria.planning.plans.permissions import READ
from traektoria.planning.plans.queries.plans import find_plan
from traektoria.planning.reports.load import load_items, load_page
from traektoria.planning.reports.year import columns_of, year_page


@guard(*READ)
def plan_year(request: ActorRequest, pk: int) -> HttpResponse:
    plan = existing(find_plan(request.actor, pk))
    columns = columns_of(plan)
    page = year_page(request.actor, plan, columns, request.GET.get("page"))
    context = {"plan": plan, "columns": columns, "page": page, "rows": page.object_list}
    return render(request, "planning/plan_year.html", context)


@guard(Role.COORDINATOR)
def load(request: ActorRequest) -> HttpResponse:
    """Who answers for how much by all approved plans of the centre; with ``?who=`` the items behind a line (0: of
    nobody)."""
    if "who" in request.GET:
        asked = request.GET["who"]
        person = whole_number(asked) or (0 if asked == "0" else -1)
        found = load_items(request.actor, person, request.GET.get("page"))
        if found is None:
            raise Http404
        context = {"page": found.page, "rows": found.page.object_list, "who": found.who}
        return render(request, "planning/load_items.html", context)
    page = load_page(request.actor, request.GET.get("page"))
    return render(request, "planning/load.html", {"page": page, "rows": page.object_list})
