"""An event is announced, approved, held, closed, cancelled."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from traektoria.consultations.requests.policies import check_reason
from traektoria.consultations.slots.locks import lock_room
from traektoria.core import waiting
from traektoria.core.workflow import move
from traektoria.events.event.enums import EventState
from traektoria.events.event.letters import tell_leaders
from traektoria.events.event.locks import locked_event
from traektoria.events.event.models import Event
from traektoria.events.event.policies import (
    check_announce,
    check_cancel,
    check_close,
    check_room,
    check_way_of_announcing,
)
from traektoria.events.event.registries import News, tell_users
from traektoria.events.event.workflow import event_workflow
from traektoria.people.actor import Actor


def announce_event(*, event: Event, by: Actor, now: datetime | None = None) -> Event:
    """The centre reads it and registers. Side effects: audit, leaders are told, their time is taken. Twice is once."""
    return _announced(event, "announce", by, now)


def approve_event(*, event: Event, by: Actor, now: datetime | None = None) -> Event:
    """As announcing, of what waited for approval."""
    return _announced(event, "approve", by, now)


@transaction.atomic
def _announced(event: Event, step: str, by: Actor, now: datetime | None) -> Event:
    lock_room(event.room_id)
    row = locked_event(event.pk)
    event_workflow.step(step).who(by, row)
    if row.state == EventState.ANNOUNCED:
        return row
    event_workflow.check(row, event_workflow.step(step), by)
    if step == "announce":
        check_way_of_announcing(row, asks=False)
    check_announce(row, now or timezone.now())
    check_room(row, [one.interval for one in row.dates.all() if one.stands])
    row = move(
        event_workflow, row, step, by=by, changes={"announced_at": timezone.now(), "why": ""}, locked=True
    )  # fmt: skip
    waiting.renew(*row.dates.all())
    tell_leaders(row, besides=by)
    tell_users(row, News.ANNOUNCED, by)
    return row


@transaction.atomic
def propose_event(*, event: Event, by: Actor, now: datetime | None = None) -> Event:
    """It waits for whoever approves. Twice is once."""
    row = locked_event(event.pk)
    event_workflow.step("propose").who(by, row)
    if row.state == EventState.PROPOSED:
        return row
    event_workflow.check(row, event_workflow.step("propose"), by)
    check_way_of_announcing(row, asks=True)
    check_announce(row, now or timezone.now())
    return move(event_workflow, row, "propose", by=by, changes={"why": ""}, locked=True)


@transaction.atomic
def recall_event(*, event: Event, by: Actor) -> Event:
    """A draft again. Twice is once."""
    row = locked_event(event.pk)
    event_workflow.step("recall").who(by, row)
    if row.state == EventState.DRAFT:
        return row
    return move(event_workflow, row, "recall", by=by, locked=True)


@transaction.atomic
def return_event(*, event: Event, reason: str, by: Actor) -> Event:
    """Not yet: who wrote it reads why. Side effects: audit, a line of «My day»."""
    return move(
        event_workflow, locked_event(event.pk), "return", by=by, changes={"why": check_reason(reason)}, locked=True
    )


@transaction.atomic
def cancel_event(*, event: Event, reason: str, by: Actor, now: datetime | None = None) -> Event:
    """It does not take place: the time of everybody is free, who takes part and who leads is told once, with the
    reason. Cancelled twice is cancelled once."""
    row = locked_event(event.pk)
    event_workflow.step("cancel").who(by, row)
    if row.state == EventState.CANCELLED:
        return row
    check_cancel(row, now or timezone.now())
    was_announced = row.state == EventState.ANNOUNCED
    row = move(event_workflow, row, "cancel", by=by, changes={"why": check_reason(reason)}, locked=True)
    waiting.renew(*row.dates.all())
    if was_announced:
        tell_users(row, News.CANCELLED, by)
        tell_leaders(row, besides=by)
    return row


@transaction.atomic
def close_event(*, event: Event, by: Actor, now: datetime | None = None) -> Event:
    """Who came is settled, and nothing of it goes on. Twice is once."""
    row = locked_event(event.pk)
    event_workflow.step("close").who(by, row)
    if row.state == EventState.CLOSED:
        return row
    event_workflow.check(row, event_workflow.step("close"), by)
    check_close(row, now or timezone.now())
    return move(event_workflow, row, "close", by=by, changes={"closed_at": timezone.now()}, locked=True)


@transaction.atomic
def reopen_event(*, event: Event, by: Actor) -> Event:
    """Something was marked wrongly. Twice is once."""
    row = locked_event(event.pk)
    event_workflow.step("reopen").who(by, row)
    if row.state == EventState.HELD:
        return row
    return move(event_workflow, row, "reopen", by=by, changes={"closed_at": None}, locked=True)
