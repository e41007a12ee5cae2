"""Lists to take away: participants of an event, hours of a centre by teacher and period."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from traektoria.core import school_year
from traektoria.core.attempt import status_of
from traektoria.core.errands import answer
from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance, DoorGuest
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.permissions import READ
from traektoria.events.event.queries.events import find_event
from traektoria.events.event.time_and_place import called
from traektoria.events.exports.columns import ASKED_BY, PEOPLE, SINCE, TEACHERS
from traektoria.events.exports.errands import HOURS_LIST, PEOPLE_LIST, list_of, weight
from traektoria.events.exports.forms import XLSX_FORM, ListForm, PeriodForm
from traektoria.people.enums import Role
from traektoria.people.guard import ActorRequest, existing, guard
from traektoria.people.page_centre import centre_of, places

RARE = {SINCE, ASKED_BY}
"""Not ticked at first."""


@guard(*READ)
def people_export(request: ActorRequest, pk: int) -> HttpResponse:
    """A page with what can be chosen; with a choice in the address, the file."""
    event = existing(find_event(request.actor, pk))
    list_of(request.actor, {"event": pk})
    initial = {"columns": [one for one in PEOPLE if one not in RARE], "form": XLSX_FORM}
    form = ListForm(_asked(request), columns=PEOPLE, initial=initial)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        facts = {"event": pk, "columns": data["columns"], "form": data["form"]}
        return answer(request, PEOPLE_LIST, facts, weight=weight(_people(pk), data["form"]))
    context = {"form": form, "event": event, "called": called(event)}
    return render(request, "events/export.html", context, status=status_of(form))


def _people(event: int) -> int:
    """At most so many lines. Three queries."""
    walked_in = Attendance.objects.filter(date__event=event, said=Word.CAME, walk_in=True).count()
    guests = DoorGuest.objects.filter(date__event=event, said=Word.CAME).count()
    return Enrolment.objects.filter(event=event).count() + walked_in + guests


@guard(Role.COORDINATOR)
def hours_export(request: ActorRequest) -> HttpResponse:
    centre = centre_of(request, Role.COORDINATOR)
    today = timezone.localdate()
    initial = {
        "columns": list(TEACHERS), "form": XLSX_FORM, "first": school_year.first_day(school_year.year_of(today)),
        "last": today,
    }  # fmt: skip
    form = PeriodForm(_asked(request), columns=TEACHERS, initial=initial)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        days = {"first": data["first"].isoformat(), "last": data["last"].isoformat()}
        facts = {"centre": centre.pk, "columns": data["columns"], "form": data["form"], **days}
        return answer(request, HOURS_LIST, facts, weight=weight(_teachers(centre.pk), data["form"]))
    context = {"form": form, "centre": centre, "places": places(request, Role.COORDINATOR)}
    return render(request, "events/export.html", context, status=status_of(form))


def _teachers(centre: int) -> int:
    """At most so many lines, of all times. One query."""
    rows = Attendance.objects.filter(date__event__centre=centre, said=Word.CAME)
    return rows.order_by().values("person").distinct().count()


def _asked(request: ActorRequest) -> Any:
    return request.GET if {"columns", "form"} & set(request.GET) else None
