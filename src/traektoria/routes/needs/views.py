"""Requests for a tutor: the teacher's and the school's forms, their list, a request."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.routes.needs import actions, answers, queries
from traektoria.routes.needs.access_log import log_need
from traektoria.routes.needs.forms import NeedForm, SchoolNeedForm, WithdrawForm
from traektoria.routes.needs.models import SupportNeed
from traektoria.routes.needs.need_rows import look_of, need_page
from traektoria.routes.needs.permissions import can_answer_need, can_withdraw_need
from traektoria.routes.needs.queries import own_subject

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
        "waiting": answers.waiting(need, timezone.localdate()),
        "history": queries.history_of(need, by_name=coordinates) if asker else [],
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
