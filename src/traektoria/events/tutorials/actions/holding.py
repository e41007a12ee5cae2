"""A tutorial is made of a programme; its tasks are written; its campaigns are named; a copy takes all of it along."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict, Invalid
from traektoria.diagnostics.models import Campaign
from traektoria.engines.intervals import Interval
from traektoria.events.event.actions.materials import add_material
from traektoria.events.event.actions.writing import make_event
from traektoria.events.event.enums import MaterialTime
from traektoria.events.event.facts import EventFacts
from traektoria.events.event.locks import locked_event
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import check_keep
from traektoria.events.tutorials.content import materials_of
from traektoria.events.tutorials.models import SelfTask, Tutorial, TutorialProgramme, TutorialVersion
from traektoria.events.tutorials.permissions import check_name_campaigns
from traektoria.events.tutorials.policies import (
    MOST_TASKS,
    check_campaigns,
    check_hold,
    check_task_edition,
    check_tasks,
)
from traektoria.events.tutorials.queries.programmes import modules_in, newest_of
from traektoria.people.actor import Actor


@dataclass(frozen=True)
class TaskFacts:
    """What is written of a task."""

    title: str
    meeting: int
    days: int
    minutes: int
    text: str = ""
    link: str = ""
    early: bool = False


@transaction.atomic
def hold_programme(*, version: TutorialVersion, facts: EventFacts, dates: Sequence[Interval], by: Actor) -> Event:
    """A draft of an event: a date for each meeting, a task for each self-work, the materials. Side effects: audit.

    Raises ``Conflict`` where a newer version was released meanwhile, or the programme was put aside.
    """
    programme = TutorialProgramme.objects.select_for_update(no_key=True).get(pk=version.programme_id)
    check_hold(programme, version, newest_of(programme))
    event = make_event(centre=version.programme.centre, facts=facts, dates=dates, by=by)
    check_tasks(event)
    Tutorial.objects.create(event=event, version=version)
    for number, module in enumerate(modules_in(version), 1):
        if module.task:
            SelfTask.objects.create(
                event=event, meeting=number, days=module.days, minutes=module.effort, title=module.task,
                text=module.text, link=module.link, early=module.early,
            )  # fmt: skip
    for title, link in materials_of((version.content or {}).get("materials", "")):
        add_material(event=event, time=MaterialTime.BEFORE, title=title, link=link, by=by)
    return event


@transaction.atomic
def write_task(
    *, event: Event, facts: TaskFacts, by: Actor, task: SelfTask | None = None, edition: int | None = None
) -> SelfTask:
    """A new one, or one that is changed: who has handed it in keeps what they handed in, and the minutes of what is
    accepted. An event with a task is a tutorial. Side effects: audit. Raises ``Conflict`` where somebody changed the
    task since ``edition``, or taken it away."""
    row = locked_event(event.pk)
    check_keep(by, row)
    check_tasks(row)
    if not facts.title.strip():
        raise Invalid(_("Say what the task is called."), code="no_title")
    if not 1 <= facts.meeting <= len(row.dates.all()):
        raise Invalid(_("There is no such meeting."), code="no_meeting")
    Tutorial.objects.get_or_create(event=row)
    made = check_task_edition(task, edition) if task else SelfTask(event=row)
    if task is None and SelfTask.objects.filter(event=row).count() >= MOST_TASKS:
        raise Invalid(_("At most %(most)s tasks of one tutorial.") % {"most": MOST_TASKS}, code="too_many")
    made.title, made.text, made.link = facts.title.strip(), facts.text, facts.link
    made.meeting, made.days, made.minutes, made.early = facts.meeting, facts.days, facts.minutes, facts.early
    made.edition += task is not None
    made.save()
    waiting.renew(row)
    audit.record("tutorial.task", row, by=by)
    return made


@transaction.atomic
def remove_task(*, task: SelfTask, by: Actor) -> None:
    """What nobody has handed in. Twice is once. Side effects: audit."""
    row = locked_event(task.event_id)
    check_keep(by, row)
    check_tasks(row)
    if task.works.exists():
        raise Conflict(_("Somebody has handed it in already: change the task instead."), code="handed_in")
    removed, _each = SelfTask.objects.filter(pk=task.pk).delete()
    if removed:
        waiting.renew(row)
        audit.record("tutorial.task_off", row, by=by)


@transaction.atomic
def name_campaigns(*, event: Event, entry: Campaign | None, exit: Campaign | None, by: Actor) -> Tutorial:
    """Which campaigns of the diagnostics stand at the beginning and at the end. Side effects: audit."""
    row = locked_event(event.pk)
    check_name_campaigns(by, row)
    check_campaigns(row, entry, exit)
    found, _new = Tutorial.objects.get_or_create(event=row)
    if (found.entry, found.exit) != (entry, exit):
        found.entry, found.exit = entry, exit
        found.save(update_fields=["entry", "exit"])
        audit.record("tutorial.campaigns", row, by=by)
    return found


def copy_tutorial(source: Event, made: Event) -> None:
    """Version and tasks; campaigns are of other people, so a copy has none (registered as ``EventPart``)."""
    found = Tutorial.objects.filter(event=source).first()
    if found is None:
        return
    Tutorial.objects.create(event=made, version_id=found.version_id)
    SelfTask.objects.bulk_create(
        SelfTask(
            event=made, meeting=one.meeting, days=one.days, minutes=one.minutes, title=one.title, text=one.text,
            link=one.link, early=one.early,
        )
        for one in SelfTask.objects.filter(event=source)
    )  # fmt: skip
