"""Programmes: their list, one, its form, its approval."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from traektoria.core.attempt import attempt, status_of
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.actor import Actor
from traektoria.people.approvers import APPROVERS
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.planning.programmes.actions import approve_programme, begin_programme, change_programme
from traektoria.planning.programmes.forms import ApproveProgrammeForm, ProgrammeForm, from_programme, from_regulation
from traektoria.planning.programmes.models import Programme
from traektoria.planning.programmes.permissions import (
    READ,
    WRITERS,
    can_approve_in,
    check_write_programme,
    reads_plans,
    writes,
)
from traektoria.planning.programmes.queries import find_programme, programme_page


@guard(*READ)
def programme_list(request: ActorRequest) -> HttpResponse:
    page = programme_page(request.actor, request.GET.get("page"))
    begins = not request.actor.roles.isdisjoint(WRITERS)
    return render(request, "planning/programme_list.html", {"page": page, "rows": page.object_list, "begins": begins})


@guard(*WRITERS, methods=BOTH)
def programme_new(request: ActorRequest) -> HttpResponse:
    """Of the centre for a coordinator, of one's own for a tutor; filled in by the regulation."""
    own = not request.actor.is_coordinator
    place = min(request.actor.centres(Role.TUTOR if own else Role.COORDINATOR))
    centre = fetch(TutorCentre.objects.all(), pk=place)
    initial = from_regulation(rules_of(regulation_in_force(centre.pk)), timezone.localdate().year)
    form = ProgrammeForm(request.POST or None, initial=initial)
    made = attempt(form, lambda: begin_programme(centre=centre, own=own, written=form.written, by=request.actor))
    if made:
        messages.success(request, _("The draft is there. When it is approved, write down by what."))
        return redirect("planning:programme_detail", made.pk)
    return render(request, "planning/programme_edit.html", {"form": form, "own": own}, status=status_of(form))


@guard(*READ)
def programme_detail(request: ActorRequest, pk: int) -> HttpResponse:
    found = existing(find_programme(request.actor, pk))
    return render(request, "planning/programme_detail.html", _detail(request.actor, found))


@guard(*WRITERS, methods=BOTH)
def programme_edit(request: ActorRequest, pk: int) -> HttpResponse:
    found = existing(find_programme(request.actor, pk))
    check_write_programme(request.actor, found.centre_id, found.owner_id)
    amends = found.approved_at is not None
    form = ProgrammeForm(request.POST or None, amends=amends, initial=from_programme(found))
    made = attempt(
        form,
        lambda: change_programme(programme=found, written=form.written, reason=form.reason, by=request.actor),
    )
    if made:
        messages.success(request, _("Saved."))
        return redirect("planning:programme_detail", pk)
    context = {"form": form, "found": found, "own": found.owner_id is not None, "amends": amends}
    return render(request, "planning/programme_edit.html", context, status=status_of(form))


@guard(*APPROVERS, methods=POST)
def programme_approve(request: ActorRequest, pk: int) -> HttpResponse:
    found = existing(find_programme(request.actor, pk))
    form = ApproveProgrammeForm(request.POST)
    if attempt(form, lambda: approve_programme(programme=found, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Approved. Its work plan is begun under «Plans»."))
        return redirect("planning:programme_detail", pk)
    context = _detail(request.actor, found) | {"approve_form": form}
    return render(request, "planning/programme_detail.html", context, status=status_of(form))


def _detail(actor: Actor, found: Programme) -> dict[str, Any]:
    lists = (
        (pgettext("plan", "Tasks"), found.tasks), (_("Sections of the work"), found.sections),
        (_("Principles"), found.principles), (_("Expected results"), found.results),
    )  # fmt: skip
    return {
        "found": found,
        "lists": [(label, text.splitlines()) for label, text in lists if text],
        "writes": writes(actor, found),
        "papers": reads_plans(actor, found),
        "approves": found.approved_at is None and can_approve_in(actor, found.centre),
        "revisions": list(found.revisions.select_related("by").order_by("-number")),
        "plans": list(found.plans.order_by("-year", "pk").values_list("pk", "title", "state")),
        "approve_form": ApproveProgrammeForm(),
    }
