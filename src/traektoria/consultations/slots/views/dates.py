"""One date of an Hour: dropped, moved, restored; a tutor's own hours; absences."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.points.permissions import books
from traektoria.consultations.slots.actions import changing
from traektoria.consultations.slots.actions.editing import Edited, edit_dates
from traektoria.consultations.slots.engagements import DATE
from traektoria.consultations.slots.enums import Which
from traektoria.consultations.slots.forms import DropForm, EditForm, MoveForm, word_of
from traektoria.consultations.slots.models import HelpDate
from traektoria.consultations.slots.permissions import KEEPERS, can_change_date, can_keep, check_change_date
from traektoria.consultations.slots.policies import check_not_begun, check_standing
from traektoria.consultations.slots.queries.hours import find_date, find_hour, find_kept_date, my_dates
from traektoria.consultations.slots.queries.new_hour import places_offered
from traektoria.consultations.slots.queries.places import slots_from, slots_of, with_places
from traektoria.consultations.slots.registries import whom_to_tell
from traektoria.core.attempt import attempt, status_of
from traektoria.core.paging import replaced
from traektoria.core.typography import counted, short_day
from traektoria.engines.intervals import Interval
from traektoria.people.actor import Actor
from traektoria.people.enums import EVERYBODY, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, guard
from traektoria.people.models import Person
from traektoria.people.timetable import clash_sentences

DROP_IDS, MOVE_IDS = "drop-%s", "move-%s"
"""Both forms stand on one page."""


@guard(Role.TUTOR)
def my_hours(request: ActorRequest) -> HttpResponse:
    """When I receive: each date with what is booked; one is dropped in two taps."""
    page = my_dates(request.actor, request.GET.get("page"))
    page = replaced(page, with_places(page))
    return render(request, "consultations/my_hours.html", {"page": page, "rows": page.object_list})


@guard(*EVERYBODY)
def date_detail(request: ActorRequest, pk: int) -> HttpResponse:
    date = existing(find_date(request.actor, pk))
    return render(request, "consultations/date_detail.html", _detail(request, date))


@guard(*KEEPERS, methods=BOTH)
def date_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Topic, place, places, times of this date, of it and the following ones, or of all that are to come: whom we tell
    stands beside each."""
    date = existing(find_kept_date(request.actor, pk))
    check_change_date(request.actor, date)
    check_standing(date)
    check_not_begun(date, timezone.now())
    hour = find_hour(request.actor, date.hour_id)
    series = hour is not None and can_keep(request.actor, hour)
    start, end = timezone.localtime(date.start).time(), timezone.localtime(date.end).time()
    where = word_of(date.point, date.room)
    initial = {
        "topic": date.topic,
        "places": date.places,
        "start": start,
        "end": end,
        "place": where,
        "number": date.number,
    }
    places = places_offered(date.centre_id)
    form = EditForm(request.POST or None, date=date, series=series, places=places, initial=initial)

    def edit() -> Edited:
        which, reason = Which(form.cleaned_data["scope"]), form.cleaned_data["reason"]
        seen = form.cleaned_data["number"]
        return edit_dates(date=date, wanted=form.edit, which=which, reason=reason, by=request.actor, seen=seen)

    clashes, seen = _clashes_of_edit(request.actor, date, form), str(form.data.get("start", ""))
    said = bool(clashes) and request.POST.get("seen") != seen
    if not said and (edited := attempt(form, edit)):
        _say_edited(request, edited)
        return redirect("consultations:date_detail", pk)
    context = {
        "date": date, "form": form, "series": series, "told": _told_by(date, series=series),
        "clashes": clashes, "seen": seen if clashes else "",
    }  # fmt: skip
    return render(request, "consultations/date_edit.html", context, status=status_of(form))


def _told_by(date: HelpDate, *, series: bool) -> list[tuple[str, list[Person]]]:
    """By what may be chosen: who is booked there."""
    slots = slots_from(date)
    return [(str(which.label), whom_to_tell(slots[which])) for which in (Which if series else [Which.THIS])]


def _clashes_of_edit(actor: Actor, date: HelpDate, form: EditForm) -> list[str]:
    """What else is at the new time of the date, where it is another: said once, and it stops nobody."""
    if not form.is_bound or not form.is_valid():
        return []
    start = timezone.make_aware(datetime.combine(timezone.localdate(date.start), form.cleaned_data["start"]))
    return _clashes(actor, date, start) if start != date.start else []


