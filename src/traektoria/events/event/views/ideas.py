"""Of what an event can be made: what asks for one, and what took place and can be held again."""

from django.http import HttpResponse
from django.shortcuts import render

from traektoria.events.event.ideas import MOST, idea_sources
from traektoria.events.event.permissions import KEEPERS
from traektoria.events.event.queries.events import held_lately
from traektoria.people.guard import ActorRequest, guard
from traektoria.people.page_centre import centre_of, places


@guard(*KEEPERS)
def event_ideas(request: ActorRequest) -> HttpResponse:
    centre = centre_of(request, *KEEPERS)
    rules = request.actor.rules_in(centre.pk)
    groups = [(source, list(source.found(request.actor, centre, rules))[:MOST]) for source in idea_sources]
    context = {
        "groups": groups, "centre": centre, "places": places(request, *KEEPERS), "held": held_lately(centre.pk),
    }  # fmt: skip
    return render(request, "events/event_ideas.html", context)
