"""The preview: looked through row by row, then taken into the plan or thrown away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errands import is_light, settle
from traektoria.core.paging import number_with
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, guard
from traektoria.planning.imports import actions
from traektoria.planning.imports.draft_rows import DraftRow
from traektoria.planning.imports.errands import TAKE, ask_to_take, taken_words
from traektoria.planning.imports.forms import RowForm, TableColumnsForm, TakeForm, initial_of
from traektoria.planning.imports.models import PlanImport
from traektoria.planning.imports.permissions import check_import
from traektoria.planning.imports.queries import (
    SHOWS,
    find_import,
    names_of,
    past_of,
    preview_of,
    row_of,
    shown_row,
    table_of,
    times_of,
)
from traektoria.planning.imports.sentences import place_words, row_words
from traektoria.planning.plans.actions.dating import today_in
from traektoria.planning.plans.enums import PlanState
from traektoria.planning.plans.permissions import WRITERS

FATES = {"leave", "take", "fine", "section"}


@guard(*WRITERS)
def import_detail(request: ActorRequest, token: UUID) -> HttpResponse:
    draft = _draft(request, token)
    return render(request, "planning/import_detail.html", _context(request, draft))


@guard(*WRITERS, methods=BOTH)
def import_row(request: ActorRequest, token: UUID, place: int) -> HttpResponse:
    """A row in other words: in its place where htmx asked for it, else on a page of its own."""
    draft = _draft(request, token)
    row = _line(draft, place)
    form = RowForm(request.POST or None, initial=initial_of(row))
    changed = attempt(
        form, lambda: actions.change_row(draft=draft, number=place, given=form.cleaned_data, by=request.actor)
    )
    if changed:
        return _row(request, draft, place)
    context = {"draft": draft, "place": place, "form": form, "shown": shown_row(place, row, {})}
    name = "planning/import_row.html#row" if request.htmx else "planning/import_row.html"
    answer = render(request, name, context, status=status_of(form))
    if request.htmx and form.is_bound:
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = f"#row-{place}", "outerHTML"
    return answer


@guard(*WRITERS, methods=POST)
def import_fate(request: ActorRequest, token: UUID, place: int, fate: str) -> HttpResponse:
    if fate not in FATES:
        raise Http404
    draft = _draft(request, token)
    _line(draft, place)
    facts: dict[str, Any] = {"draft": draft, "number": place, "by": request.actor}
    if fate == "section":
        actions.hold_as_section(**facts)
        return _whole(request, draft)
    if fate == "fine":
        actions.approve_row(**facts)
    else:
        actions.leave_row(**facts, out=fate == "leave")
    return _row(request, draft, place)


@guard(*WRITERS, methods=BOTH)
def import_columns(request: ActorRequest, token: UUID, table: int) -> HttpResponse:
    """Which column of the table is what, where we understood it wrongly."""
    draft = _draft(request, token)
    found = table_of(draft, table)
    if found is None:
        raise Http404
    columns, samples = found
    form = TableColumnsForm(request.POST or None, table=columns, samples=samples)

    def name() -> bool:
        actions.name_columns(draft=draft, table=table, meanings=form.meanings, by=request.actor)
        return True

    if attempt(form, name):
        messages.success(request, _("The rows are understood anew. Look through them."))
        return redirect("planning:import_detail", draft.pk)
    context = {"form": form, "draft": draft, "place": place_words(columns.spot)}
    return render(request, "planning/import_columns.html", context, status=status_of(form))


@guard(*WRITERS, methods=POST)
def import_take(request: ActorRequest, token: UUID) -> HttpResponse:
    draft = _draft(request, token)
    form = _take_form(draft, request.POST)
    if draft.taken_at is None and not is_light(TAKE, times_of(draft)):
        asked = attempt(form, lambda: ask_to_take(draft=draft, by=request.actor, **form.cleaned_data))
        return redirect("desk:errand_detail", asked.pk) if asked else _refused(request, draft, form)
    taken = attempt(form, lambda: actions.take_import(draft=draft, by=request.actor, **form.cleaned_data))
    if taken is None:
        return _refused(request, draft, form)
    settle(reverse("planning:import_detail", args=[draft.pk]), by=request.actor)
    messages.success(request, taken_words(draft.plan, taken.taken or 0))
    return redirect("planning:plan_detail", draft.plan_id)


def _refused(request: ActorRequest, draft: PlanImport, form: TakeForm) -> HttpResponse:
    context = _context(request, draft) | {"take_form": form}
    return render(request, "planning/import_detail.html", context, status=status_of(form))


@guard(*WRITERS, methods=POST)
def import_drop(request: ActorRequest, token: UUID) -> HttpResponse:
    draft = _draft(request, token)
    actions.drop_import(draft=draft, by=request.actor)
    settle(reverse("planning:import_detail", args=[draft.pk]), by=request.actor)
    messages.success(request, _("What was read is thrown away; the plan is as it was."))
    return redirect("planning:plan_detail", draft.plan_id)


def _draft(request: ActorRequest, token: UUID) -> PlanImport:
    draft = existing(find_import(request.actor, token))
    check_import(request.actor, draft.plan)
    return draft


def _line(draft: PlanImport, place: int) -> DraftRow:
    """Raises ``Http404`` where the table has no such row."""
    row = row_of(draft, place)
    if row is None:
        raise Http404
    return row


def _take_form(draft: PlanImport, given: QueryDict | None = None) -> TakeForm:
    amends = draft.plan.state == PlanState.APPROVED
    return TakeForm(given, amends=amends, past=past_of(draft, today_in(draft.plan)) if amends else 0)


def _context(request: ActorRequest, draft: PlanImport) -> dict[str, Any]:
    show = request.GET.get("show", "all")
    preview = preview_of(draft, show if show in SHOWS else "all", request.GET.get("page"))
    form = _take_form(draft)
    rows = {"preview": preview, "rows": preview.page.object_list}
    return {"draft": draft, "plan": draft.plan, "take_form": form, **rows, **_around(draft)}


def _around(draft: PlanImport) -> dict[str, Any]:
    """What each row needs besides itself."""
    return {"row_words": row_words(), "row_base": reverse("planning:import_detail", args=[draft.pk])}


def _row(request: ActorRequest, draft: PlanImport, place: int) -> HttpResponse:
    """After a write: the row for htmx, else back to its place."""
    if not request.htmx:
        return redirect(f"{_page_of(draft, place)}#row-{place}")
    fresh = existing(find_import(request.actor, draft.pk))
    row = _line(fresh, place)
    context = {"one": shown_row(place, row, names_of(row.people)), **_around(draft)}
    return render(request, "planning/import_line.html", context)


def _whole(request: ActorRequest, draft: PlanImport) -> HttpResponse:
    url = reverse("planning:import_detail", args=[draft.pk])
    return HttpResponse(headers={"HX-Redirect": url}) if request.htmx else redirect(url)


def _page_of(draft: PlanImport, place: int) -> str:
    number = number_with(place)
    url = reverse("planning:import_detail", args=[draft.pk])
    return f"{url}?page={number}" if number > 1 else url
