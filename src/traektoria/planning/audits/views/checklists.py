"""Checklists by kind, an edition, its criteria."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.organisations.queries import centre_of
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.planning.audits.actions import checklists
from traektoria.planning.audits.content import Criterion, criteria_of, default_sections, sections_of
from traektoria.planning.audits.forms import CriterionForm
from traektoria.planning.audits.kinds import kinds_of
from traektoria.planning.audits.models import ChecklistVersion
from traektoria.planning.audits.policies import check_draft
from traektoria.planning.audits.queries.checklists import checklist_rows, versions_visible_to


@guard(Role.COORDINATOR)
def checklist_list(request: ActorRequest) -> HttpResponse:
    centre = centre_of(request.actor)
    context = {"rows": checklist_rows(centre.pk), "centre": centre}
    return render(request, "planning/checklist_list.html", context)


@guard(Role.COORDINATOR)
def checklist_default(request: ActorRequest, kind: str) -> HttpResponse:
    """What is proposed, before the centre has used or changed it."""
    found = kinds_of(centre_of(request.actor).pk).get(kind)
    if found is None or not default_sections(kind):
        raise Http404
    context = {"kind": found, "sections": default_sections(kind)}
    return render(request, "planning/checklist_detail.html", context)


@guard(Role.COORDINATOR, methods=POST)
def checklist_begin(request: ActorRequest, kind: str) -> HttpResponse:
    """A draft of the next edition."""
    centre = centre_of(request.actor)
    if kind not in kinds_of(centre.pk):
        raise Http404
    draft = checklists.begin_edition(centre_id=centre.pk, kind=kind, by=request.actor)
    return redirect("planning:checklist_detail", draft.pk)


@guard(Role.COORDINATOR)
def checklist_detail(request: ActorRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    kind = kinds_of(version.checklist.centre_id).get(version.checklist.kind)
    context = {"version": version, "kind": kind, "sections": sections_of(version.sections)}
    return render(request, "planning/checklist_detail.html", context)


@guard(Role.COORDINATOR, methods=BOTH)
def criterion_new(request: ActorRequest, pk: int) -> HttpResponse:
    version = _draft(request, pk)
    form = CriterionForm(request.POST or None, initial={"section": request.GET.get("section", "")[:200]})
    if attempt(form, lambda: checklists.add_criterion(version=version, by=request.actor, **_of(form))):
        messages.success(request, _("Added. The edition is used when you publish it."))
        return redirect("planning:checklist_detail", pk)
    return _form_page(request, version, form)


@guard(Role.COORDINATOR, methods=BOTH)
def criterion_edit(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    version = _draft(request, pk)
    section, criterion = _criterion(version, number)
    form = CriterionForm(request.POST or None, initial={**vars(criterion), "section": section})
    if attempt(
        form, lambda: checklists.change_criterion(version=version, number=number, by=request.actor, **_of(form))
    ):
        messages.success(request, _("Changed. The edition is used when you publish it."))
        return redirect("planning:checklist_detail", pk)
    return _form_page(request, version, form, criterion)


@guard(Role.COORDINATOR, methods=POST)
def criterion_drop(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    checklists.drop_criterion(version=_draft(request, pk), number=number, by=request.actor)
    return redirect("planning:checklist_detail", pk)


@guard(Role.COORDINATOR, methods=POST)
def criterion_up(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    checklists.raise_criterion(version=_draft(request, pk), number=number, by=request.actor)
    return redirect("planning:checklist_detail", pk)


@guard(Role.COORDINATOR, methods=POST)
def checklist_publish(request: ActorRequest, pk: int) -> HttpResponse:
    checklists.publish_edition(version=_version(request, pk), by=request.actor)
    messages.success(request, _("Published: audits that begin from now on go by this edition."))
    return redirect("planning:checklist_detail", pk)


@guard(Role.COORDINATOR, methods=POST)
def checklist_drop(request: ActorRequest, pk: int) -> HttpResponse:
    checklists.drop_edition(version=_draft(request, pk), by=request.actor)
    messages.success(request, _("The draft is thrown away; the edition in force stays."))
    return redirect("planning:checklist_list")


def _version(request: ActorRequest, pk: int) -> ChecklistVersion:
    return fetch(versions_visible_to(request.actor), pk=pk)


def _draft(request: ActorRequest, pk: int) -> ChecklistVersion:
    version = _version(request, pk)
    check_draft(version)
    return version


def _criterion(version: ChecklistVersion, number: int) -> tuple[str, Criterion]:
    for section in sections_of(version.sections):
        if number in (found := criteria_of([section])):
            return section.title, found[number]
    raise Http404


def _of(form: CriterionForm) -> dict[str, Any]:
    return {"section": form.cleaned_data["section"].strip(), "given": form.given}


def _form_page(
    request: ActorRequest, version: ChecklistVersion, form: CriterionForm, criterion: Criterion | None = None
) -> HttpResponse:
    titles = [one.title for one in sections_of(version.sections)]
    context = {"version": version, "form": form, "criterion": criterion, "titles": titles}
    return render(request, "planning/criterion_form.html", context, status=status_of(form))
