"""What registrations tell an event: whom a change is told, how many places are taken, what becomes of who is in."""

from collections.abc import Collection, Sequence

from traektoria.events.enrolment.actions.enrolling import follow
from traektoria.events.enrolment.enums import LIVE
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.enrolment.seats import most_taken
from traektoria.events.event.registries import EventUser, event_users
from traektoria.people.models import Person


def told(event: int, dates: Collection[int]) -> Sequence[Person]:
    """One query."""
    rows = Enrolment.objects.filter(event=event, state__in=LIVE).order_by()
    if dates:
        rows = rows.filter(seats__date__in=dates)
    return list(Person.objects.filter(pk__in=rows.values("person")))


event_users.add(EventUser("events.enrolments", 10, told, most_taken, follow))
