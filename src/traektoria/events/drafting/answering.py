"""Requests of schools of which an event was made: kept with it, said on their page, told to the schools once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.consultations.requests.enums import OPEN
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.registries import Answered, RequestAnswer, request_answers
from traektoria.core.prepared import Given, prepared
from traektoria.core.typography import ru_moment
from traektoria.events.drafting.letters import tell_off, tell_schools
from traektoria.events.drafting.models import AnsweredRequest
from traektoria.events.event.enums import STANDS, DateState
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.registries import EventUser, News, event_users
from traektoria.organisations import zones
from traektoria.people.actor import Actor
from traektoria.people.models import Person


def keep_requests(event: Event, requests: Collection[int]) -> None:
    """Of these those of schools of the centre that are open still. Inside the transaction of the draft."""
    rows = ConsultationRequest.objects.filter(
        pk__in=requests, centre=event.centre_id, school__isnull=False, state__in=OPEN
    )
    AnsweredRequest.objects.bulk_create(
        [AnsweredRequest(event=event, request=row) for row in rows.order_by("pk")], ignore_conflicts=True
    )


def changed(event: Event, news: News, _dates: Collection[int], _by: Actor) -> None:
    if news == News.ANNOUNCED:
        tell_schools(event)
    elif news == News.CANCELLED:
        tell_off(event)


def nobody(_event: int, _dates: Collection[int]) -> Sequence[Person]:
    """Schools are told of the event, not of each of its changes."""
    return ()


def answered(request_id: int) -> list[Answered]:
    """Announced events that answer it, as they are now. One query."""
    return [
        Answered(reverse("events:event_detail", args=[pk]), _said(kind, title, start, zone))
        for pk, kind, title, zone, start in _answers().all(request=request_id)
    ]


def _said(kind: str, title: str, start: datetime | None, zone: str) -> str:
    what = _("%(kind)s “%(title)s”") % {"kind": kind, "title": title}
    when = ru_moment(start.astimezone(zones.zone(zone)).replace(tzinfo=None)) if start else ""
    return ", ".join(filter(None, (what, when)))


@prepared
def _answers() -> QuerySet[Event, tuple[int, str, str, str, datetime | None]]:
    dates = EventDate.objects.filter(event=OuterRef("pk"), state=DateState.STANDING).order_by("start")
    rows = Event.objects.filter(answered__request=Given("request"), state__in=STANDS)
    rows = rows.annotate(first=Subquery(dates.values("start")[:1]))
    return rows.order_by("pk").values_list("pk", "kind_name", "title", "centre__municipality__time_zone", "first")


event_users.add(EventUser("events.requests", 20, nobody, lambda _event: 0, changed))
request_answers.add(RequestAnswer("events.drafting", 10, answered))
