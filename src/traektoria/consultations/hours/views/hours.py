"""Hours that were given: their list, the form, the page of an hour, and what may be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.enums import AWAITED
from traektoria.consultations.hours.access_log import log_hour
from traektoria.consultations.hours.actions import giving
from traektoria.consultations.hours.actions.steps import steps_into_routes
from traektoria.consultations.hours.engagements import MAY_LIE_IN
from traektoria.consultations.hours.enums import Feedback, HourWay
from traektoria.consultations.hours.forms import TEXTS, CorrectionForm, HourForm, NewHourForm, WithdrawHourForm, on_form
from traektoria.consultations.hours.models import ConsultationHour
from traektoria.consultations.hours.permissions import (
    can_change,
    can_lead,
    can_read_notes,
    can_say,
    check_change,
    check_led,
    check_received,
    gave,
)
from traektoria.consultations.hours.policies import AtOnce, check_begun, check_source, check_standing, reopens
from traektoria.consultations.hours.queries.editions import editions_of
from traektoria.consultations.hours.queries.hours import find_hour, hour_page, likely_time
from traektoria.consultations.hours.queries.led_routes import who_has_a_route
from traektoria.consultations.load.queries import own_loads
from traektoria.consultations.requests.enums import OPEN, Way
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.queries.attendees import asked_for, by_surnames, namesakes, offered
from traektoria.consultations.requests.queries.requests import find
from traektoria.consultations.slots.enums import SlotWay
from traektoria.consultations.slots.models import Slot
from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Invalid
from traektoria.core.text import whole_number
from traektoria.engines.intervals import Interval
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, acting
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.people.page_centre import centre_of, places
from traektoria.people.timetable import clash_sentences
from traektoria.routes.models import RouteItem, TutorSupport
from traektoria.routes.route.views.common import fetch_item
from traektoria.routes.tutees.permissions import member_ids
from traektoria.routes.tutees.queries import visible_to as supports_visible_to
from traektoria.tutors.profiles.queries import only_subject

READ = (Role.TEACHER, Role.TUTOR, Role.COORDINATOR)
USUAL, MOST_TYPED = 45, 500


@dataclass(frozen=True)
class From:
    """Where an hour comes from, and what is known by that."""

    centre: TutorCentre
    people: frozenset[int] = frozenset()
    subject: str = ""
    topic: str = ""
    way: str = HourWay.IN_PERSON
    request: ConsultationRequest | None = None
    item: RouteItem | None = None
    slot: Slot | None = None


@guard(*READ)
def hour_list(request: ActorRequest) -> HttpResponse:
    """Hours that the person gave or was at, or those of the coordinator's centre, the latest first."""
    page = hour_page(request.actor, request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "loads": own_loads(request.actor)}
    return render(request, "consultations/hour_list.html", context)


@guard(Role.TUTOR, methods=BOTH)
def hour_new(request: ActorRequest) -> HttpResponse:
    """Write down an hour that has just ended: a walk-in, or from a request, a support, an item of a route."""
    known = _from(request)
    people = offered(acting(request.actor), known.centre.pk, known.people)
    start, minutes = _time(acting(request.actor), known.slot)
    initial = on_form(
        start, minutes, teachers=sorted(known.people), topic=known.topic, way=known.way,
        subject=known.subject or only_subject(acting(request.actor), known.centre.pk),
    )  # fmt: skip
    is_open = known.request is not None and known.request.state in OPEN
    booked = [one for one in people if known.slot and one[0] in known.people]
    led = who_has_a_route(request.actor, known.centre.pk, [pk for pk, _name in people])
    form = NewHourForm(
        request.POST or None, offered=people, namesakes=_namesakes(request, known.centre.pk), initial=initial,
        has_request=is_open, booked=booked, led=led,
    )  # fmt: skip
    made, clash = _tried(form, lambda: _record(request.actor, known, form))
    if made:
        messages.success(request, _("Written down. The teachers are told."))
        _step(request, made, form.cleaned_data.get("steps") or [])
        return redirect("consultations:hour_detail", made.pk)
    context = {
        "form": form, "known": known, "clash": clash, "places": _places(request, known),
        "clashes": _clashes(request.actor, form),
    }  # fmt: skip
    return render(request, "consultations/hour_new.html", context, status=status_of(form))


@guard(*READ)
def hour_detail(request: ActorRequest, pk: int) -> HttpResponse:
    hour = existing(find_hour(request.actor, pk))
    log_hour(by=request.actor, hour=hour)
    return render(request, "consultations/hour_detail.html", _detail(request.actor, hour))


