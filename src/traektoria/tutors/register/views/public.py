"""The public register of a centre's tutors: open to everybody; the tutor's consent to it; the coordinator's file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errands import answer
from traektoria.core.guard import fetch as fetch_open
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.zones import in_time_of
from traektoria.people.consents import give_consent, withdraw_consent
from traektoria.people.enums import ConsentKind, Role
from traektoria.people.guard import POST, ActorRequest, fetch, guard
from traektoria.tutors.register.errands import REGISTER
from traektoria.tutors.register.queries.public import register_of
from traektoria.tutors.statuses import queries as statuses
from traektoria.tutors.statuses.policies import check_in_term
from traektoria.tutors.statuses.queries import tutors_in_force


def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is a tutor of the centre: name, subjects, term. Without sign-in, without anything else about anybody."""
    centre = fetch_open(TutorCentre.objects.select_related("municipality"), pk=pk)
    actor = getattr(request, "actor", None)
    keeps = bool(actor and actor.has(centre.pk, Role.COORDINATOR))
    with in_time_of(centre):
        facts = {"centre": centre, "entries": register_of(centre), "keeps_register": keeps}
        return render(request, "tutors/register.html", facts)


@guard(Role.COORDINATOR)
def register_export(request: ActorRequest, pk: int) -> HttpResponse:
    """The register as a workbook."""
    centre = fetch(statuses.centres_kept_by(request.actor), pk=pk)
    return answer(request, REGISTER, {"centre": pk}, weight=tutors_in_force(centre, timezone.localdate()).count())


@guard(methods=POST, own_hand=True)
def register_consent(request: ActorRequest, pk: int) -> HttpResponse:
    """The tutor consents to stand in the register; ``pk`` is that of the own status."""
    status = fetch(statuses.own_statuses(request.actor).select_related("centre"), pk=pk)
    check_in_term(status.end, timezone.localdate())
    give_consent(centre=status.centre, kind=ConsentKind.REGISTER, by=request.actor)
    messages.success(request, _("You stand in the public register now. You can leave it at any time."))
    return redirect("tutors:tutor_detail", pk)


@guard(methods=POST, own_hand=True)
def register_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """The tutor leaves the register: the entry is gone with this answer."""
    status = fetch(statuses.visible_to(request.actor).filter(person=request.actor.person_id or 0), pk=pk)
    withdraw_consent(centre=status.centre, kind=ConsentKind.REGISTER, by=request.actor)
    messages.success(request, _("You no longer stand in the public register. Your status stays as it is."))
    return redirect("tutors:tutor_detail", pk)
