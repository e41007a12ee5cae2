"""What the views of a route share: fetching through what is visible, and answering with the living part of its page."""

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from traektoria.core.shared_forms import ChangedMeanwhile, saves_itself
from traektoria.organisations.zones import turn_to
from traektoria.people.actor import Actor
from traektoria.people.guard import ActorRequest, fetch
from traektoria.routes.route.forms import SeenForm
from traektoria.routes.route.models import LearningRoute, RouteItem
from traektoria.routes.route.queries.page import page_of
from traektoria.routes.route.queries.route import visible_to, whole_route

LIVE = "routes/route_detail.html#live"
Row = TypeVar("Row")


def fetch_route(actor: Actor, pk: int) -> LearningRoute:
    try:
        route = whole_route(actor, pk)
    except LearningRoute.DoesNotExist as missing:
        raise Http404 from missing
    turn_to(route)
    return route


def fetch_item(actor: Actor, pk: int) -> RouteItem:
    """The item with its route as the person sees it."""
    item = fetch(RouteItem.objects.filter(route__in=visible_to(actor).values("pk")), pk=pk)
    item.route = fetch_route(actor, item.route_id)
    return item


def route_url(pk: int, item_id: int | None = None) -> str:
    return reverse("routes:route_detail", kwargs={"pk": pk}) + (f"#item-{item_id}" if item_id else "")


def to_route(request: ActorRequest, route_id: int, item_id: int | None = None) -> HttpResponse:
    """After a write: the living part for htmx, else a redirect to the page."""
    if not request.htmx:
        return HttpResponseRedirect(route_url(route_id, item_id))
    page = page_of(fetch_route(request.actor, route_id), request.actor)
    return render(request, LIVE, {"page": page})


def saved_or_said(request: ActorRequest, form: SeenForm, save: Callable[..., Row], **what: Row) -> Row | None:
    """Save what the form says; words that would overwrite unread ones are said at the form (to a script: 409)."""
    try:
        return save(**what, values=form.cleaned_data, by=request.actor, seen=form.cleaned_data["seen"])
    except ChangedMeanwhile as meanwhile:
        if saves_itself(request):
            raise
        form.say_changed(meanwhile.sentence, meanwhile.seen)
        return None


def form_page(request: ActorRequest, template: str, context: dict[str, object], *, wrong: bool) -> HttpResponse:
    """A form's page: 422 where it came back with mistakes, its values kept."""
    return render(request, template, context, status=422 if wrong else 200)
