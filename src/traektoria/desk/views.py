"""«My day»: what is wanted of me, and what comes next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from traektoria.desk.first_steps import first_steps
from traektoria.desk.queries import desk_of
from traektoria.people.guard import ActorRequest, guard


@guard()
def home(request: ActorRequest) -> HttpResponse:
    today = timezone.localdate()
    context = {"today": today, "desk": desk_of(request.actor, today), "steps": first_steps(request.actor)}
    return render(request, "desk/home.html", context)
