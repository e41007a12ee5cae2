"""The guard of ``core`` with this room's actor: what every view of the rooms above imports."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from traektoria.core import guard as core
from traektoria.core.guard import BOTH, GET, POST, guard
from traektoria.organisations.zones import turn_to
from traektoria.people.actor import Actor

__all__ = ["BOTH", "GET", "POST", "ActorRequest", "existing", "fetch", "guard"]


Row = TypeVar("Row", bound=Model)


class ActorRequest(HttpRequest):
    """A request that passed the guard."""

    actor: Actor
    htmx: Any


def existing(row: Row | None) -> Row:
    """What was looked for among the rows visible to the person, or 404. The page goes on by the clock of its centre."""
    if row is None:
        raise Http404
    turn_to(row)
    return row


def fetch(visible: QuerySet[Row], **lookup: Any) -> Row:
    """The object among those visible to the person, or 404. The page goes on by the clock of its centre."""
    found = core.fetch(visible, **lookup)
    turn_to(found)
    return found
