"""The door on a phone: who leads the event ticks who comes, with a line or without one."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Invalid
from traektoria.core.gate import read_json
from traektoria.core.json_answers import in_json
from traektoria.core.offline_pages import kept_offline
from traektoria.core.text import squash, whole_number
from traektoria.core.typography import clock, counted
from traektoria.events.attendance.actions import GuestWords, Mark, settle_aside
from traektoria.events.attendance.enums import Word
from traektoria.events.door.actions import Received, receive
from traektoria.events.door.forms import LONGEST, GuestForm
from traektoria.events.door.policies import check_door, opens_at
from traektoria.events.door.queries import aside_of, door_of, state_of
from traektoria.events.enrolment.access_log import log_list
from traektoria.events.event.models import EventDate
from traektoria.events.event.permissions import READ, check_lead
from traektoria.events.event.policies import can_be_held, check_held
from traektoria.events.event.queries.events import find_date
from traektoria.events.event.time_and_place import called, when
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, guard

MOST_AT_ONCE = 200
GONE = gettext_lazy("This event is not yours any more: ask the coordinator. What you marked stays on the phone.")
SAID = (Word.CAME, Word.UNDONE)


@guard(*READ, methods=BOTH)
def date_door(request: ActorRequest, pk: int) -> HttpResponse:
    """Opened once it opens without a line. Without a script each press is a form."""
    date = _mine(request, pk)
    sent = request.POST if request.method == "POST" else None
    pressed = [] if sent is None else _pressed(sent)
    form = GuestForm(None if pressed else sent, auto_id="door-%s")

    def take() -> Received:
        check_held(date, timezone.now())
        marks = pressed or [Mark(uuid4(), None, Word.CAME, timezone.now(), _guest(**form.cleaned_data))]
        return receive(date=date, marks=marks, by=request.actor)

    if received := take() if pressed else attempt(form, take):
        for one in (*received.refused.values(), *received.warned):
            messages.info(request, one)
        return redirect("events:date_door", pk)
    return kept_offline(_shown(request, date, form), request)


def _shown(request: ActorRequest, date: EventDate, form: GuestForm) -> HttpResponse:
    check_door(date)
    door, opens = door_of(date), opens_at(date)
    log_list(by=request.actor, event=date.event, people=[row.person for row in door.rows])
    number_aside, why = aside_of(date)
    context = {
        "date": date, "event": date.event, "called": called(date.event), "when": when(date), "door": door,
        "opens": int(opens.timestamp() * 1000), "now": int(timezone.now().timestamp() * 1000),
        "early": clock(timezone.localtime(opens)), "form": form,
        "is_early": opens > timezone.now(), "aside": number_aside, "why_aside": why,
        "settles": bool(number_aside) and can_be_held(date, timezone.now()),
    }  # fmt: skip
    return render(request, "events/date_door.html", context, status=status_of(form))


@guard(*READ, methods=POST, once=False)
@in_json(GONE)
def date_door_save(request: ActorRequest, pk: int) -> dict[str, Any]:
    """What a phone kept: JSON {device, marks: [{key, person or guest, said, at}]}. What comes again changes nothing."""
    date = _mine(request, pk)
    said = receive(date=date, marks=_queue(request.body), by=request.actor)
    return {"kept": [str(one) for one in said.kept], "refused": said.refused, "warned": said.warned} | state_of(date)


@guard(*READ)
@in_json(GONE)
def date_door_state(request: ActorRequest, pk: int) -> dict[str, Any]:
    """Who is here by now, for the other phones."""
    return state_of(_mine(request, pk))


@guard(*READ, methods=POST)
def date_door_settle(request: ActorRequest, pk: int) -> HttpResponse:
    """What was kept aside counts."""
    settled = settle_aside(date=_mine(request, pk), by=request.actor)
    messages.success(request, counted(settled, "%(n)s mark counts now.", "%(n)s marks count now."))
    return redirect("events:date_door", pk)


def _mine(request: ActorRequest, pk: int) -> EventDate:
    date = existing(find_date(request.actor, pk))
    check_lead(request.actor, date.event)
    return date


def _pressed(sent: QueryDict) -> list[Mark]:
    """One press on the list of a page without a script; nothing where somebody was typed."""
    now = timezone.now()
    for said, name in ((Word.CAME, "came"), (Word.UNDONE, "undo")):
        if person := whole_number(sent.get(name, "")):
            return [Mark(uuid4(), person, said, now)]
    if "undo-guest" in sent:
        name, _bar, work = sent.get("undo-guest", "").partition("|")
        return [Mark(uuid4(), None, Word.UNDONE, now, _guest(name, work))]
    return []


def _guest(name: object, work: object) -> GuestWords:
    words = GuestWords(squash(str(name or ""))[:LONGEST], squash(str(work or ""))[:LONGEST])
    if not words.name:
        raise Invalid(_("Write who came: surname and name."), code="no_name")
    return words


def _queue(body: bytes) -> list[Mark]:
    """Raises ``Invalid`` for what no page of ours sends."""
    try:
        sent = read_json(body)
        device, rows = str(sent["device"])[:40], list(sent["marks"])[:MOST_AT_ONCE]
        return [_mark(row, device) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError) as broken:
        raise Invalid(_("The marks can't be read. Reload the page."), code="broken") from broken


def _mark(row: dict[str, Any], device: str) -> Mark:
    said, guest = str(row["said"]), row.get("guest")
    if said not in SAID:
        raise ValueError(said)
    at = datetime.fromtimestamp(int(row["at"]) / 1000, UTC)
    words = _guest(guest["name"], guest.get("work")) if guest else None
    return Mark(UUID(str(row["key"])), None if words else int(row["person"]), said, at, words, device)
