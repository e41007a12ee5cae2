"""The list of plans, a new one, a draft that is thrown away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.planning.plans.actions import approving, writing
from traektoria.planning.plans.forms import NewPlanForm
from traektoria.planning.plans.permissions import READ, WRITERS
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
    if made and form.cleaned_data["start"] == "table":
        messages.success(request, _("The draft is there. Now choose the file with the plan."))
        return redirect("planning:import_new", made.pk)
    if made:
        messages.success(request, _("The draft is there. Look through the deadlines, then approve the plan."))
        return redirect("planning:plan_detail", made.pk)
    both = actor.is_coordinator and actor.is_tutor
    context = {"form": form, "own": own, "both": both, "centre": centre}
    return render(request, "planning/plan_new.html", context, status=status_of(form))


@guard(*WRITERS, methods=POST)
def plan_discard(request: ActorRequest, pk: int) -> HttpResponse:
    approving.discard_plan(plan=existing(find_plan(request.actor, pk)), by=request.actor)
    messages.success(request, _("The draft is thrown away."))
    return redirect("planning:plan_list")


def _centre(pk: int) -> TutorCentre:
    return fetch(TutorCentre.objects.select_related("municipality", "school"), pk=pk)
