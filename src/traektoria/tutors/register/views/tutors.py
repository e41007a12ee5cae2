"""Tutors of the centre: the list, a tutor's page, acts on a status."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.audit import trail
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.practices import Practice
from traektoria.people.consents import consent_in_force, consent_text
from traektoria.people.enums import HEADS, ConsentKind, Role
from traektoria.people.guard import POST, ActorRequest, fetch, guard
from traektoria.people.history import history_lines
from traektoria.tutors.applications.permissions import nominates
from traektoria.tutors.applications.queries.applications import has_nominated
from traektoria.tutors.orders.tabs import KEEPERS, chosen_centre, place_of
from traektoria.tutors.profiles.permissions import keeps_centre
from traektoria.tutors.profiles.policies import slots_of
from traektoria.tutors.profiles.week import slot_in_words
from traektoria.tutors.register.forms.statuses import StatusReasonForm, TutorFilterForm
from traektoria.tutors.register.queries.tutor_list import Chosen, listed_tutors, without_record
from traektoria.tutors.register.queries.tutors import offered_by
from traektoria.tutors.statuses import queries
from traektoria.tutors.statuses.actions import statuses as actions
from traektoria.tutors.statuses.enums import StatusState
from traektoria.tutors.statuses.models import LIVING, TutorStatus
from traektoria.tutors.statuses.policies import is_over, renewal_opens
from traektoria.tutors.statuses.workflow import status_workflow

OF_CENTRE = (Role.COORDINATOR, Role.TUTOR, Role.TEACHER, *HEADS, Role.COMMISSION_MEMBER)


@guard(*OF_CENTRE)
def home(request: ActorRequest) -> HttpResponse:
    """Tutors in force of the centre, with what each offers and the places left."""
    centre = chosen_centre(request)
    keeps = keeps_centre(request.actor, centre)
    terms = centre.pk in request.actor.follows(Practice.TERMS, ever=True)
    form = TutorFilterForm(request.GET, keeps=keeps, terms=terms)
    chosen = form.cleaned_data if form.is_valid() else {}
    today, place = timezone.localdate(), place_of(request.actor, centre)
    others = without_record(centre.pk, today) if keeps or not chosen.get("shown") else []
    rules = request.actor.rules_in(centre.pk).support
    facts = {
        **place,
        "form": form,
        "today": today,
        "page": listed_tutors(centre.pk, Chosen(**chosen), others, rules, today, request.GET.get("page")),
        "filtered": any(chosen.values()),
        "unwritten": others if keeps else [],
        "is_tutor": queries.is_tutor_of(request.actor, centre.pk),
        "nominates": nominates(request.actor, centre.pk),
        "nominated": not keeps and not place["sits"] and has_nominated(request.actor),
    }
    return render(request, "tutors/home.html", facts)


@guard()
def own(request: ActorRequest) -> HttpResponse:
    """The person's own status; a tutor older than statuses gets the profile."""
    centre = chosen_centre(request)
    status = queries.status_of(request.actor.person_id or 0, centre.pk)
    if status:
        return redirect("tutors:tutor_detail", status.pk)
    return redirect("tutors:profile_edit" if request.actor.has(centre.pk, Role.TUTOR) else "tutors:home")


@guard()
def tutor_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """A tutor: what the status rests on, the profile; to the tutor and to who keeps statuses also what happened."""
    return tutor_page(request, fetch(queries.detailed(request.actor), pk=pk))


def tutor_page(
    request: ActorRequest, status: TutorStatus, form: StatusReasonForm | None = None, act: str = ""
) -> HttpResponse:
    """The page; 422 with a form that came back."""
    actor, today = request.actor, timezone.localdate()
    mine, keeps = status.person_id == actor.person_id, keeps_centre(actor, status.centre)
    offered = offered_by(status)
    profile = offered.profile
    over = is_over(status.end, today)
    rules = rules_of(status.regulation).status
    facts = {
        "status": status,
        "mine": mine,
        "keeps": keeps,
        "over": over,
        "living": status.state in LIVING and not over,
        "offered": offered,
        "slots": [slot_in_words(slot) for slot in slots_of(profile.availability)] if profile else [],
        "renew_from": renewal_opens(status) if mine and rules.renewable else None,
        "today": today,
        "asks": not mine
        and not over
        and status.state == StatusState.ACTIVE
        and offered.free > 0
        and actor.has(status.centre_id, Role.TEACHER),
        "steps": {step.name for step in status_workflow.open_steps(status, actor)} if keeps and not over else set(),
        "forms": {name: form if name == act else StatusReasonForm(auto_id=f"{name}_%s") for name in ("suspend", "end")},
        "rules": rules,
        "history": history_lines(trail(status)) if mine or keeps else [],
        **(_consent(status) if mine else {}),
    }
    return render(request, "tutors/tutor.html", facts, status=422 if form else 200)


def _consent(status: TutorStatus) -> dict[str, Any]:
    """The tutor's own consent to stand in the public register."""
    kind = ConsentKind.REGISTER
    return {
        "consent": consent_in_force(status.person_id, status.centre_id, kind),
        "consent_text": consent_text(kind, status.centre),
    }


@guard(*KEEPERS, methods=POST, own_hand=True)
def status_suspend(request: ActorRequest, pk: int) -> HttpResponse:
    """From today the tutor takes no new teachers."""
    status = fetch(queries.detailed(request.actor), pk=pk)
    form = StatusReasonForm(request.POST, auto_id="suspend_%s")
    if not form.is_valid():
        return tutor_page(request, status, form, "suspend")
    actions.suspend_status(status=status, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The status is suspended: the tutor gets no new teachers."))
    return redirect("tutors:tutor_detail", pk)


@guard(*KEEPERS, methods=POST, own_hand=True)
def status_resume(request: ActorRequest, pk: int) -> HttpResponse:
    status = fetch(queries.visible_to(request.actor), pk=pk)
    actions.resume_status(status=status, by=request.actor)
    messages.success(request, _("The status is in force again."))
    return redirect("tutors:tutor_detail", pk)


@guard(*KEEPERS, methods=POST, own_hand=True)
def status_end(request: ActorRequest, pk: int) -> HttpResponse:
    """The status and the role of a tutor end today."""
    status = fetch(queries.detailed(request.actor), pk=pk)
    form = StatusReasonForm(request.POST, auto_id="end_%s")
    if not form.is_valid():
        return tutor_page(request, status, form, "end")
    actions.end_status(status=status, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The status is ended, and with it the rights of a tutor."))
    return redirect("tutors:tutor_detail", pk)
