"""The code on the wall: a page for a projector, which goes on without a line."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from traektoria.core.json_answers import in_json
from traektoria.core.offline_pages import kept_offline
from traektoria.core.text import whole_number
from traektoria.core.typography import clock
from traektoria.engines.doorcodes import STEP, step_of
from traektoria.events.door.policies import check_door, opens_at
from traektoria.events.door.views.door import GONE
from traektoria.events.door.walls import WallCode, wall_at, wall_codes
from traektoria.events.event.models import EventDate
from traektoria.events.event.permissions import READ, check_lead
from traektoria.events.event.queries.events import find_date
from traektoria.events.event.time_and_place import called, when
from traektoria.people.guard import ActorRequest, existing, guard


@guard(*READ)
def date_wall(request: ActorRequest, pk: int) -> HttpResponse:
    date = _mine(request, pk)
    now, opens = timezone.now(), opens_at(date)
    step = max(step_of(now), step_of(opens))
    context = {
        "date": date, "event": date.event, "called": called(date.event), "when": when(date),
        "code": wall_at(date, step, _site(request, date)), "step_ms": STEP * 1000,
        "now_ms": int(now.timestamp() * 1000), "first": step_of(opens), "last": step_of(date.end),
        "is_early": opens > now, "is_over": date.end <= now, "opens": clock(timezone.localtime(opens)),
        "typed_at": request.get_host() + reverse("events:arrive"),
    }  # fmt: skip
    return kept_offline(render(request, "events/date_wall.html", context), request)


@guard(*READ)
@in_json(GONE)
def date_wall_codes(request: ActorRequest, pk: int) -> dict[str, Any]:
    """The codes from the step ``since`` on, as many as are drawn at once."""
    date = _mine(request, pk)
    since = max(whole_number(request.GET.get("since", "")), step_of(timezone.now()) - 1)
    return {"codes": [_told(one) for one in wall_codes(date, since, _site(request, date))]}


def _told(code: WallCode) -> list[Any]:
    return [code.step, code.pattern.size, code.pattern.digits, code.short]


def _mine(request: ActorRequest, pk: int) -> EventDate:
    date = existing(find_date(request.actor, pk))
    check_lead(request.actor, date.event)
    check_door(date)
    return date


def _site(request: ActorRequest, date: EventDate) -> str:
    return request.build_absolute_uri(reverse("events:arrive_by", args=[date.pk, "CODE"])).replace("CODE", "{code}")
