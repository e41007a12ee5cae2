"""The way through a tutorial: its meetings with the tasks that follow; a work with what was said of it."""

from collections.abc import Sequence

from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.queries import own_of
from traektoria.events.event.models import Event
from traektoria.events.tutorials.content import Module
from traektoria.events.tutorials.enums import LOOKS, WorkState
from traektoria.events.tutorials.models import SelfTask, SelfWork, Tutorial, WorkTurn
from traektoria.events.tutorials.queries.programmes import modules_in
from traektoria.events.tutorials.queries.progress import TutorialMeeting, own_lines, tasks_of


def meetings_of(event: Event, tutorial: Tutorial | None, person: int | None) -> list[TutorialMeeting]:
    """In the order of the programme, with what is said of the person's coming. At most three queries."""
    modules: Sequence[Module] = modules_in(tutorial.version) if tutorial and tutorial.version else ()
    lines = own_lines(event, person, tasks_of(event))
    said = {row.date_id: row for row in own_of(event, person)} if person else {}
    dates = sorted(event.dates.all(), key=lambda one: one.original)
    found = []
    for number, date in enumerate(dates, 1):
        module = modules[number - 1] if number <= len(modules) else None
        last = number == len(dates)
        mine = tuple(one for one in lines if one.task.meeting == number or (last and one.task.meeting > number))
        mark = said.get(date.pk)
        found.append(
            TutorialMeeting(
                number, date, module.title if module else "", module.steps if module else "", mine,
                mark.get_said_display() if mark else "", mark is not None and mark.said == Word.CAME,
            )
        )  # fmt: skip
    return found


def own_work(task: SelfTask, person: int | None) -> SelfWork | None:
    """One query."""
    return SelfWork.objects.filter(task=task, person=person).first() if person else None


def turns_of(work: SelfWork | None) -> list[WorkTurn]:
    """The first first, with their files. Two queries."""
    return list(work.turns.select_related("by").prefetch_related("files")) if work else []


def turns_shown(work: SelfWork) -> list[WorkTurn]:
    """To who reads it as evidence: what was handed in and that it was accepted until the teacher gave it to the route,
    not what was missing, nor what they wrote after a second look at it. Reads ``evidence``."""
    given = work.evidence.created_at if work.evidence else None
    return [turn for turn in turns_of(work) if given and turn.at <= given and turn.said != WorkState.RETURNED]


def last_handed(work: SelfWork | None) -> WorkTurn | None:
    return work.turns.filter(said=WorkState.HANDED).last() if work else None


def look_of(work: SelfWork | None) -> tuple[str, str]:
    return LOOKS[work.state] if work else ("neutral", "circle")


def next_to_read(event: Event, besides: int) -> int | None:
    """The work that waits longest. One query."""
    rows = SelfWork.objects.filter(task__event=event, state=WorkState.HANDED).exclude(pk=besides)
    return rows.order_by("pk").values_list("pk", flat=True).first()
