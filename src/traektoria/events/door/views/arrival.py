"""Somebody says that they are there, by the code on the wall; and the ticket that is shown at the door."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Invalid
from traektoria.core.offline_pages import kept_offline
from traektoria.engines.doorcodes import is_shown, ticket_code, typed
from traektoria.engines.qrpatterns import qr_of
from traektoria.events.door import actions
from traektoria.events.door.policies import check_door, check_hour
from traektoria.events.door.secrets import secret_of
from traektoria.events.door.walls import date_of_code
from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Seat
from traektoria.events.event.models import EventDate
from traektoria.events.event.permissions import READ
from traektoria.events.event.queries.events import find_date
from traektoria.events.event.time_and_place import called, place, when
from traektoria.people.actor import acting
from traektoria.people.guard import BOTH, ActorRequest, existing, guard
from traektoria.people.throttle import Pace, count_try, give_back

DOOR = Pace("door", free=6, step=1, longest=300, forgiven=60)
"""Of one person: who mistypes twice waits for nothing, who guesses finds 30⁸ codes."""


class ArrivalForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code on the screen"), max_length=20,
        help_text=gettext_lazy("8 signs, in any case; the code changes every 30 seconds."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


@guard(*READ, methods=BOTH)
def arrive(request: ActorRequest, pk: int = 0, code: str = "") -> HttpResponse:
    """By the address of the QR code, which names the date, or by the typed code alone. Reading marks nobody."""
    date = existing(find_date(request.actor, pk)) if pk else None
    form = ArrivalForm(request.POST or None, initial={"code": code})
    if done := attempt(form, lambda: _arrived(request, date, form.cleaned_data["code"])):
        return redirect("events:event_detail", done.event_id)
    context = {
        "form": form, "date": date, "scanned": bool(code) and not form.errors,
        "called": called(date.event) if date else "", "when": when(date) if date else "",
    }  # fmt: skip
    return render(request, "events/arrive.html", context, status=status_of(form))


def _arrived(request: ActorRequest, date: EventDate | None, text: str) -> EventDate:
    """Raises ``Invalid``, ``Conflict``, ``TooMany``."""
    me, code, now = acting(request.actor), typed(text), timezone.now()
    if date is not None:
        check_hour(date, now)
    count_try(DOOR, me)
    found = date_of_code(code, request.actor.centre_ids, now) if date is None else date
    if found is None or not is_shown(secret_of(found), code, now):
        text = _("This code is not shown now: it changes every 30 seconds. Look at the screen again.")
        raise Invalid(text, code="code")
    is_in = actions.arrive(date=found, by=request.actor, now=now)
    give_back(DOOR, me)
    text = _("You are marked: you came.") if is_in else _("You are marked: you came without a registration.")
    messages.success(request, text)
    return found


@guard(*READ)
def date_ticket(request: ActorRequest, pk: int) -> HttpResponse:
    """One's own: who keeps the door scans it with the camera of a phone, or types the code."""
    date = existing(find_date(request.actor, pk))
    check_door(date)
    seat = Seat.objects.filter(
        date=date.pk, enrolment__person=request.actor.person_id or 0, enrolment__state=EnrolmentState.IN
    )
    if not seat.exists():
        raise Http404
    code = ticket_code(secret_of(date), acting(request.actor))
    door = request.build_absolute_uri(reverse("events:date_door", args=[pk]))
    context = {
        "date": date, "event": date.event, "called": called(date.event), "when": when(date),
        "place": place(date.event), "name": request.actor.name, "code": code, "pattern": qr_of(f"{door}#t={code}"),
    }  # fmt: skip
    return kept_offline(render(request, "events/date_ticket.html", context), request)
