"""Beginning, pausing, going on, handing in; and what the clock ends. Answers: ``sittings.actions.answers``."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Refused
from traektoria.core.joined_rows import Joined
from traektoria.core.workflow import move
from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart, Participant
from traektoria.diagnostics.campaigns.policies.window import is_on
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Answer, Sitting
from traektoria.diagnostics.sittings.permissions import check_sits
from traektoria.diagnostics.sittings.policies import clock_of, pauses_left
from traektoria.diagnostics.sittings.queries.sittings import PATH, locked
from traektoria.diagnostics.sittings.signals import reopened
from traektoria.diagnostics.sittings.workflow import OVER, SITTING
from traektoria.people.actor import Actor

INVITED = Joined(Participant, "campaign")


@transaction.atomic
def start_sitting(*, sitting: Sitting, by: Actor) -> Sitting:
    """Begin: from now on the clock runs. A second press changes nothing. Raises ``Refused`` without a consent,
    ``Conflict`` outside of the campaign's window."""
    sitting.participant = INVITED.get(sitting.participant_id, lock=True)
    row, now = locked(sitting), timezone.now()
    check_sits(by, row)
    if row.state != SittingState.NEW:
        return row
    if not is_on(row.participant.campaign, now):
        raise Conflict(_("The diagnostics does not go on now: the work can't be begun."), code="not_open")
    return _moved(row, "start", by, {"running_since": now, "started_at": now})


@transaction.atomic
def pause_sitting(*, sitting: Sitting, by: Actor) -> Sitting:
    """Stop the clock, as often as the instrument allows. A second press changes nothing."""
    row, now = settled(sitting), timezone.now()
    check_sits(by, row)
    if row.state != SittingState.RUNNING:
        return row
    if not pauses_left(row):
        raise Refused(_("There are no pauses left in this work."), code="no_pauses")
    return _moved(row, "pause", by, {**_stopped(row, now), "pauses": row.pauses + 1})


@transaction.atomic
def resume_sitting(*, sitting: Sitting, by: Actor) -> Sitting:
    """Let the clock run again. A second press changes nothing."""
    row = settled(sitting)
    check_sits(by, row)
    return _moved(row, "resume", by, {"running_since": timezone.now()}) if row.state == SittingState.PAUSED else row


@transaction.atomic
def hand_in(*, sitting: Sitting, by: Actor) -> Sitting:
    """Finish. A second press changes nothing; when the time was over before, it stays so and what was saved counts."""
    row = settled(sitting)
    check_sits(by, row)
    return row if row.state in OVER else handed_in(row, by, timezone.now())


@transaction.atomic
def settled(sitting: Sitting) -> Sitting:
    """The sitting, locked, as the server's clock has it now: what is over is ended with the moment when it was."""
    return ended(locked(sitting), timezone.now())


def ended(row: Sitting, now: datetime) -> Sitting:
    """The same for a row that is locked already."""
    if row.state not in (SittingState.RUNNING, SittingState.PAUSED):
        return row
    clock = clock_of(row, now)
    if not clock.is_over(now):
        return row
    if row.part.adaptive:
        Answer.objects.filter(sitting=row, sequence=0).delete()  # what is out was not reached
    return _moved(row, "expire", None, {**_stopped(row, clock.ends), "finished_at": clock.ends})


def expire_due(part: CampaignPart) -> int:
    """End the sittings of a part whose time is over and whose page nobody opens. Returns how many."""
    going = Sitting.objects.filter(part=part, state__in=[SittingState.RUNNING, SittingState.PAUSED])
    return sum(settled(row).state == SittingState.EXPIRED for row in going.select_related(*PATH).order_by("pk"))


def expire_all(campaign: Campaign) -> None:
    """The campaign closes: the sittings of every part whose time is over end."""
    for part in campaign.parts.all():
        expire_due(part)


def reopen_after(campaign: Campaign, before: datetime) -> int:
    """The window was prolonged: works that only its old end (``before``) had ended can be gone on with, as after a
    pause. Those of which somebody has marked an answer stay over, and what was awarded stands. Returns how many."""
    over = Sitting.objects.filter(part__campaign=campaign, state=SittingState.EXPIRED, finished_at=before)
    marked = Answer.objects.filter(sitting=OuterRef("pk"), markings__done_at__isnull=False)
    rows = list(over.filter(~Exists(marked)).select_related(*PATH).order_by("pk"))
    reopened.send(Sitting, sittings=rows)
    for row in map(locked, rows):
        _moved(row, "reopen", None, {"finished_at": None})
    return len(rows)


def handed_in(row: Sitting, by: Actor, now: datetime) -> Sitting:
    """Through the door, for a row that is locked and goes on."""
    return _moved(row, "hand_in", by, {**_stopped(row, now), "finished_at": now})


def _stopped(row: Sitting, moment: datetime) -> dict[str, Any]:
    """The clock stopped at ``moment``."""
    since = row.running_since
    ran = max(0, int((moment - since).total_seconds())) if since else 0
    return {"seconds": row.seconds + ran, "running_since": None}


def _moved(row: Sitting, step: str, by: Actor | None, changes: dict[str, Any]) -> Sitting:
    """Through the workflow's door, for a row that is locked."""
    centre = row.part.campaign.centre_id
    facts = {"centre_id": centre, "part": row.part_id}
    return move(SITTING, row, step, by=by, changes=changes, facts=facts, locked=True)
