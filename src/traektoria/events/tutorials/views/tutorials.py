"""A tutorial is made of a programme; its tasks are written, its campaigns named."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Conflict
from traektoria.core.text import whole_number
from traektoria.events.event.facts import kinds_of
from traektoria.events.event.forms import usual
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import KEEPERS, READ, check_begin, check_keep
from traektoria.events.event.queries.events import find_event
from traektoria.events.event.queries.form_choices import offers_of
from traektoria.events.event.time_and_place import called, when
from traektoria.events.tutorials.actions import holding
from traektoria.events.tutorials.forms import CampaignsForm, HoldForm, TaskForm, task_as_written
from traektoria.events.tutorials.models import SelfTask
from traektoria.events.tutorials.permissions import check_name_campaigns
from traektoria.events.tutorials.policies import check_tasks
from traektoria.events.tutorials.queries.programmes import modules_in, newest_of, visible_to
from traektoria.events.tutorials.queries.progress import tasks_seen_by, tutorial_of
from traektoria.organisations.regulations.schema import Rules
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard

EVERY = timedelta(days=14)


@guard(*KEEPERS, methods=BOTH)
def programme_hold(request: ActorRequest, pk: int) -> HttpResponse:
    """A draft of an event of the newest version: days and place are asked for, the rest is known."""
    row = fetch(visible_to(request.actor), pk=pk)
    check_begin(request.actor, row.centre_id)
    newest, opened = newest_of(row), whole_number(request.POST.get("version", ""))
    version = row.versions.filter(number=opened).first() if opened else newest
    if version is None or row.archived_at is not None:
        text = _("A tutorial is made of a released version that is not put aside.")
        raise Conflict(text, code="no_version")
    modules = modules_in(version)
    rules = request.actor.rules_in(row.centre_id)
    offers = offers_of(row.centre, rules)
    initial = usual(offers, request.actor.person_id, timezone.localdate())
    days = [initial["day"] + EVERY * place for place in range(1, len(modules))]
    content = version.content or {}
    initial |= {name: content.get(name) for name in ("title", "about", "subjects", "classes")}
    initial |= {"kind": _kind(rules) or initial.get("kind"), "more_days": ", ".join(f"{day:%d.%m.%Y}" for day in days)}
    form = HoldForm(request.POST or None, offers=offers, modules=modules, initial=initial)

    def hold() -> Event:
        return holding.hold_programme(version=version, facts=form.facts, dates=form.dates, by=request.actor)

    if event := attempt(form, hold):
        messages.success(request, _("The tutorial is a draft with its tasks. Look at it, then announce it."))
        return redirect("events:event_detail", event.pk)
    context = {
        "form": form, "programme": row, "version": version, "modules": list(enumerate(modules, 1)),
        "more": any(name in form.errors for name in form.folded),
    }  # fmt: skip
    return render(request, "events/tutorials/hold.html", context, status=status_of(form))


def _kind(rules: Rules) -> str:
    """The kind that the regulation gives to programmes; empty where none is."""
    return next((kind.slug for kind in kinds_of(rules).values() if kind.modular), "")


@guard(*KEEPERS, methods=BOTH)
def task_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Self-work of an event that has some, or that becomes a tutorial by it."""
    event = existing(find_event(request.actor, pk))
    return _task(request, event, None)


@guard(*KEEPERS, methods=BOTH)
def task_edit(request: ActorRequest, pk: int) -> HttpResponse:
    task = fetch(tasks_seen_by(request.actor), pk=pk)
    return _task(request, task.event, task)


def _task(request: ActorRequest, event: Event, task: SelfTask | None) -> HttpResponse:
    check_keep(request.actor, event)
    if request.method != "POST":
        check_tasks(event)
    dates = sorted(event.dates.all(), key=lambda one: one.original)
    meetings = [(place, f"{place}. {when(one)}") for place, one in enumerate(dates, 1)]
    initial = task_as_written(task) if task else {"meeting": 1, "days": 7, "minutes": 60}
    form = TaskForm(request.POST or None, meetings=meetings, initial=initial)
    edition = whole_number(request.POST.get("edition", "")) or None

    def write() -> SelfTask:
        return holding.write_task(event=event, facts=form.facts, by=request.actor, task=task, edition=edition)

    if attempt(form, write):
        messages.success(request, _("Saved."))
        return redirect("events:event_tasks", event.pk)
    context = {"form": form, "event": event, "called": called(event), "task": task}
    return render(request, "events/tutorials/task_form.html", context, status=status_of(form))


@guard(*KEEPERS, methods=POST)
def task_remove(request: ActorRequest, pk: int) -> HttpResponse:
    task = fetch(tasks_seen_by(request.actor), pk=pk)
    holding.remove_task(task=task, by=request.actor)
    messages.success(request, _("Taken away."))
    return redirect("events:event_tasks", task.event_id)


@guard(*READ, methods=BOTH)
def event_campaigns(request: ActorRequest, pk: int) -> HttpResponse:
    """Which diagnostics stand at the beginning and at the end."""
    event = existing(find_event(request.actor, pk))
    check_name_campaigns(request.actor, event)
    found = tutorial_of(event)
    initial = {"entry": found.entry_id, "exit": found.exit_id} if found else {}
    form = CampaignsForm(request.POST or None, event=event, initial=initial)
    if attempt(form, lambda: holding.name_campaigns(event=event, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("events:event_tasks", pk)
    context = {"form": form, "event": event, "called": called(event)}
    return render(request, "events/tutorials/campaigns.html", context, status=status_of(form))
