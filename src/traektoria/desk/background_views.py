"""«Background work»: what goes on while no page waits, for the administrator of the installation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.mail import mail_goes_out
from traektoria.core.tasks import queries
from traektoria.core.tasks.repeats import repeat
from traektoria.messaging.actions import try_anew
from traektoria.messaging.queries import queue
from traektoria.people.enums import Role
from traektoria.people.guard import POST, ActorRequest, guard


@guard(Role.ADMINISTRATOR)
def background(request: ActorRequest) -> HttpResponse:
    """What runs, waits, has failed, when the worker was last seen, and how letters stand. Four queries."""
    letters = queue() if mail_goes_out() else None
    context = {"lines": queries.lines(), "worker": queries.worker_seen(), "letters": letters}
    return render(request, "desk/background.html", context)


@guard(Role.ADMINISTRATOR, methods=POST)
def background_repeat(request: ActorRequest, pk: UUID) -> HttpResponse:
    repeat(pk=pk)
    messages.success(request, _("It will be done within seconds."))
    return redirect("desk:background")


@guard(Role.ADMINISTRATOR)
def letter_queue(request: ActorRequest) -> HttpResponse:
    """Letters that wait, gave up or were refused, and why; to whom, the page does not say. Two queries."""
    return render(request, "desk/letter_queue.html", {"queue": queue(), "mail": mail_goes_out()})


@guard(Role.ADMINISTRATOR, methods=POST)
def letter_queue_again(request: ActorRequest) -> HttpResponse:
    try_anew(by=request.actor)
    messages.success(request, _("The letters are tried again within seconds."))
    return redirect("desk:letter_queue")
