"""Free hours, the booking of one, and the waiting list."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.actions import booking as acts
from traektoria.consultations.bookings.actions import wishing
from traektoria.consultations.bookings.enums import BookingState
from traektoria.consultations.bookings.forms import FreeForm, PlaceForm, TopicForm, WishForm, a_month
from traektoria.consultations.bookings.models import Booking, WaitingWish
from traektoria.consultations.bookings.permissions import BOOKS, is_own, keeps
from traektoria.consultations.bookings.policies import Full
from traektoria.consultations.bookings.queries.bookings import find, find_slot, wishes_of
from traektoria.consultations.bookings.queries.free_slots import FreeFilter, by_day, free_page
from traektoria.consultations.bookings.source import FOR_SCHOOL, KEEPER, SELF, Source, modes_of, source_of
from traektoria.consultations.bookings.time_and_place import booked_words
from traektoria.consultations.requests.queries.attendees import by_surnames, offered
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.queries.free_filters import points_offered
from traektoria.consultations.slots.queries.rules import rules_for
from traektoria.core.addresses import path_of
from traektoria.core.attempt import attempt, status_of
from traektoria.core.text import whole_number
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.regulations.consultation_rules import ConsultingRules
from traektoria.people.actor import Actor, acting
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.people.timetable import clash_sentences
from traektoria.routes.needs.queries import teachers_of_school
from traektoria.routes.tutees.queries import tutor_names


@guard(*BOOKS)
def booking_free(request: ActorRequest) -> HttpResponse:
    """Free hours by day: a teacher books with one more press. Others choose for whom on the next page."""
    moved = _moved(request)
    source = source_of(request, _centre_of(request.actor, moved))
    tutors, points = tutor_names([source.centre.pk]), points_offered(source.centre.pk)
    asked = request.GET if FreeForm.base_fields.keys() & request.GET.keys() else None
    form = FreeForm(asked, tutors=tutors, points=points, initial={"subject": source.subject})
    rules, actor = rules_for(request.actor, source.centre.pk), request.actor
    keeps_it = keeps(actor, moved.slot) and not is_own(actor, moved) if moved else source.mode == KEEPER
    own = keeps_it and not actor.has(source.centre.pk, Role.COORDINATOR)
    me = moved.person_id if moved else acting(actor) if source.mode == SELF else 0
    page = free_page(
        source.centre, me, rules, _asked(form, acting(actor) if own else 0), request.GET.get("page"),
        now=timezone.now(), notice=not keeps_it, tutors=tutors,
    )  # fmt: skip
    context = {
        "source": source, "form": form, "page": page, "days": by_day(page.object_list), "moved": moved, "rules": rules,
        "query": source.query, "modes": modes_of(actor, source.centre.pk),
        "places": {} if moved else _places(actor, source),
        "at_once": source.named, "waits": not moved and _waits(source, rules),
        "filtered": form.is_bound or page.has_previous,
    }  # fmt: skip
    return render(request, "consultations/booking_free.html", context)


def _asked(form: FreeForm, own: int) -> FreeFilter:
    """What was chosen; of a request or an item its subject until something is; who receives sees their own hours."""
    if not form.is_bound:
        return FreeFilter(subject=form.initial.get("subject", ""), tutor=own)
    data = form.cleaned_data if form.is_valid() else {}
    return FreeFilter(
        data.get("subject", ""), own or data.get("tutor") or 0, data.get("way", ""), data.get("point") or 0
    )


def _places(actor: Actor, source: Source) -> dict[int, str]:
    """Of who is of several centres: their names, unless the centre follows from what is booked for."""
    own = {one.centre_id: one.centre_name for one in actor.grants if one.centre_id and modes_of(actor, one.centre_id)}
    return {} if source.request or source.item or len(own) < 2 else own


def _moved(request: ActorRequest) -> Booking | None:
    """The booking for which another time is looked for."""
    asked = whole_number(request.GET.get("move"))
    return existing(find(request.actor, asked)) if asked else None


def _centre_of(actor: Actor, moved: Booking | None) -> TutorCentre | None:
    """A booking is moved within its centre, as long as the person is of it."""
    return moved.slot.centre if moved and modes_of(actor, moved.slot.centre_id) else None


def _waits(source: Source, rules: ConsultingRules) -> bool:
    """Whether the page leads to the waiting list: teachers enter it for themselves, where the centre keeps one."""
    return rules.waiting_list and source.mode == SELF


@guard(*BOOKS, methods=BOTH)
def booking_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Book the slot."""
    slot = existing(find_slot(request.actor, pk))
    source = _for_slot(request, slot)
    form = _form(request, source, slot)
    try:
        made = attempt(form, lambda: _book(request.actor, source, slot, form)) if form.is_bound else None
        full = None
    except Full as refusal:
        form.add_error(None, refusal.sentence)
        form.refused_with = refusal.status  # type: ignore[attr-defined]
        made, full = None, refusal
    if made:
        messages.success(request, _said(made, slot))
        one = len(made) == 1
        return redirect(path_of("consultations:booking_detail", made[0].pk) if one else "consultations:booking_list")
    context = {
        "slot": slot, "source": source, "form": form, "full": full, "query": source.query,
        "clashes": _clashes(request.actor, source, slot, form),
        "waits": _waits(source, rules_for(request.actor, slot.centre_id)),
    }  # fmt: skip
    return render(request, "consultations/booking_new.html", context, status=status_of(form))


