"""Tutor support: the list of each role, a proposal, consent and its refusal, the end, the learning request."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.audit import trail
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.text import whole_number
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.people.history import history_lines
from traektoria.people.models import Person
from traektoria.routes.needs.queries import own_subject
from traektoria.routes.supports.access_log import log_support
from traektoria.routes.supports.actions import requests as request_actions
from traektoria.routes.supports.actions import supports as actions
from traektoria.routes.supports.forms.supports import (
    FilterForm,
    RequestForm,
    SupportForm,
    SupportReasonForm,
    default_period,
)
from traektoria.routes.supports.permissions import (
    can_add_member,
    can_ask,
    can_end_support,
    can_leave,
    can_reassign_support,
    check_ask,
)
from traektoria.routes.supports.queries.capacity import Places, places_of
from traektoria.routes.supports.queries.support_list import support_page
from traektoria.routes.supports.queries.supports import successor_of, whole_support
from traektoria.routes.supports.registries import support_links
from traektoria.routes.tutees import queries
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import TutorSupport
from traektoria.routes.tutees.permissions import is_party_of, is_tutor_of
from traektoria.routes.tutees.readers import seen_by

PROPOSERS = (Role.COORDINATOR, Role.TUTOR, Role.TEACHER)


@guard(*PROPOSERS, *HEADS)
def support_list(request: ActorRequest) -> HttpResponse:
    """Supports that the person may see, with the state of the route and the next step."""
    form = FilterForm(request.GET, actor=request.actor)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = support_page(request.actor, chosen, request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": page.object_list,
        "filtered": any(chosen.values()) or page.has_previous,  # past the end there are supports all the same
        "proposes": _proposes(request.actor),
    }
    return render(request, "routes/support_list.html", context)


@guard(*PROPOSERS, methods=BOTH)
def support_new(request: ActorRequest) -> HttpResponse:
    """Propose a support; ``?as=teacher`` for those who are a tutor and a teacher at once."""
    if "find" in request.POST:
        return _found(request)
    role = _role(request)
    form = _support_form(request, role)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        me = fetch(Person.objects.all(), pk=request.actor.person_id)
        centre = fetch(TutorCentre.objects.all(), pk=_centre_id(request.actor, role))
        try:
            support = actions.propose_support(centre=centre, by=request.actor, **form.facts(me))
        except (Invalid, Conflict) as problem:
            form.add_error(None, problem.sentence)
            status = problem.status
        else:
            messages.success(request, _("Proposed. The others are asked for their consent."))
            return redirect("routes:support_detail", support.pk)
    context = {"form": form, "role": role.value, "places": _own_places(request.actor, role)}
    return render(request, "routes/support_new.html", context, status=status)


@guard(*PROPOSERS, *HEADS)
def support_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """Who, for how long, why, whose consent; the request, and links to the problem field and the route."""
    support = existing(whole_support(request.actor, pk))
    log_support(by=request.actor, support=support)
    return render(request, "routes/support_detail.html", _detail(request.actor, support))


@guard(*PROPOSERS, methods=POST, own_hand=True)
def support_consent(request: ActorRequest, pk: int) -> HttpResponse:
    support = fetch(queries.visible_to(request.actor), pk=pk)
    actions.consent_to_support(support=support, by=request.actor)
    messages.success(request, _("Your consent is written down. You can take it back at any time."))
    return redirect("routes:support_detail", pk)


@guard(*PROPOSERS, methods=POST, own_hand=True)
def support_decline(request: ActorRequest, pk: int) -> HttpResponse:
    support = fetch(queries.visible_to(request.actor), pk=pk)
    form = SupportReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, pk, form)
    actions.decline_support(support=support, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Your refusal is written down. Nothing follows from it."))
    return redirect("routes:support_detail", pk)


@guard(*PROPOSERS, methods=POST, own_hand=True)
def support_end(request: ActorRequest, pk: int) -> HttpResponse:
    support = fetch(queries.visible_to(request.actor), pk=pk)
    form = SupportReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, pk, form)
    actions.end_support(support=support, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The support is ended."))
    return redirect("routes:support_detail", pk)


@guard(Role.TEACHER, methods=BOTH, own_hand=True)
def request_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """The learning request of this teacher; each saved text is a new row."""
    own = queries.visible_to(request.actor).filter(members__person=request.actor.person_id)
    support = fetch(own, pk=pk)
    check_ask(request.actor, support)
    last = support.requests.filter(person=request.actor.person_id).first()
    form = RequestForm(request.POST or None, initial={"text": last.text if last else ""})
    if request.method == "POST" and form.is_valid():
        request_actions.save_request(support=support, by=request.actor, **form.cleaned_data)
        messages.success(request, _("The request is saved; the tutor sees it."))
        return redirect("routes:support_detail", pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "support": support, "seen_by": seen_by("request.text")}
    return render(request, "routes/support_request.html", context, status=status)


def _again(request: ActorRequest, pk: int, form: SupportReasonForm) -> HttpResponse:
    support = existing(whole_support(request.actor, pk))
    context = {**_detail(request.actor, support), "reason_form": form}
    return render(request, "routes/support_detail.html", context, status=422)


def _detail(actor: Actor, support: TutorSupport) -> dict[str, Any]:
    """What the page shows to this person: the request to the sides only, the history also to the coordinator."""
    members = list(support.members.all())
    me = next((member for member in members if member.person_id == actor.person_id), None)
    tutor, party = is_tutor_of(actor, support), is_party_of(actor, support)
    coordinates = actor.has(support.centre_id, Role.COORDINATOR)
    is_open = support.state in queries.OPEN
    return {
        "support": support,
        "members": members,
        "me": me,
        "is_tutor": tutor,
        "is_party": party,
        "asked_me": is_open and (not support.tutor_consented_at if tutor else me is not None and not me.consented_at),
        "can_read_reason": party or coordinates,
        "can_end": is_open and can_end_support(actor, support),
        "can_leave": is_open and can_leave(actor, support),
        "can_ask": is_open and can_ask(actor, support),
        "can_add": is_open and support.is_group and can_add_member(actor, support),
        "can_reassign": support.state == SupportState.ACTIVE and can_reassign_support(actor, support),
        "former": support.replaces if party or coordinates else None,
        "successor": successor_of(support) if party or coordinates else None,
        "requests": queries.requests_read_by(actor, support) if party else [],
        "history": history_lines(trail(support)) if party or coordinates else [],
        "links": [link for entry in support_links if (link := entry.of(actor, support))],
        "reason_form": SupportReasonForm(),
    }


def _proposes(actor: Actor) -> bool:
    return bool(actor.roles & set(PROPOSERS))


def _role(request: ActorRequest) -> Role:
    """In which role the person proposes: as asked, else the widest they have."""
    held = [role for role in PROPOSERS if role in request.actor.roles]
    asked = request.GET.get("as") or request.POST.get("as")
    return next((role for role in held if role.value == asked), held[0])


def _centre_id(actor: Actor, role: Role) -> int:
    return min(actor.centres(role))


def _own_places(actor: Actor, role: Role) -> Places | None:
    """A tutor's own places; of the others the list of tutors tells."""
    if role != Role.TUTOR or actor.person_id is None:
        return None
    return places_of(_centre_id(actor, role), [actor.person_id])[actor.person_id]


def _found(request: ActorRequest) -> HttpResponse:
    """Looking for a teacher keeps what was typed in the address, so that «back» works; the form's token stays out."""
    typed = request.POST.copy()
    for name in ("csrfmiddlewaretoken", "find"):
        typed.pop(name, None)
    return redirect(f"{request.path}?{typed.urlencode()}")


def _support_form(request: ActorRequest, role: Role) -> SupportForm:
    """Unbound with what the address already says (searching keeps what was typed), or bound to what is posted."""
    given = request.POST if request.method == "POST" else request.GET
    initial = {**default_period(), **own_subject(request.actor), **given.dict()}
    initial["members"] = [pk for pk in given.getlist("members") if whole_number(pk)]
    return SupportForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        actor=request.actor,
        role=role,
        centre_id=_centre_id(request.actor, role),
        found=given.get("q", ""),
    )
