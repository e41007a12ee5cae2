"""The list of bookings, the page of one and of a slot, and what may be done with them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.access_log import log_bookings
from traektoria.consultations.bookings.actions import booking as booking_acts
from traektoria.consultations.bookings.actions import cancelling, moving, offering, outcomes
from traektoria.consultations.bookings.enums import COMING, BookingState
from traektoria.consultations.bookings.forms import WORDS, LeaveForm
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.permissions import READ, can_leave, can_read_topic, is_own, keeps, receives
from traektoria.consultations.bookings.policies import can_leave_now, is_coming
from traektoria.consultations.bookings.queries.bookings import (
    LOOKS,
    booking_page,
    bookings_of,
    find,
    find_slot,
    history_of,
    lists_of,
    log_of,
    moves_of,
    wishes_of,
)
from traektoria.consultations.bookings.time_and_place import booked_words, place, receivers, when_where
from traektoria.consultations.bookings.video import address_of, opens_to
from traektoria.consultations.requests.queries.requests import find as find_request
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.queries.rules import rules_for
from traektoria.core.attempt import attempt, status_of
from traektoria.core.forms import WhyForm
from traektoria.core.text import whole_number
from traektoria.messaging import lead_time
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.guard import POST, ActorRequest, existing, fetch, guard

KEEPERS = (Role.TUTOR, Role.COORDINATOR)


@guard(*READ)
def booking_list(request: ActorRequest) -> HttpResponse:
    """One's own bookings and places in the waiting list; who receives, leads a school or coordinates has their lists
    beside it."""
    lists, asked = lists_of(request.actor), request.GET.get("who", "")
    kind, over = asked if asked in lists else lists[0], request.GET.get("over") == "1"
    page = booking_page(request.actor, request.GET.get("page"), kind=kind, over=over)
    context = {
        "page": page, "rows": page.object_list, "kind": kind, "lists": lists, "over": over,
        "before": lead_time.days_before(lead_time.BOOKINGS),
        "wishes": wishes_of(request.actor) if kind == "mine" and not over else [],
    }  # fmt: skip
    return render(request, "consultations/booking_list.html", context)


@guard(*READ)
def booking_detail(request: ActorRequest, pk: int) -> HttpResponse:
    row = existing(find(request.actor, pk))
    log_bookings(by=request.actor, bookings=[row], subject_id=row.pk, centre_id=row.slot.centre_id)
    return render(request, "consultations/booking_detail.html", _detail(request.actor, row))


def _detail(actor: Actor, row: Booking) -> dict[str, Any]:
    """What the page prints, and the acts that are open to this person now."""
    now, rules = timezone.now(), rules_for(actor, row.slot.centre_id)
    keeper = keeps(actor, row.slot) and not is_own(actor, row)
    leaves, coming = can_leave(actor, row, rules), is_coming(row, now)
    in_time = can_leave_now(row, rules, now)
    changes = coming and row.state != BookingState.OFFERED and (keeper or (leaves and in_time))
    return {
        "row": row,
        "slot": row.slot,
        "when": when_where(row.slot),
        "place": place(row.slot),
        "receivers": receivers(row.slot),
        "video_url": address_of(row.slot) if receives(actor, row.slot) else opens_to(row) if is_own(actor, row) else "",
        "look": LOOKS[row.state],
        "reads_topic": can_read_topic(actor, row),
        "served": find_request(actor, row.request_id) if row.request_id else None,
        "keeper": keeper,
        "coming": coming,
        "own": is_own(actor, row),
        "moves": moves_of(row),
        "history": history_of(row),
        "answers": keeper and row.state == BookingState.ASKED,
        "answers_off": keeper and row.leave_asked_at is not None and coming,
        "offered": is_own(actor, row) and row.state == BookingState.OFFERED,
        "can_cancel": changes,
        "can_move": changes,
        "asks_off": coming and leaves and not in_time and row.state != BookingState.OFFERED and not keeper,
        "says": keeper and row.slot.start <= now and row.state not in (BookingState.ASKED, BookingState.OFFER_OVER),
        "gives": receives(actor, row.slot) and row.slot.start <= now,
        "outcomes": WORDS,
        "rules": rules,
        "reason_form": WhyForm(auto_id="why-%s"),
        "leave_form": LeaveForm(auto_id="leave-%s"),
    }


@guard(*KEEPERS, methods=POST)
def booking_confirm(request: ActorRequest, pk: int) -> HttpResponse:
    booking_acts.confirm_booking(booking=existing(find(request.actor, pk)), by=request.actor)
    messages.success(request, _("Booked; the teacher is told."))
    return redirect("consultations:booking_detail", pk)


@guard(*KEEPERS, methods=POST)
def booking_refuse(request: ActorRequest, pk: int) -> HttpResponse:
    form = WhyForm(request.POST, auto_id="why-%s")
    return _done(
        request, pk, form, "reason_form", _("Refused; the teacher reads the reason."),
        lambda row: booking_acts.refuse_booking(booking=row, by=request.actor, **form.cleaned_data),
    )  # fmt: skip


@guard(*READ, methods=POST)
def booking_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Who is booked gives no reason unless they like; who receives does."""
    row = existing(find(request.actor, pk))
    keeper = keeps(request.actor, row.slot) and not is_own(request.actor, row)
    kind, name = (WhyForm, "reason_form") if keeper else (LeaveForm, "leave_form")
    form = kind(request.POST, auto_id="why-%s" if keeper else "leave-%s")
    return _done(
        request, pk, form, name, _("Cancelled; the other side is told, the place is free."),
        lambda row: cancelling.cancel_booking(booking=row, by=request.actor, **form.cleaned_data),
    )  # fmt: skip