def _say_edited(request: ActorRequest, edited: Edited) -> None:
    if not edited.dates:
        messages.info(request, _("Nothing was another than before."))
    else:
        messages.success(request, counted(len(edited.dates), "Changed: %(n)s date.", "Changed: %(n)s dates."))
    for date, why in edited.left:
        words = {"day": short_day(timezone.localtime(date.start)), "why": why}
        messages.warning(request, _("%(day)s stays as it was. %(why)s") % words)


@guard(*KEEPERS, methods=POST)
def date_drop(request: ActorRequest, pk: int) -> HttpResponse:
    date, form = existing(find_kept_date(request.actor, pk)), DropForm(request.POST, auto_id=DROP_IDS)
    told = whom_to_tell([slot.pk for slot in date.slots.all() if slot.is_open and slot.start > timezone.now()])
    if attempt(form, lambda: changing.drop_date(date=date, by=request.actor, **form.cleaned_data)):
        names = ", ".join(person.short_name for person in told)
        said = _("Dropped. We tell: %(names)s.") % {"names": names} if told else _("Dropped: nobody had booked.")
        messages.success(request, said)
        return redirect("consultations:date_detail", pk)
    return _again(request, date, {"drop_form": form}, form)


@guard(*KEEPERS, methods=POST)
def date_move(request: ActorRequest, pk: int) -> HttpResponse:
    date, form = existing(find_kept_date(request.actor, pk)), MoveForm(request.POST, auto_id=MOVE_IDS)

    clashes = _clashes(request.actor, date, form.moment) if form.is_valid() else []
    if clashes and request.POST.get("seen") != form.moment.isoformat():
        return _again(request, date, {"move_form": form, "clashes": clashes, "seen": form.moment.isoformat()}, form)

    def move() -> HelpDate:
        reason = form.cleaned_data["reason"]
        return changing.move_date(date=date, start=form.moment, reason=reason, by=request.actor)

    if attempt(form, move):
        messages.success(request, _("Moved: bookings stay with their times, who had booked is told."))
        return redirect("consultations:date_detail", pk)
    return _again(request, date, {"move_form": form}, form)


def _clashes(actor: Actor, date: HelpDate, start: datetime) -> list[str]:
    """What else they have then who receive and who are booked: said once before the date is moved, and it stops nobody.
    What takes a tutor's or the room's time refuses the move by itself."""
    people = {one.tutor_id for one in date.receives.all()}
    people |= {person.pk for person in whom_to_tell([slot.pk for slot in date.slots.all() if slot.is_open])}
    span = Interval(start, start + (date.end - date.start))
    return clash_sentences(actor, people, span, within=(DATE, "consultations.booking"))


@guard(*KEEPERS, methods=POST)
def date_restore(request: ActorRequest, pk: int) -> HttpResponse:
    date = existing(find_kept_date(request.actor, pk))
    changing.restore_date(date=date, by=request.actor)
    messages.success(request, _("It takes place after all: one can book again."))
    return redirect("consultations:date_detail", pk)


def _again(request: ActorRequest, date: HelpDate, forms: dict[str, Any], form: Any) -> HttpResponse:
    context = _detail(request, date) | forms
    return render(request, "consultations/date_detail.html", context, status=status_of(form))


def _detail(request: ActorRequest, date: HelpDate) -> dict[str, Any]:
    slots, now = slots_of([date.pk]).get(date.pk, []), timezone.now()
    keeps = can_change_date(request.actor, date)
    changes, begun = keeps and date.end > now, date.start <= now
    coming = [slot for slot in slots if slot.start > now]
    start = timezone.localtime(date.start)
    return {
        "date": date,
        "slots": slots,
        "told": whom_to_tell([slot.pk for slot in coming]) if changes and date.is_standing else [],
        "begun": begun,
        "drops": changes and date.is_standing and (bool(coming) or not begun),
        "changes": changes,
        "keeps": keeps,
        "books": books(request.actor),
        "reads_slots": keeps and (request.actor.is_coordinator or len(date.receives.all()) == 1),
        "history": list(date.changes.all()) if keeps else [],
        "drop_form": DropForm(initial={"reason": _("The tutor can not receive on this day.")}, auto_id=DROP_IDS),
        "dropping": changes and bool(request.GET.get("drop")),
        "move_form": MoveForm(initial={"day": timezone.localdate(date.start), "start": start.time()}, auto_id=MOVE_IDS),
    }
