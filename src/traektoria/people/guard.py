"""The guard of ``core`` with this room's actor: what every view of the rooms above imports."""

from typing import Any

from django.http import HttpRequest

from traektoria.core.guard import BOTH, GET, POST, fetch, guard
from traektoria.people.actor import Actor

__all__ = ["BOTH", "GET", "POST", "ActorRequest", "fetch", "guard"]


class ActorRequest(HttpRequest):
    """A request that passed the guard."""

    actor: Actor
    htmx: Any
