"""«For me»: what serves the items and topics of a teacher, and what is put off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.text import whole_number
from traektoria.events.recommended import actions
from traektoria.events.recommended.queries import for_me
from traektoria.people.enums import Role
from traektoria.people.guard import POST, ActorRequest, guard


@guard(Role.TEACHER)
def recommended(request: ActorRequest) -> HttpResponse:
    found = for_me(request.actor, timezone.now(), whole_number(request.GET.get("item", "")))
    return render(request, "events/recommended.html", {"found": found, "lists": []})


@guard(Role.TEACHER, methods=POST)
def put_off(request: ActorRequest) -> HttpResponse:
    """Not now; or back again."""
    if back := whole_number(request.POST.get("back", "")):
        actions.take_back(row=back, by=request.actor)
        messages.success(request, _("It is offered again."))
        return redirect("events:recommended")
    wish, offer = request.POST.get("wish", ""), request.POST.get("offer", "")
    actions.put_off(wish=wish, offer=offer, by=request.actor, now=timezone.now())
    messages.success(request, _("Put off for this. It stands below and can be taken back."))
    return redirect("events:recommended")
