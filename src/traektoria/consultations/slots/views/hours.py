"""Hours of methodical help: their list, a new one with a look at each date, the page of one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.load.outlook import load_sentences
from traektoria.consultations.slots.actions.changing import end_hour
from traektoria.consultations.slots.actions.making import Made, make_hour
from traektoria.consultations.slots.forms import EndForm, HelpHourForm
from traektoria.consultations.slots.models import HelpHour
from traektoria.consultations.slots.permissions import KEEPERS, can_keep
from traektoria.consultations.slots.policies import check_wanted
from traektoria.consultations.slots.queries.hours import dates_of, find_hour, hour_page
from traektoria.consultations.slots.queries.new_hour import places_offered, tutors_of, usual
from traektoria.consultations.slots.queries.places import with_places
from traektoria.consultations.slots.queries.preview import DateOutlook, Outlook, outlooks
from traektoria.consultations.slots.wording import rule_words
from traektoria.core.attempt import attempt, status_of
from traektoria.core.shared_forms import stamp
from traektoria.core.typography import counted, short_day
from traektoria.people.actor import Actor
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, guard
from traektoria.people.page_centre import centre_of, places
from traektoria.people.timetable import clash_sentences

TAKES = ("consultations.help", "consultations.hour")
"""What stands in the way of a date is said beside it."""


@guard(*KEEPERS)
def help_list(request: ActorRequest) -> HttpResponse:
    """Hours with dates to come, or those that are over."""
    over = bool(request.GET.get("over"))
    page = hour_page(request.actor, request.GET.get("page"), over=over)
    context = {"page": page, "rows": page.object_list, "over": over}
    return render(request, "consultations/help_list.html", context)


@guard(*KEEPERS, methods=BOTH)
def help_new(request: ActorRequest) -> HttpResponse:
    """A new Hour in two steps of one page: what is wished for, then what becomes of each date."""
    centre = centre_of(request, *KEEPERS)
    tutors = tutors_of(request.actor, centre.pk)
    initial = usual(centre, request.actor.rules_in(centre.pk).consulting, timezone.localdate())
    if len(tutors) == 1:
        initial["tutors"] = list(tutors)
    form = HelpHourForm(
        request.POST or None, centre=centre, tutors=tutors, places=places_offered(centre.pk), initial=initial
    )
    dates = attempt(form, lambda: _looked(form)) or []
    looked = bool(dates) and request.POST.get("seen") == _mark(form)
    if looked and (made := attempt(form, lambda: _make(request, form))):
        messages.success(request, _said(made))
        return redirect("consultations:help_detail", made.hour.pk)
    chosen = request.POST.getlist("days") if looked else _proposed(dates)
    context = {
        "form": form, "dates": dates, "chosen": chosen, "seen": _mark(form) if dates else "",
        "none_free": bool(dates) and not any(one.outlook == Outlook.FREE for one in dates), "centre": centre,
        "loads": _loads(form, tutors) if dates else [],
        "clashes": _clashes(request.actor, form, dates),
        "places": places(request, *KEEPERS), "more": any(name in form.errors for name in form.MORE),
    }  # fmt: skip
    return render(request, "consultations/help_new.html", context, status=status_of(form))


@guard(*KEEPERS)
def help_detail(request: ActorRequest, pk: int) -> HttpResponse:
    hour = existing(find_hour(request.actor, pk))
    return render(request, "consultations/help_detail.html", _detail(request, hour, EndForm(initial=_today())))


@guard(*KEEPERS, methods=POST)
def help_end(request: ActorRequest, pk: int) -> HttpResponse:
    """No dates after a day."""
    hour, form = existing(find_hour(request.actor, pk)), EndForm(request.POST)
    if attempt(form, lambda: end_hour(hour=hour, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The Hour is ended: dates after that day are dropped, who had booked is told."))
        return redirect("consultations:help_detail", pk)
    return render(request, "consultations/help_detail.html", _detail(request, hour, form), status=status_of(form))


def _looked(form: HelpHourForm) -> Sequence[DateOutlook]:
    wanted = form.wanted
    check_wanted(wanted)
    return outlooks(wanted, now=timezone.now())


def _loads(form: HelpHourForm, tutors: Mapping[int, str]) -> list[str]:
    """What is left of the hours of those who were chosen, with these dates."""
    wanted = form.wanted
    chosen = {pk: name for pk, name in tutors.items() if pk in wanted.tutors}
    return load_sentences(wanted.centre.pk, chosen, wanted.dates, wanted.zone)


def _clashes(actor: Actor, form: HelpHourForm, dates: Sequence[DateOutlook]) -> list[str]:
    """What else those who receive have on the dates that are possible: nothing of it stands in the way."""
    spans = [one.interval for one in dates if one.possible]
    if not spans:
        return []
    return clash_sentences(actor, form.wanted.tutors, spans[0], more=spans[1:], within=TAKES)


def _proposed(dates: Sequence[DateOutlook]) -> list[str]:
    """What is marked at first: free dates; where there is none, those outside the hours of the tutor."""
    free = [str(one.day) for one in dates if one.outlook == Outlook.FREE]
    return free or [str(one.day) for one in dates if one.outlook == Outlook.OUTSIDE]


def _make(request: ActorRequest, form: HelpHourForm) -> Made:
    return make_hour(wanted=form.wanted, days=_days(request.POST.getlist("days")), by=request.actor)


def _days(texts: Sequence[str]) -> list[date]:
    """What a changed page may have sent instead of a day counts for nothing."""
    found = []
    for text in texts:
        try:
            found.append(date.fromisoformat(text))
        except ValueError:
            continue
    return found


def _mark(form: HelpHourForm) -> str:
    """Of what the dates were worked out from: where it is another, they are shown anew before they are made."""
    return stamp({name: str(value) for name, value in sorted(form.cleaned_data.items())})


def _said(made: Made) -> str:
    dates = made.hour.dates.filter(state="standing").count()
    said = counted(dates, "The Hour is made: %(n)s date.", "The Hour is made: %(n)s dates.")
    if made.taken:
        days = ", ".join(short_day(one.day) for one in made.taken)
        return f"{said} {_('Taken meanwhile, not made: %(days)s.') % {'days': days}}"
    return f"{said} {_('Teachers book from the list of free time.')}"


def _detail(request: ActorRequest, hour: HelpHour, form: EndForm) -> dict[str, Any]:
    now = timezone.now()
    rows = dates_of(hour)
    keeps = can_keep(request.actor, hour)
    return {
        "hour": hour,
        "rule": rule_words(hour.repeat, hour.first_day, hour.start, hour.end),
        "coming": with_places(row for row in rows if row.end > now),
        "past": [row for row in rows if row.end <= now],
        "where": next((row.where for row in rows if row.number == 1), ""),
        "keeps": keeps,
        "end_form": form if keeps and hour.is_open else None,
    }


def _today() -> dict[str, Any]:
    return {"after": timezone.localdate()}
