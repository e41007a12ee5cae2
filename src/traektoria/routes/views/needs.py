"""Requests for a tutor: the teacher's and the school's forms, their list, the coordinator's board and offers."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import DomainError
from traektoria.core.searching import query_of_address
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.routes.access import log_need
from traektoria.routes.actions import needs as actions
from traektoria.routes.actions.supports import propose_support
from traektoria.routes.forms.needs import BoardForm, NeedForm, OfferForm, SchoolNeedForm, WithdrawForm
from traektoria.routes.history import need_history
from traektoria.routes.models import SupportNeed
from traektoria.routes.permissions import can_answer_need, can_withdraw_need
from traektoria.routes.queries import board
from traektoria.routes.queries import needs as queries
from traektoria.routes.queries.need_rows import NeedRow, board_page, look_of, need_page, schools_that_ask
from traektoria.routes.views.supports import own_subject

ASKERS = (Role.TEACHER, *HEADS)


@guard(*ASKERS, Role.COORDINATOR)
def need_list(request: ActorRequest) -> HttpResponse:
    """Requests that the person may see, the newest first, with their state in words."""
    page = need_page(request.actor, request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "asks": request.actor.is_teacher or request.actor.is_head}
    return render(request, "routes/need_list.html", context)


@guard(*ASKERS, methods=BOTH)
def need_new(request: ActorRequest) -> HttpResponse:
    """Ask for a tutor: a head for teachers of the school, a teacher (``?as=teacher``) for themselves."""
    for_school = _asks_for_school(request)
    form, ask = _school_form(request) if for_school else _own_form(request)
    need = attempt(form, ask)
    if need:
        messages.success(request, _("The coordinator sees your request and looks for a tutor."))
        return redirect("routes:need_detail", need.pk)
    both = request.actor.is_head and request.actor.is_teacher
    context = {"form": form, "for_school": for_school, "both": both}
    return render(request, "routes/need_new.html", context, status=status_of(form))


@guard(*ASKERS, Role.COORDINATOR)
def need_detail(request: ActorRequest, pk: int) -> HttpResponse:
    need = fetch(queries.listed(request.actor), pk=pk)
    log_need(by=request.actor, need=need)
    return render(request, "routes/need_detail.html", _detail(request.actor, need))


@guard(*ASKERS, Role.COORDINATOR, methods=POST)
def need_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    need = fetch(queries.listed(request.actor), pk=pk)
    form = WithdrawForm(request.POST)
    if attempt(form, lambda: actions.withdraw_need(need=need, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The request is taken back."))
        return redirect("routes:need_detail", pk)
    context = {**_detail(request.actor, need), "withdraw_form": form}
    return render(request, "routes/need_detail.html", context, status=422)


@guard(Role.TEACHER, methods=POST)
def need_refuse(request: ActorRequest, pk: int) -> HttpResponse:
    """A named teacher says no; pressed twice, the request is not theirs to see any more, but the answer is the same."""
    need = fetch(queries.told_to(request.actor), pk=pk)
    actions.refuse_need(need=need, by=request.actor)
    messages.success(request, _("Your refusal is written down. Nothing follows from it."))
    return redirect("routes:need_list")


@guard(Role.COORDINATOR)
def need_board(request: ActorRequest) -> HttpResponse:
    """Requests that look for a tutor, the oldest first; beside the chosen one the tutors who fit, with their places."""
    form = BoardForm(request.GET, schools=schools_that_ask(request.actor))
    chosen = form.cleaned_data if form.is_valid() else {}
    page = board_page(request.actor, chosen, request.GET.get("page"))
    current = _current(page.object_list, request.GET.get("need"))
    waiting = board.waiting_of(page.object_list)
    told = waiting[current.pk] if current else None
    fits, full = (
        board.fits_for(current.centre, told.named, current.subject, told.wanted) if current and told else ([], 0)
    )
    context = {
        "form": form,
        "page": page,
        "rows": [(need, waiting[need.pk]) for need in page.object_list],
        "current": current,
        "current_waiting": told,
        "fits": fits,
        "match": next((fit for fit in fits if fit.teaches), None),
        "full": full,
        "filtered": any(chosen.values()) or page.has_previous,
        "query": _query(request),
    }
    return render(request, "routes/need_board.html", context)


@guard(Role.COORDINATOR, methods=BOTH)
def need_offer(request: ActorRequest, pk: int) -> HttpResponse:
    """Offer a tutor to the teachers of a request: everybody is asked for their consent."""
    need = fetch(queries.listed(request.actor), pk=pk)
    form = OfferForm(request.POST or None, need=need, tutor=request.GET.get("tutor", ""))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            propose_support(centre=need.centre, by=request.actor, **form.facts())
        except DomainError as problem:
            form.add_error(None, problem.sentence)
            status = problem.status
        else:
            messages.success(request, _("Proposed. The tutor and the teachers are asked for their consent."))
            return redirect("routes:need_board")
    log_need(by=request.actor, need=need)
    context = {"form": form, "need": need, "waiting": board.waiting(need)}
    return render(request, "routes/need_offer.html", context, status=status)


def _detail(actor: Actor, need: SupportNeed) -> dict[str, Any]:
    """To the coordinator with every offer; to the others how far it is, without who declined."""
    coordinates = can_answer_need(actor, need)
    asker = can_withdraw_need(actor, need)
    names = [one for one in need.teachers.all() if asker or one.pk == actor.person_id]
    return {
        "need": need,
        "look": look_of(need.state),
        "names": names,
        "asker": asker,
        "named": need.school_id is not None and any(one.pk == actor.person_id for one in names) and not asker,
        "coordinates": coordinates,
        "is_open": need.state in queries.OPEN_NEED,
        "can_withdraw": asker and need.state == "open",
        "supports": list(need.supports.all()) if coordinates else [],
        "waiting": board.waiting(need, timezone.localdate()),
        "history": need_history(need, by_name=coordinates) if asker else [],
        "withdraw_form": WithdrawForm(),
    }


def _asks_for_school(request: ActorRequest) -> bool:
    asked = request.GET.get("as") or request.POST.get("as")
    return request.actor.is_head and not (request.actor.is_teacher and asked == "teacher")


def _own_form(request: ActorRequest) -> tuple[NeedForm, Any]:
    form = NeedForm(request.POST or None, initial=own_subject(request.actor))
    centre = fetch(TutorCentre.objects.all(), pk=min(request.actor.centres(Role.TEACHER)))
    return form, lambda: actions.ask_for_tutor(centre=centre, by=request.actor, **form.cleaned_data)


def _school_form(request: ActorRequest) -> tuple[SchoolNeedForm, Any]:
    grant = next(grant for grant in request.actor.grants if grant.role in HEADS)
    centre = fetch(TutorCentre.objects.all(), pk=grant.centre_id)
    school = fetch(School.objects.all(), pk=grant.school_id)
    form = SchoolNeedForm(request.POST or None, centre_id=centre.pk, school=school, me=request.actor.person_id)
    return form, lambda: actions.ask_for_teachers(centre=centre, school=school, by=request.actor, **form.cleaned_data)


def _current(rows: Sequence[NeedRow], asked: str | None) -> NeedRow | None:
    """The request whose tutors are shown: the asked one, else the oldest of the page."""
    return next((need for need in rows if str(need.pk) == asked), rows[0] if rows else None)


def _query(request: ActorRequest) -> str:
    """The filters and the page, for links that choose a request."""
    kept = query_of_address(request)
    kept.pop("need", None)
    return f"{kept.urlencode()}&" if kept else ""
