"""A line of a plan: typed, changed, taken out, its deadline settled."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.forms import WhyForm
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, guard
from traektoria.planning.people import schools
from traektoria.planning.people.surnames import by_surnames, in_words
from traektoria.planning.plans.actions import writing
from traektoria.planning.plans.enums import PlanState, TermState
from traektoria.planning.plans.forms import ItemForm
from traektoria.planning.plans.models import PlanItem, WorkPlan
from traektoria.planning.plans.permissions import WRITERS, check_write
from traektoria.planning.plans.policies import check_editable, check_standing
from traektoria.planning.plans.queries.plans import find_item, find_plan


@guard(*WRITERS, methods=BOTH)
def item_new(request: ActorRequest, pk: int) -> HttpResponse:
    plan = existing(find_plan(request.actor, pk))
    check_write(request.actor, plan)
    check_editable(plan)
    form = _form(request, plan, {"heading": request.GET.get("section", "")[:300], "needs": 1})

    def add() -> PlanItem:
        given = form.given(*_named(form, plan), guessed=True)
        return writing.add_items(plan=plan, rows=[given], by=request.actor, reason=form.reason)[0]

    made = attempt(form, add)
    if made:
        tell_term(request, made)
        return redirect("planning:item_detail", made.pk)
    return render(request, "planning/item_edit.html", _context(plan, form), status=status_of(form))


@guard(*WRITERS, methods=BOTH)
def item_edit(request: ActorRequest, pk: int) -> HttpResponse:
    item = existing(find_item(request.actor, pk))
    check_write(request.actor, item.plan)
    check_editable(item.plan)
    check_standing(item)
    form = _form(request, item.plan, _initial(item))

    def change() -> PlanItem:
        given = form.given(*_named(form, item.plan), guessed=False)
        return writing.change_item(item=item, given=given, by=request.actor, reason=form.reason)

    made = attempt(form, change)
    if made:
        tell_term(request, made)
        return redirect("planning:item_detail", pk)
    context = _context(item.plan, form) | {"item": item, "remove_form": WhyForm(auto_id="remove-%s")}
    return render(request, "planning/item_edit.html", context, status=status_of(form))


@guard(*WRITERS, methods=POST)
def item_remove(request: ActorRequest, pk: int) -> HttpResponse:
    item = existing(find_item(request.actor, pk))
    form = WhyForm(request.POST, auto_id="remove-%s")
    if item.plan.state != PlanState.APPROVED:
        form.fields["reason"].required = False
    plan = item.plan_id

    def remove() -> bool:
        writing.remove_item(item=item, by=request.actor, **form.cleaned_data)
        return True

    if attempt(form, remove):
        messages.success(request, _("Taken out of the plan."))
        return redirect("planning:plan_detail", plan)
    context = _context(item.plan, _form(request, item.plan, _initial(item), bound=False))
    context |= {"item": item, "remove_form": form}
    return render(request, "planning/item_edit.html", context, status=status_of(form))


def _named(form: ItemForm, plan: WorkPlan) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """People and schools that were typed by name. Raises ``Invalid``."""
    said = form.cleaned_data
    return by_surnames(said["people"], plan.centre_id), schools.schools_by_names(said["schools"], plan.centre)


def tell_term(request: ActorRequest, item: PlanItem) -> None:
    """What came of the deadline, and what to do next."""
    number = item.occurrences.filter(former=False).count()
    if item.term == TermState.ASKED:
        messages.warning(request, _("Saved. The deadline is not understood yet: say below what is meant."))
    elif number:
        messages.success(request, _("Saved. Times in this plan: %(number)s, see below.") % {"number": number})
    else:
        messages.success(request, _("Saved. It has no dates."))


def _form(request: ActorRequest, plan: WorkPlan, initial: dict[str, Any], *, bound: bool = True) -> ItemForm:
    rules = rules_of(regulation_in_force(plan.centre_id))
    directions = [one.title for one in rules.directions if not one.archived]
    amends = plan.state == PlanState.APPROVED
    sent = request.POST or None if bound else None
    return ItemForm(sent, directions=directions, amends=amends, initial=initial)


def _context(plan: WorkPlan, form: ItemForm) -> dict[str, Any]:
    headings = list(plan.headings.values_list("title", flat=True))
    return {"plan": plan, "form": form, "headings": headings, "amends": plan.state == PlanState.APPROVED}


def _initial(item: PlanItem) -> dict[str, Any]:
    rows = list(item.responsible.all())
    words = {
        name: getattr(item, name) for name in ("content", "phrase", "who", "direction", "product", "needs", "number")
    }
    return {
        **words,
        "heading": item.heading.title if item.heading else "",
        "roles": [row.role for row in rows if row.role],
        "counted": item.counted.split(),
        "people": in_words(row.person for row in rows if row.person),
        "schools": schools.in_words(row.school for row in rows if row.school),
    }
