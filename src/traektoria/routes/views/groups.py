"""Suggested groups for the coordinator, the invitation for a teacher, routes of all teachers for a tutor."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.routes.actions import batch
from traektoria.routes.actions import groups as actions
from traektoria.routes.policies import check_groups
from traektoria.routes.queries import groups as queries


@guard(Role.COORDINATOR)
def group_suggestions(request: ActorRequest) -> HttpResponse:
    """Groups by their topics, and the invitations that were sent with those who accepted."""
    centre = _centre(request)
    check_groups(regulation_in_force(centre.pk))
    context = {
        "found": queries.suggested(centre),
        "calls": queries.calls_kept_by(request.actor).filter(centre=centre),
    }
    return render(request, "routes/group_suggestions.html", context)


@guard(Role.COORDINATOR, methods=POST)
def group_invite(request: ActorRequest) -> HttpResponse:
    try:
        actions.invite_group(centre=_centre(request), key=request.POST.get("key", ""), by=request.actor)
    except Conflict as changed:
        messages.warning(request, changed.sentence)
    else:
        messages.success(request, _("The invitations are sent. Here you will see those who accept."))
    return redirect("routes:group_suggestions")


@guard(Role.COORDINATOR, methods=POST)
def group_need(request: ActorRequest, pk: int) -> HttpResponse:
    """Look for a tutor for those who accepted."""
    call = fetch(queries.calls_kept_by(request.actor), pk=pk)
    need = actions.ask_for_group(call=call, by=request.actor)
    messages.success(request, _("The group stands among the requests: choose a tutor for it."))
    return redirect("routes:need_offer", need.pk)


@guard(Role.TEACHER)
def group_invitation(request: ActorRequest, pk: int) -> HttpResponse:
    """What is offered, and who will see what."""
    row = fetch(queries.invitations_of(request.actor), pk=pk)
    return render(request, "routes/group_invitation.html", {"row": row, "call": row.call})


@guard(Role.TEACHER, methods=POST, own_hand=True)
def group_answer(request: ActorRequest, pk: int) -> HttpResponse:
    row = fetch(queries.invitations_of(request.actor), pk=pk)
    accept = request.POST.get("answer") == "yes"
    actions.answer_invitation(invitation=row, accept=accept, by=request.actor)
    messages.success(
        request,
        _("You are in. A tutor will be looked for, and you will be asked for your consent once more.")
        if accept
        else _("Your answer is written down; nobody sees it, and nothing follows from it."),
    )
    return redirect("routes:group_invitation", pk)


@guard(Role.TUTOR, methods=BOTH)
def route_batch(request: ActorRequest) -> HttpResponse:
    """Draft the routes of all teachers; the page says what was made and what was left out, and why."""
    made = request.method == "POST"
    lines = batch.draft_all(by=request.actor) if made else batch.look(request.actor)
    context = {
        "lines": lines,
        "made": made,
        "number": sum(line.made for line in lines),
        "ready": sum(line.why is batch.Why.READY for line in lines),
    }
    return render(request, "routes/route_batch.html", context)


def _centre(request: ActorRequest) -> TutorCentre:
    return fetch(TutorCentre.objects.filter(pk__in=request.actor.centres(Role.COORDINATOR)).order_by("pk")[:1])
