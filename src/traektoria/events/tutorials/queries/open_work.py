"""Tutorials in which somebody still has self-work to do."""

from collections.abc import Collection, Iterable

from traektoria.events.enrolment.enums import LIVE, EnrolmentState
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.models import EventLeader
from traektoria.events.tutorials.enums import WorkState
from traektoria.events.tutorials.models import SelfTask, SelfWork


def unfinished(events: Collection[int], tasks: Iterable[SelfTask]) -> set[int]:
    """Those of the events where somebody who takes part has a work of ``tasks`` that is not accepted. Who came without
    a place and has handed nothing in holds nothing up. Three queries."""
    by_event: dict[int, set[int]] = {}
    for task in tasks:
        by_event.setdefault(task.event_id, set()).add(task.pk)
    parts: set[tuple[int, int]] = set()
    gone: set[tuple[int, int]] = set()
    for event, person, state in Enrolment.objects.filter(event__in=events).values_list("event", "person", "state"):
        if state == EnrolmentState.IN:
            parts.add((event, person))
        elif state not in LIVE:
            gone.add((event, person))
    accepted: dict[tuple[int, int], set[int]] = {}
    works = SelfWork.objects.filter(task__event__in=events).values_list("task__event", "person", "task", "state")
    for event, person, pk, state in works:
        done = accepted.setdefault((event, person), set())
        if state == WorkState.ACCEPTED:
            done.add(pk)
    leads = set(EventLeader.objects.filter(event__in=events).values_list("event", "person"))
    people = (parts | accepted.keys()) - gone - leads
    return {event for event, person in people if by_event.get(event, set()) - accepted.get((event, person), set())}
