"""The list of events and the page of one."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.labels import texts_of
from traektoria.core.school_year import first_moment, this_year
from traektoria.core.text import whole_number
from traektoria.core.typography import in_hours
from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.policies import ended_at
from traektoria.events.attendance.queries import minutes_since
from traektoria.events.board.forms import FilterForm
from traektoria.events.board.queries.events import LOOKS, MINE, event_page, lists_of, months_offered
from traektoria.events.board.queries.registration import attended, registration
from traektoria.events.door.policies import keeps_door
from traektoria.events.enrolment.forms import WHICH_ALL, EnrolForm, dates_to_choose
from traektoria.events.event.enums import STANDS, EventState
from traektoria.events.event.facts import kinds_of
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import READ, can_approve, can_begin, can_lead, keeps, leads
from traektoria.events.event.policies import (
    can_be_held,
    can_cancel,
    can_close,
    can_drop,
    can_edit,
    is_coming,
    why_goes_on,
)
from traektoria.events.event.programme import steps_of
from traektoria.events.event.queries.events import changes_of, find_date, find_event, history_of
from traektoria.events.event.readers import read_by
from traektoria.events.event.rules import rules_of_event
from traektoria.events.event.time_and_place import place
from traektoria.events.feedback.policies import closes_at, is_time
from traektoria.events.observing.policies import can_be_observed, can_read
from traektoria.events.results.policies import takes_results
from traektoria.events.tutorials.queries import hours
from traektoria.people.actor import Actor
from traektoria.people.enums import Subject
from traektoria.people.guard import ActorRequest, existing, guard
from traektoria.routes.models import RouteItem
from traektoria.routes.route.views.common import fetch_item


@guard(*READ)
def event_list(request: ActorRequest) -> HttpResponse:
    """What is to come; one's own, what is prepared and what is over beside it."""
    actor, lists = request.actor, lists_of(request.actor)
    kind = request.GET.get("list", "")
    kind = kind if kind in lists else lists[0]
    form = FilterForm(
        request.GET if {"kind", "subject", "month"} & set(request.GET) else None, kinds=_kinds(actor),
        months=months_offered(kind, timezone.localdate()),
    )  # fmt: skip
    item = item_asked(request, request.GET)
    page = event_page(actor, request.GET.get("page"), kind, form.wanted, timezone.now())
    context = {
        "page": page, "rows": page.object_list, "kind": kind, "lists": lists, "form": form,
        "begins": any(can_begin(actor, centre) for centre in actor.centre_ids),
        "several": len(actor.centre_ids) > 1,
        "narrows": form.is_bound,
        "been": _been(actor) if kind == MINE else "",
        "item": item,
        "query": f"?item={item.pk}" if item else "",
    }  # fmt: skip
    return render(request, "events/event_list.html", context)


def _been(actor: Actor) -> str:
    """«5 ч 30 мин»: one's time at events this school year, with accepted self-work; empty for none. Two queries."""
    since = first_moment(this_year())
    minutes = minutes_since(actor.person_id, since) + hours.minutes_since(actor.person_id, since)
    return in_hours(minutes) if minutes else ""


def _kinds(actor: Actor) -> list[tuple[str, str]]:
    """Of the regulations of all centres of the person."""
    found: dict[str, str] = {}
    for centre in sorted(actor.centre_ids):
        found |= {one.slug: one.title for one in kinds_of(actor.rules_in(centre)).values()}
    return sorted(found.items(), key=lambda one: one[1])


def item_asked(request: ActorRequest, said: QueryDict) -> RouteItem | None:
    """For which an event is looked for, by the address or the form."""
    asked = whole_number(said.get("item", ""))
    return fetch_item(request.actor, asked) if asked else None


@guard(*READ)
def event_detail(request: ActorRequest, pk: int) -> HttpResponse:
    event = existing(find_event(request.actor, pk))
    context = page_of(request.actor, event, item_asked(request, request.GET))
    return render(request, "events/event_detail.html", context)


