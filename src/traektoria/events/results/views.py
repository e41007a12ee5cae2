"""Results of contests: said at an own or an outer event, one's own together, the scan of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.requests.queries.who import by_surnames
from traektoria.core.attempt import attempt, status_of
from traektoria.core.files import as_attachment
from traektoria.core.installation.room import before_reading
from traektoria.events.announcements.models import Announcement
from traektoria.events.announcements.queries import visible_to as announcements_of
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import READ
from traektoria.events.event.queries.events import find_event
from traektoria.events.results import actions
from traektoria.events.results.forms import ResultForm
from traektoria.events.results.permissions import Contest, check_say, keeps_results
from traektoria.events.results.queries import own_at, readable, results_at, results_of
from traektoria.people.access_log import log_people
from traektoria.people.enums import Purpose
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard


def _whose(model: type[Any]) -> Any:
    """For whom a file that is about to be read would count."""

    def whose(request: ActorRequest, pk: int) -> tuple[int, int] | None:
        centre = model.objects.filter(pk=pk).values_list("centre_id", flat=True).first()
        person = request.actor.person_id if request.user.is_authenticated else None
        return (person, centre) if person and centre else None

    return whose


@guard(*READ, methods=BOTH)
@before_reading(_whose(Event))
def event_result(request: ActorRequest, pk: int) -> HttpResponse:
    return _said(request, existing(find_event(request.actor, pk)), reverse("events:event_detail", args=[pk]))


@guard(*READ, methods=BOTH)
@before_reading(_whose(Announcement))
def announcement_result(request: ActorRequest, pk: int) -> HttpResponse:
    contest = fetch(announcements_of(request.actor), pk=pk)
    return _said(request, contest, reverse("events:announcement_detail", args=[pk]))


def _said(request: ActorRequest, contest: Contest, back: str) -> HttpResponse:
    """The form, and below it what was said: one's own, or all for who keeps the results."""
    actor, keeps = request.actor, keeps_results(request.actor, contest)
    check_say(actor, contest, actor.person_id or 0)
    mine = own_at(actor, contest)
    initial: dict[str, Any] = {"day": timezone.localdate()}
    initial |= {name: getattr(mine, name) for name in ("place", "day", "words")} if mine else {}
    form = ResultForm(request.POST or None, request.FILES or None, keeps=keeps, initial=initial)

    def say() -> object:
        others = form.cleaned_data.get("others", "")
        people = by_surnames(others, contest.centre_id) if others else {actor.person_id or 0}
        return actions.say_result(contest=contest, people=people, result=form.result, by=actor)

    if attempt(form, say):
        messages.success(request, _("Written down: it stands in “My results”."))
        return redirect(request.path if keeps else "events:my_results")
    page = results_at(actor, contest, request.GET.get("page"))
    if keeps:
        _log(request, contest, [one.person_id for one in page.object_list])
    context = {"form": form, "contest": contest, "back": back, "page": page, "rows": page.object_list, "keeps": keeps}
    return render(request, "events/result_form.html", context, status=status_of(form))


def _log(request: ActorRequest, contest: Contest, people: list[int]) -> None:
    log_people(
        by=request.actor, purpose=Purpose.SUPPORT, kind="contest", subject_id=contest.pk, people=set(people),
        centre_id=contest.centre_id,
    )  # fmt: skip


@guard()
def my_results(request: ActorRequest) -> HttpResponse:
    """All that one has reached, in whatever centre."""
    page = results_of(request.actor.person_id or 0, request.GET.get("page"))
    lists = ["drafts"] if request.actor.is_tutor or request.actor.is_coordinator else []
    return render(request, "events/my_results.html", {"page": page, "rows": page.object_list, "lists": lists})


@guard()
def result_file(request: ActorRequest, pk: int) -> Any:
    row = fetch(readable(request.actor).exclude(file=""), pk=pk)
    if row.person_id != request.actor.person_id:
        _log(request, row.contest, [row.person_id])
    return as_attachment(row.file, row.file_name)


@guard(methods=POST)
def result_remove(request: ActorRequest, pk: int) -> HttpResponse:
    row = fetch(readable(request.actor), pk=pk)
    own = row.person_id == request.actor.person_id
    actions.take_result_back(row=row, by=request.actor)
    messages.success(request, _("The result is taken back."))
    if own:
        return redirect("events:my_results")
    return redirect("events:event_result" if row.event_id else "events:announcement_result",
                    row.event_id or row.announcement_id)  # fmt: skip
