"""Official lists of schools: which there are, a new one with its table, its schools ticked, taken out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Conflict
from traektoria.core.files import attachment
from traektoria.core.guard import BOTH, POST, GuardedRequest, fetch, guard
from traektoria.core.submissions import token_of
from traektoria.organisations.enums import HelpReason, ImportKind, Role
from traektoria.organisations.imports import asked_of, drafts_of, table_of
from traektoria.organisations.lists.actions import keep_list_table, remove_list, save_list
from traektoria.organisations.lists.forms import ListForm, TickForm
from traektoria.organisations.lists.queries import lists_in_force, lists_visible_to, of_centre
from traektoria.organisations.lists.reader import COLUMNS, Recognised, recognise
from traektoria.organisations.models import ImportDraft, SchoolList, TutorCentre
from traektoria.organisations.queries import centre_of, regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.views import asks_again, name_columns_page
from traektoria.organisations.workbooks import template_workbook


@guard(Role.COORDINATOR)
def list_list(request: GuardedRequest) -> HttpResponse:
    centre = centre_of(request.actor)
    rules = rules_of(regulation_in_force(centre.pk))
    counts = {one.pk for one in lists_in_force([centre.pk])}
    context = {"rows": of_centre(request.actor, centre), "counts": counts, "first": rules.support.first}
    return render(request, "organisations/list_list.html", context)


@guard(Role.COORDINATOR, methods=BOTH)
def list_new(request: GuardedRequest) -> HttpResponse:
    """The list and its table; nothing is taken before the schools are looked through."""
    centre = centre_of(request.actor)
    form = ListForm(request.POST or None, request.FILES or None)
    draft = attempt(form, lambda: _keep(request, centre, form))
    if draft:
        return redirect("organisations:list_check", draft.pk)
    return render(request, "organisations/list_new.html", {"form": form, "columns": COLUMNS}, status=status_of(form))


@guard(Role.COORDINATOR)
def list_template(request: GuardedRequest) -> HttpResponse:
    return attachment(template_workbook(_("List"), COLUMNS), "list-template.xlsx")


@guard(Role.COORDINATOR, methods=BOTH)
def list_check(request: GuardedRequest, token: UUID) -> HttpResponse:
    """What was recognised, ticked; the press takes what is ticked."""
    draft = fetch(drafts_of(request.actor, ImportKind.LISTS).select_related("centre__municipality"), pk=token)
    upload = reverse("organisations:list_new")
    if asked := asked_of(draft):
        return name_columns_page(request, draft, asked, COLUMNS, upload=upload, table=None)
    if request.method == "POST" and asks_again(request, draft, request.actor):
        return redirect(request.path)
    if not {"reason", "year", "source"} <= set(draft.about):
        raise Conflict(_("Which list this is can't be read any more: begin it once more."), code="about_lost")
    reason, year = HelpReason(draft.about["reason"]), int(draft.about["year"])
    row = lists_visible_to(request.actor).filter(centre=draft.centre, reason=reason, year=year).first()
    found = recognise(table_of(draft), draft.centre, reason)
    have = set(row.rows.values_list("school_id", flat=True)) if row else set()
    ticked = list(found.schools) if draft.rows else sorted(have)
    initial = {"source": draft.about["source"], "schools": ticked, "seen": row.edition if row else 0}
    form = TickForm(request.POST or None, choices=_choices(draft.centre, found, have), initial=initial)
    if saved := attempt(form, lambda: _save(request, draft.centre, reason, year, form)):
        return _saved(request, saved)
    context = {"form": form, "draft": draft, "found": found, "row": row, "list": _title(reason, year)}
    return render(request, "organisations/list_check.html", context, status=status_of(form))


@guard(Role.COORDINATOR, methods=BOTH)
def list_edit(request: GuardedRequest, pk: int) -> HttpResponse:
    row = fetch(lists_visible_to(request.actor), pk=pk)
    have = set(row.rows.values_list("school_id", flat=True))
    initial = {"source": row.source, "schools": sorted(have), "seen": row.edition}
    form = TickForm(request.POST or None, choices=row.centre.schools().values_list("pk", "name"), initial=initial)
    if saved := attempt(form, lambda: _save(request, row.centre, HelpReason(row.reason), row.year, form)):
        return _saved(request, saved)
    return render(request, "organisations/list_edit.html", {"form": form, "row": row}, status=status_of(form))


@guard(Role.COORDINATOR, methods=POST)
def list_remove(request: GuardedRequest, pk: int) -> HttpResponse:
    row = fetch(lists_visible_to(request.actor), pk=pk)
    remove_list(row=row, by=request.actor)
    messages.success(request, _("«%(list)s» is taken out.") % {"list": row})
    return redirect("organisations:list_list")


def _keep(request: GuardedRequest, centre: TutorCentre, form: ListForm) -> ImportDraft:
    given = {"file": form.cleaned_data["file"], "text": form.cleaned_data["text"]}
    return keep_list_table(centre=centre, about=form.about, by=request.actor, token=token_of(request), **given)


def _save(request: GuardedRequest, centre: TutorCentre, reason: HelpReason, year: int, form: TickForm) -> SchoolList:
    return save_list(centre=centre, reason=reason, year=year, by=request.actor, **form.cleaned_data)


def _saved(request: GuardedRequest, row: SchoolList) -> HttpResponse:
    messages.success(
        request, _("«%(list)s» is saved. Its schools are helped first where your rules say so.") % {"list": row}
    )
    return redirect("organisations:list_list")


def _title(reason: HelpReason, year: int) -> str:
    return str(SchoolList(reason=reason, year=year))


def _choices(centre: TutorCentre, found: Recognised, have: set[int]) -> list[tuple[int, Any]]:
    """Recognised schools first with the row that names them, then those of the list as it was, then the others."""
    schools = list(centre.schools().values_list("pk", "name"))
    rows = {pk: f"{name} – {_at(found.schools[pk])}" for pk, name in schools if pk in found.schools}
    was = {
        pk: _("%(school)s – stands in the list, not in the table") % {"school": name}
        for pk, name in schools
        if pk in have and pk not in rows and rows
    }
    rest = {pk: name for pk, name in schools if pk not in rows and pk not in was}
    return [*rows.items(), *was.items(), *rest.items()]


def _at(named: Any) -> str:
    return _("row %(row)s: «%(text)s»") % {"row": named.place, "text": named.text[:80]}
