"""An event is begun, changed, copied."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.text import whole_number
from traektoria.events.event.actions import writing
from traektoria.events.event.enums import WRITTEN
from traektoria.events.event.forms import CopyForm, EventForm, initial_of, usual
from traektoria.events.event.ideas import find_idea, keep_of
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import KEEPERS, check_begin, check_keep
from traektoria.events.event.policies import check_edit
from traektoria.events.event.queries.events import find_event
from traektoria.events.event.queries.form_choices import offers_of
from traektoria.events.event.time_and_place import called
from traektoria.people.guard import BOTH, ActorRequest, existing, guard
from traektoria.people.page_centre import centre_of, places


@guard(*KEEPERS, methods=BOTH)
def event_new(request: ActorRequest) -> HttpResponse:
    """One form; what is usual is filled in, and what follows from the idea that the address names."""
    centre = centre_of(request, *KEEPERS)
    rules = request.actor.rules_in(centre.pk)
    offers = offers_of(centre, rules)
    source = request.GET.get("of", "")
    idea = find_idea(request.actor, centre, rules, source, request.GET.get("key", ""))
    initial = usual(offers, request.actor.person_id, timezone.localdate()) | dict(idea.initial if idea else {})
    form = EventForm(request.POST or None, offers=offers, initial=initial)

    @transaction.atomic
    def make() -> Event:
        event = writing.make_event(centre=centre, facts=form.facts, dates=form.dates, by=request.actor)
        if idea:
            keep_of(event, source, idea, [whole_number(one) for one in request.POST.getlist("made_of")])
        return event

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
    kept = [one.interval for one in event.dates.all()]
    form = EventForm(request.POST or None, offers=offers, dated=dated, kept=kept, initial=initial)

    def save() -> Event:
        return writing.edit_event(
            event=event, facts=form.facts, dates=form.dates if form.redated else None, by=request.actor,
            number=whole_number(request.POST.get("number", "")) or None,
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
