"""Pages of the staff: the list, the card of a person, work, roles, accounts. The coordinator keeps, a head reads."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.messaging.queries import refuses_letters
from traektoria.organisations.queries import centre_of, schools_visible_to
from traektoria.organisations.regulations.practices import Practice
from traektoria.people import actions, queries
from traektoria.people.access_log import log_access, log_people
from traektoria.people.enums import HEADS, Purpose, Role
from traektoria.people.forms import EmploymentForm, NameCasesForm, PersonForm, RoleForm, StaffFilter
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.people.models import Employment, Person
from traektoria.people.names import name_in_cases
from traektoria.people.permissions import can_give_password

coordinator = Role.COORDINATOR
KIND = "people.person"


@guard(coordinator, *HEADS)
def person_list(request: ActorRequest) -> HttpResponse:
    commission = bool(request.actor.follows(Practice.COMMISSION, ever=True))
    schools = queries.schools_listed_for(request.actor)
    form = StaffFilter(request.GET or None, schools=schools, commission=commission)
    chosen = form.cleaned_data if form.is_valid() else {}  # what is not understood narrows nothing
    page = queries.staff_page(request.actor, schools, chosen, request.GET.get("page"))
    facts = {"page": page, "form": form, "keeps": request.actor.is_coordinator, "asked": bool(request.GET)}
    return render(request, "people/person_list.html", facts)


@guard(coordinator)
def person_detail(request: ActorRequest, pk: int) -> HttpResponse:
    person = fetch(queries.kept_by(request.actor).select_related("account"), pk=pk)
    log_access(by=request.actor, purpose=Purpose.STAFF, kind=KIND, subject_id=person.pk, person_id=person.pk)
    return render(request, "people/person_detail.html", _card(request, person))


def _card(request: ActorRequest, person: Person) -> dict[str, Any]:
    """Everything on the card. Seven queries."""
    erasure = queries.erasure_events([person.pk]).get(person.pk)
    account = getattr(person, "account", None)
    return {
        "person": person,
        "account": account,
        "refuses_letters": account is not None and refuses_letters(account.email),
        "employments": queries.employments_of(person, schools_visible_to(request.actor)),
        "roles": queries.roles_kept_by(request.actor).filter(person=person).select_related("school").order_by("-start"),
        "cases": name_in_cases(person),
        "gives_password": can_give_password(request.actor, person),
        "erasure_asked": erasure if erasure and erasure.event == queries.ERASURE_ASKED else None,
        "today": timezone.localdate(),
    }


@guard(coordinator, methods=BOTH)
def person_new(request: ActorRequest) -> HttpResponse:
    centre = centre_of(request.actor)
    form, role = PersonForm(request.POST or None), RoleForm(request.POST or None, centre=centre)

    def add() -> Person:
        return actions.add_member(centre=centre, name=form.cleaned_data, by=request.actor, **role.cleaned_data)

    person = attempt(role, add) if form.is_valid() or not form.is_bound else None
    if person:
        messages.success(request, _("The person is added."))
        return redirect("people:person_detail", pk=person.pk)
    facts = {"form": form, "role_form": role}
    return render(request, "people/person_form.html", facts, status=max(status_of(form), status_of(role)))


@guard(coordinator, methods=BOTH)
def person_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Name and cases in one form; with htmx ``preview`` only the cases come back, as they would be printed."""
    person = fetch(queries.kept_by(request.actor), pk=pk)
    form = PersonForm(request.POST or None, instance=person)
    cases = NameCasesForm(request.POST or None, person=person)
    valid = form.is_valid() and cases.is_valid()
    if request.htmx and "preview" in request.POST:
        shown = name_in_cases(form.instance, cases.cleaned_data if cases.is_valid() else None)
        return render(request, "people/name_cases.html", {"cases": shown})
    if valid:
        actions.change_person(
            person=person,
            centre=centre_of(request.actor),
            name_cases=cases.cleaned_data,
            by=request.actor,
            **form.cleaned_data,
        )
        messages.success(request, _("The name is saved."))
        return redirect("people:person_detail", pk=person.pk)
    log_access(by=request.actor, purpose=Purpose.STAFF, kind=KIND, subject_id=person.pk, person_id=person.pk)
    facts = {"form": form, "cases_form": cases, "person": person, "cases": name_in_cases(form.instance)}
    return render(request, "people/person_form.html", facts, status=status_of(form))


