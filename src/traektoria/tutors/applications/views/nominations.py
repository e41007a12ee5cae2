"""Nominating a colleague, and the colleague's answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Conflict
from traektoria.core.text import whole_number
from traektoria.core.word_search import narrowed
from traektoria.organisations.models import TutorCentre
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.people.models import Person
from traektoria.tutors.applications.actions import nominations as actions
from traektoria.tutors.applications.forms import NominationForm
from traektoria.tutors.applications.models import Application
from traektoria.tutors.applications.queries import applications as queries
from traektoria.tutors.applications.queries.nominations import NOMINATORS, centres_of_nominator, nominees

MOST_SHOWN = 12


@guard(*NOMINATORS, methods=BOTH)
def application_nominate(request: ActorRequest) -> HttpResponse:
    """Ask a colleague; whom one has asked already, and what became of it."""
    centre = centres_of_nominator(request.actor)[0]
    finding = request.method != "POST" or "find" in request.POST
    form = _form(request, centre, finding)
    made = None if finding else _nominated(request, centre, form)
    if made is not None:
        messages.success(request, _("Asked. Nothing is considered until your colleague agrees."))
        return redirect("tutors:application_list")
    context = {"form": form, "asked": queries.nominated_by(request.actor).select_related("person")}
    return render(request, "tutors/application_nominate.html", context, status=200 if finding else status_of(form))


def _nominated(request: ActorRequest, centre: TutorCentre, form: NominationForm) -> Application | None:
    def ask() -> Application:
        data = form.cleaned_data
        return actions.nominate(centre=centre, person=data["person"], reason=data["reason"], by=request.actor)

    try:
        return attempt(form, ask)
    except Conflict as refusal:
        form.add_error("person", refusal.sentence)
        return None


def _form(request: ActorRequest, centre: TutorCentre, finding: bool) -> NominationForm:
    """Bound when it is sent; while somebody is looked for, what was typed is kept as it is."""
    typed = request.POST if request.method == "POST" else request.GET
    initial = {name: typed.get(name, "") for name in ("q", "person", "reason")}
    form = NominationForm(None if finding else request.POST, initial=initial)
    found = nominees(request.actor, centre)
    field: Any = form.fields["person"]
    field.queryset = found
    field.choices = [(one.pk, f"{one.full_name}, {getattr(one, 'school_name', '')}") for one in _listed(found, typed)]
    return form


def _listed(found: Any, typed: Any) -> list[Person]:
    """The first found, and the chosen one."""
    rows = list(narrowed(found, typed.get("q", ""), "search_name")[:MOST_SHOWN])
    chosen = whole_number(typed.get("person"))
    if chosen and all(one.pk != chosen for one in rows):
        rows += list(found.filter(pk=chosen))
    return rows


@guard(methods=POST, own_hand=True)
def application_consent(request: ActorRequest, pk: int) -> HttpResponse:
    application = fetch(queries.visible_to(request.actor), pk=pk)
    actions.consent_to_nomination(application=application, by=request.actor)
    messages.success(request, _("Your consent is written down. Fill in the application when it suits you."))
    return redirect("tutors:application_detail", pk)


@guard(methods=POST)
def application_decline(request: ActorRequest, pk: int) -> HttpResponse:
    application = fetch(queries.visible_to(request.actor), pk=pk)
    actions.decline_nomination(application=application, by=request.actor)
    messages.success(request, _("Your refusal is written down. Nothing follows from it."))
    return redirect("tutors:application_detail", pk)
