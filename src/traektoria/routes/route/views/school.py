"""Routes of a school begun by the coordinator: numbers, one press, and what was not drafted and why."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from traektoria.core.errands import ask, is_light
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, ActorRequest, guard
from traektoria.routes.route.actions import for_school
from traektoria.routes.route.errands import SCHOOL_DRAFTS, drafted_words


@guard(Role.COORDINATOR, methods=BOTH)
def school_routes(request: ActorRequest) -> HttpResponse:
    """``?school=``: of which one. Many are drafted by the worker."""
    schools = for_school.schools_of_centre(request.actor)
    asked = request.POST.get("school") or request.GET.get("school", "")
    school = next((pk for pk, _name in schools if str(pk) == asked), None)
    if school is None:
        return render(request, "routes/school_routes.html", {"schools": schools, "school": None})
    numbers = for_school.numbers(request.actor, school)
    if request.method != "POST":
        context = {"schools": schools, "school": school, "numbers": numbers}
        return render(request, "routes/school_routes.html", context)
    if not is_light(SCHOOL_DRAFTS, numbers.without_route):
        row = ask(SCHOOL_DRAFTS, {"school": school}, by=request.actor)
        return redirect("desk:errand_detail", row.pk)
    for_school.draft_for_school(school=school, by=request.actor)
    messages.success(request, drafted_words())
    return redirect(f"{reverse('routes:school_routes')}?school={school}")