@guard(coordinator, methods=BOTH)
def employment_new(request: ActorRequest, pk: int) -> HttpResponse:
    return _employment_page(request, fetch(queries.kept_by(request.actor), pk=pk), None)


@guard(coordinator, methods=BOTH)
def employment_edit(request: ActorRequest, pk: int) -> HttpResponse:
    work = fetch(queries.employments_kept_by(request.actor).prefetch_related("classes__year"), pk=pk)
    return _employment_page(request, work.person, work)


def _log(request: ActorRequest, person: Person) -> None:
    log_people(by=request.actor, purpose=Purpose.STAFF, kind=KIND, subject_id=person.pk, people=[person.pk])


def _employment_page(request: ActorRequest, person: Person, work: Employment | None) -> HttpResponse:
    centre = centre_of(request.actor)
    form = EmploymentForm(request.POST or None, centre=centre, employment=work)

    def save() -> Employment:
        facts = {key: value for key, value in form.cleaned_data.items() if key != "classes"}
        return actions.save_work(
            person=person, employment=work, centre=centre, classes=form.cleaned_data["classes"],
            start_year=form.start_year, by=request.actor, **facts,
        )  # fmt: skip

    if attempt(form, save):
        messages.success(request, _("The place of work is saved."))
        return redirect("people:person_detail", pk=person.pk)
    _log(request, person)
    facts = {"form": form, "person": person, "employment": work}
    return render(request, "people/employment_form.html", facts, status=status_of(form))


@guard(coordinator, methods=BOTH, own_hand=True)
def role_assign(request: ActorRequest, pk: int) -> HttpResponse:
    person = fetch(queries.kept_by(request.actor), pk=pk)
    centre = centre_of(request.actor)
    form = RoleForm(request.POST or None, centre=centre)
    if attempt(form, lambda: actions.assign_role(person=person, centre=centre, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The role is given."))
        return redirect("people:person_detail", pk=person.pk)
    _log(request, person)
    return render(request, "people/role_form.html", {"form": form, "person": person}, status=status_of(form))


@guard(coordinator, methods=POST, own_hand=True)
def role_end(request: ActorRequest, pk: int) -> HttpResponse:
    role = fetch(queries.roles_kept_by(request.actor), pk=pk)
    person_id = role.person_id
    actions.end_role(role=role, by=request.actor)
    messages.success(request, _("The role is ended."))
    return redirect("people:person_detail", pk=person_id)


@guard(coordinator, methods=POST, own_hand=True)
def password_give(request: ActorRequest, pk: int) -> HttpResponse:
    """The only page that shows a password: it is the answer itself, kept nowhere."""
    person = fetch(queries.kept_by(request.actor), pk=pk)
    account, password = actions.give_password(person=person, centre=centre_of(request.actor), by=request.actor)
    facts = {"person": person, "account": account, "password": password}
    return _never_kept(render(request, "people/password_given.html", facts))


@guard(coordinator, methods=POST)
def address_trust(request: ActorRequest, pk: int) -> HttpResponse:
    """The address takes letters again: what did not reach it goes once more."""
    person = fetch(queries.kept_by(request.actor), pk=pk)
    actions.trust_address(person=person, by=request.actor)
    messages.success(request, _("The letters go once more within a minute."))
    return redirect("people:person_detail", pk=person.pk)


@guard(coordinator, methods=POST)
def erasure_answer(request: ActorRequest, pk: int) -> HttpResponse:
    person = fetch(queries.kept_by(request.actor), pk=pk)
    actions.answer_erasure(person=person, centre=centre_of(request.actor), by=request.actor)
    messages.success(request, _("The request is marked as answered."))
    return redirect("people:person_detail", pk=person.pk)


def _never_kept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