def page_of(actor: Actor, event: Event, item: RouteItem | None = None, form: EnrolForm | None = None) -> dict[str, Any]:
    """The whole page; ``form``: one's registration as it was refused."""
    mine = registration(actor, event, item) | attended(actor, event)
    if mine.get("can_enrol") and form is None:
        form = EnrolForm(dates=dates_to_choose(event), initial={"which": WHICH_ALL})
    came = any(one.said == Word.CAME for one in mine["attended"])
    part = came or mine["part"]
    found = detail(actor, event)
    materials = read_by(event.materials.all(), event, found["now"], leader=found["leads"], part=part)
    after = _after(actor, event, came=came, leader=found["leads"]) if found["begun"] else {}
    return found | mine | {"form": form, "materials": materials} | after


def _after(actor: Actor, event: Event, *, came: bool, leader: bool) -> dict[str, bool]:
    """What is asked of who came, and read by who leads. One query once an event has ended, or a lesson was given."""
    now = timezone.now()
    end = ended_at(event)
    over = end is not None and end <= now and event.state in STANDS
    guest = came and not leads(actor, event)
    return {
        "says": guest and not leader and over and is_time(event, now),
        "observes": guest and can_be_observed(event, now),
        "results": guest and takes_results(event, now),
        "keeps_results": leader and takes_results(event, now),
        "reads_said": leader and over and closes_at(event) is not None,
        "reads_seen": can_read(actor, event) and event.observation and event.state in STANDS and any(
            one.stands and one.start <= now for one in event.dates.all()
        ),
    }  # fmt: skip


@guard(*READ)
def date_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """A date is shown on the page of its event."""
    return redirect("events:event_detail", existing(find_date(request.actor, pk)).event_id)


def detail(actor: Actor, event: Event) -> dict[str, Any]:
    """What the page prints, and the acts that are open to this person now."""
    now, kept = timezone.now(), keeps(actor, event)
    dates = list(event.dates.all())
    standing = [one for one in dates if one.stands]
    may_lead = can_lead(actor, event)
    held = may_lead and event.state == EventState.HELD
    closes = held and can_close(event, now)
    return {
        "event": event,
        "look": LOOKS[event.state],
        "place": place(event),
        "dates": dates,
        "standing": standing,
        "changes": changes_of(event),
        "steps": list(steps_of(event.programme, timezone.localtime(standing[0].start) if standing else None)),
        "for_whom": _for_whom(event),
        "begun": bool(standing) and standing[0].start <= now,
        "now": now,
        "goes_on": event.state in STANDS and any(one.start <= now < one.end for one in standing),
        "keeps": kept,
        "leads": may_lead,
        "can_edit": kept and can_edit(event),
        "announces": kept and event.state == EventState.DRAFT and not event.approval,
        "proposes": kept and event.state == EventState.DRAFT and event.approval,
        "recalls": kept and event.state == EventState.PROPOSED,
        "approves": event.state == EventState.PROPOSED and can_approve(actor, event),
        "closes": closes,
        "goes_on_why": why_goes_on(event, now) if held and not closes else "",
        "gives": kept and event.state in (EventState.HELD, EventState.CLOSED),
        "reopens": event.state == EventState.CLOSED and actor.is_coordinator and kept,
        "cancels": kept and can_cancel(event, now),
        "copies": can_begin(actor, event.centre_id),
        "coming": [one.pk for one in dates if kept and is_coming(one, now)],
        "drops": [one.pk for one in dates if kept and len(standing) > 1 and can_drop(one)],
        "doors": [one.pk for one in dates if may_lead and keeps_door(one, now)],
        "holds": [one.pk for one in dates if may_lead and can_be_held(one, now)],
        "history": history_of(event) if kept else [],
    }


def _for_whom(event: Event) -> list[str]:
    """Subjects, classes, categories of teachers; nothing where it is for all."""
    wanted = event.category_list
    rows = rules_of_event(event).support.categories if wanted else ()
    said = [
        ", ".join(texts_of(Subject, event.subject_list)),
        _("classes %(classes)s") % {"classes": event.classes} if event.classes else "",
        ", ".join(one.title for one in rows if one.slug in wanted),
    ]
    return list(filter(None, said))
