"""When programmes can be held and self-work handed in; until when; who has gone through the whole tutorial."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Invalid
from traektoria.diagnostics.models import Campaign
from traektoria.events.event.enums import EventState
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.where import zone_of
from traektoria.events.tutorials.content import Module
from traektoria.events.tutorials.models import SelfTask, TutorialProgramme
from traektoria.organisations.regulations.eventrules import EventRules
from traektoria.organisations.regulations.reading import rules_of
from traektoria.routes.tutees.permissions import twin

MOST_MODULES, MOST_TASKS = 20, 40


def rules_for(event: Event) -> EventRules:
    """Of the regulation under which it was announced."""
    return rules_of(event.regulation).event_rules


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
        raise Conflict(text, code="changed")


def check_release(programme: TutorialProgramme) -> None:
    if not programme.modules:
        raise Conflict(_("Write at least one meeting first."), code="no_modules")


def check_dates(modules: Sequence[Module], days: Sequence[date]) -> None:
    """A day for each meeting."""
    if len(days) != len(modules):
        words = {"meetings": len(modules), "days": len(days)}
        text = _("The programme has %(meetings)s meetings, and %(days)s different days are named.")
        raise Invalid(text % words, code="days")


def check_takes_work(event: Event) -> None:
    if event.state not in (EventState.ANNOUNCED, EventState.HELD):
        raise Conflict(_("Self-work is handed in from the announcement until the tutorial is closed."), code="state")


def check_judges(event: Event) -> None:
    if event.state not in (EventState.ANNOUNCED, EventState.HELD, EventState.CLOSED):
        raise Conflict(_("Works of a cancelled tutorial are not judged."), code="state")


def check_tasks(event: Event) -> None:
    if event.state in (EventState.CLOSED, EventState.CANCELLED):
        raise Conflict(_("This event is over: it can only be read."), code="over")
    if event.pupils_only:
        raise Conflict(_("Of pupils only their number is kept: there is no self-work by name."), code="pupils")


def check_campaigns(event: Event, entry: Campaign | None, exit: Campaign | None) -> None:
    """Of the centre; the second measures the first again, so that both can be compared."""
    if any(one is not None and one.centre_id != event.centre_id for one in (entry, exit)):
        raise Invalid(_("This campaign is of another centre."), code="centre")
    if exit is not None and (entry is None or exit.follows_id != entry.pk):
        text = _("At the end the entry campaign is measured again: begin the exit campaign from its page.")
        raise Invalid(text, code="follows")


def due_of(task: SelfTask, dates: Iterable[EventDate], event: Event) -> date:
    """By the clock of the centre: ``days`` after the meeting as it stands now; a dropped one keeps its day."""
    ordered = sorted(dates, key=lambda one: one.original)
    meeting = ordered[min(task.meeting, len(ordered)) - 1]
    return timezone.localdate(meeting.start, zone_of(event)) + timedelta(days=task.days)


def opens_on(task: SelfTask, dates: Iterable[EventDate], event: Event) -> date:
    """The day of its meeting."""
    return due_of(task, dates, event) - timedelta(days=task.days)


def enough(rules: EventRules, accepted: int, tasks: int) -> bool:
    """As much self-work was accepted as the regulation asks for."""
    return accepted * 100 >= rules.self_work_share * tasks


takes_work = twin(check_takes_work)
has_tasks = twin(check_tasks)
