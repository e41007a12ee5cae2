"""The page of a plan, and what is done with it as a whole."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errands import is_light
from traektoria.core.forms import WhyForm
from traektoria.people.actor import Actor
from traektoria.people.approvers import APPROVERS
from traektoria.people.guard import POST, ActorRequest, existing, guard
from traektoria.planning.fulfilment.queries.times import offered_times
from traektoria.planning.plans.actions import approving
from traektoria.planning.plans.actions.dating import today_in
from traektoria.planning.plans.enums import PlanState
from traektoria.planning.plans.errands import APPROVE, ask_to_approve, weight_of
from traektoria.planning.plans.forms import ApprovePlanForm
from traektoria.planning.plans.models import WorkPlan
from traektoria.planning.plans.permissions import READ, WRITERS, can_approve, can_write, reads_whole
from traektoria.planning.plans.queries.items import item_page
from traektoria.planning.plans.queries.past_times import past_times
from traektoria.planning.plans.queries.plans import find_plan


@guard(*READ)
def plan_detail(request: ActorRequest, pk: int) -> HttpResponse:
    plan = existing(find_plan(request.actor, pk))
    context = detail_of(request.actor, plan, request.GET.get("page"))
    return render(request, "planning/plan_detail.html", context)


def detail_of(actor: Actor, plan: WorkPlan, asked: object = None) -> dict[str, Any]:
    """What the page of a plan prints."""
    page = item_page(actor, plan, asked, timezone.localdate())
    writes, approves = can_write(actor, plan), plan.state != PlanState.APPROVED and can_approve(actor, plan)
    past = past_of(plan) if writes or approves else 0
    return {
        "plan": plan,
        "page": page,
        "rows": page.object_list,
        "writes": writes,
        "whole": reads_whole(actor, plan),
        "offered": offered_times([row.pk for row in page])[0] if plan.state == PlanState.APPROVED else set(),
        "edits": writes and plan.state != PlanState.PROPOSED,
        "approves": approves and (writes or plan.state == PlanState.PROPOSED),
        "asked": plan.items.filter(removed_in=None, term="asked").count() if writes else 0,
        "revisions": list(plan.revisions.select_related("by").order_by("-number")[:20]),
        "past": past,
        "approve_form": ApprovePlanForm(auto_id="approve-%s", past=past),
        "return_form": WhyForm(auto_id="return-%s"),
    }


def past_of(plan: WorkPlan) -> int:
    """How much of a plan that is not approved yet was due before today."""
    return 0 if plan.state == PlanState.APPROVED else past_times(plan, today_in(plan)).count()


@guard(*WRITERS, methods=POST)
def plan_propose(request: ActorRequest, pk: int) -> HttpResponse:
    plan = existing(find_plan(request.actor, pk))
    approving.propose_plan(plan=plan, by=request.actor)
    messages.success(request, _("Put forward. Who approves it has it on «My day»."))
    return redirect("planning:plan_detail", pk)


@guard(*WRITERS, methods=POST)
def plan_recall(request: ActorRequest, pk: int) -> HttpResponse:
    approving.recall_plan(plan=existing(find_plan(request.actor, pk)), by=request.actor)
    messages.success(request, _("It is a draft again."))
    return redirect("planning:plan_detail", pk)


@guard(*APPROVERS, methods=POST)
def plan_approve(request: ActorRequest, pk: int) -> HttpResponse:
    plan = existing(find_plan(request.actor, pk))
    form = ApprovePlanForm(request.POST, auto_id="approve-%s", past=past_of(plan))
    if form.is_valid() and plan.state != PlanState.APPROVED and not is_light(APPROVE, weight_of(plan)):
        asked = attempt(form, lambda: ask_to_approve(plan=plan, by=request.actor, **form.cleaned_data))
        if asked:
            return redirect("desk:errand_detail", asked.pk)
        return _refused(request, plan, form, "approve_form")
    done = _("Approved. What is due now stands on «My day» of those who answer for it.")
    return _act(
        request, plan, form, "approve_form", done,
        lambda: approving.approve_plan(plan=plan, by=request.actor, **form.cleaned_data),
    )  # fmt: skip


@guard(*APPROVERS, methods=POST)
def plan_return(request: ActorRequest, pk: int) -> HttpResponse:
    plan = existing(find_plan(request.actor, pk))
    form = WhyForm(request.POST, auto_id="return-%s")
    done = _("Returned; the reason stands on the page of the plan.")
    return _act(
        request, plan, form, "return_form", done,
        lambda: approving.return_plan(plan=plan, by=request.actor, **form.cleaned_data),
    )  # fmt: skip


def _act(
    request: ActorRequest, plan: WorkPlan, form: BaseForm, name: str, done: str, action: Callable[[], Any]
) -> HttpResponse:
    if attempt(form, action):
        messages.success(request, done)
        return redirect("planning:plan_detail", plan.pk)
    return _refused(request, plan, form, name)


def _refused(request: ActorRequest, plan: WorkPlan, form: BaseForm, name: str) -> HttpResponse:
    context = detail_of(request.actor, plan) | {name: form}
    return render(request, "planning/plan_detail.html", context, status=status_of(form))