@guard(*READ, methods=POST)
def booking_ask_off(request: ActorRequest, pk: int) -> HttpResponse:
    form = WhyForm(request.POST, auto_id="why-%s")
    return _done(
        request, pk, form, "reason_form", _("The tutor is asked and answers you. Until then the booking stands."),
        lambda row: cancelling.ask_off(booking=row, by=request.actor, **form.cleaned_data),
    )  # fmt: skip


@guard(*KEEPERS, methods=POST)
def booking_answer_off(request: ActorRequest, pk: int) -> HttpResponse:
    lets_go = request.POST.get("answer") == "yes"
    cancelling.answer_off(booking=existing(find(request.actor, pk)), lets_go=lets_go, by=request.actor)
    messages.success(request, _("The teacher is let go and told.") if lets_go else _("The booking stands; told."))
    return redirect("consultations:booking_detail", pk)


@guard(*READ, methods=POST)
def booking_move(request: ActorRequest, pk: int) -> HttpResponse:
    """To the slot that was pressed; what has just been taken leads back to the free hours."""
    row = existing(find(request.actor, pk))
    slot = fetch(Slot.objects.filter(centre=row.slot.centre_id), pk=whole_number(request.POST.get("slot")))
    row = moving.move_booking(booking=row, slot=slot, by=request.actor)
    row.slot = Slot.objects.select_related("date__point", "date__room").get(pk=row.slot_id)
    messages.success(request, _("Moved: %(when)s. Everybody is told.") % {"when": when_where(row.slot)})
    return redirect("consultations:booking_detail", pk)


@guard(*KEEPERS, methods=POST)
def booking_outcome(request: ActorRequest, pk: int) -> HttpResponse:
    row, what = existing(find(request.actor, pk)), request.POST.get("what", "")
    outcomes.say_who_came(booking=row, what=what, by=request.actor)
    messages.success(request, _("Written down."))
    return redirect("consultations:slot_bookings", row.slot_id)


@guard(Role.TEACHER, methods=POST)
def booking_take(request: ActorRequest, pk: int) -> HttpResponse:
    row = offering.take_offer(booking=existing(find(request.actor, pk)), by=request.actor)
    row.slot = Slot.objects.select_related("date__point", "date__room").get(pk=row.slot_id)
    messages.success(request, booked_words(row.slot))
    return redirect("consultations:booking_detail", pk)


@guard(Role.TEACHER, methods=POST)
def booking_pass(request: ActorRequest, pk: int) -> HttpResponse:
    offering.pass_offer(booking=existing(find(request.actor, pk)), by=request.actor)
    messages.success(request, _("The place goes to the next. You stay in the list, at its end."))
    return redirect("consultations:booking_list")


def _done(
    request: ActorRequest, pk: int, form: forms.Form, name: str, said: str, act: Callable[[Booking], Any]
) -> HttpResponse:
    row = existing(find(request.actor, pk))
    if attempt(form, lambda: act(row)):
        messages.success(request, said)
        return redirect("consultations:booking_detail", pk)
    log_bookings(by=request.actor, bookings=[row], subject_id=row.pk, centre_id=row.slot.centre_id)
    context = _detail(request.actor, row) | {name: form}
    return render(request, "consultations/booking_detail.html", context, status=status_of(form))


@guard(*KEEPERS)
def slot_bookings(request: ActorRequest, pk: int) -> HttpResponse:
    """Who is booked on a slot, what was offered of it; after it has begun, who came."""
    slot = existing(_slot(request.actor, pk))
    rows, now = bookings_of(slot), timezone.now()
    log_bookings(by=request.actor, bookings=rows, subject_id=slot.pk, centre_id=slot.centre_id)
    context = {
        "slot": slot, "rows": rows, "when": when_where(slot), "receivers": receivers(slot), "log": log_of(slot),
        "looks": LOOKS, "begun": slot.start <= now, "coming": COMING, "outcomes": WORDS,
        "taken": sum(row.state in (*COMING, "came", "missed") for row in rows),
        "gives": receives(request.actor, slot) and slot.start <= now,
        "written": _written(request.actor, slot) if slot.start <= now else None,
        "video_url": address_of(slot) if receives(request.actor, slot) else "",
    }  # fmt: skip
    return render(request, "consultations/slot_bookings.html", context)


def _written(actor: Actor, slot: Slot) -> int | None:
    """The hour that the person has written down of it, by its number; of who does not receive there, anybody's."""
    rows = slot.hours.filter(withdrawn_at=None).order_by("pk")
    mine = rows.filter(tutor=actor.person_id) if receives(actor, slot) else rows
    return mine.values_list("pk", flat=True).first()


def _slot(actor: Actor, pk: int) -> Slot | None:
    """For who keeps it."""
    slot = find_slot(actor, pk)
    return slot if slot is not None and keeps(actor, slot) else None
