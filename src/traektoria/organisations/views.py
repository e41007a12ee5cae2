"""Pages of the centre: schools, calendar, settings. All are the coordinator's."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core import school_year
from traektoria.core.attempt import attempt, status_of
from traektoria.core.errands import settle
from traektoria.core.files import attachment
from traektoria.core.guard import BOTH, POST, ActingPerson, GuardedRequest, fetch, guard
from traektoria.core.paging import counted_page
from traektoria.core.submissions import token_of
from traektoria.organisations import actions, queries
from traektoria.organisations.calendar_facts import facts_of, known_years
from traektoria.organisations.enums import ImportKind, Role
from traektoria.organisations.errands import SCHOOLS
from traektoria.organisations.forms import CentreForm, ColumnsForm, PeriodForm, SchoolForm, TableForm
from traektoria.organisations.imports import (
    GUESSED,
    AskedColumn,
    ask_again,
    asked_of,
    drafts_of,
    name_columns,
    table_of,
)
from traektoria.organisations.models import CalendarPeriod, ImportDraft, School, TutorCentre
from traektoria.organisations.previews import kept_preview, preview_of
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.practices import practices_of
from traektoria.organisations.regulations.queries import draft_of
from traektoria.organisations.school_table import COLUMNS, plan_schools
from traektoria.organisations.sheets import Column, csv_template
from traektoria.organisations.table_errands import TableErrands
from traektoria.organisations.workbooks import template_workbook

coordinator = Role.COORDINATOR


@guard(coordinator)
def centre(request: GuardedRequest) -> HttpResponse:
    own = queries.centre_of(request.actor)
    regulation = queries.regulation_in_force(own.pk)
    facts = {
        "centre": own,
        "schools": own.schools().count(),
        "periods": own.periods.count(),
        "regulation": regulation,
        "practices": practices_of(rules_of(regulation)),
        "draft": draft_of(own.pk),
    }
    return render(request, "organisations/centre.html", facts)


@guard(coordinator, methods=BOTH)
def centre_settings(request: GuardedRequest) -> HttpResponse:
    own = queries.centre_of(request.actor)
    form = CentreForm(request.POST or None, instance=own)
    if attempt(form, lambda: actions.change_centre(centre=own, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The settings are saved."))
        return redirect("organisations:centre")
    return render(request, "organisations/centre_settings.html", {"form": form}, status=status_of(form))


@guard(coordinator)
def school_list(request: GuardedRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()
    schools = queries.schools_found(request.actor, asked) if asked else queries.schools_visible_to(request.actor)
    page = counted_page(schools, request.GET.get("page"))
    return render(request, "organisations/school_list.html", {"page": page, "q": request.GET.get("q", "")})


@guard(coordinator, methods=BOTH)
def school_new(request: GuardedRequest) -> HttpResponse:
    own = queries.centre_of(request.actor)
    form = SchoolForm(request.POST or None)
    school = attempt(form, lambda: actions.add_school(centre=own, by=request.actor, **form.cleaned_data))
    return _school_page(request, form, school)


@guard(coordinator, methods=BOTH)
def school_edit(request: GuardedRequest, pk: int) -> HttpResponse:
    school = fetch(queries.schools_visible_to(request.actor), pk=pk)
    own = queries.centre_of(request.actor)
    form = SchoolForm(request.POST or None, instance=school)
    saved = attempt(
        form, lambda: actions.change_school(school=school, centre=own, by=request.actor, **form.cleaned_data)
    )
    return _school_page(request, form, saved)


def _school_page(request: GuardedRequest, form: SchoolForm, school: School | None) -> HttpResponse:
    if school:
        messages.success(request, _("«%(name)s» is saved.") % {"name": school.name})
        return redirect("organisations:school_list")
    return render(request, "organisations/school_form.html", {"form": form}, status=status_of(form))


@guard(coordinator)
def schools_template(request: GuardedRequest, kind: str) -> HttpResponse:
    content = csv_template(COLUMNS) if kind == "csv" else template_workbook(_("Schools"), COLUMNS)
    return attachment(content, f"schools-template.{kind}")


@guard(coordinator, methods=BOTH, once=False)
def schools_import(request: GuardedRequest) -> HttpResponse:
    form = TableForm(request.POST or None, request.FILES or None)
    own = queries.centre_of(request.actor)
    if form.is_bound and form.is_valid() and (later := SCHOOLS.reads_later(request, form.cleaned_data["file"], own)):
        return later
    draft = attempt(form, lambda: _keep(request, own, form))
    if draft:
        return redirect("organisations:schools_import_check", token=draft.pk)
    facts = {"form": form, "columns": COLUMNS, "template": "organisations:schools_template", "kind": ImportKind.SCHOOLS}
    return render(request, "organisations/import_upload.html", facts, status=status_of(form))


def _keep(request: GuardedRequest, own: TutorCentre, form: TableForm) -> ImportDraft:
    file = form.cleaned_data["file"]
    facts = {"source": file.read(), "file_name": file.name, "centre": own, "by": request.actor}
    return actions.keep_school_table(**facts, token=token_of(request))


@guard(coordinator, methods=BOTH, once=False)
def schools_import_check(request: GuardedRequest, token: UUID) -> HttpResponse:
    draft = fetch(drafts_of(request.actor, ImportKind.SCHOOLS), pk=token)
    if asked := asked_of(draft):
        return name_columns_page(
            request, draft, asked, COLUMNS, upload=reverse("organisations:schools_import"), table=SCHOOLS
        )
    if request.method == "POST":
        return writes(request, draft, SCHOOLS)
    return render(request, "organisations/import_check.html", check_facts(draft, plan_schools, COLUMNS) | {
        "upload": reverse("organisations:schools_import"), "done": reverse("organisations:school_list"),
    })  # fmt: skip


def writes(request: Any, draft: ImportDraft, table: TableErrands) -> HttpResponse:
    """The press on a preview: write it down, at once or by the worker, or ask for the columns again."""
    settle(request.path, by=request.actor)
    if not asks_again(request, draft, request.actor):
        if later := table.writes_later(draft, request.actor):
            return later
        table.write(token=draft.pk, by=request.actor)
    return redirect(request.path)


def asks_again(request: HttpRequest, draft: ImportDraft, by: ActingPerson) -> bool:
    """Whether the press was «Columns are understood wrongly?»: then they are asked on the next page."""
    if request.POST.get("columns") != "again":
        return False
    ask_again(token=draft.pk, by=by)
    return True


def name_columns_page(
    request: Any, draft: ImportDraft, asked: list[AskedColumn], columns: Sequence[Column], *,
    upload: str, table: TableErrands | None,
) -> HttpResponse:  # fmt: skip
    """Which column is what? The answer is kept for the centre; then the preview follows at the same address."""
    choices = [(column.key, column.title) for column in columns]
    form = ColumnsForm(request.POST or None, asked=asked, choices=choices)
    by = request.actor
    done = attempt(form, lambda: name_columns(token=draft.pk, meanings=form.meanings, columns=columns, by=by))
    if done:
        return (table.checks_later(done, by) if table else None) or redirect(request.path)
    needed = [column.title for column in columns if column.required]
    facts = {"form": form, "draft": draft, "upload": upload, "needed": needed, "rows": len(draft.rows)}
    facts["again"] = GUESSED in draft.columns
    return render(request, "organisations/import_columns.html", facts, status=status_of(form))


def check_facts(draft: ImportDraft, planner: Any, columns: Any) -> dict[str, Any]:
    """What the preview of any table shows; after writing, only the counts remain."""
    if draft.written_at:
        return {"draft": draft, "written": draft.outcome}
    table = table_of(draft)
    preview = kept_preview(draft) or preview_of(draft, planner, columns)
    found = [(column.title, table.letters[column.key]) for column in columns if column.key in table.letters]
    absent = [column.title for column in columns if column.key not in table.letters]
    return {
        "draft": draft,
        "plan": preview,
        "problems": list(preview.problems),
        "found": found,
        "absent": absent,
    }


@guard(coordinator)
def calendar(request: GuardedRequest) -> HttpResponse:
    own = queries.centre_of(request.actor)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else school_year.coming()
    found = queries.periods_visible_to(request.actor).filter(centre=own, year__start_year=year)
    periods = sorted(found, key=lambda period: (period.start, -period.end.toordinal()))
    common = [period for period in periods if not period.school_id]
    facts = {
        "year": year,
        "label": school_year.label(year),
        "years": [(number, school_year.label(number)) for number in _years(own)],
        "common": common,
        "own": [period for period in periods if period.school_id],
        "missing": len({fact.name for fact in facts_of(year)} - {period.name for period in common}),
        "unconfirmed": sum(not period.confirmed for period in common),
    }
    return render(request, "organisations/calendar.html", facts)


def _years(own: TutorCentre) -> list[int]:
    kept = own.periods.values_list("year__start_year", flat=True).distinct()
    this = school_year.this_year()
    return sorted({*kept, *known_years(), this, this + 1}, reverse=True)


@guard(coordinator, methods=POST)
def calendar_load(request: GuardedRequest, start_year: int) -> HttpResponse:
    if not facts_of(start_year):
        raise Http404
    own = queries.centre_of(request.actor)
    actions.load_calendar(centre=own, start_year=start_year, by=request.actor)
    messages.success(request, _("The dates of %(year)s are in the calendar.") % {"year": school_year.label(start_year)})
    return _to_calendar(start_year)


@guard(coordinator, methods=BOTH)
def period_new(request: GuardedRequest) -> HttpResponse:
    own = queries.centre_of(request.actor)
    asked = request.GET.get("year", "")
    initial = {"year": int(asked) if asked.isdecimal() and len(asked) == 4 else school_year.coming()}
    form = PeriodForm(request.POST or None, centre=own, initial=initial)
    return _period_page(request, form, None, own)


@guard(coordinator, methods=BOTH)
def period_edit(request: GuardedRequest, pk: int) -> HttpResponse:
    period = fetch(queries.periods_visible_to(request.actor), pk=pk)
    form = PeriodForm(request.POST or None, centre=period.centre, period=period)
    return _period_page(request, form, period, period.centre)


def _period_page(
    request: GuardedRequest, form: PeriodForm, period: CalendarPeriod | None, own: TutorCentre
) -> HttpResponse:
    saved = attempt(form, lambda: actions.save_period(period=period, centre=own, by=request.actor, **form.facts))
    if saved:
        messages.success(request, _("«%(name)s» is saved.") % {"name": saved.name})
        return _to_calendar(saved.year.start_year)
    facts = {"form": form, "period": period}
    return render(request, "organisations/period_form.html", facts, status=status_of(form))


@guard(coordinator, methods=POST)
def period_delete(request: GuardedRequest, pk: int) -> HttpResponse:
    period = fetch(queries.periods_visible_to(request.actor), pk=pk)
    year = period.year.start_year
    actions.remove_period(period=period, by=request.actor)
    messages.success(request, _("«%(name)s» is taken out of the calendar.") % {"name": period.name})
    return _to_calendar(year)


def _to_calendar(start_year: int) -> HttpResponse:
    return redirect(f"{reverse('organisations:calendar')}?year={start_year}")
