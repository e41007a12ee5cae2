"""Requests of schools of which an event was made: kept with it, said on their page, told to the schools once."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from traektoria.consultations.requests.enums import OPEN
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.registries import Answered, RequestAnswer, request_answers
from traektoria.core.joined_rows import Joined, by, hold
from traektoria.core.prepared_statements import Given, prepared
from traektoria.events.drafting.letters import takes_teachers, tell_off, tell_schools
from traektoria.events.drafting.models import FORGOTTEN, AnsweredRequest, taken
from traektoria.events.event.enums import STANDS
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.registries import EventUser, News, event_users
from traektoria.events.event.time_and_place import called, dates_in_words, zone_of
from traektoria.people.actor import Actor
from traektoria.people.models import Person

_DATES: Final = Joined(EventDate)


def keep_requests(event: Event, requests: Collection[int]) -> None:
    """Of these those of schools of the centre that are open still and that no other event answers. Inside the
    transaction of the draft: the requests are locked, so that of two who begin one at once only one answers them."""
    rows = ConsultationRequest.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in=requests, centre=event.centre_id, school__isnull=False, state__in=OPEN
    )
    found = list(rows.order_by("pk"))
    answered = set(taken(timezone.now() - FORGOTTEN).filter(request__in=found).values_list("request", flat=True))
    AnsweredRequest.objects.bulk_create(
        [AnsweredRequest(event=event, request=row) for row in found if row.pk not in answered], ignore_conflicts=True
    )


def changed(event: Event, news: News, _dates: Collection[int], _by: Actor) -> None:
    if news == News.ANNOUNCED:
        _leave_to_others(event)
        tell_schools(event)
    elif news == News.CANCELLED:
        tell_off(event)


def _leave_to_others(event: Event) -> None:
    """What another event has answered while this draft lay forgotten is answered already. Under the locks of its
    requests, so that of two announced at once one leaves them to the other."""
    own = AnsweredRequest.objects.filter(event=event)
    requests = ConsultationRequest.objects.filter(pk__in=own.values("request")).order_by("pk")
    list(requests.select_for_update(of=("self",), no_key=True))
    others = AnsweredRequest.objects.filter(event__state__in=STANDS).exclude(event=event).values("request")
    own.filter(request__in=others).delete()


def nobody(_event: int, _dates: Collection[int]) -> Sequence[Person]:
    """Schools are told of the event, not of each of its changes."""
    return ()


def answered(request_id: int) -> list[Answered]:
    """Announced events that answer it, as they are now. One query; one more where there are any."""
    rows: list[Event] = _answers().all(request=request_id)
    dates = by("event_id", _DATES.among("t.event_id", [row.pk for row in rows], order="t.start, t.id"))
    hold(rows, "dates", dates)
    now = timezone.now()
    return [
        Answered(reverse("events:event_detail", args=[row.pk]), _said(row), open=takes_teachers(row, now))
        for row in rows
    ]


def _said(event: Event) -> str:
    return ", ".join(filter(None, (called(event), dates_in_words(event.dates.all(), zone_of(event)))))


@prepared
def _answers() -> QuerySet[Event, Any]:
    rows = Event.objects.filter(answered__request=Given("request"), state__in=STANDS)
    return rows.select_related("centre__municipality", "regulation").order_by("pk")


event_users.add(EventUser("events.requests", 20, nobody, lambda _event: 0, changed))
request_answers.add(RequestAnswer("events.drafting", 10, answered))
