"""Cards of schools: which there are, one of them written, shared, read, remarked on, laid beside an audit."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import DomainError
from traektoria.core.shared_forms import ChangedMeanwhile, saved_itself, saves_itself
from traektoria.organisations.lists.queries import reasons_of
from traektoria.organisations.models import School, TutorCentre
from traektoria.organisations.queries import centre_of
from traektoria.organisations.regulations.schema import AuditRule
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.planning.audits.cells import LOOKS
from traektoria.planning.audits.queries.audits import find_audit
from traektoria.planning.selfcards.actions import filling, reading
from traektoria.planning.selfcards.forms import CardForm, RemarkForm
from traektoria.planning.selfcards.models import SelfCard
from traektoria.planning.selfcards.permissions import READ, can_own, can_remark, check_own, check_remark, compares
from traektoria.planning.selfcards.policies import check_draft
from traektoria.planning.selfcards.queries.cards import (
    beside,
    find_card,
    of_centre,
    school_rows,
    sheet_of,
    versions_of,
)


@guard(Role.COORDINATOR, *HEADS)
def card_list(request: ActorRequest) -> HttpResponse:
    """For the head the own schools, with what may be begun; for the coordinator the schools of the centre."""
    actor = request.actor
    context: dict[str, Any] = {"groups": _own(actor) if actor.is_head else []}
    if actor.is_coordinator:
        centre = centre_of(actor)
        kinds, page = _kinds(actor, centre.pk), of_centre(centre, request.GET.get("page"))
        context |= {"kinds": kinds, "page": page, "rows": school_rows(centre.pk, page, kinds)}
    return render(request, "planning/card_list.html", context)


@guard(*HEADS, methods=POST)
def card_begin(request: ActorRequest, centre: int, school: int, kind: str) -> HttpResponse:
    place = fetch(TutorCentre.objects.select_related("municipality"), pk=centre)
    if not can_own(request.actor, centre, school):
        raise Http404
    own = fetch(School.objects.all(), pk=school)
    made = filling.begin_card(centre=place, school=own, kind=kind, by=request.actor)
    return redirect("planning:card_fill", made.pk)


@guard(*READ)
def card_detail(request: ActorRequest, pk: int) -> HttpResponse:
    card = existing(find_card(request.actor, pk))
    return render(request, "planning/card_detail.html", _detail(request, card))


@guard(*HEADS, methods=BOTH)
def card_fill(request: ActorRequest, pk: int) -> HttpResponse:
    """Saved by itself while it is written, and by the button; another window's words are never lost unseen."""
    card = existing(find_card(request.actor, pk))
    check_own(request.actor, card.centre_id, card.school_id)
    check_draft(card)
    sheet = sheet_of(card)
    form = CardForm(request.POST or None, sheet=sheet)
    if form.is_bound and form.is_valid():
        try:
            saved = filling.save_card(card=card, answers=form.answers, seen=form.cleaned_data["seen"], by=request.actor)
        except ChangedMeanwhile as other:
            form = _kept(form, sheet, other)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            if saves_itself(request):
                return saved_itself(_stamp(saved))
            messages.success(request, _("Saved. Only your school sees it until you share it."))
            return redirect("planning:card_detail", pk)
    context = {"shown": card, "sheet": sheet, "form": form, "looks": LOOKS}
    return render(request, "planning/card_fill.html", context, status=status_of(form))


@guard(*HEADS, methods=POST)
def card_share(request: ActorRequest, pk: int) -> HttpResponse:
    card = existing(find_card(request.actor, pk))
    filling.share_card(card=card, by=request.actor)
    messages.success(request, _("Shared: the centre is told. What changes later goes into the next version."))
    return redirect("planning:card_detail", pk)


@guard(*HEADS, methods=POST)
def card_drop(request: ActorRequest, pk: int) -> HttpResponse:
    card = existing(find_card(request.actor, pk))
    filling.drop_card(card=card, by=request.actor)
    messages.success(request, _("The draft is thrown away."))
    return redirect("planning:card_list")


@guard(Role.COORDINATOR, methods=POST)
def card_read(request: ActorRequest, pk: int) -> HttpResponse:
    reading.read_card(card=existing(find_card(request.actor, pk)), by=request.actor)
    messages.success(request, _("Written down: the centre has read it."))
    return redirect("planning:card_detail", pk)


@guard(Role.COORDINATOR, methods=POST)
def card_remark(request: ActorRequest, pk: int) -> HttpResponse:
    card = existing(find_card(request.actor, pk))
    check_remark(request.actor, card)
    form = RemarkForm(request.POST, sheet=sheet_of(card))
    if attempt(form, lambda: reading.remark_on(card=card, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The school is told that there is a remark."))
        return redirect("planning:card_detail", pk)
    context = _detail(request, card) | {"remark_form": form}
    return render(request, "planning/card_detail.html", context, status=status_of(form))


@guard(*READ)
def card_compare(request: ActorRequest, pk: int) -> HttpResponse:
    """An audit beside the school's own card."""
    audit = existing(find_audit(request.actor, pk=pk))
    if not compares(request.actor, audit):
        raise Http404
    return render(request, "planning/card_compare.html", {"audit": audit, "found": beside(audit), "looks": LOOKS})


def _detail(request: ActorRequest, card: SelfCard) -> dict[str, Any]:
    actor = request.actor
    owns, remarks = can_own(actor, card.centre_id, card.school_id), can_remark(actor, card) and not card.is_draft
    sheet = sheet_of(card)
    return {
        "shown": card,
        "sheet": sheet,
        "looks": LOOKS,
        "owns": owns,
        "remarks": remarks,
        "remark_form": RemarkForm(sheet=sheet) if remarks else None,
        "versions": versions_of(card, owns=owns),
        "card_title": _title(actor, card),
    }


def _title(actor: Actor, card: SelfCard) -> str:
    """Of the kind as the regulation has it today."""
    return next((one.title for one in actor.rules_in(card.centre_id).audits if one.slug == card.kind), "")


def _kinds(actor: Actor, centre_id: int) -> list[AuditRule]:
    return [one for one in actor.rules_in(centre_id).audits if one.own_card and not one.archived]


def _own(actor: Actor) -> list[dict[str, Any]]:
    """Each school that the person heads, once for each centre."""
    places = {(one.centre_id, one.school_id) for one in actor.grants if one.role in HEADS and one.school_id}
    schools = School.objects.in_bulk([school for _centre, school in places])
    found = []
    for centre, school in sorted((c or 0, s or 0) for c, s in places):
        rows = school_rows(centre, [(school, schools[school].name)], _kinds(actor, centre), owns=True)
        why = reasons_of(centre, [school]).get(school, [])
        found.append({"centre": centre, "school": schools[school], "places": rows[0].places, "helped": why})
    return found


def _stamp(card: SelfCard) -> str:
    return sheet_of(card).seen


def _kept(form: CardForm, sheet: Any, other: ChangedMeanwhile) -> CardForm:
    """The words of this page once more, with the mark of what stands there now: the next save is made knowingly."""
    data = {**form.data.dict(), "seen": other.seen}  # type: ignore[attr-defined]
    again = CardForm(data, sheet=sheet)
    again.is_valid()
    again.add_error(None, other.sentence)
    return again
