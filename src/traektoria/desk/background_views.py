"""«Background work»: what goes on while no page waits, for the administrator of the installation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.tasks import queries
from traektoria.core.tasks.repeating import repeat
from traektoria.people.enums import Role
from traektoria.people.guard import POST, ActorRequest, guard


@guard(Role.ADMINISTRATOR)
def background(request: ActorRequest) -> HttpResponse:
    """What runs, waits, has failed, and when the worker was last seen. Two queries."""
    context = {"lines": queries.lines(), "worker": queries.worker_seen()}
    return render(request, "desk/background.html", context)


@guard(Role.ADMINISTRATOR, methods=POST)
def background_repeat(request: ActorRequest, pk: UUID) -> HttpResponse:
    repeat(pk=pk)
    messages.success(request, _("It will be done within seconds."))
    return redirect("desk:background")
