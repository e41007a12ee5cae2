"""Who observes a lesson, when; who reads what was seen."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Refused, twin
from traektoria.events.attendance.policies import came, ended_at
from traektoria.events.event.enums import STANDS
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import leads
from traektoria.people.actor import Actor
from traektoria.people.enums import Role

DAYS = timedelta(days=14)
"""After the last date: then the lesson is forgotten."""


def check_visited(actor: Actor, event: Event) -> None:
    """One query."""
    if not came(actor, event):
        raise Refused(_("The form is filled in by those who came to the lesson."), code="did_not_come")


def check_observable(event: Event, now: datetime) -> None:
    """Reads ``dates``."""
    if not event.observation or event.state not in STANDS:
        raise Conflict(_("No form of observation belongs to this event."), code="no_observation")
    end = ended_at(event)
    if end is None or end + DAYS <= now:
        raise Conflict(_("Two weeks have passed: the forms are gathered."), code="term_over")


def check_read(actor: Actor, event: Event) -> None:
    """With names. Who only began the event is not told. Reads ``leads``."""
    if not leads(actor, event) and not actor.has(event.centre_id, Role.COORDINATOR):
        raise Refused(_("Forms of visitors are read by who gave the lesson, and by the coordinator."), code="not_yours")


can_be_observed = twin(check_observable)
can_read = twin(check_read)
