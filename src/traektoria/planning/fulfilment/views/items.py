"""The page of a line: its deadline in words and dates, what was done, where a floor was broken."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.installation.room import before_reading, counted_for
from traektoria.organisations.lists.permissions import readable
from traektoria.organisations.lists.queries import reasons_of
from traektoria.organisations.lists.reasons import reasons_named
from traektoria.organisations.models import School
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.guard import POST, ActorRequest, existing, guard
from traektoria.planning.facts.registry import fact_kinds
from traektoria.planning.fulfilment.actions.doing import tell_of_item
from traektoria.planning.fulfilment.floors import broken_floor
from traektoria.planning.fulfilment.forms import DeedForm
from traektoria.planning.fulfilment.queries.countable_facts import MOST
from traektoria.planning.fulfilment.queries.counts import MOST_SHOWN, facts_of, numbers_of, offered_of
from traektoria.planning.fulfilment.queries.times import deeds_of, offered_times
from traektoria.planning.fulfilment.views.deeds import with_forms
from traektoria.planning.plans.actions.writing import settle_term
from traektoria.planning.plans.enums import PlanState, TermState
from traektoria.planning.plans.event_ideas import waits_for_event
from traektoria.planning.plans.forms import TermForm
from traektoria.planning.plans.models import PlanItem
from traektoria.planning.plans.occurrence_state import Now, StandingChip, said
from traektoria.planning.plans.permissions import READ, WRITERS, can_do, can_write
from traektoria.planning.plans.queries.items import Time, times_of
from traektoria.planning.plans.queries.plans import find_item
from traektoria.planning.plans.views.items import tell_term


@guard(*READ)
def item_detail(request: ActorRequest, pk: int) -> HttpResponse:
    item = existing(find_item(request.actor, pk))
    context = item_of(request.actor, item, MOST if "find" in request.GET else MOST_SHOWN)
    return render(request, "planning/item_detail.html", context)


@guard(*WRITERS, methods=POST)
def item_settle(request: ActorRequest, pk: int) -> HttpResponse:
    """What its deadline means."""
    item = existing(find_item(request.actor, pk))
    form = TermForm(request.POST, choices=item.choices)
    made = attempt(form, lambda: settle_term(item=item, reading=form.meant, by=request.actor))
    if made:
        tell_term(request, made)
        return redirect("planning:item_detail", pk)
    context = item_of(request.actor, item) | {"term_form": form}
    return render(request, "planning/item_detail.html", context, status=status_of(form))


@guard(*READ, methods=POST)
@before_reading(counted_for(PlanItem, "plan__centre"))
def item_tell(request: ActorRequest, pk: int) -> HttpResponse:
    """Something was done for an item that has no times."""
    item = existing(find_item(request.actor, pk))
    form = DeedForm(request.POST, request.FILES)
    if attempt(form, lambda: tell_of_item(item=item, told=form.told, by=request.actor)):
        messages.success(request, _("Written down."))
        return redirect("planning:item_detail", pk)
    context = item_of(request.actor, item) | {"deed_form": form}
    return render(request, "planning/item_detail.html", context, status=status_of(form))


def item_of(actor: Actor, item: PlanItem, most: int = MOST_SHOWN) -> dict[str, Any]:
    """What the page of a line prints; of what happened ``most``."""
    today, running = timezone.localdate(), item.plan.state == PlanState.APPROVED
    times = [
        (one, said(one.state, one.start, one.due, one.done_on, today)) for one in times_of([item.pk]).get(item.pk, [])
    ]
    over = [pair for pair in times if is_over(*pair, today)]
    writes = can_write(actor, item.plan) and item.removed_in_id is None
    open_question = writes and item.term in (TermState.ASKED, TermState.LATER)
    does, dateless = running and can_do(actor, item), not times and item.term != TermState.DATED
    counted = [kind for kind in fact_kinds if kind.slug in item.counted.split()]
    responsible = list(item.responsible.all())
    done = deeds_of(item) if dateless else []
    found = facts_of(item, counted) if dateless and running else []
    tells = does and dateless and item.removed_in_id is None
    happened = offered_of(found, done) if tells else []
    return {
        "item": item,
        "plan": item.plan,
        **_helped(actor, item, [one.school_id for one in responsible if one.school_id]),
        "past": over,
        "ahead": [pair for pair in times if pair not in over],
        "offered": offered_times([item.pk])[1] if times and running else set(),
        "responsible": responsible,
        "counted_kinds": [kind.label for kind in counted],
        "floor": broken_floor(item, today) if running else [],
        "edits": writes and item.plan.state != PlanState.PROPOSED,
        "running": running,
        "does": does,
        "opens": actor.has(item.plan.centre_id, Role.COORDINATOR),
        "makes_event": waits_for_event(actor, item),
        "tells": tells,
        "deeds": with_forms(done),
        "facts": numbers_of(found),
        "happened": happened[:most],
        "happened_more": len(happened) - most if most < MOST else 0,
        "deed_form": DeedForm(initial={"day": today, "what": item.content[:300]}),
        "term_form": TermForm(choices=item.choices) if open_question else None,
    }


def _helped(actor: Actor, item: PlanItem, schools: list[int]) -> dict[str, Any]:
    """Why its schools are helped first; and where the line is for schools of an official list, which these are. What of
    it the person may read. At most three queries, none for most lines."""
    named, centre = reasons_named(item.content), item.plan.centre_id
    if not named and not schools:
        return {}
    why = readable(actor, centre, reasons_of(centre, None if named else schools))
    meant = [pk for pk, reasons in why.items() if any(one.reason in named for one in reasons)]
    targets = School.objects.filter(pk__in=meant) if meant else []
    return {"helped": why, "targets": [(school, why[school.pk]) for school in targets]}


def is_over(time: Time, chip: StandingChip, today: date) -> bool:
    """Done, cancelled, or of the plan as it was; what was missed is not over."""
    return (
        time.former or chip.now in (Now.DONE, Now.LATE) or (chip.now is Now.CANCELLED and time_has_passed(time, today))
    )


def time_has_passed(time: Time, today: date) -> bool:
    return time.due is not None and time.due < today
