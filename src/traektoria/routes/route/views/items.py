"""Items: edited in place, done, talked about. Every address answers as a page and as a part of one."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from traektoria.core.shared_forms import saved_itself, saves_itself
from traektoria.people.guard import BOTH, POST, ActorRequest, guard
from traektoria.routes.route.actions.doing import cancel_item, comment_on_item, finish_item, start_item, undo_item
from traektoria.routes.route.actions.editing import add_item, edit_item, move_item, remove_item, restore_item
from traektoria.routes.route.enums import ActivityKind, ShowingForm
from traektoria.routes.route.forms import CommentForm, EvidenceForm, ItemForm, RouteReasonForm
from traektoria.routes.route.models import LearningRoute, RouteItem
from traektoria.routes.route.permissions import check_work
from traektoria.routes.route.policies import can_discuss, can_do, check_doable, check_editable, check_item_editable
from traektoria.routes.route.queries.route import deficits_offered, header_of, plan_of, seen_of
from traektoria.routes.route.registries import item_links
from traektoria.routes.route.views.common import fetch_item, fetch_route, form_page, saved_or_said, to_route


def _form(request: ActorRequest, route: LearningRoute, initial: dict[str, object]) -> ItemForm:
    header = header_of(route, corrected=True)
    return ItemForm(
        request.POST or None,
        initial={**initial, "seen": seen_of(initial)},
        period=(header["start"], header["end"]),
        deficits=deficits_offered(request.actor, route),
    )


@guard(methods=BOTH)
def item_add(request: ActorRequest, pk: int) -> HttpResponse:
    """``pk`` is the route."""
    actor = request.actor
    route = fetch_route(actor, pk)
    check_work(actor, route)
    check_editable(route)
    initial = {"activity_kind": ActivityKind.CONSULTATION, "showing_form": ShowingForm.CONVERSATION}
    form = _form(request, route, {**initial, "deadline": header_of(route, corrected=True)["end"]})
    if request.method == "POST" and form.is_valid():
        item = add_item(route=route, values=form.cleaned_data, by=actor)
        return to_route(request, pk, item.pk)
    return _form_answer(request, form, route, None)


@guard(methods=BOTH)
def item_edit(request: ActorRequest, pk: int) -> HttpResponse:
    actor = request.actor
    item = fetch_item(actor, pk)
    check_work(actor, item.route)
    check_item_editable(item)
    form = _form(request, item.route, plan_of(item, corrected=True))
    if request.method == "POST" and form.is_valid():
        saved = saved_or_said(request, form, edit_item, item=item)
        if saved and saves_itself(request):
            return saved_itself(seen_of(plan_of(saved, corrected=True)))
        if saved:
            return to_route(request, item.route_id, item.pk)
    return _form_answer(request, form, item.route, item)


def _form_answer(request: ActorRequest, form: ItemForm, route: LearningRoute, item: RouteItem | None) -> HttpResponse:
    """The form on its page, or in the row where htmx asked for it (a wrong one goes back into the same row)."""
    htmx = request.htmx
    if htmx and not form.is_bound:
        form.fields["task"].widget.attrs["autofocus"] = True
    context: dict[str, object] = {"form": form, "route": route, "item": item}
    answer = form_page(
        request, "routes/item_form.html#row" if htmx else "routes/item_form.html", context, wrong=form.is_bound
    )
    if htmx and form.is_bound:
        answer.headers["HX-Retarget"] = f"#item-{item.pk}" if item else "#item-new"
        answer.headers["HX-Reswap"] = "outerHTML"
    return answer


@guard()
def item_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """Discussion and evidence of one item, beside it or on a page of its own."""
    actor = request.actor
    item = fetch_item(actor, pk)
    check_work(actor, item.route)
    return item_side(request, item)


def item_side(request: ActorRequest, item: RouteItem, status: int = 200, **more: object) -> HttpResponse:
    """The talk and the evidence with their forms; ``attaching`` opens the form of the evidence."""
    actor = request.actor
    talk = [
        {"who": comment.person.short_name, "at": comment.created_at, "text": comment.text}
        for comment in item.comments.select_related("person")
    ]
    context = {
        "item": item,
        "route": item.route,
        "talk": talk,
        "evidence": item.evidence.select_related("person"),
        "can_attach": can_do(item),
        "links": [link for entry in item_links if (link := entry.of(actor, item))],
        "can_discuss": can_discuss(item),
        "actor_person": actor.person_id,
        "comment_form": CommentForm(auto_id=f"talk-{item.pk}-%s"),
        "evidence_form": EvidenceForm(auto_id=f"evidence-{item.pk}-%s"),
        **more,
    }
    name = "routes/item_detail.html#side" if request.htmx else "routes/item_detail.html"
    answer = render(request, name, context, status=status)
    if request.htmx:
        answer.headers["HX-Retarget"] = f"#side-{item.pk}"
        answer.headers["HX-Reswap"] = "innerHTML"
    return answer


@guard(methods=POST)
def item_comment(request: ActorRequest, pk: int) -> HttpResponse:
    actor = request.actor
    item = fetch_item(actor, pk)
    check_work(actor, item.route)
    form = CommentForm(request.POST, auto_id=f"talk-{item.pk}-%s")
    if not form.is_valid():
        return item_side(request, item, 422, comment_form=form)
    comment_on_item(item=item, text=form.cleaned_data["text"], by=actor)
    if request.htmx:
        return item_side(request, item)
    return to_route(request, item.route_id, item.pk)


def _act(request: ActorRequest, pk: int, act: Callable[..., object]) -> HttpResponse:
    """One press: fetch, act, answer with the route."""
    actor = request.actor
    item = fetch_item(actor, pk)
    act(item=item, by=actor)
    return to_route(request, item.route_id, item.pk)


@guard(methods=POST)
def item_remove(request: ActorRequest, pk: int) -> HttpResponse:
    return _act(request, pk, remove_item)


@guard(methods=POST)
def item_restore(request: ActorRequest, pk: int) -> HttpResponse:
    return _act(request, pk, restore_item)


@guard(methods=POST)
def item_move(request: ActorRequest, pk: int, direction: str) -> HttpResponse:
    def move(*, item: RouteItem, by: object) -> RouteItem:
        return move_item(item=item, up=direction == "up", by=request.actor)

    return _act(request, pk, move)


@guard(methods=POST)
def item_start(request: ActorRequest, pk: int) -> HttpResponse:
    return _act(request, pk, start_item)


@guard(methods=POST)
def item_finish(request: ActorRequest, pk: int) -> HttpResponse:
    return _act(request, pk, finish_item)


@guard(methods=POST)
def item_undo(request: ActorRequest, pk: int) -> HttpResponse:
    return _act(request, pk, undo_item)


@guard(methods=BOTH)
def item_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    actor = request.actor
    item = fetch_item(actor, pk)
    check_work(actor, item.route)
    check_doable(item)
    form = RouteReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cancel_item(item=item, reason=form.cleaned_data["reason"], by=actor)
        return to_route(request, item.route_id, item.pk)
    words = {
        "heading": _("Cancel item %(number)s") % {"number": item.position},
        "lead": item.task,
        "button": _("Cancel the item"),
        "kind": "danger",
    }
    context: dict[str, object] = {"form": form, "route": item.route, **words}
    return form_page(request, "routes/route_reason.html", context, wrong=form.is_bound)
