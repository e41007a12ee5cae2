"""Suggested groups for the coordinator, the invitation for a teacher."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.people.enums import Role
from traektoria.people.guard import POST, ActorRequest, fetch, guard
from traektoria.routes.groups import actions, queries
from traektoria.routes.groups.policies import check_groups


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


def _centre(request: ActorRequest) -> TutorCentre:
    return fetch(TutorCentre.objects.filter(pk__in=request.actor.centres(Role.COORDINATOR)).order_by("pk")[:1])
