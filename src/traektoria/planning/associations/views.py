"""Associations: their list, one, its form."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Invalid
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.planning.associations.actions import close_association, save_association
from traektoria.planning.associations.forms import AssociationForm
from traektoria.planning.associations.models import Association
from traektoria.planning.associations.permissions import READ, can_keep, chairs, check_keep
from traektoria.planning.associations.queries import association_page, find_association
from traektoria.planning.people.surnames import by_surnames, in_words


@guard(*READ)
def association_list(request: ActorRequest) -> HttpResponse:
    page = association_page(request.actor, request.GET.get("page"))
    return render(request, "planning/association_list.html", {"page": page, "rows": page.object_list})


@guard(*READ)
def association_detail(request: ActorRequest, pk: int) -> HttpResponse:
    found = existing(find_association(request.actor, pk))
    context = {
        "found": found,
        "members": sorted(found.members.all(), key=lambda one: one.sort_name),
        "schedules": list(_schedules(request.actor, found)),
        "keeps": can_keep(request.actor, found.centre_id),
        "plans": found.closed_on is None and (can_keep(request.actor, found.centre_id) or chairs(request.actor, found)),
    }
    return render(request, "planning/association_detail.html", context)


def _schedules(actor: Actor, found: Association) -> QuerySet[Any, Any]:
    """Approved ones; drafts too for who writes them. One query."""
    rows: QuerySet[Any, Any] = found.plans.order_by("-year", "pk")
    writes = can_keep(actor, found.centre_id) or chairs(actor, found)
    return (rows if writes else rows.filter(approved_at__isnull=False)).values_list("pk", "title")


@guard(Role.COORDINATOR, methods=BOTH)
def association_new(request: ActorRequest) -> HttpResponse:
    centre = fetch(TutorCentre.objects.all(), pk=min(request.actor.centres(Role.COORDINATOR)))
    return _edited(request, centre, None)


@guard(Role.COORDINATOR, methods=BOTH)
def association_edit(request: ActorRequest, pk: int) -> HttpResponse:
    found = existing(find_association(request.actor, pk))
    check_keep(request.actor, found.centre_id)
    return _edited(request, found.centre, found)


@guard(Role.COORDINATOR, methods=POST)
def association_close(request: ActorRequest, pk: int) -> HttpResponse:
    close_association(association=existing(find_association(request.actor, pk)), by=request.actor)
    messages.success(request, _("Closed; its plans stay to be read."))
    return redirect("planning:association_detail", pk)


def _edited(request: ActorRequest, centre: TutorCentre, found: Association | None) -> HttpResponse:
    initial = {}
    if found is not None:
        initial = {"name": found.name, "subject": found.subject, "members": in_words(found.members.all())}
        initial["chair"] = in_words([found.chair]) if found.chair else ""
    form = AssociationForm(request.POST or None, initial=initial)

    def save() -> Association:
        said = form.cleaned_data
        chair = by_surnames(said["chair"], centre.pk)
        if len(chair) > 1:
            raise Invalid(_("One person leads an association."), code="one_chair")
        return save_association(
            association=found, centre=centre, name=said["name"], subject=said["subject"],
            chair=next(iter(chair), None), members=by_surnames(said["members"], centre.pk), by=request.actor,
        )  # fmt: skip

    made = attempt(form, save)
    if made:
        messages.success(request, _("Saved. Its plan-schedule is begun on its page."))
        return redirect("planning:association_detail", made.pk)
    return render(request, "planning/association_edit.html", {"form": form, "found": found}, status=status_of(form))
