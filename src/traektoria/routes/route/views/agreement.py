"""Putting a version forward, saying yes or what to change, reading versions."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.routes.route.access_log import log_read
from traektoria.routes.route.actions.agreement import agree_route, propose_route, return_route, withdraw_proposal
from traektoria.routes.route.forms import RouteReasonForm
from traektoria.routes.route.models import Agreement, LearningRoute
from traektoria.routes.route.permissions import check_read_agreed, check_work, works_on
from traektoria.routes.route.queries.history import versions_read_by
from traektoria.routes.route.queries.parties import check_speaks
from traektoria.routes.route.queries.route import snapshot
from traektoria.routes.route.queries.versions import difference
from traektoria.routes.route.views.common import fetch_route, form_page, to_route


@guard(methods=BOTH, own_hand=True)
def route_propose(request: ActorRequest, pk: int) -> HttpResponse:
    """A draft is proposed at one press; a change of a running route says why, beside what it changes."""
    actor = request.actor
    route = fetch_route(actor, pk)
    check_work(actor, route)
    first = route.in_force_since is None
    form = RouteReasonForm(request.POST or None, label=_("Why the route changes"), required=not first)
    if request.method == "POST" and form.is_valid():
        propose_route(route=route, by=actor, reason=form.cleaned_data["reason"])
        return to_route(request, pk)
    change = None if first else difference(snapshot(route), snapshot(route, corrected=True))
    context = {"form": form, "route": route, "difference": change}
    return form_page(request, "routes/route_propose.html", context, wrong=form.is_bound)


@guard(methods=POST)
def route_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    actor = request.actor
    withdraw_proposal(route=fetch_route(actor, pk), by=actor)
    return to_route(request, pk)


@guard(methods=POST, own_hand=True)
def route_agree(request: ActorRequest, pk: int) -> HttpResponse:
    """The form posts the version that the person read."""
    actor = request.actor
    agree_route(route=fetch_route(actor, pk), number=_number(request), by=actor)
    return to_route(request, pk)


@guard(methods=BOTH, own_hand=True)
def route_return(request: ActorRequest, pk: int) -> HttpResponse:
    actor = request.actor
    route = fetch_route(actor, pk)
    check_speaks(actor, route)
    form = RouteReasonForm(request.POST or None, label=_("What to change"))
    if request.method == "POST" and form.is_valid():
        return_route(route=route, number=_number(request), reason=form.cleaned_data["reason"], by=actor)
        return to_route(request, pk)
    context = {"form": form, "route": route, "number": route.pending_version}
    return form_page(request, "routes/route_return.html", context, wrong=form.is_bound)


def _number(request: ActorRequest) -> int:
    try:
        return int(request.POST.get("version", ""))
    except ValueError as wrong:
        raise Conflict(_("Open the route again: its version is not known."), code="version_unknown") from wrong


@guard()
def route_versions(request: ActorRequest, pk: int) -> HttpResponse:
    actor = request.actor
    route = fetch_route(actor, pk)
    check_read_agreed(actor, route)
    log_read(by=actor, route=route)
    words = Agreement.objects.select_related("person")
    versions = versions_read_by(actor, route).defer("snapshot").select_related("person")
    found = list(versions.prefetch_related(Prefetch("agreements", queryset=words)).order_by("-number"))
    return render(
        request, "routes/route_versions.html", {"route": route, "versions": found, "works": works_on(actor, route)}
    )


@guard()
def version_difference(request: ActorRequest, pk: int, old: int, new: int) -> HttpResponse:
    actor = request.actor
    route: LearningRoute = fetch_route(actor, pk)
    check_read_agreed(actor, route)
    log_read(by=actor, route=route)
    versions = versions_read_by(actor, route)
    first, second = fetch(versions, number=old), fetch(versions, number=new)
    change = difference(first.snapshot, second.snapshot)
    context = {"route": route, "old": first, "new": second, "difference": change}
    return render(request, "routes/version_difference.html", context)
