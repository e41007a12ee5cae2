"""Who takes part in a tutorial: who has a place, and who came without one; who gave the place back or was
taken off takes part no longer, who leads it does not."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from traektoria.core.prepared_statements import Given, prepared
from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance
from traektoria.events.enrolment.enums import LIVE, EnrolmentState
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.models import Event, EventLeader
from traektoria.events.tutorials.models import SelfWork
from traektoria.people.models import Person

NAME = ("surname", "given", "patronymic")


@prepared
def listed() -> QuerySet[Person, Any]:
    """(person, surname, name, patronymic, whether they take part) of who takes part and of who has handed something in,
    in the order of the names: never by what they have done."""
    work = SelfWork.objects.filter(task__event=Given("event"), person=OuterRef("pk"))
    takes = Case(When(_part(), then=Value(1)), default=Value(0))
    rows = Person.objects.filter(_part() | Q(Exists(work))).annotate(takes=takes)
    return rows.order_by("sort_name", "pk").values_list("pk", *NAME, "takes")


@prepared
def _one() -> QuerySet[Person, Any]:
    return Person.objects.filter(_part(), pk=Given("person")).values_list("pk")


def _part() -> Q:
    event = Given("event")
    there = Enrolment.objects.filter(event=event, person=OuterRef("pk"), state=EnrolmentState.IN)
    came = Attendance.objects.filter(date__event=event, person=OuterRef("pk"), said=Word.CAME)
    leads = EventLeader.objects.filter(event=event, person=OuterRef("pk"))
    gone = Enrolment.objects.filter(event=event, person=OuterRef("pk")).exclude(state__in=LIVE)
    return (Q(Exists(there)) | (Q(Exists(came)) & Q(~Exists(gone)))) & Q(~Exists(leads))


def takes_part(event: Event, person: int | None) -> bool:
    """One query."""
    return person is not None and bool(_one().all(event=event.pk, person=person))
