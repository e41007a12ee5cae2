"""The school and who keeps the event register others; a place is given back; who is registered."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Refused
from traektoria.core.forms import WhyForm
from traektoria.core.typography import counted
from traektoria.events.enrolment.access_log import log_list
from traektoria.events.enrolment.actions import enrolling
from traektoria.events.enrolment.forms import PeopleForm
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.enrolment.permissions import check_remove, reads_list
from traektoria.events.enrolment.policies import can_open, check_leaving, check_open, coming_dates
from traektoria.events.enrolment.queries.enrolments import (
    counts_of,
    find_enrolment,
    in_of,
    log_of,
    of_school,
    people_page,
    said,
)
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import READ, keeps
from traektoria.events.event.queries.events import find_event
from traektoria.events.event.time_and_place import called, when
from traektoria.organisations.models import School
from traektoria.people.enums import HEADS
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.routes.needs.queries import teachers_of_school


@guard(*READ, methods=BOTH)
def enrol_people(request: ActorRequest, pk: int) -> HttpResponse:
    """Several at once: a head chooses of the teachers of the school, who keeps the event names any of the centre."""
    event = existing(find_event(request.actor, pk))
    kept = keeps(request.actor, event)
    school = None if kept else _school(request, event)
    if request.method != "POST":
        check_open(event, timezone.now(), kept=kept)
    dates = [(one.pk, when(one)) for one in coming_dates(event, timezone.now())]
    offered = _offered(event, school) if school else []
    form = PeopleForm(request.POST or None, offered=offered, by_name=kept, dates=dates)

    def register() -> list[Enrolment]:
        return enrolling.enrol(
            event=event, people=form.chosen(event.centre_id), by=request.actor, school=school,
            dates=form.cleaned_data.get("dates", ()),
        )  # fmt: skip

    if rows := attempt(form, register):
        messages.success(request, registered_words(rows))
        return redirect("events:enrol_people", pk)
    rows_there = of_school(event, school.pk) if school else []
    log_list(by=request.actor, event=event, people=[row.person for row in rows_there])
    context = {
        "form": form, "event": event, "called": called(event), "school": school, "rows": rows_there,
        "can_leave": bool(dates),
    }  # fmt: skip
    return render(request, "events/enrol_people.html", context, status=status_of(form))


def registered_words(rows: list[Enrolment]) -> str:
    """To who has registered others."""
    waiting = sum(row.waits for row in rows)
    done = counted(len(rows) - waiting, "Registered: %(n)s person.", "Registered: %(n)s people.")
    more = _("Each is told and may decline.")
    if waiting:
        more = counted(waiting, "%(n)s person waits for a place.", "%(n)s people wait for a place.")
        more += " " + _("What becomes free is theirs, and they are told.")
    return f"{done} {more}"


def _school(request: ActorRequest, event: Event) -> School:
    """The school that the person heads in the centre of the event. Raises ``Refused``."""
    own = [one.school_id for one in request.actor.grants if one.role in HEADS and one.centre_id == event.centre_id]
    if not own:
        text = _("Several people are registered by the head of their school, or by who leads the event.")
        raise Refused(text, code="not_the_head")
    return fetch(School.objects.all(), pk=own[0])


def _offered(event: Event, school: School) -> list[tuple[int, str]]:
    """Teachers of the school who are not there yet."""
    rows = list(teachers_of_school(event.centre_id, school).order_by("sort_name", "pk"))
    there = in_of(event, [one.pk for one in rows]) | {one.person_id for one in event.leads.all()}
    return [(one.pk, one.short_name) for one in rows if one.pk not in there]


@guard(*READ, methods=POST)
def enrolment_leave(request: ActorRequest, pk: int) -> HttpResponse:
    row = enrolling.leave(row=existing(find_enrolment(request.actor, pk)), by=request.actor)
    messages.success(request, _("The place is given back and goes to who waits."))
    return redirect("events:event_detail", row.event_id)


@guard(*READ, methods=BOTH)
def enrolment_remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Taken off, with a reason that the person reads."""
    row, form = existing(find_enrolment(request.actor, pk)), WhyForm(request.POST or None)
    check_remove(request.actor, row)
    if request.method != "POST":
        check_leaving(row, timezone.now())
    if attempt(form, lambda: enrolling.remove(row=row, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Taken off; the person is told, the place goes to who waits."))
        back = "event_people" if reads_list(request.actor, row.event) else "enrol_people"
        return redirect(f"events:{back}", row.event_id)
    log_list(by=request.actor, event=row.event, people=[row.person_id])
    context = {"form": form, "event": row.event, "row": row, "called": called(row.event)}
    return render(request, "events/enrolment_remove.html", context, status=status_of(form))


@guard(*READ)
def event_people(request: ActorRequest, pk: int) -> HttpResponse:
    """Who is registered and who waits, and the log of the list: for who leads the event."""
    event = existing(find_event(request.actor, pk))
    if not reads_list(request.actor, event):
        raise Refused(_("The list is read by who leads the event."), code="not_the_leader")
    page = people_page(event, request.GET.get("page"))
    log_list(by=request.actor, event=event, people=[row.person for row in page.object_list])
    context: dict[str, Any] = {
        "event": event, "called": called(event), "page": page, "rows": page.object_list, "counts": counts_of(event),
        "lines": [(line, said(line)) for line in log_of(event)], "keeps": keeps(request.actor, event),
        "removes": keeps(request.actor, event) and bool(coming_dates(event, timezone.now())),
        "enrols": keeps(request.actor, event) and can_open(event, timezone.now(), kept=True),
    }  # fmt: skip
    return render(request, "events/event_people.html", context)
