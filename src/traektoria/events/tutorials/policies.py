"""When programmes can be held and self-work handed in; until when; who has gone through the whole tutorial."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Invalid, twin
from traektoria.core.kept_files import FileRule
from traektoria.core.typography import counted, ru_day
from traektoria.diagnostics.models import Campaign
from traektoria.events.event.enums import EventState
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.rules import rules_of_event
from traektoria.events.event.time_and_place import zone_of
from traektoria.events.tutorials.content import Module
from traektoria.events.tutorials.enums import WorkState
from traektoria.events.tutorials.models import SelfTask, SelfWork, TutorialProgramme, TutorialVersion
from traektoria.events.tutorials.queries.entry_and_exit import campaigns_for
from traektoria.events.tutorials.queries.open_work import unfinished
from traektoria.organisations.regulations.event_rules import EventRules

MOST_MODULES, MOST_TASKS = 20, 40
FILES: Final = FileRule(most=10, drawn_anew=True, or_link=True)
"""Of one work."""


def rules_for(event: Event) -> EventRules:
    """Of the regulation under which it was announced."""
    return rules_of_event(event).event_rules


def check_title(title: str) -> None:
    if not title.strip():
        raise Invalid(_("Say what the programme is called."), code="no_title")


def check_modules(modules: Sequence[Module]) -> None:
    if len(modules) > MOST_MODULES:
        raise Invalid(_("At most %(most)s meetings of one programme.") % {"most": MOST_MODULES}, code="too_many")


def check_edition(programme: TutorialProgramme, edition: int | None) -> None:
    """The page was opened before somebody else changed it. None: asked by no page."""
    if edition is not None and edition != programme.edition:
        text = _("Somebody has changed the programme meanwhile: look at it and change it anew.")
        raise Conflict(text, code="changed_meanwhile")


def check_release(programme: TutorialProgramme) -> None:
    if not programme.modules:
        raise Conflict(_("Write at least one meeting first."), code="no_modules")


def check_hold(programme: TutorialProgramme, version: TutorialVersion, newest: TutorialVersion | None) -> None:
    """Of the newest version alone. Under the lock of the programme."""
    if programme.archived_at is not None or newest is None:
        text = _("A tutorial is made of a released version that is not put aside.")
        raise Conflict(text, code="no_version")
    if version.pk != newest.pk:
        text = _("Version %(number)s was released meanwhile: look at it, then hold it.") % {"number": newest.number}
        raise Conflict(text, code="changed_meanwhile")


def check_dates(modules: Sequence[Module], days: Sequence[date]) -> None:
    """A day for each meeting."""
    if len(days) != len(modules):
        words = {"meetings": len(modules), "days": len(days)}
        text = _("The programme has %(meetings)s meetings, and %(days)s different days are named.")
        raise Invalid(text % words, code="days")


def check_takes_work(event: Event) -> None:
    if event.state not in (EventState.ANNOUNCED, EventState.HELD):
        raise Conflict(_("Self-work is handed in from the announcement until the tutorial is closed."), code="state")


def check_opens(event: Event, task: SelfTask, now: datetime) -> None:
    """From the day of its meeting on, or before it where the task says so. Reads ``dates`` of the event."""
    day = opens_on(task, event.dates.all(), event)
    if not task.early and timezone.localdate(now, zone_of(event)) < day:
        text = _("This task is handed in from %(day)s on, the day of its meeting.") % {"day": ru_day(day)}
        raise Conflict(text, code="not_open")


def check_detach(event: Event, work: SelfWork, own: bool) -> None:
    """A file is taken away: by whose it is (``own``) as long as the work can be replaced."""
    if not own:
        return
    check_takes_work(event)
    if work.state == WorkState.ACCEPTED:
        raise Conflict(_("This work is accepted already."), code="accepted")


def check_judges(event: Event) -> None:
    if event.state not in (EventState.ANNOUNCED, EventState.HELD, EventState.CLOSED):
        raise Conflict(_("Works of a cancelled tutorial are not judged."), code="state")


def check_returns(event: Event) -> None:
    """Something is asked of the participant anew, or taken back."""
    check_judges(event)
    if event.state == EventState.CLOSED:
        text = _("The tutorial is closed: nothing can be handed in anew. The coordinator can open it.")
        raise Conflict(text, code="closed")


def check_finished(event: Event, now: datetime) -> None:
    """Everything that was handed in is read; the terms of self-work are over, or nobody has anything left to do. Reads
    ``dates`` of the event. At most six queries, one for an event without self-work."""
    tasks = asked(SelfTask.objects.filter(event=event.pk), event.dates.all())
    last = max((due_of(task, event.dates.all(), event) for task in tasks), default=None)
    if last is not None and timezone.localdate(now, zone_of(event)) <= last and unfinished([event.pk], tasks):
        text = _("Self-work is handed in until %(day)s: close the tutorial after that.") % {"day": ru_day(last)}
        raise Conflict(text, code="term")
    if tasks and (waits := SelfWork.objects.filter(task__in=tasks, state=WorkState.HANDED).count()):
        said = counted(waits, "%(n)s self-work waits to be read", "%(n)s self-works wait to be read")
        raise Conflict(_("%(said)s: accept or return them first.") % {"said": said}, code="unread")


def last_days(events: Collection[Event]) -> dict[int, date]:
    """Event → the last term of its self-work, none where nobody has anything left to do. Reads ``dates`` of the events.
    Four queries, one where none has self-work."""
    found: dict[int, date] = {}
    by_pk = {event.pk: event for event in events}
    tasks = [one for one in SelfTask.objects.filter(event__in=by_pk) if asked([one], by_pk[one.event_id].dates.all())]
    goes_on = unfinished(by_pk.keys(), tasks) if tasks else set()
    for task in tasks:
        if task.event_id in goes_on:
            event = by_pk[task.event_id]
            day = due_of(task, event.dates.all(), event)
            found[event.pk] = max(day, found.get(event.pk, day))
    return found


def check_tasks(event: Event) -> None:
    if event.state in (EventState.CLOSED, EventState.CANCELLED):
        raise Conflict(_("This event is over: it can only be read."), code="over")
    if event.pupils_only:
        raise Conflict(_("Of pupils only their number is kept: there is no self-work by name."), code="pupils")


def check_campaigns(event: Event, entry: Campaign | None, exit: Campaign | None) -> None:
    """Among ``campaigns_for``; the second measures the first again, so that both can be compared."""
    named = [one.pk for one in (entry, exit) if one is not None]
    if campaigns_for(event).filter(pk__in=named).count() != len(set(named)):
        text = _("Such a campaign is announced by the centre and has a work in a subject of the tutorial.")
        raise Invalid(text, code="campaign")
    if exit is not None and (entry is None or exit.follows_id != entry.pk):
        text = _("At the end the entry campaign is measured again: begin the exit campaign from its page.")
        raise Invalid(text, code="follows")


def check_task_edition(task: SelfTask, edition: int | None) -> SelfTask:
    """The task as it is now, under the lock of its event; the page was opened before somebody else changed it."""
    now = SelfTask.objects.filter(pk=task.pk).first()
    if now is None or (edition is not None and edition != now.edition):
        text = _("Somebody has changed the task meanwhile: look at it and change it anew.")
        raise Conflict(text, code="changed_meanwhile")
    return now


def meeting_of(task: SelfTask, dates: Iterable[EventDate]) -> EventDate:
    """The meeting that the task follows: the last one where there are fewer."""
    ordered = sorted(dates, key=lambda one: one.original)
    return ordered[min(task.meeting, len(ordered)) - 1]


def asked(tasks: Iterable[SelfTask], dates: Collection[EventDate]) -> list[SelfTask]:
    """Those whose meeting is not dropped: of these something is asked."""
    return [one for one in tasks if dates and meeting_of(one, dates).stands]


def due_of(task: SelfTask, dates: Iterable[EventDate], event: Event) -> date:
    """By the clock of the centre: ``days`` after the meeting as it stands now; a dropped one keeps its day."""
    return timezone.localdate(meeting_of(task, dates).start, zone_of(event)) + timedelta(days=task.days)


def opens_on(task: SelfTask, dates: Iterable[EventDate], event: Event) -> date:
    """The day of its meeting."""
    return due_of(task, dates, event) - timedelta(days=task.days)


def enough(rules: EventRules, accepted: int, tasks: int) -> bool:
    """As much self-work was accepted as the regulation asks for."""
    return accepted * 100 >= rules.self_work_share * tasks


can_return = twin(check_returns)
takes_work = twin(check_takes_work)
is_open = twin(check_opens)
can_detach = twin(check_detach)
has_tasks = twin(check_tasks)
