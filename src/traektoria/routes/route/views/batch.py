"""Drafts of routes for all teachers of a tutor, or for those of one school."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from traektoria.core.errands import ask, is_light
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, ActorRequest, guard
from traektoria.routes.route.actions import batch
from traektoria.routes.route.errands import DRAFTS


@guard(Role.TUTOR, methods=BOTH)
def route_batch(request: ActorRequest) -> HttpResponse:
    """Draft the routes of all teachers, ``?school=`` of one school; the page says what was made and what was left out,
    and why. Many are drafted by the worker."""
    made = request.method == "POST"
    schools = batch.schools_of_teachers(request.actor)
    school = _school(request, schools)
    lines = batch.look(request.actor, school)
    ready = sum(line.why is batch.DraftState.READY for line in lines)
    if made and not is_light(DRAFTS, ready):
        row = ask(DRAFTS, {"school": school}, by=request.actor, centre_id=lines[0].support.centre_id)
        return redirect("desk:errand_detail", row.pk)
    if made:
        lines = batch.draft_all(by=request.actor, school=school)
    context = {
        "lines": lines,
        "made": made,
        "number": sum(line.made for line in lines),
        "ready": ready if not made else 0,
        "schools": schools,
        "school": school,
        "plans": batch.plans_of(lines) if school else 0,
    }
    return render(request, "routes/route_batch.html", context)


def _school(request: ActorRequest, schools: list[tuple[int, str]]) -> int | None:
    """The one of the address, where teachers of the tutor work there."""
    asked = request.GET.get("school", "")
    return next((pk for pk, _name in schools if str(pk) == asked), None)
