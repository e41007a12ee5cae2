"""The way through a tutorial for who takes part, and where everybody stands for who leads it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.files import as_attachment
from traektoria.core.installation.room import before_reading, counted_for
from traektoria.core.text import whole_number
from traektoria.events.attendance.enums import EvidenceAnswer
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import READ, can_lead, check_lead, keeps
from traektoria.events.event.queries.events import find_event
from traektoria.events.event.time_and_place import called
from traektoria.events.tutorials.access_log import log_progress, log_work
from traektoria.events.tutorials.actions import works as actions
from traektoria.events.tutorials.actions.evidence import answer_work
from traektoria.events.tutorials.actions.files import remove_file
from traektoria.events.tutorials.enums import WorkState
from traektoria.events.tutorials.forms import HandInForm, WordForm
from traektoria.events.tutorials.models import SelfTask, WorkFile
from traektoria.events.tutorials.permissions import (
    can_hand_in,
    can_judge,
    can_name_campaigns,
    can_remove_file,
    check_hand_in,
)
from traektoria.events.tutorials.policies import (
    asked,
    can_detach,
    can_return,
    due_of,
    has_tasks,
    is_open,
    opens_on,
    rules_for,
    takes_work,
)
from traektoria.events.tutorials.queries import progress, way
from traektoria.events.tutorials.queries.entry_and_exit import own_diagnostics, own_topics, published_change
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard


@guard(*READ)
def event_tasks(request: ActorRequest, pk: int) -> HttpResponse:
    """Meetings with the self-work between them: what is next, what I have done."""
    event = existing(find_event(request.actor, pk))
    found = progress.tutorial_of(event)
    if found is None and not keeps(request.actor, event):
        raise Http404
    me = request.actor.person_id
    mine = can_hand_in(request.actor, event)
    meetings = way.meetings_of(event, found, me if mine else None)
    lines = [line for one in meetings if one.date.stands for line in one.lines]
    context = {
        "event": event,
        "called": called(event),
        "tutorial": found,
        "meetings": meetings,
        "mine": mine,
        "next": next((line for line in lines if line.is_open), None) if mine else None,
        "done": sum(1 for line in lines if line.work and line.work.state == WorkState.ACCEPTED),
        "tasks": len(lines),
        "rules": rules_for(event),
        "takes": takes_work(event),
        "leads": can_lead(request.actor, event),
        "writes": keeps(request.actor, event) and has_tasks(event),
        "names": found is not None and can_name_campaigns(request.actor, event),
        "diagnostics": own_diagnostics(found, me) if found and mine else [],
        "topics": own_topics(found, request.actor) if found and mine else [],
    }
    return render(request, "events/tutorials/tasks.html", context)


@guard(*READ)
def event_progress(request: ActorRequest, pk: int) -> HttpResponse:
    """By name, without any order of merit: who came, what is accepted, what waits to be read."""
    event = existing(find_event(request.actor, pk))
    check_lead(request.actor, event)
    found = progress.tutorial_of(event)
    if found is None:
        raise Http404
    page = progress.people_page(event, request.GET.get("page"))
    log_progress(by=request.actor, event=event, people=[row.person for row in page])
    context = {
        "event": event,
        "called": called(event),
        "tutorial": found,
        "page": page,
        "rows": page.object_list,
        "held": sum(1 for one in event.dates.all() if one.stands and one.held_at is not None),
        "standing": sum(1 for one in event.dates.all() if one.stands),
        "tasks": len(asked(progress.tasks_of(event), event.dates.all())),
        "names": can_name_campaigns(request.actor, event),
        "change": published_change(found, request.actor),
    }
    return render(request, "events/tutorials/progress.html", context)


@guard(*READ, methods=BOTH)
@before_reading(counted_for(SelfTask, "event__centre"))
def task_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """What to do until when; handed in here, with what was said of it."""
    task = fetch(progress.tasks_seen_by(request.actor), pk=pk)
    event, me = task.event, request.actor.person_id
    if request.method == "POST":
        check_hand_in(request.actor, event)
    work = way.own_work(task, me)
    last = way.last_handed(work)
    initial = {"text": last.text, "link": last.link} if last else {}
    form = HandInForm(request.POST or None, request.FILES or None, initial=initial)
    if attempt(form, lambda: actions.hand_in(task=task, by=request.actor, **form.given)):
        messages.success(request, _("Handed in. Who leads the tutorial reads it and answers here."))
        return redirect("events:task_detail", pk)
    mine = can_hand_in(request.actor, event)
    accepted = work is not None and work.state == WorkState.ACCEPTED
    opened = work is not None or is_open(event, task, timezone.now())
    context = {
        "task": task, "event": event, "called": called(event), "form": form, "work": work,
        "turns": way.turns_of(work), "due": due_of(task, event.dates.all(), event),
        "asked": accepted and work is not None and work.answer == EvidenceAnswer.ASKED,
        "unfounded": work is not None and work.evidence_id is not None and not accepted,
        "hands_in": mine and takes_work(event) and not accepted and opened, "mine": mine,
        "opens": None if opened else opens_on(task, event.dates.all(), event),
        "detaches": work is not None and can_remove_file(request.actor, work) and can_detach(event, work, True),
        "writes": keeps(request.actor, event) and has_tasks(event), **_state(work),
    }  # fmt: skip
    return render(request, "events/tutorials/task_detail.html", context, status=status_of(form))


@guard(*READ, methods=BOTH)
def work_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """A work as who leads the tutorial reads it: accepted, or returned with a word. The tutor of a route in which it
    stands as evidence reads what was handed in."""
    work = fetch(progress.works_seen_by(request.actor), pk=pk)
    if work.person_id == request.actor.person_id:
        return redirect("events:task_detail", work.task_id)
    event, leads = work.task.event, can_lead(request.actor, work.task.event)
    if request.method == "POST":
        check_lead(request.actor, event)
    form = WordForm(request.POST or None)
    act = actions.return_work if request.POST.get("act") == "return" else actions.accept_work
    facts: dict[str, Any] = {
        "work": work,
        "by": request.actor,
        "edition": whole_number(request.POST.get("edition", "")) or None,
    }
    if attempt(form, lambda: act(word=form.cleaned_data["word"], **facts)):
        done = _("Accepted.") if act is actions.accept_work else _("Returned; the participant reads what is missing.")
        messages.success(request, done)
        return _next(event, work.pk)
    log_work(by=request.actor, work=work)
    context = {
        "work": work, "task": work.task, "event": event, "called": called(event), "form": form,
        "leads": leads, "turns": way.turns_of(work) if leads else way.turns_shown(work),
        "detaches": can_remove_file(request.actor, work), "judges": can_judge(request.actor, work),
        "returns": can_return(event),
        **_state(work),
    }  # fmt: skip
    return render(request, "events/tutorials/work_detail.html", context, status=status_of(form))


@guard(*READ, methods=POST)
def work_reconsider(request: ActorRequest, pk: int) -> HttpResponse:
    """Accepted by mistake: it waits to be read again."""
    work = fetch(progress.works_seen_by(request.actor), pk=pk)
    actions.reconsider_work(work=work, by=request.actor)
    messages.success(request, _("It waits to be read again."))
    return redirect("events:work_detail", pk)


@guard(*READ, methods=POST)
def work_answer(request: ActorRequest, pk: int) -> HttpResponse:
    """The teacher counts it for the route, or not."""
    work = fetch(progress.works_seen_by(request.actor), pk=pk)
    counts = request.POST.get("answer") == "yes"
    link = request.build_absolute_uri(reverse("events:work_detail", args=[pk]))
    answer_work(work=work, counts=counts, link=link, by=request.actor)
    messages.success(request, _("It stands in your route as evidence.") if counts else _("Not counted."))
    return redirect("events:task_detail", work.task_id)


@guard(*READ)
def work_file(request: ActorRequest, pk: int) -> Any:
    """Of a work that does not exist for the person there is no file; each look of somebody else is written down."""
    file = _file(request, pk)
    if file.turn.work.person_id != request.actor.person_id:
        log_work(by=request.actor, work=file.turn.work)
    return as_attachment(file.file, file.file_name)


@guard(*READ, methods=POST)
def work_file_remove(request: ActorRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    remove_file(file=file, by=request.actor)
    messages.success(request, _("The file is taken away."))
    return redirect("events:work_detail", file.turn.work_id)


def _file(request: ActorRequest, pk: int) -> WorkFile:
    file = fetch(WorkFile.objects.select_related("turn"), pk=pk)
    work = file.turn.work = fetch(progress.works_seen_by(request.actor), pk=file.turn.work_id)
    reads = work.person_id == request.actor.person_id or can_lead(request.actor, work.task.event)
    if not reads and file.turn not in way.turns_shown(work):
        raise Http404
    return file


def _next(event: Event, besides: int) -> HttpResponse:
    """The next work that waits, else where everybody stands."""
    waits = way.next_to_read(event, besides)
    return redirect("events:work_detail", waits) if waits else redirect("events:event_progress", event.pk)


def _state(work: Any) -> dict[str, Any]:
    return {"look": way.look_of(work), "state_label": work.get_state_display() if work else ""}
