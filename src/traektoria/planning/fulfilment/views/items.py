"""The page of a line: its deadline in words and dates, what was done, where a floor was broken."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from traektoria.core.attempt import attempt, status_of
from traektoria.people.actor import Actor
from traektoria.people.guard import POST, ActorRequest, existing, guard
from traektoria.planning.fulfilment.floors import broken_floor
from traektoria.planning.plans.actions.writing import settle_term
from traektoria.planning.plans.enums import PlanState, TermState
from traektoria.planning.plans.forms import TermForm
from traektoria.planning.plans.models import PlanItem
from traektoria.planning.plans.permissions import READ, WRITERS, can_do, can_write
from traektoria.planning.plans.queries.items import times_of
from traektoria.planning.plans.queries.plans import find_item
from traektoria.planning.plans.standing import said
from traektoria.planning.plans.views.items import tell_term


@guard(*READ)
def item_detail(request: ActorRequest, pk: int) -> HttpResponse:
    item = existing(find_item(request.actor, pk))
    return render(request, "planning/item_detail.html", item_of(request.actor, item))


@guard(*WRITERS, methods=POST)
def item_settle(request: ActorRequest, pk: int) -> HttpResponse:
    """What its deadline means."""
    item = existing(find_item(request.actor, pk))
    form = TermForm(request.POST, choices=item.choices)
    made = attempt(form, lambda: settle_term(item=item, reading=form.meant, by=request.actor))
    if made:
        tell_term(request, made)
        return redirect("planning:item_detail", pk)
    context = item_of(request.actor, item) | {"term_form": form}
    return render(request, "planning/item_detail.html", context, status=status_of(form))


def item_of(actor: Actor, item: PlanItem) -> dict[str, Any]:
    """What the page of a line prints."""
    today, running = timezone.localdate(), item.plan.state == PlanState.APPROVED
    times = times_of([item.pk]).get(item.pk, [])
    writes = can_write(actor, item.plan) and item.removed_in_id is None
    open_question = writes and item.term in (TermState.ASKED, TermState.LATER)
    return {
        "item": item,
        "plan": item.plan,
        "times": [(one, said(one.state, one.start, one.due, one.done_on, today)) for one in times],
        "responsible": list(item.responsible.all()),
        "floor": broken_floor(item, today) if running else [],
        "edits": writes and item.plan.state != PlanState.PROPOSED,
        "running": running,
        "does": running and can_do(actor, item),
        "term_form": TermForm(choices=item.choices) if open_question else None,
    }