def _for_slot(request: ActorRequest, slot: Slot) -> Source:
    if "request" not in request.GET and "item" not in request.GET:
        return source_of(request, slot.centre)
    return source_of(request)


def _form(request: ActorRequest, source: Source, slot: Slot) -> TopicForm:
    known: dict[str, Any] = {"for_school": source.is_of_school, "initial": {"topic": source.topic}}
    if source.mode == SELF:
        return TopicForm(request.POST or None, **known)
    shown: list[tuple[int, str]] = []
    if source.mode == FOR_SCHOOL and source.school is not None:
        rows = teachers_of_school(slot.centre_id, source.school)
        shown = [(one.pk, one.short_name) for one in rows]
    elif source.mode == KEEPER:
        shown = offered(acting(request.actor), slot.centre_id, source.people)
    known["initial"]["people"] = sorted(source.people)
    return PlaceForm(request.POST or None, offered=shown, others=source.mode == KEEPER, **known)


def _book(actor: Actor, source: Source, slot: Slot, form: TopicForm) -> list[Booking]:
    people = set(form.cleaned_data.get("people") or ())
    if "others" in form.fields:
        people |= by_surnames(form.cleaned_data["others"], slot.centre_id)
    if source.mode == SELF or (not people and "slot" in form.data):
        people = set(source.people)  # pressed in the list of free hours, where nobody is chosen
    return acts.book_slot(
        slot=slot, people=people, by=actor, school=source.school, purpose=source.purpose(form.topic_said)
    )


def _said(made: list[Booking], slot: Slot) -> str:
    if made[0].state == BookingState.ASKED:
        return _("The place is kept: the tutor says yes first, then you are told.")
    return booked_words(slot)


def _clashes(actor: Actor, source: Source, slot: Slot, form: TopicForm) -> list[str]:
    """What those have then for whom it is booked, shown before the press."""
    chosen = set(form.cleaned_data.get("people") or ()) if form.is_bound else set()
    return clash_sentences(actor, chosen or source.people, slot.interval)


@guard(Role.TEACHER, methods=BOTH)
def wish_new(request: ActorRequest) -> HttpResponse:
    """Enter the waiting list."""
    source = source_of(request)
    centre = source.centre
    initial = {"subject": source.subject, "topic": source.topic, **a_month()}
    form = WishForm(request.POST or None, tutors=tutor_names([centre.pk]), initial=initial)
    made = attempt(form, lambda: wishing.enter_list(wanted=form.wanted(centre.pk), by=request.actor))
    if made:
        messages.success(request, _("You wait. When a place becomes free, it is offered to you by letter and here."))
        return redirect("consultations:booking_list")
    context = {"form": form, "rules": rules_for(request.actor, centre.pk), "wishes": wishes_of(request.actor)}
    return render(request, "consultations/wish_new.html", context, status=status_of(form))


@guard(Role.TEACHER, methods=POST)
def wish_leave(request: ActorRequest, pk: int) -> HttpResponse:
    wish = fetch(WaitingWish.objects.filter(person=request.actor.person_id), pk=pk)
    wishing.leave_list(wish=wish, by=request.actor)
    messages.success(request, _("You wait for it no longer."))
    return redirect("consultations:booking_list")
