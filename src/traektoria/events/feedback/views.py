"""How it was: said by who came, read by who leads the event."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.engines.fewvoices import FEWEST_VOICES
from traektoria.events.event.permissions import READ, check_lead
from traektoria.events.event.queries.events import find_event
from traektoria.events.event.time_and_place import called, zone_of
from traektoria.events.feedback.actions import say_how_it_was
from traektoria.events.feedback.forms import FeedbackForm
from traektoria.events.feedback.policies import check_came, check_time, closes_at
from traektoria.events.feedback.queries import own, told
from traektoria.events.feedback.questions import questions_of
from traektoria.people.guard import BOTH, ActorRequest, existing, guard


@guard(*READ, methods=BOTH)
def feedback(request: ActorRequest, pk: int) -> HttpResponse:
    event = existing(find_event(request.actor, pk))
    check_came(request.actor, event)
    check_time(event, timezone.now())
    mine = own(request.actor, event)
    initial = {**mine.answers, "own_words": mine.words} if mine else {}
    form = FeedbackForm(request.POST or None, questions=questions_of(event), initial=initial)

    def say() -> object:
        words = form.cleaned_data["own_words"]
        return say_how_it_was(event=event, answers=form.answers, words=words, by=request.actor)

    if attempt(form, say):
        messages.success(request, _("Thank you. Until the term you can change it."))
        return redirect("events:event_detail", pk)
    closes = closes_at(event)
    context = {
        "form": form, "event": event, "called": called(event), "least": FEWEST_VOICES,
        "said": bool(mine and mine.answers),
        "closes": timezone.localtime(closes, zone_of(event)) if closes else None,
    }  # fmt: skip
    return render(request, "events/feedback.html", context, status=status_of(form))


@guard(*READ)
def feedback_told(request: ActorRequest, pk: int) -> HttpResponse:
    """For who leads the event and the coordinator."""
    event = existing(find_event(request.actor, pk))
    check_lead(request.actor, event)
    closes = closes_at(event)
    context = {
        "event": event, "called": called(event), "told": told(event, timezone.now()), "least": FEWEST_VOICES,
        "closes": timezone.localtime(closes, zone_of(event)) if closes else None,
    }  # fmt: skip
    return render(request, "events/feedback_told.html", context)
