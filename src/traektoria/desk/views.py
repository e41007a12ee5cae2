"""«My day»: what is wanted of me, and what comes next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from traektoria.core.text import WORDS
from traektoria.desk.first_steps import first_steps
from traektoria.desk.queries import desk_of, waits_at
from traektoria.desk.search import found_by
from traektoria.people.guard import ActorRequest, guard


@guard()
def home(request: ActorRequest) -> HttpResponse:
    today = timezone.localdate()
    desk = desk_of(request.actor, today)
    context = {"today": today, "desk": desk, "steps": first_steps(request.actor)}
    context["waits_at"] = waits_at(request.actor, desk)
    return render(request, "desk/home.html", context)


@guard()
def search(request: ActorRequest) -> HttpResponse:
    """What the words mean to this person, by rooms. What was typed came by core:find and stands in no address."""
    words = request.GET.get("words", "").strip()[:WORDS]
    groups = found_by(request, words) if words else []
    return render(request, "desk/search.html", {"searched": words, "groups": groups})
