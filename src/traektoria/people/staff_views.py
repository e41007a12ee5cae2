"""The staff as a table: loading it, giving it away, and first passwords for a whole school."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.organisations.enums import ImportKind
from traektoria.organisations.forms import TableForm
from traektoria.organisations.imports import drafts_of
from traektoria.organisations.models import ImportDraft
from traektoria.organisations.queries import centre_of, schools_visible_to
from traektoria.organisations.sheets import csv_bytes, csv_template
from traektoria.organisations.views import check_facts, download
from traektoria.organisations.workbooks import list_workbook, template_workbook
from traektoria.people import actions, queries
from traektoria.people.access_log import log_access
from traektoria.people.enums import Purpose, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.people.staff_table import COLUMNS, export_rows, plan_staff

coordinator = Role.COORDINATOR


@guard(coordinator)
def staff_template(request: ActorRequest, kind: str) -> HttpResponse:
    content = csv_template(COLUMNS) if kind == "csv" else template_workbook(_("Staff"), COLUMNS)
    return download(content, f"staff-template.{kind}")


@guard(coordinator, methods=BOTH)
def staff_import(request: ActorRequest) -> HttpResponse:
    form = TableForm(request.POST or None, request.FILES or None)
    draft = attempt(form, lambda: _keep(request, form))
    if draft:
        return redirect("people:staff_import_check", token=draft.pk)
    facts = {"form": form, "columns": COLUMNS, "template": "people:staff_template", "kind": ImportKind.STAFF}
    return render(request, "organisations/import_upload.html", facts, status=status_of(form))


def _keep(request: ActorRequest, form: TableForm) -> ImportDraft:
    file = form.cleaned_data["file"]
    centre = centre_of(request.actor)
    return actions.keep_staff_table(source=file.read(), file_name=file.name, centre=centre, by=request.actor)


@guard(coordinator, methods=BOTH)
def staff_import_check(request: ActorRequest, token: UUID) -> HttpResponse:
    draft = fetch(drafts_of(request.actor, ImportKind.STAFF), pk=token)
    if request.method == "POST":
        actions.write_staff_table(token=draft.pk, by=request.actor)
        return redirect(request.path)
    facts = check_facts(draft, plan_staff, COLUMNS)
    facts |= {"upload": reverse("people:staff_import"), "done": reverse("people:person_list")}
    return render(request, "organisations/import_check.html", facts)


@guard(coordinator)
def staff_export(request: ActorRequest, kind: str) -> HttpResponse:
    """The staff in the columns of the template: what is given away can be corrected and loaded back."""
    centre = centre_of(request.actor)
    log_access(by=request.actor, purpose=Purpose.EXPORT, kind="people.staff", subject_id=centre.pk)
    rows = [[column.title for column in COLUMNS], *export_rows(queries.kept_by(request.actor), centre)]
    return download(csv_bytes(rows) if kind == "csv" else list_workbook(_("Staff"), rows), f"staff.{kind}")


@guard(coordinator, methods=POST)
def passwords_give(request: ActorRequest, pk: int) -> HttpResponse:
    """First passwords for all of a school who never had one, as a file that can be had only now."""
    school = fetch(schools_visible_to(request.actor), pk=pk)
    people = queries.working_at(school, request.actor)
    given = actions.give_passwords(people=people, centre=centre_of(request.actor), by=request.actor)
    if not given:
        messages.info(request, _("Everybody at this school has a password already."))
        return redirect(f"{reverse('people:person_list')}?school={school.pk}")
    rows = [[person.full_name, account.username, password] for person, account, password in given]
    head = [_("Name of the person"), _("Login"), _("First password")]
    response = download(list_workbook(_("Passwords"), [head, *rows]), f"passwords-{school.digits}.xlsx")
    response.headers["Cache-Control"] = "no-store"
    return response
