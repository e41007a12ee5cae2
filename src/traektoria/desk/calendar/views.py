"""The calendar: a day, a week, a month, a list; of oneself, a tutor, a school; the week of a centre on one screen."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from traektoria.consultations.hours.engagements import MAY_LIE_IN
from traektoria.core.engagements import kinds
from traektoria.desk.calendar.centre_week import week_of
from traektoria.desk.calendar.forms import ChoiceForm, ClashForm
from traektoria.desk.calendar.pages import Links, page_of
from traektoria.desk.calendar.planners import planned_by
from traektoria.desk.calendar.scopes import chosen, offered
from traektoria.desk.calendar.spans import Span, asked_day, frame
from traektoria.people.guard import ActorRequest, guard
from traektoria.people.timetable import clash_sentences


@guard()
def calendar(request: ActorRequest) -> HttpResponse:
    """One's own week; a telephone shows its day."""
    return _page(request, Span.WEEK)


@guard()
def calendar_span(request: ActorRequest, span: str) -> HttpResponse:
    if span not in set(Span):
        raise Http404
    return _page(request, Span(span))


@guard()
def calendar_clashes(request: ActorRequest) -> HttpResponse:
    """What else is at the time that a form names: a part of its page. Nothing where no time is named yet."""
    form = ClashForm(request.GET)
    said: list[str] = []
    if form.is_valid() and request.actor.person_id:
        people = planned_by(request.actor, form.people | {request.actor.person_id})
        within = MAY_LIE_IN if request.GET.get("of") == "hour" else ()
        said = clash_sentences(request.actor, people, form.interval, within=within, besides=form.besides)
    return render(request, "desk/calendar/clashes.html", {"said": said})


def _page(request: ActorRequest, span: Span) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    groups = offered(actor)
    scope = chosen(request.GET.get("who", ""), actor, groups)
    kind = request.GET.get("kind", "")
    links = Links(span, scope.word, kind if kind in kinds() else "")
    shown = frame(span, asked_day(request.GET.get("day", "")))
    initial = {"who": scope.word, "kind": links.kind, "day": shown.day}
    context = {
        "scope": scope,
        "frame": shown,
        "today": today,
        "links": links,
        "tabs": links.tabs(shown.day),
        "centres": [one for group in groups for one in group.scopes if one.centre_id and one.word != scope.word],
        "choice": ChoiceForm(initial=initial, groups=groups),
    }
    if scope.centre_id is not None and span == Span.WEEK:
        context["week"] = week_of(actor, scope, shown, links, groups)
        return render(request, "desk/calendar/centre_week.html", context)
    context["page"] = page_of(actor, scope, shown, today, links)
    return render(request, f"desk/calendar/{span}.html", context)