@guard(Role.TUTOR, methods=BOTH)
def hour_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct an hour; what it said before stays to be read."""
    hour = existing(find_hour(request.actor, pk))
    check_change(request.actor, hour)
    check_standing(hour)
    there = {one.person_id for one in hour.teachers.all()}
    facts = {name: getattr(hour, name) for name in ("way", "subject", "topic", "pupils")}
    notes = {name: getattr(hour, name) for name in (*TEXTS, "next_day")}
    initial = on_form(hour.start, hour.minutes, teachers=sorted(there), seen=giving.mark_of(hour), **facts, **notes)
    people = offered(hour.tutor_id, hour.centre_id, there)
    called = _namesakes(request, hour.centre_id)
    form = CorrectionForm(request.POST or None, offered=people, namesakes=called, initial=initial)
    made, clash = _tried(form, lambda: _correct(request.actor, hour, form))
    if made:
        messages.success(request, _("Corrected; what it said before is kept."))
        return redirect("consultations:hour_detail", pk)
    context = {"form": form, "hour": hour, "clash": clash, "clashes": _clashes(request.actor, form, hour)}
    return render(request, "consultations/hour_edit.html", context, status=status_of(form))


@guard(Role.TUTOR, methods=POST)
def hour_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    hour, form = existing(find_hour(request.actor, pk)), WithdrawHourForm(request.POST)
    if attempt(form, lambda: giving.withdraw_hour(hour=hour, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Withdrawn: it stays to be read and counts no longer."))
        return redirect("consultations:hour_detail", pk)
    log_hour(by=request.actor, hour=hour)
    context = _detail(request.actor, hour) | {"withdraw_form": form}
    return render(request, "consultations/hour_detail.html", context, status=status_of(form))


@guard(Role.TEACHER, methods=POST)
def hour_feedback(request: ActorRequest, pk: int) -> HttpResponse:
    """One tap."""
    hour, said = existing(find_hour(request.actor, pk)), request.POST.get("feedback", "")
    if said not in Feedback.values:
        raise Invalid(_("Choose one of the three."), code="no_feedback")
    giving.say_how_it_was(hour=hour, feedback=said, by=request.actor)
    messages.success(request, _("Thank you: the tutor reads it."))
    return redirect("consultations:hour_detail", pk)


def _step(request: ActorRequest, hour: ConsultationHour, lines: list[str]) -> None:
    """What was agreed goes into the routes; what does not is said, and stands in the hour all the same."""
    done = steps_into_routes(hour=hour, lines=lines, by=request.actor)
    if done.asked:
        messages.success(request, _("The teacher is asked to agree: %(routes)s.") % {"routes": "; ".join(done.asked)})
    if added := [title for title in done.taken if title not in done.asked]:
        messages.success(request, _("Added to the route: %(routes)s.") % {"routes": "; ".join(added)})
    for said in done.left:
        messages.info(request, said)


def _tried(form: HourForm, action: Callable[[], ConsultationHour]) -> tuple[ConsultationHour | None, int]:
    """What was made, and the number of the hour that stood in its way, 0 where none did."""
    try:
        return attempt(form, action), 0
    except AtOnce as refusal:
        form.add_error(None, refusal.sentence)
        form.refused_with = refusal.status  # type: ignore[attr-defined]
        return None, refusal.hour


def _record(actor: Actor, known: From, form: NewHourForm) -> ConsultationHour:
    return giving.record_hour(
        centre=known.centre, given=form.given, teachers=_there(form, known.centre.pk), request=known.request,
        item=known.item, closes=form.cleaned_data.get("closes", False), by=actor, slot=known.slot,
        missed=form.cleaned_data.get("missed", ()),
    )  # fmt: skip


def _correct(actor: Actor, hour: ConsultationHour, form: CorrectionForm) -> ConsultationHour:
    there = _there(form, hour.centre_id)
    seen = form.cleaned_data["seen"]
    return giving.correct_hour(hour=hour, given=form.given, teachers=there, seen=seen, by=actor)


def _there(form: HourForm, centre_id: int) -> set[int]:
    said = form.cleaned_data
    return {*said["teachers"], *by_surnames(said["others"], centre_id, said.get("meant", ()))}


def _namesakes(request: ActorRequest, centre_id: int) -> list[tuple[int, str]]:
    return namesakes(request.POST.get("others", "")[:MOST_TYPED].replace("\0", ""), centre_id)


def _detail(actor: Actor, hour: ConsultationHour) -> dict[str, Any]:
    is_tutor, reads = gave(actor, hour), can_read_notes(actor, hour)
    mine = next((one for one in hour.teachers.all() if one.person_id == actor.person_id), None)
    changes = can_change(actor, hour) and hour.withdrawn_at is None
    return {
        "hour": hour,
        "is_tutor": is_tutor,
        "reads": reads,
        "mine": mine if hour.withdrawn_at is None and can_say(actor, hour) else None,
        "feedback": Feedback.choices,
        "changes": changes,
        "editions": editions_of(hour, reader=acting(actor)) if reads and hour.number > 1 else [],
        "withdraw_form": WithdrawHourForm() if changes else None,
        "reopens": changes and reopens(hour),
        "next_booking": _next_booking(hour) if changes else "",
    }


def _next_booking(hour: ConsultationHour) -> str:
    """Free hours for the same teachers, with its request while that is open."""
    if hour.request is not None and hour.request.state in OPEN:
        query: dict[str, list[Any]] = {"request": [hour.request_id]}
    else:
        query = {"as": ["keeper"], "place": [hour.centre_id], "person": [one.person_id for one in hour.teachers.all()]}
    return f"{reverse('consultations:booking_free')}?{urlencode(query, doseq=True)}"


def _from(request: ActorRequest) -> From:
    """By the address: ``?request=``, ``?item=``, ``?support=``; else a walk-in."""
    asked = {name: whole_number(request.GET.get(name, "")) for name in ("request", "item", "support", "slot")}
    if asked["request"]:
        return _from_request(existing(find(request.actor, asked["request"])))
    if asked["item"]:
        item = fetch_item(request.actor, asked["item"])
        return _from_support(request.actor, item.route.support, topic=item.task[:200], item=item)
    if asked["slot"]:
        return _from_slot(request.actor, asked["slot"])
    if asked["support"]:
        rows = supports_visible_to(request.actor).prefetch_related("members")
        return _from_support(request.actor, fetch(rows, pk=asked["support"]))
    return From(centre_of(request, Role.TUTOR))


def _places(request: ActorRequest, known: From) -> dict[int, str]:
    """Of a tutor of several centres, for a walk-in: their names. What is known already has its centre."""
    given = known.request or known.item or known.people or known.slot
    return {} if given else places(request, Role.TUTOR)


def _from_request(found: ConsultationRequest) -> From:
    check_source(found.centre_id, found, None)
    way = HourWay.VIDEO if found.way == Way.VIDEO else HourWay.IN_PERSON
    return From(found.centre, frozenset(asked_for(found)), found.subject, found.topic, way, request=found)


def _from_slot(actor: Actor, pk: int) -> From:
    """Who is booked, about what they wrote; the request and the item where they are one for all."""
    rows = Slot.objects.filter(centre__in=actor.centres(Role.TUTOR)).prefetch_related("date__receives")
    slot = fetch(rows.select_related("date__hour", "centre__municipality"), pk=pk)
    check_received(actor, slot)
    booked = list(slot.bookings.filter(state__in=AWAITED).select_related("request", "item__route__support"))
    request, item = one_of([one.request for one in booked]), one_of([one.item for one in booked])
    own = request if request is not None and request.tutor_id == actor.person_id else None
    subjects, hour = slot.date.hour.subjects, slot.date.hour
    topic = next((one.topic for one in booked if one.topic), hour.topic)
    way = HourWay.VIDEO if slot.date.way == SlotWay.VIDEO else HourWay.IN_PERSON
    subject = own.subject if own else subjects[0] if len(subjects) == 1 else ""
    served = item if item is not None and can_lead(actor, item.route.support) else None
    people = frozenset(one.person_id for one in booked)
    return From(slot.centre, people, subject, topic, way, request=own, item=served, slot=slot)


def one_of(found: list[Any]) -> Any:
    """What all have in common, or None."""
    return found[0] if found and all(one == found[0] for one in found) else None


def _clashes(actor: Actor, form: NewHourForm | CorrectionForm, hour: ConsultationHour | None = None) -> list[str]:
    """What else is at the time that stands in the form: the page says it without a script too."""
    given = form.cleaned_data if form.is_bound else form.initial
    if not all(given.get(name) for name in ("day", "began", "minutes")):
        return []
    start = timezone.make_aware(datetime.combine(given["day"], given["began"]))
    people = {acting(actor), *(given.get("teachers") or ())}
    span = Interval(start, start + timedelta(minutes=given["minutes"]))
    return clash_sentences(actor, people, span, within=MAY_LIE_IN, besides=hour)


def _time(me: int, slot: Slot | None) -> tuple[datetime, int]:
    return (slot.start, slot.minutes) if slot else likely_time(me, USUAL)


def _from_support(actor: Actor, support: TutorSupport, topic: str = "", item: RouteItem | None = None) -> From:
    check_led(actor, support)
    check_begun(support)
    return From(_centre(support.centre_id), frozenset(member_ids(support)), support.subject, topic, item=item)


def _centre(pk: int) -> TutorCentre:
    return fetch(TutorCentre.objects.select_related("municipality"), pk=pk)
