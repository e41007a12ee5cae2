"""The composition of a commission: what works now, members in and out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import centres_kept_by, regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.practices import Practice
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.people.models import Person
from traektoria.tutors.commission.actions import composition as actions
from traektoria.tutors.commission.forms.composition import CommissionForm, MemberForm, SeatForm
from traektoria.tutors.commission.queries import sessions as queries
from traektoria.tutors.commission.queries.commission_page import (
    MOST,
    commission_of,
    members_now,
    number_waiting,
    sessions_of,
)
from traektoria.tutors.seats.enums import CommissionState
from traektoria.tutors.seats.models import Commission, CommissionMember
from traektoria.tutors.seats.permissions import check_forms, plans_sessions
from traektoria.tutors.seats.policies import COMMISSION_READERS, commission_centres, commission_rules, lacking

READERS = COMMISSION_READERS


@guard(*READERS)
def commission_list(request: ActorRequest) -> HttpResponse:
    """The commissions that the person sees; the only one is opened at once."""
    found = list(queries.commissions_visible_to(request.actor).exclude(state=CommissionState.DISSOLVED)[:2])
    if len(found) == 1 and "all" not in request.GET:
        return redirect("tutors:commission_detail", found[0].pk)
    new = reverse("tutors:commission_new")
    facts = {
        "rows": queries.commissions_visible_to(request.actor)[:MOST],
        "forms_in": [(one, f"{new}?centre={one.pk}") for one in _forming(request.actor)],
        "has_commission": bool(commission_centres(request.actor)),
        **_rules_here(request.actor),
    }
    return render(request, "tutors/commission_list.html", facts)


def _forming(actor: Actor) -> list[TutorCentre]:
    """The centres whose coordinator forms a commission by the regulation in force."""
    return list(centres_kept_by(actor).filter(pk__in=actor.follows(Practice.COMMISSION)).order_by("pk"))


def _rules_here(actor: Actor) -> dict[str, Any]:
    """A centre of the person, one with a commission where there is one, and what its regulation says of the status and
    (``rules``) of a commission, if the person is its coordinator."""
    centre_id = min(commission_centres(actor) or actor.centres(*READERS))
    status = rules_of(regulation_in_force(centre_id)).status
    rules = status.commission if actor.has(centre_id, Role.COORDINATOR) else None
    return {"centre": TutorCentre.objects.get(pk=centre_id), "status": status, "rules": rules}


@guard(Role.COORDINATOR, methods=BOTH)
def commission_new(request: ActorRequest) -> HttpResponse:
    """In the centre that the address names, else in the first that has one by its regulation."""
    kept = centres_kept_by(request.actor).order_by("pk")
    asked = request.GET.get("centre", "")
    centre = fetch(kept, pk=asked) if asked else next(iter(_forming(request.actor)), kept[0])
    rules = commission_rules(regulation_in_force(centre.pk))
    form = CommissionForm(request.POST or None)
    if request.method == "POST":
        made = attempt(form, lambda: actions.form_commission(centre=centre, by=request.actor, **form.cleaned_data))
        if made:
            return redirect("tutors:commission_detail", made.pk)
    return render(request, "tutors/commission_new.html", {"form": form, "rules": rules}, status=status_of(form))


@guard(*READERS)
def commission_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """Who is in it, what it lacks, its sessions."""
    commission = _fetch(request.actor, pk)
    members = members_now(commission.pk)
    rules = request.actor.rules_in(commission.centre_id).status.commission
    forms = request.actor.has(commission.centre_id, Role.COORDINATOR)
    plans = plans_sessions(request.actor, commission)
    context = {
        "commission": commission,
        "members": members,
        "voting": sum(member.votes for member in members),
        "lacks": lacking(members, rules) if rules else [],
        "rules": rules,
        "sessions": sessions_of(commission.pk),
        "waiting": number_waiting(commission.centre_id) if plans else 0,
        "forms": forms and commission.state != CommissionState.DISSOLVED,
        "plans": plans,
    }
    return render(request, "tutors/commission_detail.html", context)


@guard(Role.COORDINATOR, methods=POST)
def commission_begin(request: ActorRequest, pk: int) -> HttpResponse:
    actions.begin_commission(commission=_fetch(request.actor, pk), by=request.actor)
    messages.success(request, _("The commission works. Plan its first session."))
    return redirect("tutors:commission_detail", pk)


@guard(Role.COORDINATOR, methods=POST)
def commission_dissolve(request: ActorRequest, pk: int) -> HttpResponse:
    actions.dissolve_commission(commission=_fetch(request.actor, pk), by=request.actor)
    messages.success(request, _("The commission is dissolved; its protocols stay."))
    return redirect("tutors:commission_detail", pk)


@guard(Role.COORDINATOR, methods=BOTH)
def commission_member_add(request: ActorRequest, pk: int) -> HttpResponse:
    """One of the centre's people, or somebody new with an account."""
    actor, commission = request.actor, _fetch(request.actor, pk)
    check_forms(actor, commission)
    rules = commission_rules(regulation_in_force(commission.centre_id))
    query = request.GET.get("q", "")
    form = MemberForm(request.POST or None, rules=rules, actor=actor, found=query)
    if request.method == "POST" and (member := attempt(form, lambda: _seated(form, commission, actor))):
        messages.success(request, _added(member))
        return redirect("tutors:commission_detail", pk)
    context = {"form": form, "commission": commission, "q": query}
    return render(request, "tutors/commission_member_add.html", context, status=status_of(form))


def _seated(form: MemberForm, commission: Commission, actor: Actor) -> CommissionMember:
    person: Person | None = form.cleaned_data["person"]
    if person:
        return actions.add_member(commission=commission, person=person, by=actor, **form.seat())
    return actions.add_new_member(commission=commission, name=form.name, by=actor, **form.seat())


def _added(member: CommissionMember) -> str:
    account = getattr(member.person, "account", None)
    if account is not None and account.has_usable_password():
        return _("%(name)s is in the commission.") % {"name": member.person.short_name}
    return _("%(name)s is in the commission. Give a password on the person's page, so that they can sign in.") % {
        "name": member.person.short_name
    }


@guard(Role.COORDINATOR, methods=BOTH)
def commission_member_edit(request: ActorRequest, pk: int) -> HttpResponse:
    member = _fetch_member(request.actor, pk)
    rules = commission_rules(regulation_in_force(member.commission.centre_id))
    form = SeatForm(request.POST or None, rules=rules, member=member)
    if request.method == "POST":
        done = attempt(form, lambda: actions.change_member(member=member, by=request.actor, **form.seat()))
        if done:
            return redirect("tutors:commission_detail", member.commission_id)
    context = {"form": form, "member": member}
    return render(request, "tutors/commission_member_edit.html", context, status=status_of(form))


@guard(Role.COORDINATOR, methods=POST)
def commission_member_leave(request: ActorRequest, pk: int) -> HttpResponse:
    member = _fetch_member(request.actor, pk)
    actions.remove_member(member=member, by=request.actor)
    messages.success(request, _("%(name)s has left the commission.") % {"name": member.person.short_name})
    return redirect("tutors:commission_detail", member.commission_id)


def _fetch(actor: Actor, pk: int) -> Commission:
    return existing(commission_of(actor, pk))


def _fetch_member(actor: Actor, pk: int) -> CommissionMember:
    seen = queries.commissions_visible_to(actor).values("pk")
    rows = CommissionMember.objects.filter(commission__in=seen).select_related("person__account", "commission__centre")
    member = fetch(rows, pk=pk)
    check_forms(actor, member.commission)
    return member
