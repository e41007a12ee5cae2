"""The list of plans, a new one, a draft that is thrown away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import school_year
from traektoria.core.attempt import attempt, status_of
from traektoria.core.errands import is_light
from traektoria.core.errors import Refused
from traektoria.core.models import Errand
from traektoria.core.paging import counted_page
from traektoria.core.text import whole_number
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.planning.associations.models import Association
from traektoria.planning.associations.queries import find_association
from traektoria.planning.plans.actions import approving, writing
from traektoria.planning.plans.actions.copying import copied_items, copied_title, copy_plan, foreseen
from traektoria.planning.plans.errands import COPY, ask_to_copy, copied_words, weight_of
from traektoria.planning.plans.forms import CopyForm, NewPlanForm
from traektoria.planning.plans.models import WorkPlan, year_label
from traektoria.planning.plans.permissions import READ, WRITERS, check_begin, check_write
from traektoria.planning.plans.queries.plans import find_plan, plan_page
from traektoria.planning.programmes.models import Programme
from traektoria.planning.programmes.queries import find_programme


@guard(*READ)
def plan_list(request: ActorRequest) -> HttpResponse:
    page = plan_page(request.actor, request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "begins": begins(request.actor)}
    return render(request, "planning/plan_list.html", context)


def begins(actor: Actor) -> bool:
    return actor.is_coordinator or actor.is_tutor


@guard(*READ, methods=BOTH)
def plan_new(request: ActorRequest) -> HttpResponse:
    """Of the centre for a coordinator, of one's own for a tutor (``?own=1``), of an association (``?association=``)
    for who leads it; ``?programme=`` names what it carries out."""
    actor, association = request.actor, _association(request)
    own = association is None and (not actor.is_coordinator or (actor.is_tutor and request.GET.get("own") == "1"))
    centre = association.centre if association else _place(actor, own=own)
    check_begin(actor, centre.pk, own=own, association=association)
    programme = _programme(request, centre)
    form = NewPlanForm(request.POST or None, initial={"start": "empty"} if association else None)
    made = attempt(
        form,
        lambda: writing.begin_plan(
            centre=centre, own=own, association=association, programme=programme, by=actor, **form.given
        ),
    )
    if made and form.cleaned_data["start"] == "table":
        messages.success(request, _("The draft is there. Now choose the file with the plan."))
        return redirect("planning:import_new", made.pk)
    if made:
        messages.success(request, _("The draft is there. Look through the deadlines, then approve the plan."))
        return redirect("planning:plan_detail", made.pk)
    both = association is None and actor.is_coordinator and actor.is_tutor
    context = {"form": form, "own": own, "both": both, "centre": centre, "association": association}
    return render(request, "planning/plan_new.html", context, status=status_of(form))


def _association(request: ActorRequest) -> Association | None:
    asked = request.GET.get("association")
    return existing(find_association(request.actor, whole_number(asked))) if asked else None


def _programme(request: ActorRequest, centre: TutorCentre) -> Programme | None:
    """Of the same centre, among those that the person sees."""
    asked = whole_number(request.GET.get("programme"))
    found = find_programme(request.actor, asked) if asked else None
    return found if found and found.centre_id == centre.pk else None


def _place(actor: Actor, *, own: bool) -> TutorCentre:
    """Raises ``Refused`` for whoever begins nothing by a role."""
    places = actor.centres(Role.TUTOR if own else Role.COORDINATOR)
    if not places:
        raise Refused(_("Plans are begun by the coordinator, tutors, and those who lead an association."))
    return _centre(min(places))


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
    later = request.method == "POST" and not is_light(COPY, weight_of(plan))
    act = ask_to_copy if later else copy_plan
    made = attempt(
        form,
        lambda: act(plan=plan, year=year, title=form.cleaned_data["title"], decisions=form.decisions, by=request.actor),
    )
    if isinstance(made, Errand):
        return redirect("desk:errand_detail", made.pk)
    if made:
        messages.success(request, copied_words())
        return redirect("planning:plan_detail", made.pk)
    context = {"plan": plan, "form": form, "years": years, "year": year, "number": len(copied)}
    page = counted_page(copied, request.GET.get("page"))
    context |= {"page": page, "foreseen": foreseen(plan, page.object_list, year)}
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
