"""Pause, resume, extend, stop, close: a page with the reason, one action, back to the route."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from traektoria.people.guard import BOTH, ActorRequest, guard
from traektoria.routes.route.actions.course import close_route, extend_route, pause_route, resume_route, stop_route
from traektoria.routes.route.forms import ClosingForm, ExtendForm, RouteReasonForm
from traektoria.routes.route.permissions import check_lead, check_work
from traektoria.routes.route.policies import OPEN_ITEM, check_closable, check_extendable
from traektoria.routes.route.queries.route import hypotheses_of, items_in_force
from traektoria.routes.route.views.common import fetch_route, form_page, to_route
from traektoria.routes.tutees.readers import seen_by

Words = dict[str, str]


def _ask(request: ActorRequest, pk: int, action: Any, words: Words, *, required: bool = True) -> HttpResponse:
    """Ask for the reason of ``action``, then do it."""
    actor = request.actor
    route = fetch_route(actor, pk)
    check_work(actor, route)
    form = (
        RouteReasonForm(request.POST or None, required=required)
        if required
        else RouteReasonForm(request.POST, required=False)
    )
    if request.method == "POST" and form.is_valid():
        action(route=route, reason=form.cleaned_data["reason"], by=actor)
        return to_route(request, pk)
    wrong = request.method == "POST"
    form = form if wrong else RouteReasonForm(required=required)
    return form_page(request, "routes/route_reason.html", {"form": form, "route": route, **words}, wrong=wrong)


@guard(methods=BOTH)
def route_pause(request: ActorRequest, pk: int) -> HttpResponse:
    words = {
        "heading": _("Pause the route"),
        "lead": _("Deadlines stop calling until the route is resumed. Nothing is lost."),
        "button": _("Pause"),
    }
    return _ask(request, pk, pause_route, words)


@guard(methods=BOTH)
def route_resume(request: ActorRequest, pk: int) -> HttpResponse:
    words = {
        "heading": _("Resume the route"),
        "lead": _("The route goes on from where it stood. If the deadlines no longer fit, extend it afterwards."),
        "button": _("Resume"),
    }
    return _ask(request, pk, resume_route, words, required=False)


@guard(methods=BOTH)
def route_stop(request: ActorRequest, pk: int) -> HttpResponse:
    words = {
        "heading": _("End the route early"),
        "lead": _("The route ends before its time and can only be read afterwards. This can't be undone."),
        "button": _("End the route early"),
        "kind": "danger",
    }
    return _ask(request, pk, stop_route, words)


@guard(methods=BOTH)
def route_extend(request: ActorRequest, pk: int) -> HttpResponse:
    actor = request.actor
    route = fetch_route(actor, pk)
    check_work(actor, route)
    form = ExtendForm(request.POST or None, after=route.end)
    if request.method == "POST" and form.is_valid():
        extend_route(route=route, by=actor, **form.cleaned_data)
        return to_route(request, pk)
    check_extendable(route)
    return form_page(request, "routes/route_extend.html", {"form": form, "route": route}, wrong=form.is_bound)


@guard(methods=BOTH)
def route_close(request: ActorRequest, pk: int) -> HttpResponse:
    actor = request.actor
    route = fetch_route(actor, pk)
    check_lead(actor, route)
    form = ClosingForm(request.POST or None, hypotheses=hypotheses_of(route))
    if request.method == "POST" and form.is_valid():
        conclusion = form.cleaned_data["conclusion"]
        close_route(route=route, outcomes=form.outcomes(), conclusion=conclusion, by=actor)
        return to_route(request, pk)
    check_closable(route, items_in_force(route).filter(state__in=OPEN_ITEM).count())
    context = {"form": form, "route": route, "seen_by": seen_by("route.conclusion")}
    return form_page(request, "routes/route_close.html", context, wrong=form.is_bound)
