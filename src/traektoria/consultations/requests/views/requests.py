"""The list of requests, the two forms of asking, and the page of a request."""

from datetime import tzinfo
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.load.queries import own_loads
from traektoria.consultations.requests import turns
from traektoria.consultations.requests.access_log import log_request
from traektoria.consultations.requests.actions import requests
from traektoria.consultations.requests.enums import OPEN, RequestState
from traektoria.consultations.requests.forms import AnswerForm, FilesForm, RequestForm, SchoolRequestForm, WithdrawForm
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.permissions import (
    ASKERS,
    READ,
    can_answer,
    can_coordinate,
    can_read_note,
    can_remove,
    can_withdraw,
)
from traektoria.consultations.requests.queries.requests import (
    asked_on_item,
    files_of,
    find,
    history_of,
    named_in,
    returns_of,
)
from traektoria.consultations.requests.queries.rows import request_page
from traektoria.consultations.requests.readers import seen_by
from traektoria.consultations.requests.registries import answered_by, hours_of
from traektoria.consultations.requests.video import address_of
from traektoria.core.attempt import attempt, status_of
from traektoria.core.forms import WhyForm
from traektoria.core.installation.room import before_reading
from traektoria.core.text import whole_number
from traektoria.organisations import zones
from traektoria.organisations.lists.queries import reasons_of
from traektoria.organisations.models import School, TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.actor import Actor, Grant
from traektoria.people.enums import HEADS, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.routes.models import RouteItem
from traektoria.routes.needs.queries import own_subject
from traektoria.routes.route.views.common import fetch_item


@guard(*READ)
def request_list(request: ActorRequest) -> HttpResponse:
    """Requests that the person may see: what is open, and in a tab of its own what is over."""
    closed = request.GET.get("closed") == "1"
    page = request_page(request.actor, request.GET.get("page"), closed=closed)
    asks = request.actor.is_teacher or request.actor.is_head
    context = {"page": page, "rows": page.object_list, "closed": closed, "asks": asks}
    return render(request, "consultations/request_list.html", context)


def _whose(request: ActorRequest) -> tuple[int, int] | None:
    """For whom files that are about to be read would count."""
    actor = request.actor
    if not request.user.is_authenticated or actor.person_id is None or actor.roles.isdisjoint(ASKERS):
        return None
    for_school = actor.is_head and not (actor.is_teacher and request.GET.get("as") == "teacher")
    centre = _chosen(request, _places(actor, for_school=for_school)).centre_id
    return (actor.person_id, centre) if centre else None


@guard(*ASKERS, methods=BOTH)
@before_reading(_whose)
def request_new(request: ActorRequest) -> HttpResponse:
    """Ask: a head for the school, a teacher (``?as=teacher``) for themselves, or on a route item (``?item=``)."""
    for_school = _asks_for_school(request)
    places = _places(request.actor, for_school=for_school)
    place = _chosen(request, places)
    form, ask = _school_form(request, place) if for_school else _own_form(request, place)
    made = attempt(form, ask)
    if made:
        messages.success(request, _asked(made))
        return redirect("consultations:request_detail", made.pk)
    both = request.actor.is_head and request.actor.is_teacher
    context = {"form": form, "for_school": for_school, "both": both, "readers": _topic_readers(for_school)}
    if "item" in request.GET:
        context["asked"] = asked_on_item(request.actor, whole_number(request.GET["item"]))
    if len(places) > 1 and "item" not in request.GET:
        context |= {"places": _labels(places, for_school=for_school), "place": _mark(place)}
    return render(request, "consultations/request_new.html", context, status=status_of(form))


@guard(*READ)
def request_detail(request: ActorRequest, pk: int) -> HttpResponse:
    found = existing(find(request.actor, pk))
    context = detail_of(request.actor, found)
    log_request(by=request.actor, request=found, teachers=context["named"])
    return render(request, "consultations/request_detail.html", context)


