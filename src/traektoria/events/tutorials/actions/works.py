"""Self-work is handed in by the participant and read by who leads the tutorial."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.kept_files import Ready, filing
from traektoria.core.workflow import move
from traektoria.events.attendance.enums import EvidenceAnswer
from traektoria.events.event.locks import locked_event
from traektoria.events.event.models import Event
from traektoria.events.tutorials.actions.evidence import asked_at
from traektoria.events.tutorials.actions.files import keep_files, new_among
from traektoria.events.tutorials.enums import WorkState
from traektoria.events.tutorials.models import SelfTask, SelfWork, WorkTurn
from traektoria.events.tutorials.permissions import check_hand_in
from traektoria.events.tutorials.policies import (
    FILES,
    check_judges,
    check_opens,
    check_returns,
    check_takes_work,
    check_task_edition,
    rules_for,
)
from traektoria.events.tutorials.workflow import work_workflow
from traektoria.people.actor import Actor, acting


def hand_in(
    *, task: SelfTask, text: str, link: str, by: Actor, files: Iterable[File[bytes]] = (), now: datetime | None = None
) -> SelfWork:
    """What is being read may be replaced; what is accepted stays. The same sent again is once. Side effects: audit, a
    line on «My day» of who leads it. Raises ``Refused``, ``Conflict``, ``Invalid``."""
    return _hand_in(task, text.strip(), link.strip(), FILES.look_at_all(files), by, now or timezone.now())


@filing()
def _hand_in(task: SelfTask, text: str, link: str, files: Sequence[Ready], by: Actor, now: datetime) -> SelfWork:
    event = locked_event(task.event_id)
    check_hand_in(by, event)
    check_takes_work(event)
    row = SelfWork.objects.filter(task=task, person=acting(by)).first()
    if row is None:
        check_opens(event, check_task_edition(task, None), now)
    if not text and not link and not files:
        raise Invalid(_("Write something, give an address or attach a file."), code="empty")
    fresh = new_among(row, files)
    if row is None:
        row = SelfWork.objects.create(task=task, person_id=acting(by))
        audit.record("self_work.hand_in", row, by=by)
    elif not fresh and _same(row, text, link):
        return row
    else:
        _check_open(row)
        row = move(work_workflow, row, "hand_in", by=by, changes={"edition": row.edition + 1})
    turn = WorkTurn.objects.create(work=row, said=WorkState.HANDED, text=text, link=link, by_id=acting(by))
    keep_files(turn, fresh, event.centre_id)
    return row


def _check_open(row: SelfWork) -> None:
    if row.state == WorkState.ACCEPTED:
        raise Conflict(_("This work is accepted already."), code="accepted")


def _same(row: SelfWork, text: str, link: str) -> bool:
    last = row.turns.filter(said=WorkState.HANDED).last()
    return row.state == WorkState.HANDED and last is not None and (last.text, last.link) == (text, link)


@transaction.atomic
def accept_work(*, work: SelfWork, word: str, by: Actor, edition: int | None = None) -> SelfWork:
    """It counts from now on: for hours as the regulation says, and for the certificate. What serves a route item is
    offered to the teacher as evidence. Twice is once. Side effects: audit. Raises ``Conflict`` where something newer
    was handed in since ``edition``."""
    row, event = _locked(work, by, "accept", edition)
    if row.state == WorkState.ACCEPTED:
        return row
    minutes = row.task.minutes if rules_for(event).self_work_counts else 0
    return _said(row, "accept", word, by, accepted_at=timezone.now(), minutes=minutes, answer=asked_at(row))


@transaction.atomic
def return_work(*, work: SelfWork, word: str, by: Actor, edition: int | None = None) -> SelfWork:
    """To be finished, with a word on what is missing. Twice is once. Side effects: audit, a line on «My day»."""
    row, event = _locked(work, by, "return", edition)
    check_returns(event)
    if row.state == WorkState.RETURNED:
        return row
    if not word.strip():
        raise Invalid(_("Say in a few words what is missing."), code="no_word")
    return _said(row, "return", word, by)


@transaction.atomic
def reconsider_work(*, work: SelfWork, by: Actor) -> SelfWork:
    """Accepted by mistake: it waits again and counts for nothing. Twice is once. Side effects: audit."""
    row, event = _locked(work, by, "reconsider", None)
    check_returns(event)
    if row.state == WorkState.HANDED:
        return row
    answer = "" if row.answer == EvidenceAnswer.ASKED else row.answer
    changes = {"accepted_at": None, "minutes": 0, "answer": answer}
    return move(work_workflow, row, "reconsider", by=by, changes=changes, locked=True)


def _locked(work: SelfWork, by: Actor, step: str, edition: int | None) -> tuple[SelfWork, Event]:
    """The event first, then the work."""
    event = locked_event(work.task.event_id)
    rows = SelfWork.objects.select_for_update(of=("self",), no_key=True).select_related("task")
    row = rows.get(pk=work.pk)
    row.task.event = event
    work_workflow.step(step).who(by, row)
    check_judges(event)
    if edition is not None and edition != row.edition:
        raise Conflict(_("Something newer was handed in meanwhile: read it first."), code="changed_meanwhile")
    return row, event


def _said(row: SelfWork, step: str, word: str, by: Actor, **changes: object) -> SelfWork:
    row = move(work_workflow, row, step, by=by, changes=changes, locked=True)
    WorkTurn.objects.create(work=row, said=row.state, text=word.strip(), by_id=acting(by))
    return row
