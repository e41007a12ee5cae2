"""An event goes from state to state; a date is moved, dropped, held."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.attempt import attempt, status_of
from traektoria.core.forms import WhyForm
from traektoria.core.text import whole_number
from traektoria.events.event.actions import dating, steps
from traektoria.events.event.enums import Scope
from traektoria.events.event.forms import MoveForm
from traektoria.events.event.permissions import KEEPERS, READ, check_approve, check_keep, check_lead
from traektoria.events.event.policies import check_cancel, check_coming_date, check_drop
from traektoria.events.event.queries.events import find_date, find_event
from traektoria.events.event.registries import whom_to_tell
from traektoria.events.event.time_and_place import called, when
from traektoria.people.approvers import APPROVERS
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, guard

Act = tuple[Callable[..., Any], Any]
ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "announce": (steps.announce_event, gettext_lazy("Announced: the centre sees it and registers.")),
        "propose": (steps.propose_event, gettext_lazy("Sent for approval.")),
        "recall": (steps.recall_event, gettext_lazy("It is a draft again.")),
        "close": (steps.close_event, gettext_lazy("Closed. It stays readable.")),
        "reopen": (steps.reopen_event, gettext_lazy("Open anew: mark what was wrong.")),
    }
)


@guard(*READ, methods=POST)
def event_step(request: ActorRequest, pk: int) -> HttpResponse:
    """A step without further words: announce, send for approval, take back, close, open anew."""
    act = ACTS.get(request.POST.get("step", ""))
    if act is None:
        raise Http404
    act[0](event=existing(find_event(request.actor, pk)), by=request.actor)
    messages.success(request, act[1])
    return redirect("events:event_detail", pk)


@guard(*APPROVERS, methods=POST)
def event_approve(request: ActorRequest, pk: int) -> HttpResponse:
    steps.approve_event(event=existing(find_event(request.actor, pk)), by=request.actor)
    messages.success(request, _("Approved and announced; the leaders are told."))
    return redirect("events:event_detail", pk)


@guard(*APPROVERS, methods=BOTH)
def event_return(request: ActorRequest, pk: int) -> HttpResponse:
    event, form = existing(find_event(request.actor, pk)), WhyForm(request.POST or None)
    check_approve(request.actor, event)
    if attempt(form, lambda: steps.return_event(event=event, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Returned; who wrote it reads why."))
        return redirect("events:event_detail", pk)
    context = {"form": form, "event": event, "called": called(event)}
    return render(request, "events/event_return.html", context, status=status_of(form))


@guard(*KEEPERS, methods=BOTH)
def event_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """With who will be told."""
    event, form = existing(find_event(request.actor, pk)), WhyForm(request.POST or None)
    check_keep(request.actor, event)
    if request.method != "POST":
        check_cancel(event, timezone.now())
    if attempt(form, lambda: steps.cancel_event(event=event, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Cancelled; everybody is told, their time is free."))
        return redirect("events:event_detail", pk)
    context = {"form": form, "event": event, "called": called(event), **_told(event)}
    return render(request, "events/event_cancel.html", context, status=status_of(form))


def _told(event: Any, dates: tuple[int, ...] = ()) -> dict[str, Any]:
    people = whom_to_tell(event, dates)
    leaders = [one.person.short_name for one in event.leads.all()]
    return {"told": len(people), "told_leaders": leaders}


def _told_by_scope(row: Any) -> dict[str, int]:
    """How many people each scope reaches; nothing where no other date is to come. Bounded by the scopes."""
    dates = {scope: [one.pk for one in dating.dates_in(row, scope, timezone.now())] for scope in Scope.values}
    if len(dates[Scope.ALL]) < 2:
        return {}
    return {scope: len(whom_to_tell(row.event, keys)) for scope, keys in dates.items()}


@guard(*KEEPERS, methods=BOTH)
def date_move(request: ActorRequest, pk: int) -> HttpResponse:
    """To another time: this date, this one and those after it, or all; with who will be told."""
    row = existing(find_date(request.actor, pk))
    event = row.event
    check_keep(request.actor, event)
    if request.method != "POST":
        check_coming_date(row, timezone.now())
    local = timezone.localtime(row.start)
    initial = {"scope": "one", "day": local.date(), "start": local.time(), "end": timezone.localtime(row.end).time()}
    told = _told_by_scope(row)
    form = MoveForm(request.POST or None, told=told, initial=initial)

    def move() -> Any:
        return dating.move_dates(
            date=row, to=form.to, reason=form.cleaned_data["reason"], scope=form.chosen, by=request.actor
        )

    if attempt(form, move):
        messages.success(request, _("Moved; everybody is told once."))
        return redirect("events:event_detail", event.pk)
    context = {"form": form, "event": event, "row": row, "called": called(event), "when": when(row), **_told(event)}
    if told:
        context["told"] = 0  # each scope says it
    return render(request, "events/date_move.html", context, status=status_of(form))


@guard(*KEEPERS, methods=BOTH)
def date_drop(request: ActorRequest, pk: int) -> HttpResponse:
    row, form = existing(find_date(request.actor, pk)), WhyForm(request.POST or None)
    event = row.event
    check_keep(request.actor, event)
    if request.method != "POST":
        check_drop(row, timezone.now())
    is_over = row.end <= timezone.now()
    if attempt(form, lambda: dating.drop_date(date=row, by=request.actor, **form.cleaned_data)):
        said = _("Written down: it did not take place. The others stand.")
        messages.success(
            request, said if is_over else _("This date is dropped; who comes on it is told. The others stand.")
        )
        return redirect("events:event_detail", event.pk)
    context = {
        "form": form, "event": event, "row": row, "called": called(event), "when": when(row),
        "is_over": is_over, **({} if is_over else _told(event, (row.pk,))),
    }  # fmt: skip
    return render(request, "events/date_drop.html", context, status=status_of(form))


@guard(*READ, methods=POST)
def date_hold(request: ActorRequest, pk: int) -> HttpResponse:
    """It took place; of an event for pupils, how many came."""
    row = existing(find_date(request.actor, pk))
    check_lead(request.actor, row.event)
    pupils = request.POST.get("pupils", "").strip()
    dating.hold_date(date=row, pupils=whole_number(pupils) if pupils.isdecimal() else None, by=request.actor)
    messages.success(request, _("Written down: it took place."))
    return redirect("events:event_detail", row.event_id)