@guard(*ASKERS, methods=POST)
def request_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    found = existing(find(request.actor, pk))
    form = WithdrawForm(request.POST)
    if attempt(form, lambda: requests.withdraw_request(request=found, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The request is taken back."))
        return redirect("consultations:request_detail", pk)
    context = detail_of(request.actor, found) | {"withdraw_form": form}
    return render(request, "consultations/request_detail.html", context, status=status_of(form))


def detail_of(actor: Actor, found: ConsultationRequest) -> dict[str, Any]:
    """What the page of a request prints: the note for its readers alone, the acts that are open to this person."""
    now, tutor = timezone.now(), found.tutor.short_name if found.tutor else ""
    coordinates, asker, answers = can_coordinate(actor, found), can_withdraw(actor, found), can_answer(actor, found)
    reads, named = can_read_note(actor, found), named_in(found.pk)
    others = answered_by(found.pk) if found.school_id else []
    return {
        "found": found,
        "named": named,
        "look": turns.LOOKS[found.state],
        "turn": turns.turn(found.state, tutor, found.answer_by, now, _clock(found.centre)),
        "late": turns.is_late(found.state, found.answer_by, now),
        "age": turns.age(found.asked_at, now),
        "is_open": found.state in OPEN,
        "reads_note": reads,
        "helped": reasons_of(found.centre_id, [found.school_id]) if found.school_id and reads else {},
        "names": [name for pk, name in named.items() if reads or pk == actor.person_id],
        "coordinates": coordinates,
        "answers": answers,
        "can_withdraw": asker and found.state in OPEN,
        "item_url": _item_url(actor, found),
        "bookings": hours_of(found.pk) if found.state in OPEN else [],
        "answered": others,
        "registers": asker and any(one.open for one in others),
        "books": found.state in OPEN and (answers or coordinates or asker),
        "video_url": address_of(found),
        "loads": own_loads(actor, found.centre_id) if answers and found.state == RequestState.ASSIGNED else [],
        "returns": returns_of(found.pk) if coordinates else [],
        "history": history_of(found) if coordinates or asker else [],
        "files": files_of(found) if reads and found.has_files else [],  # type: ignore[attr-defined]
        "attaches": asker and found.state in OPEN,
        "removes": can_remove(actor, found),
        "files_form": FilesForm(auto_id="files-%s"),
        "answer_form": AnswerForm(),
        "return_form": WhyForm(auto_id="return-%s"),
        "decline_form": WhyForm(auto_id="decline-%s"),
        "withdraw_form": WithdrawForm(auto_id="withdraw-%s"),
    }


def _item_url(actor: Actor, found: ConsultationRequest) -> str:
    """For who asked and the tutor who has it; whether they still work on the route, its page says."""
    if found.item_id is None or actor.person_id not in (found.asked_by_id, found.tutor_id):
        return ""
    return reverse("routes:item_detail", args=[found.item_id])


def _asked(made: ConsultationRequest) -> str:
    tutor, clock = made.tutor.short_name if made.tutor else "", _clock(made.centre)
    turn = turns.turn(made.state, tutor, made.answer_by, made.asked_at, clock)
    return _("Your request is sent; %(turn)s.") % {"turn": turn}


def _clock(centre: TutorCentre) -> tzinfo:
    return zones.zone(centre.municipality.time_zone)


def _topic_readers(for_school: bool) -> str:
    return seen_by("request.topic, of a school" if for_school else "request.topic")


def _asks_for_school(request: ActorRequest) -> bool:
    asked = request.GET.get("as") or request.POST.get("as")
    on_item = request.GET.get("item")
    return request.actor.is_head and not (request.actor.is_teacher and (asked == "teacher" or on_item))


def _places(actor: Actor, *, for_school: bool) -> list[Grant]:
    """Schools that the person leads, or centres for which they teach: each once, in the order of their numbers."""
    held = [grant for grant in actor.grants if grant.role in (HEADS if for_school else (Role.TEACHER,))]
    by_place = {(grant.centre_id or 0, grant.school_id if for_school else 0): grant for grant in held}
    return [by_place[key] for key in sorted(by_place, key=lambda key: (key[0], key[1] or 0))]


def _chosen(request: ActorRequest, places: list[Grant]) -> Grant:
    """The place that the address names, else the first."""
    asked = request.GET.get("place", "")
    return next((place for place in places if _mark(place) == asked), places[0])


def _mark(place: Grant) -> str:
    return f"{place.centre_id}-{place.school_id}"


def _labels(places: list[Grant], *, for_school: bool) -> list[tuple[str, str]]:
    schools = School.objects.in_bulk([place.school_id for place in places if place.school_id]) if for_school else {}
    return [
        (_mark(place), schools[place.school_id].name if place.school_id in schools else place.centre_name)
        for place in places
    ]


def _own_form(request: ActorRequest, place: Grant) -> tuple[RequestForm, Any]:
    item = _item(request)
    initial = _of_item(item) if item else own_subject(request.actor)
    centre = _centre(item.route.centre_id if item else place.centre_id or 0)
    form = RequestForm(request.POST or None, request.FILES or None, initial=initial, **_said(centre, "request.note"))
    return form, lambda: requests.ask_for_self(
        centre=centre, wish=form.wish, item=item, files=form.attached, by=request.actor
    )


def _item(request: ActorRequest) -> RouteItem | None:
    asked = whole_number(request.GET.get("item", ""))
    return fetch_item(request.actor, asked) if asked else None


def _of_item(item: RouteItem) -> dict[str, Any]:
    """A draft of the topic in the words of the item: who sends it sees who will read it."""
    return {"topic": item.task[:200], "subject": item.route.support.subject}


def _school_form(request: ActorRequest, place: Grant) -> tuple[SchoolRequestForm, Any]:
    centre, school = _centre(place.centre_id or 0), fetch(School.objects.all(), pk=place.school_id)
    form = SchoolRequestForm(
        request.POST or None, request.FILES or None, centre_id=centre.pk, school=school, me=request.actor.person_id,
        **_said(centre, "request.note, of a school"),
    )  # fmt: skip
    return form, lambda: requests.ask_for_school(
        centre=centre, school=school, wish=form.wish, by=request.actor, files=form.attached, **form.whom
    )


def _centre(pk: int) -> TutorCentre:
    return fetch(TutorCentre.objects.select_related("municipality"), pk=pk)


def _said(centre: TutorCentre, field: str) -> dict[str, Any]:
    return {"rules": rules_of(regulation_in_force(centre.pk)).consulting, "readers": seen_by(field)}
