"""One time that a line is due: what was done for it, and what may be done about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.forms import WhyForm
from traektoria.core.installation.room import before_reading, counted_for
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.guard import POST, ActorRequest, existing, guard
from traektoria.planning.fulfilment.actions import doing
from traektoria.planning.fulfilment.forms import DeedForm, MoveForm
from traektoria.planning.fulfilment.queries.countable_facts import what_happened
from traektoria.planning.fulfilment.queries.times import find_occurrence
from traektoria.planning.fulfilment.views.deeds import with_forms
from traektoria.planning.plans.enums import OccurrenceState, PlanState
from traektoria.planning.plans.models import ItemOccurrence
from traektoria.planning.plans.occurrence_state import said
from traektoria.planning.plans.permissions import READ, WRITERS, can_do, can_write

MOST_SHOWN = 10
"""So many facts are offered at once for one time."""


@guard(*READ)
def time_detail(request: ActorRequest, pk: int) -> HttpResponse:
    time = existing(find_occurrence(request.actor, pk))
    context = time_of(request.actor, time) | {"more": "more" in request.GET}
    if context["does"] and "find" in request.GET:
        context["happened"], context["happened_more"] = what_happened(time)
    return render(request, "planning/time_detail.html", context)


def time_of(actor: Actor, time: ItemOccurrence) -> dict[str, Any]:
    """What the page of an occurrence prints."""
    item, today, deeds = time.item, timezone.localdate(), list(time.deeds.all())
    stands = item.plan.state == PlanState.APPROVED and item.removed_in_id is None
    is_open = stands and time.state != OccurrenceState.CANCELLED
    writes = stands and can_write(actor, item.plan)
    return {
        "time": time,
        "item": item,
        "plan": item.plan,
        "said": said(time.state, time.start, time.due, time.done_on, today),
        "deeds": with_forms(deeds),
        "suggestions": list(time.suggestions.filter(dismissed_at=None)[:MOST_SHOWN]) if is_open else [],
        "opens": actor.has(item.plan.centre_id, Role.COORDINATOR),
        "undone": [one for one in deeds if one.undone_at is not None],
        "does": is_open and can_do(actor, item),
        "arranges": is_open and writes and time.state == OccurrenceState.OPEN,
        "restores": writes and time.state == OccurrenceState.CANCELLED,
        "deed_form": DeedForm(initial={"day": today, "what": item.content[:300]}),
        "move_form": MoveForm(auto_id="move-%s", initial={"day": time.due}),
        "cancel_form": WhyForm(auto_id="cancel-%s"),
    }


@guard(*READ, methods=POST)
@before_reading(counted_for(ItemOccurrence, "item__plan__centre"))
def deed_tell(request: ActorRequest, pk: int) -> HttpResponse:
    time = existing(find_occurrence(request.actor, pk))
    form = DeedForm(request.POST, request.FILES)
    return _act(
        request, time, form, "deed_form", _("Written down."),
        lambda: doing.tell_deed(occurrence=time, told=form.told, by=request.actor),
    )  # fmt: skip


@guard(*WRITERS, methods=POST)
def time_move(request: ActorRequest, pk: int) -> HttpResponse:
    time = existing(find_occurrence(request.actor, pk))
    form = MoveForm(request.POST, auto_id="move-%s")
    return _act(
        request, time, form, "move_form", _("Moved; the reason stands beside it."),
        lambda: doing.move_occurrence(occurrence=time, by=request.actor, **form.cleaned_data),
    )  # fmt: skip


@guard(*WRITERS, methods=POST)
def time_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    time = existing(find_occurrence(request.actor, pk))
    form = WhyForm(request.POST, auto_id="cancel-%s")
    return _act(
        request, time, form, "cancel_form", _("Cancelled; nobody is reminded of it any more."),
        lambda: doing.cancel_occurrence(occurrence=time, by=request.actor, **form.cleaned_data),
    )  # fmt: skip


@guard(*WRITERS, methods=POST)
def time_restore(request: ActorRequest, pk: int) -> HttpResponse:
    time = existing(find_occurrence(request.actor, pk))
    doing.restore_occurrence(occurrence=time, by=request.actor)
    messages.success(request, _("It is to be done again."))
    return redirect("planning:time_detail", pk)


def _act(
    request: ActorRequest,
    time: ItemOccurrence,
    form: BaseForm,
    name: str,
    done: str,
    action: Callable[[], Any],
) -> HttpResponse:
    if attempt(form, action):
        messages.success(request, done)
        return redirect("planning:time_detail", time.pk)
    context = time_of(request.actor, time) | {name: form}
    return render(request, "planning/time_detail.html", context, status=status_of(form))
