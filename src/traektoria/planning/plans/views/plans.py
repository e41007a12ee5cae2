"""The list of plans, a new one, the page of a plan and what is done with it as a whole."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.planning.plans.actions import approving, writing
from traektoria.planning.plans.enums import PlanState
from traektoria.planning.plans.forms import ApproveForm, NewPlanForm, ReasonForm
from traektoria.planning.plans.models import WorkPlan
from traektoria.planning.plans.permissions import APPROVERS, READ, WRITERS, can_approve, can_write, reads_whole
from traektoria.planning.plans.queries.items import item_page
from traektoria.planning.plans.queries.plans import find_plan, plan_page


@guard(*READ)
def plan_list(request: ActorRequest) -> HttpResponse:
    page = plan_page(request.actor, request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "begins": begins(request.actor)}
    return render(request, "planning/plan_list.html", context)


def begins(actor: Actor) -> bool:
    return actor.is_coordinator or actor.is_tutor


@guard(*WRITERS, methods=BOTH)
def plan_new(request: ActorRequest) -> HttpResponse:
    """Of the centre for a coordinator, of one's own for a tutor (``?own=1``)."""
    actor = request.actor
    own = not actor.is_coordinator or (actor.is_tutor and request.GET.get("own") == "1")
    centre = _centre(min(actor.centres(Role.TUTOR if own else Role.COORDINATOR)))
    form = NewPlanForm(request.POST or None)
    made = attempt(form, lambda: writing.begin_plan(centre=centre, own=own, by=actor, **form.given))
    if made:
        messages.success(request, _("The draft is there. Look through the deadlines, then approve the plan."))
        return redirect("planning:plan_detail", made.pk)
    both = actor.is_coordinator and actor.is_tutor
    context = {"form": form, "own": own, "both": both, "centre": centre}
    return render(request, "planning/plan_new.html", context, status=status_of(form))


@guard(*READ)
def plan_detail(request: ActorRequest, pk: int) -> HttpResponse:
    plan = existing(find_plan(request.actor, pk))
    context = detail_of(request.actor, plan, request.GET.get("page"))
    return render(request, "planning/plan_detail.html", context)


def detail_of(actor: Actor, plan: WorkPlan, asked: object = None) -> dict[str, Any]:
    """What the page of a plan prints."""
    page = item_page(actor, plan, asked, timezone.localdate())
    writes, approves = can_write(actor, plan), plan.state != PlanState.APPROVED and can_approve(actor, plan)
    return {
        "plan": plan,
        "page": page,
        "rows": page.object_list,
        "writes": writes,
        "edits": writes and plan.state != PlanState.PROPOSED,
        "approves": approves and (writes or plan.state == PlanState.PROPOSED),
        "whole": reads_whole(actor, plan),
        "asked": plan.items.filter(removed_in=None, term="asked").count() if writes else 0,
        "revisions": list(plan.revisions.select_related("by").order_by("-number")[:20]),
        "approve_form": ApproveForm(auto_id="approve-%s"),
        "return_form": ReasonForm(auto_id="return-%s"),
    }


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
    form = ApproveForm(request.POST, auto_id="approve-%s")
    done = _("Approved. What is due now stands on «My day» of those who answer for it.")
    return _act(
        request, plan, form, "approve_form", done,
        lambda: approving.approve_plan(plan=plan, by=request.actor, **form.cleaned_data),
    )  # fmt: skip


@guard(*APPROVERS, methods=POST)
def plan_return(request: ActorRequest, pk: int) -> HttpResponse:
    plan = existing(find_plan(request.actor, pk))
    form = ReasonForm(request.POST, auto_id="return-%s")
    done = _("Returned; the reason stands on the page of the plan.")
    return _act(
        request, plan, form, "return_form", done,
        lambda: approving.return_plan(plan=plan, by=request.actor, **form.cleaned_data),
    )  # fmt: skip


@guard(*WRITERS, methods=POST)
def plan_discard(request: ActorRequest, pk: int) -> HttpResponse:
    approving.discard_plan(plan=existing(find_plan(request.actor, pk)), by=request.actor)
    messages.success(request, _("The draft is thrown away."))
    return redirect("planning:plan_list")


def _act(
    request: ActorRequest, plan: WorkPlan, form: BaseForm, name: str, done: str, action: Callable[[], Any]
) -> HttpResponse:
    if attempt(form, action):
        messages.success(request, done)
        return redirect("planning:plan_detail", plan.pk)
    context = detail_of(request.actor, plan) | {name: form}
    return render(request, "planning/plan_detail.html", context, status=status_of(form))


def _centre(pk: int) -> TutorCentre:
    return fetch(TutorCentre.objects.select_related("municipality", "school"), pk=pk)
