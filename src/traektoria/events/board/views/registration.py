"""One registers with a press on the page of the event; what is refused is said there, with the ticks kept: only then
the event is read as its page shows it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.addresses import path_of
from traektoria.core.attempt import attempt, status_of
from traektoria.events.board.views.pages import item_asked, page_of
from traektoria.events.enrolment.actions import enrolling
from traektoria.events.enrolment.actions.promoting import place_in_queue
from traektoria.events.enrolment.forms import EnrolForm, dates_to_choose
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.enrolment.views.enrolments import registered_words
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import READ
from traektoria.events.event.queries.events import find_event, find_to_register
from traektoria.messaging.lead_time import EVENTS, days_before
from traektoria.people.actor import acting
from traektoria.people.guard import POST, ActorRequest, existing, guard
from traektoria.routes.models import RouteItem
from traektoria.routes.tutees.permissions import is_tutor_of, member_ids


@guard(*READ, methods=POST)
def enrol(request: ActorRequest, pk: int) -> HttpResponse:
    """Oneself, on all dates or the marked ones; from a route item its teacher, by the tutor too."""
    event = existing(find_to_register(request.actor, pk))
    item = item_asked(request, request.POST)
    people = _whom(request, item)
    form = EnrolForm(request.POST, dates=dates_to_choose(event))

    def register() -> list[Enrolment]:
        return enrolling.enrol(event=event, people=people, by=request.actor, dates=form.chosen, item=item)

    if rows := attempt(form, register):
        messages.success(request, _said(event, rows, request.actor.person_id))
        return redirect(path_of("events:event_detail", pk))
    context = page_of(request.actor, existing(find_event(request.actor, pk)), item, form)
    return render(request, "events/event_detail.html", context, status=status_of(form))


def _whom(request: ActorRequest, item: RouteItem | None) -> set[int]:
    if item is not None and is_tutor_of(request.actor, item.route.support):
        return member_ids(item.route.support)
    return {acting(request.actor)}


def _said(event: Event, rows: list[Enrolment], me: int | None) -> str:
    if me is None or [row.person_id for row in rows] != [me]:
        return registered_words(rows)
    if not rows[0].waits:
        return _("Registered. A reminder comes %(before)s.") % {"before": days_before(EVENTS)}
    place = place_in_queue(event, me)
    return _("All places are taken. You are in the waiting list, number %(place)s.") % {"place": place}
