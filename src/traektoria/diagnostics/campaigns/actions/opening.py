"""Inviting people to a campaign, opening and closing it. Each action is atomic and writes the audit trail."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Invalid
from traektoria.core.workflow import move
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign, Participant, Uncounted
from traektoria.diagnostics.campaigns.permissions import check_keeps_campaign
from traektoria.diagnostics.campaigns.policies.order import late_until
from traektoria.diagnostics.campaigns.queries.campaigns import invitable
from traektoria.diagnostics.campaigns.queries.obstacles import obstacles
from traektoria.diagnostics.campaigns.signals import closed, closing, handed_out
from traektoria.diagnostics.campaigns.workflow import CAMPAIGN
from traektoria.people.actor import Actor

BATCH = 500


@transaction.atomic
def open_campaign(*, campaign: Campaign, by: Actor) -> Campaign:
    """Open a prepared campaign: everybody invited gets an order of forms and a new sitting of each part that suits.

    Those who have left the schools meanwhile, or whom no part suits, are taken off the list. A second press changes
    nothing. Raises ``Invalid`` with everything that is missing.
    """
    check_keeps_campaign(by, campaign)
    row = locked(campaign)
    if row.state == CampaignState.OPEN:
        return row
    if lacks := obstacles(row, timezone.now()):
        raise Invalid(" ".join(lacks), code="not_ready")
    dropped = _drop_who_left(row)
    opened = move(CAMPAIGN, row, "open", by=by, changes={"opened_at": timezone.now()}, facts={"dropped": dropped})
    handed_out.send(Campaign, campaign=opened)
    return opened


def close_campaign(*, campaign: Campaign, by: Actor | None) -> Campaign:
    """Close by hand (``by``) or by the time (None). Sittings that still go on end, and what was saved counts.

    What follows is the order of events (``policies.order``): late answers, marks, counting. Where neither is waited
    for, it is counted at once, and otherwise by the hourly command. A second press changes nothing. Raises
    ``Conflict`` for a campaign that was never open.
    """
    row, now = _close(campaign, by)
    if now:
        closed.send(Campaign, campaign=row)
    return row


@transaction.atomic
def _close(campaign: Campaign, by: Actor | None) -> tuple[Campaign, bool]:
    """The campaign, and whether it was closed now."""
    if by is not None:
        check_keeps_campaign(by, campaign)
    row = locked(campaign)
    if row.state == CampaignState.CLOSED:
        return row, False
    if by is None and timezone.now() < late_until(row):
        raise Conflict(_("The window is not over yet."), code="window_goes_on")
    step = "lapse" if by is None else "close"
    row = move(CAMPAIGN, row, step, by=by, changes={"closed_at": timezone.now()})
    closing.send(Campaign, campaign=row)
    Uncounted.objects.create(campaign=row)
    return row, True


def close_due() -> int:
    """Close every campaign whose window and minutes for late answers are over. Returns how many."""
    running = Campaign.objects.filter(state=CampaignState.OPEN, end__lt=timezone.now()).order_by("pk")
    due = [one for one in running if timezone.now() >= late_until(one)]
    return sum(1 for one in due if _closed(one))


def locked(campaign: Campaign) -> Campaign:
    """The campaign as it is now, its row locked: two presses meet here."""
    rows = Campaign.objects.select_for_update(of=("self",), no_key=True).select_related("centre", "follows")
    return rows.get(pk=campaign.pk)


def _closed(campaign: Campaign) -> bool:
    """A campaign that was closed or prolonged meanwhile is left alone."""
    try:
        close_campaign(campaign=campaign, by=None)
    except Conflict:
        return False
    return True


def _drop_who_left(campaign: Campaign) -> int:
    stay = {one.person_id: one.school_id for one in invitable(campaign)}
    gone = [row.pk for row in campaign.participants.all() if row.person_id not in stay]
    Participant.objects.filter(pk__in=gone).delete()
    moved = [row for row in campaign.participants.all() if row.school_id != stay[row.person_id]]
    for row in moved:
        row.school_id = stay[row.person_id]
    Participant.objects.bulk_update(moved, ["school"], batch_size=BATCH)
    return len(gone)
