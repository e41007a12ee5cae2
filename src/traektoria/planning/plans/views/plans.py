"""The list of plans, a new one, a draft that is thrown away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import school_year
from traektoria.core.attempt import attempt, status_of
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.planning.plans.actions import approving, writing
from traektoria.planning.plans.actions.copying import copied_items, copied_title, copy_plan
from traektoria.planning.plans.forms import CopyForm, NewPlanForm
from traektoria.planning.plans.models import WorkPlan, year_label
from traektoria.planning.plans.permissions import READ, WRITERS, check_write
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


@guard(*WRITERS, methods=BOTH)
def plan_copy(request: ActorRequest, pk: int) -> HttpResponse:
    """To the next year, or to ``?year=``: years in words are shown before they change, fixed dates are decided."""
    plan = existing(find_plan(request.actor, pk))
    check_write(request.actor, plan)
    years = years_to(plan)
    year = next((one for one, _label in years if str(one) == request.GET.get("year")), years[0][0])
    copied = copied_items(plan, year)
    initial = {"title": copied_title(plan, year)}
    form = CopyForm(request.POST or None, copied=copied, initial=initial)
    made = attempt(
        form,
        lambda: copy_plan(
            plan=plan, year=year, title=form.cleaned_data["title"], decisions=form.decisions, by=request.actor
        ),
    )
    if made:
        messages.success(request, _("The draft for the other year is there: its dates are those of its calendar."))
        return redirect("planning:plan_detail", made.pk)
    context = {"plan": plan, "form": form, "years": years, "year": year, "number": len(copied)}
    return render(request, "planning/plan_copy.html", context, status=status_of(form))


def years_to(plan: WorkPlan) -> list[tuple[int, str]]:
    """The next year first; for an old plan this year and the coming one too."""
    this = school_year.this_year() if plan.is_school else timezone.localdate().year
    wanted = [plan.year + 1, *(year for year in (this, this + 1) if year > plan.year + 1)]
    return [(year, year_label(plan.span, year)) for year in wanted]


@guard(*WRITERS, methods=POST)
def plan_discard(request: ActorRequest, pk: int) -> HttpResponse:
    approving.discard_plan(plan=existing(find_plan(request.actor, pk)), by=request.actor)
    messages.success(request, _("The draft is thrown away."))
    return redirect("planning:plan_list")


def _centre(pk: int) -> TutorCentre:
    return fetch(TutorCentre.objects.select_related("municipality", "school"), pk=pk)
