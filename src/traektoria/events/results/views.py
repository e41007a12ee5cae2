"""Results of contests: said at an own or an outer event, one's own together, the scan of one."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import reason_of
from traektoria.core.files import as_attachment
from traektoria.core.forms import WhyForm
from traektoria.core.installation.room import before_reading, counted_for
from traektoria.events.announcements.models import Announcement
from traektoria.events.announcements.queries import visible_to as announcements_of
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import READ
from traektoria.events.event.queries.events import find_event
from traektoria.events.event.surnames import by_surnames, namesakes
from traektoria.events.results import actions
from traektoria.events.results.forms import ResultForm
from traektoria.events.results.models import ContestResult
from traektoria.events.results.permissions import (
    can_take_back,
    check_change,
    check_say,
    check_take_back,
    keeps_results,
)
from traektoria.events.results.policies import Contest, check_takes_results
from traektoria.events.results.queries import own_at, readable, results_at, results_of
from traektoria.people.access_log import log_people
from traektoria.people.enums import Purpose
from traektoria.people.guard import BOTH, ActorRequest, existing, fetch, guard


@guard(*READ, methods=BOTH)
@before_reading(counted_for(Event, "centre"))
def event_result(request: ActorRequest, pk: int) -> HttpResponse:
    return _said(request, existing(find_event(request.actor, pk)), reverse("events:event_detail", args=[pk]))


@guard(*READ, methods=BOTH)
@before_reading(counted_for(Announcement, "centre"))
def announcement_result(request: ActorRequest, pk: int) -> HttpResponse:
    contest = fetch(announcements_of(request.actor), pk=pk)
    return _said(request, contest, reverse("events:announcement_detail", args=[pk]))


def _said(request: ActorRequest, contest: Contest, back: str) -> HttpResponse:
    """The form, and below it what was said: one's own, or all for who keeps the results."""
    actor, keeps = request.actor, keeps_results(request.actor, contest)
    if not keeps:
        check_say(actor, contest, actor.person_id or 0)
    mine = None if keeps else own_at(actor, contest)
    initial: dict[str, Any] = {"day": timezone.localdate()}
    initial |= {name: getattr(mine, name) for name in ("place", "day", "words")} if mine else {}
    called = namesakes(request.POST.get("others", "")[:500].replace("\0", ""), contest.centre_id) if keeps else []
    form = ResultForm(request.POST or None, request.FILES or None, keeps=keeps, namesakes=called, initial=initial)

    def say() -> object:
        people = _whom(form, contest) if keeps else set()
        own = not keeps or form.cleaned_data["own"]
        people |= {actor.person_id or 0} if own else set()
        return actions.say_result(contest=contest, people=people, result=form.result, by=actor)

    if attempt(form, say):
        messages.success(request, _("Written down: it stands in “My results”."))
        return redirect(request.path if keeps else "events:my_results")
    page = results_at(actor, contest, request.GET.get("page"))
    if keeps:
        _log(request, contest, [one.person_id for one in page.object_list])
    context = {
        "form": form, "contest": contest, "back": back, "page": page, "rows": page.object_list, "keeps": keeps,
        "closed": _closed(request, contest, mine),
        "removable": {row.pk for row in page.object_list if can_take_back(actor, contest, row)},
    }  # fmt: skip
    return render(request, "events/result_form.html", context, status=status_of(form))


def _whom(form: ResultForm, contest: Contest) -> set[int]:
    said = form.cleaned_data
    others: str = said["others"]
    return by_surnames(others, contest.centre_id, said.get("meant", ())) if others else set()


def _closed(request: ActorRequest, contest: Contest, mine: ContestResult | None) -> str:
    """Why nothing can be written now; empty where it can."""
    closed = reason_of(check_takes_results, contest, timezone.now())
    return closed or (reason_of(check_change, request.actor, contest, mine) if mine is not None else "")


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
    context = {
        "page": page, "rows": page.object_list, "lists": lists,
        "removable": {row.pk for row in page.object_list if not row.is_kept},
    }  # fmt: skip
    return render(request, "events/my_results.html", context)


@guard()
def result_file(request: ActorRequest, pk: int) -> Any:
    row = fetch(readable(request.actor).exclude(file=""), pk=pk)
    if row.person_id != request.actor.person_id:
        _log(request, row.contest, [row.person_id])
    return as_attachment(row.file, row.file_name)


@guard(methods=BOTH)
def result_remove(request: ActorRequest, pk: int) -> HttpResponse:
    """One's own at once; what was written for somebody after a reason."""
    row = fetch(readable(request.actor), pk=pk)
    check_take_back(request.actor, row.contest, row)
    form = (WhyForm if row.is_kept else Form)(request.POST if request.method == "POST" else None)
    page = "events:event_result" if row.event_id else "events:announcement_result"

    def remove() -> bool:
        actions.take_result_back(row=row, by=request.actor, **form.cleaned_data)
        return True

    if attempt(form, remove):
        messages.success(request, _("The result is taken back."))
        if row.person_id == request.actor.person_id:
            return redirect("events:my_results")
        return redirect(page, row.event_id or row.announcement_id)
    if row.person_id != request.actor.person_id:
        _log(request, row.contest, [row.person_id])
    context = {"form": form, "row": row, "back": reverse(page, args=[row.event_id or row.announcement_id])}
    return render(request, "events/result_remove.html", context, status=status_of(form))
