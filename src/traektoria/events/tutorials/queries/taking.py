"""Who takes part in a tutorial: who has a place, and who came without one; who gave the place back or was
taken off takes part no longer, who leads it does not."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from traektoria.core.prepared import Given, prepared
from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance
from traektoria.events.enrolment.enums import LIVE, EnrolmentState
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.models import Event, EventLeader
from traektoria.people.models import Person

NAME = ("surname", "given", "patronymic")


@prepared
def participants() -> QuerySet[Person, Any]:
    """(person, surname, name, patronymic) in the order of the names: never by what they have done."""
    return _people().order_by("sort_name", "pk").values_list("pk", *NAME)


@prepared
def _one() -> QuerySet[Person, Any]:
    return _people().filter(pk=Given("person")).values_list("pk")


def _people() -> QuerySet[Person]:
    event = Given("event")
    there = Enrolment.objects.filter(event=event, person=OuterRef("pk"), state=EnrolmentState.IN)
    came = Attendance.objects.filter(date__event=event, person=OuterRef("pk"), said=Word.CAME)
    leads = EventLeader.objects.filter(event=event, person=OuterRef("pk"))
    gone = Enrolment.objects.filter(event=event, person=OuterRef("pk")).exclude(state__in=LIVE)
    return Person.objects.filter(Q(Exists(there)) | (Q(Exists(came)) & ~Exists(gone)), ~Exists(leads))


def takes_part(event: Event, person: int | None) -> bool:
    """One query."""
    return person is not None and bool(_one().all(event=event.pk, person=person))
