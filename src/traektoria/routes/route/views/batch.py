"""Drafts of routes for all teachers of a tutor."""

from django.http import HttpResponse
from django.shortcuts import render

from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, ActorRequest, guard
from traektoria.routes.route.actions import batch


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
