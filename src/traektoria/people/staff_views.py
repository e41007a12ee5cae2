"""The staff as a table: loading it, giving it away, and first passwords for everybody in it."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errands import answer
from traektoria.core.files import attachment
from traektoria.core.submissions import token_of
from traektoria.organisations.enums import ImportKind
from traektoria.organisations.forms import TableForm
from traektoria.organisations.imports import asked_of, drafts_of
from traektoria.organisations.models import ImportDraft, School
from traektoria.organisations.queries import centre_of
from traektoria.organisations.sheets import csv_template
from traektoria.organisations.views import check_facts, name_columns_page, writes
from traektoria.organisations.workbooks import list_workbook, template_workbook
from traektoria.people import actions, queries
from traektoria.people.enums import Role
from traektoria.people.errands import LIST, STAFF
from traektoria.people.forms import SlipsForm, key_of
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.people.models import Account, Person
from traektoria.people.staff_rows import COLUMNS, READ_COLUMNS
from traektoria.people.staff_table import plan_staff

coordinator = Role.COORDINATOR


@guard(coordinator)
def staff_template(request: ActorRequest, kind: str) -> HttpResponse:
    content = csv_template(COLUMNS) if kind == "csv" else template_workbook(_("Staff"), COLUMNS)
    return attachment(content, f"staff-template.{kind}")


@guard(coordinator, methods=BOTH, once=False)
def staff_import(request: ActorRequest) -> HttpResponse:
    form = TableForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        later = STAFF.reads_later(request, form.cleaned_data["file"], centre_of(request.actor))
        if later:
            return later
    draft = attempt(form, lambda: _keep(request, form))
    if draft:
        return redirect("people:staff_import_check", token=draft.pk)
    facts = {"form": form, "columns": COLUMNS, "template": "people:staff_template", "kind": ImportKind.STAFF}
    return render(request, "organisations/import_upload.html", facts, status=status_of(form))


def _keep(request: ActorRequest, form: TableForm) -> ImportDraft:
    file = form.cleaned_data["file"]
    centre = centre_of(request.actor)
    facts = {"source": file.read(), "file_name": file.name, "centre": centre, "by": request.actor}
    return actions.keep_staff_table(**facts, token=token_of(request))


@guard(coordinator, methods=BOTH, own_hand=True, once=False)
def staff_import_check(request: ActorRequest, token: UUID) -> HttpResponse:
    draft = fetch(drafts_of(request.actor, ImportKind.STAFF), pk=token)
    if asked := asked_of(draft):
        return name_columns_page(
            request, draft, asked, READ_COLUMNS, upload=reverse("people:staff_import"), table=STAFF
        )
    if request.method == "POST":
        return writes(request, draft, STAFF)
    facts = check_facts(draft, plan_staff, COLUMNS)
    facts |= {"upload": reverse("people:staff_import"), "done": reverse("people:person_list")}
    if draft.written_at and queries.without_own_password(request.actor).exists():
        facts["onward"] = (reverse("people:first_passwords"), _("Next: first passwords"))
    return render(request, "organisations/import_check.html", facts)


@guard(coordinator)
def staff_export(request: ActorRequest, kind: str) -> HttpResponse:
    """The staff in the columns of the template: what is given away can be corrected and loaded back."""
    facts = {"centre": centre_of(request.actor).pk, "form": kind}
    return answer(request, LIST, facts, weight=queries.kept_by(request.actor).count())


@guard(coordinator)
def first_passwords(request: ActorRequest) -> HttpResponse:
    """Who cannot sign in yet, by school, and the choice whom to give passwords."""
    waiting = queries.without_own_password(request.actor).count()
    lost = queries.without_own_password(request.actor, again=True).count() - waiting
    facts = {"form": _slips_form(request), "waiting": waiting, "lost": lost}
    return render(request, "people/first_passwords.html", facts)


def _slips_form(request: ActorRequest, data: Any = None) -> SlipsForm:
    waiting = queries.by_school(queries.without_own_password(request.actor, again=True), request.actor)
    return SlipsForm(data, waiting=waiting, initial={"school": request.GET.get("school", "")})


@guard(coordinator, methods=POST, own_hand=True, once=False)
def passwords_give(request: ActorRequest) -> HttpResponse:
    """First passwords of all schools or of one: slips to cut out, or a file. Shown now and never again."""
    form = _slips_form(request, request.POST)
    again, chosen = (form.cleaned_data["again"], form.cleaned_data["school"]) if form.is_valid() else (False, "")
    waiting = queries.by_school(queries.without_own_password(request.actor, again=again), request.actor)
    people = [(school, person) for school, some in waiting.items() for person in some if chosen in ("", key_of(school))]
    given = actions.give_passwords(
        people=[person for _school, person in people], centre=centre_of(request.actor), again=again, by=request.actor
    )
    if not given:
        messages.info(request, _("Everybody here has a password already."))
        return redirect("people:first_passwords")
    places = {person.pk: school for school, person in people}
    slips = [(places[person.pk], person, account, password) for person, account, password in given]
    response = _as_workbook(slips) if request.POST.get("as") == "xlsx" else _as_slips(request, slips)
    response.headers["Cache-Control"] = "no-store"
    return response


Slip = tuple[School | None, Person, Account, str]


def _as_slips(request: ActorRequest, slips: list[Slip]) -> HttpResponse:
    sheets = [(school, list(some)) for school, some in groupby(slips, key=lambda slip: slip[0])]
    facts = {"sheets": sheets, "count": len(slips), "address": request.build_absolute_uri("/")}
    return render(request, "people/password_slips.html", facts)


def _as_workbook(slips: list[Slip]) -> HttpResponse:
    head = [_("School"), _("Name of the person"), _("Login"), _("First password")]
    rows = [
        [school.name if school else "", one.full_name, account.username, word] for school, one, account, word in slips
    ]
    return attachment(list_workbook(_("Passwords"), [head, *rows]), "passwords.xlsx")
