"""Who is of the centre no longer leads no event there; an event without leaders waits for the coordinator."""

from traektoria.core import audit
from traektoria.events.event.enums import OPEN
from traektoria.events.event.models import EventLeader
from traektoria.events.event.policies import of_centre
from traektoria.people.actor import Actor


def settle_leader(person_id: int, by: Actor | None) -> None:
    """After the person lost a role or left a school (registered as ``Farewell``)."""
    rows = EventLeader.objects.filter(person=person_id, event__state__in=OPEN).select_related("event").order_by("pk")
    for row in rows:
        if not of_centre([person_id], row.event.centre_id):
            audit.record("event.leader_left", row.event, by=by, person=person_id)
            row.delete()
