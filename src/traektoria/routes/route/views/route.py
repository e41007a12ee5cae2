"""The page of a route, the lists, drafting and the header."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from traektoria.core.registries import documents_of
from traektoria.core.shared_forms import saved_itself, saves_itself
from traektoria.people.enums import HEADS, Purpose, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.routes.route.access_log import log_opened, log_read
from traektoria.routes.route.actions.drafting import draft_route
from traektoria.routes.route.actions.editing import add_own_goal, drop_correction, edit_route, open_correction
from traektoria.routes.route.forms import RouteFilter, RouteForm
from traektoria.routes.route.permissions import check_read_agreed, check_work, works_on
from traektoria.routes.route.policies import LIVING, check_editable
from traektoria.routes.route.queries.history import history_of
from traektoria.routes.route.queries.lists import route_page
from traektoria.routes.route.queries.page import page_of
from traektoria.routes.route.queries.route import header_of, mine, seen_of
from traektoria.routes.route.views.common import fetch_route, form_page, route_url, saved_or_said, to_route
from traektoria.routes.tutees.models import TutorSupport
from traektoria.routes.tutees.queries import visible_to as supports_visible_to

LISTS = (Role.TUTOR, Role.COORDINATOR, Role.TEACHER, *sorted(HEADS))


@guard()
def route_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """The page that lives. Somebody who does not work on the route is written into the access log."""
    actor = request.actor
    route = fetch_route(actor, pk)
    page = page_of(route, actor)
    if not page.works:
        log_opened(by=actor, purpose=Purpose.SUPPORT, kind="route", route=route)
    cards = documents_of(page.route) if page.works else []
    return render(request, "routes/route_detail.html", {"page": page, "route": route, "cards": cards})


@guard(*LISTS)
def route_list(request: ActorRequest) -> HttpResponse:
    form = RouteFilter(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    page = route_page(request.actor, filters, request.GET.get("page"), today)
    return render(request, "routes/route_list.html", {"page": page, "form": form, "today": today})


@guard(Role.TEACHER)
def my_route(request: ActorRequest) -> HttpResponse:
    """A teacher with one living route is led to it; else the list, or what to do to get one."""
    routes = list(mine(request.actor).only("pk", "state")[:20])
    living = [route for route in routes if route.state in LIVING]
    chosen = living if len(living) == 1 else routes
    if len(chosen) == 1:
        return HttpResponseRedirect(route_url(chosen[0].pk))
    if routes:
        return HttpResponseRedirect(reverse("routes:route_list"))
    return render(request, "routes/my_route.html")


@guard(Role.TUTOR, Role.TEACHER, methods=POST)
def route_draft(request: ActorRequest, pk: int) -> HttpResponse:
    """``pk`` is the support."""
    actor = request.actor
    support: TutorSupport = fetch(supports_visible_to(actor), pk=pk)
    route = draft_route(support=support, by=actor)
    return HttpResponseRedirect(route_url(route.pk))


@guard(methods=BOTH)
def route_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Title, goals and period; autosaved while one types."""
    actor = request.actor
    route = fetch_route(actor, pk)
    check_work(actor, route)
    check_editable(route)
    header = header_of(route, corrected=True)
    form = RouteForm(request.POST or None, initial={**header, "seen": seen_of(header)})
    if request.method == "POST" and form.is_valid():
        saved = saved_or_said(request, form, edit_route, route=route)
        if saved:
            now = header_of(saved, corrected=True)
            return saved_itself(seen_of(now)) if saves_itself(request) else to_route(request, pk)
    return form_page(request, "routes/route_edit.html", {"form": form, "route": route}, wrong=form.is_bound)


@guard(methods=POST)
def route_goal(request: ActorRequest, pk: int) -> HttpResponse:
    """The teacher's request becomes a goal, in the words that the teacher sends."""
    actor = request.actor
    route = fetch_route(actor, pk)
    add_own_goal(route=route, text=request.POST.get("text", ""), by=actor)
    return to_route(request, pk)


@guard(methods=POST)
def route_correct(request: ActorRequest, pk: int) -> HttpResponse:
    actor = request.actor
    open_correction(route=fetch_route(actor, pk), by=actor)
    return to_route(request, pk)


@guard(methods=POST)
def route_uncorrect(request: ActorRequest, pk: int) -> HttpResponse:
    actor = request.actor
    drop_correction(route=fetch_route(actor, pk), by=actor)
    return to_route(request, pk)


@guard()
def route_history(request: ActorRequest, pk: int) -> HttpResponse:
    actor = request.actor
    route = fetch_route(actor, pk)
    check_read_agreed(actor, route)
    log_read(by=actor, route=route)
    return render(
        request,
        "routes/route_history.html",
        {"route": route, "entries": history_of(route, works=works_on(actor, route)), "works": works_on(actor, route)},
    )
