"""The order of events of a campaign, in one place: in which phase what is taken, marked, counted and published.

The same table is in ``docs/diagnostics.md``; a test compares them.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy

from traektoria.core.errors import Conflict
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign

SLACK: Final = timedelta(seconds=5)
"""For the way of an answer that was given in the last second."""


class Phase(StrEnum):
    """``OVER``: the window is over and the campaign is open. ``LATE``: closed, and late answers are still taken.
    ``SETTLED``: nothing can come in any more but marks and withdrawals."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    GOING = "going"
    OVER = "over"
    LATE = "late"
    SETTLED = "settled"


class Act(StrEnum):
    """``ANSWER`` of a sitting that goes on, ``LATE_ANSWER`` of one that is over; ``PAPER``: entering a sheet."""

    INVITE = "invite"
    AGREE = "agree"
    BEGIN = "begin"
    ANSWER = "answer"
    PAPER = "paper"
    PROLONG = "prolong"
    CLOSE = "close"
    LATE_ANSWER = "late_answer"
    MARK = "mark"
    COUNT = "count"
    PUBLISH = "publish"


_OPEN = {Act.INVITE, Act.PAPER, Act.PROLONG, Act.CLOSE}
ORDER: Final[Mapping[Phase, frozenset[Act]]] = {
    Phase.DRAFT: frozenset({Act.INVITE}),
    Phase.ANNOUNCED: frozenset({*_OPEN, Act.AGREE}),
    Phase.GOING: frozenset({*_OPEN, Act.AGREE, Act.BEGIN, Act.ANSWER, Act.LATE_ANSWER, Act.MARK}),
    Phase.OVER: frozenset({*_OPEN, Act.LATE_ANSWER, Act.MARK}),
    Phase.LATE: frozenset({Act.LATE_ANSWER, Act.MARK, Act.COUNT}),
    Phase.SETTLED: frozenset({Act.MARK, Act.COUNT, Act.PUBLISH}),
}
_REFUSALS: Final = {
    Act.INVITE: ("closed", gettext_lazy("The diagnostics is closed: nobody can be invited any more.")),
    Act.AGREE: ("not_open", gettext_lazy("The diagnostics does not go on now: it can't be joined.")),
    Act.BEGIN: ("not_open", gettext_lazy("The diagnostics does not go on now: the work can't be begun.")),
    Act.PAPER: ("not_open", gettext_lazy("The diagnostics does not go on: nothing can be entered any more.")),
    Act.PROLONG: ("not_open", gettext_lazy("Only a diagnostics that goes on can be prolonged.")),
    Act.COUNT: ("not_closed", gettext_lazy("Figures are made when the diagnostics is closed.")),
}


def phase_of(campaign: Campaign, now: datetime) -> Phase:
    """Where the campaign is by the server's clock."""
    if campaign.state == CampaignState.DRAFT:
        return Phase.DRAFT
    if campaign.state == CampaignState.CLOSED:
        return Phase.LATE if now < late_until(campaign) else Phase.SETTLED
    if now < campaign.start:
        return Phase.ANNOUNCED
    return Phase.GOING if now < campaign.end else Phase.OVER


def can_now(act: Act, campaign: Campaign, now: datetime) -> bool:
    return act in ORDER[phase_of(campaign, now)]


def check_now(act: Act, campaign: Campaign, now: datetime) -> None:
    """Raises ``Conflict`` with a sentence for an act out of its time."""
    if not can_now(act, campaign, now):
        code, sentence = _REFUSALS[act]
        raise Conflict(str(sentence), code=code)


def over_from(campaign: Campaign) -> datetime:
    """The end of the window, or of the campaign where it was closed before that."""
    closed = campaign.closed_at if campaign.state == CampaignState.CLOSED else None
    return min(campaign.end, closed) if closed else campaign.end


def grace_of(campaign: Campaign) -> timedelta:
    """For so long after a sitting was over its waiting answers are taken."""
    return max(timedelta(minutes=campaign.grace_minutes), SLACK)


def late_until(campaign: Campaign) -> datetime:
    """Until when answers that waited for a line are taken."""
    return over_from(campaign) + grace_of(campaign)
