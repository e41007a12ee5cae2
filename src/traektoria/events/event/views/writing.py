"""An event is begun, changed, copied; its materials."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.slots.access import centre_of, number, places
from traektoria.core.attempt import attempt, status_of
from traektoria.events.event.actions import writing
from traektoria.events.event.enums import WRITTEN, MaterialTime
from traektoria.events.event.forms import CopyForm, EventForm, MaterialForm, initial_of, usual
from traektoria.events.event.ideas import find_idea
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import KEEPERS, check_begin, check_keep
from traektoria.events.event.policies import check_edit
from traektoria.events.event.queries.events import find_event
from traektoria.events.event.queries.offered import offers_of
from traektoria.events.event.where import called
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard


@guard(*KEEPERS, methods=BOTH)
def event_new(request: ActorRequest) -> HttpResponse:
    """One form; what is usual is filled in, and what follows from the idea that the address names."""
    centre = centre_of(request, *KEEPERS)
    rules = request.actor.rules_in(centre.pk)
    offers = offers_of(centre, rules)
    idea = find_idea(request.actor, centre, rules, request.GET.get("of", ""), request.GET.get("key", ""))
    initial = usual(offers, request.actor.person_id, timezone.localdate()) | dict(idea.initial if idea else {})
    form = EventForm(request.POST or None, offers=offers, initial=initial)

    def make() -> Event:
        return writing.make_event(centre=centre, facts=form.facts, dates=form.dates, by=request.actor)

    if event := attempt(form, make):
        messages.success(request, _("The event is written. Look at it, then announce it."))
        return redirect("events:event_detail", event.pk)
    context = {"form": form, "places": places(request, *KEEPERS), "centre": centre, "idea": idea, **_more(form)}
    return render(request, "events/event_form.html", context, status=status_of(form))


def _more(form: EventForm) -> dict[str, Any]:
    return {"more": any(name in form.errors for name in form.folded)}


@guard(*KEEPERS, methods=BOTH)
def event_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Dates are changed here until it is announced; then each is moved, so that everybody is told."""
    event = existing(find_event(request.actor, pk))
    check_keep(request.actor, event)
    check_edit(event)
    offers = offers_of(event.centre, request.actor.rules_in(event.centre_id), event)
    dated = event.state in WRITTEN
    initial = initial_of(event, writing.facts_of(event))
    form = EventForm(request.POST or None, offers=offers, dated=dated, initial=initial)

    def save() -> Event:
        return writing.edit_event(
            event=event, facts=form.facts, dates=form.dates if dated else None, by=request.actor,
            number=number(request.POST.get("number", "")) or None,
        )  # fmt: skip

    if attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:event_detail", pk)
    context = {"form": form, "event": event, "centre": event.centre, **_more(form)}
    return render(request, "events/event_form.html", context, status=status_of(form))


@guard(*KEEPERS, methods=BOTH)
def event_copy(request: ActorRequest, pk: int) -> HttpResponse:
    """A draft with everything that was configured, from another day on."""
    event = existing(find_event(request.actor, pk))
    check_begin(request.actor, event.centre_id)
    form = CopyForm(request.POST or None, initial={"day": timezone.localdate() + timedelta(days=14)})

    def copy() -> Event:
        return writing.copy_event(event=event, first_day=form.cleaned_data["day"], by=request.actor)

    if made := attempt(form, copy):
        messages.success(request, _("The copy is a draft. Look at it, then announce it."))
        return redirect("events:event_detail", made.pk)
    context = {"form": form, "event": event, "called": called(event)}
    return render(request, "events/event_copy.html", context, status=status_of(form))


@guard(*KEEPERS, methods=BOTH)
def material_new(request: ActorRequest, pk: int) -> HttpResponse:
    event = existing(find_event(request.actor, pk))
    check_keep(request.actor, event)
    begun = any(one.start <= timezone.now() for one in event.dates.all())
    time = MaterialTime.AFTER if begun else MaterialTime.BEFORE
    form = MaterialForm(request.POST or None, initial={"time": time})
    if attempt(form, lambda: writing.add_material(event=event, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Participants read it on the page of the event."))
        return redirect("events:event_detail", pk)
    context = {"form": form, "event": event, "called": called(event)}
    return render(request, "events/material_new.html", context, status=status_of(form))


@guard(*KEEPERS, methods=POST)
def material_remove(request: ActorRequest, pk: int, material: int) -> HttpResponse:
    event = existing(find_event(request.actor, pk))
    row = fetch(event.materials.model.objects.filter(event=event.pk), pk=material)
    writing.remove_material(material=row, by=request.actor)
    messages.success(request, _("Taken away."))
    return redirect("events:event_detail", pk)
