"""An open lesson is observed by its visitors; who gave it reads what they saw."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import READ, leads
from traektoria.events.event.queries.events import find_event
from traektoria.events.event.time_and_place import called
from traektoria.events.observing import actions
from traektoria.events.observing.criteria import criteria_of
from traektoria.events.observing.forms import CountForm, ObservationForm
from traektoria.events.observing.policies import can_read, check_observable, check_read, check_visited
from traektoria.events.observing.queries import forms_of, is_counted_for, lines_of, open_items, own
from traektoria.people.access_log import log_people
from traektoria.people.enums import Purpose
from traektoria.people.guard import BOTH, ActorRequest, existing, guard


@guard(*READ, methods=BOTH)
def observe(request: ActorRequest, pk: int) -> HttpResponse:
    """The form of a visitor, on a phone in the lesson or after it."""
    event = existing(find_event(request.actor, pk))
    check_visited(request.actor, event)
    check_observable(event, timezone.now())
    mine = own(request.actor, event)
    initial: dict[str, Any] = {"takes": mine.takes, "asks": mine.asks} if mine else {}
    initial |= {f"see_{slug}": said for slug, said in mine.marks.items()} if mine else {}
    form = ObservationForm(request.POST or None, criteria=criteria_of(event), initial=initial)
    if attempt(form, lambda: actions.observe_lesson(event=event, by=request.actor, **form.facts)):
        messages.success(request, _("Saved: who gave the lesson reads it."))
        return redirect("events:event_detail", pk)
    context = {"form": form, "event": event, "called": called(event), "mine": mine}
    return render(request, "events/observe.html", context, status=status_of(form))


@guard(*READ, methods=BOTH)
def observations(request: ActorRequest, pk: int) -> HttpResponse:
    """All forms; who gave the lesson can count them for an item of the own route, and nobody else for them. The tutor
    of that route then reads here how often each thing was seen, without names and words."""
    event = existing(find_event(request.actor, pk))
    if not can_read(request.actor, event) and is_counted_for(request.actor, event):
        return _shown(request, event, forms_of(event), None, named=False)
    check_read(request.actor, event)
    rows = forms_of(event)
    items = open_items(request.actor, event) if leads(request.actor, event) and rows else []
    form = CountForm(request.POST or None, items=[(one.pk, one.task) for one in items])

    def count() -> object:
        [item] = [one for one in items if one.pk == form.cleaned_data["item"]]
        link = request.build_absolute_uri(request.path)
        return actions.count_observations(event=event, item=item, link=link, by=request.actor)

    if attempt(form, count):
        messages.success(request, _("It stands in your route as evidence."))
        return redirect("events:observations", pk)
    return _shown(request, event, rows, form if items else None)


def _shown(
    request: ActorRequest, event: Event, rows: list[Any], form: CountForm | None, *, named: bool = True
) -> HttpResponse:
    log_people(
        by=request.actor, purpose=Purpose.SUPPORT, kind="observation", subject_id=event.pk,
        people={one.person_id for one in rows}, centre_id=event.centre_id,
    )  # fmt: skip
    context = {
        "event": event, "called": called(event), "rows": rows if named else [], "number": len(rows),
        "lines": lines_of(event, rows), "form": form,
    }  # fmt: skip
    return render(request, "events/observations.html", context, status=status_of(form) if form else 200)
