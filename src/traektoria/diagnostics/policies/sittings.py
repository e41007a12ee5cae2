"""When: the clock of a sitting, its window, pauses, and answers that come late. Pure; the server's time decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from traektoria.diagnostics.content import Settings
from traektoria.diagnostics.enums import CampaignState, SittingState
from traektoria.diagnostics.models import Campaign, Sitting

SLACK: Final = timedelta(seconds=5)
"""For the way of an answer that was given in the last second."""
EPOCH: Final = 1_000_000
"""Sequences of one tab lie between its number times this and the next one: a newer tab's word is always newer."""


@dataclass(frozen=True)
class Clock:
    """``spent`` seconds count so far; ``ends``: when it is over if nobody pauses; ``left``: seconds, None: no limit."""

    spent: int
    ends: datetime
    left: int | None

    def is_over(self, now: datetime) -> bool:
        return now >= self.ends


def settings_of(sitting: Sitting) -> Settings:
    return Settings.model_validate(sitting.part.version.settings)


def clock_of(sitting: Sitting, now: datetime) -> Clock:
    """The clock runs while the sitting does, whether or not the page is open; with the window of the campaign it is
    over for everybody."""
    running = max(0, int((now - sitting.running_since).total_seconds())) if sitting.running_since else 0
    spent, limit, window = sitting.seconds + running, settings_of(sitting).minutes * 60, window_end(sitting)
    if not limit:
        return Clock(spent, window, None)
    since = sitting.running_since
    ends = min(window, since + timedelta(seconds=max(0, limit - sitting.seconds))) if since else window
    left = int((ends - now).total_seconds()) if since else limit - spent
    return Clock(spent, ends, max(0, left))


def window_end(sitting: Sitting) -> datetime:
    """The end of the campaign's window, or of the campaign where it was closed before that."""
    campaign: Campaign = sitting.part.campaign
    closed = campaign.closed_at if campaign.state == CampaignState.CLOSED else None
    return min(campaign.end, closed) if closed else campaign.end


def pauses_left(sitting: Sitting) -> int:
    """How often the clock may still be stopped; without a limit of time there is nothing to stop."""
    settings = settings_of(sitting)
    return max(0, settings.pauses - sitting.pauses) if settings.minutes else 0


def over_at(sitting: Sitting) -> datetime:
    """When an expired sitting was over."""
    end = window_end(sitting)
    return min(sitting.finished_at or end, end)


def takes_late(sitting: Sitting, answered: datetime, now: datetime) -> bool:
    """The rule of late answers: given in time on a device without a line, and sent before the campaign's minutes for
    that are over."""
    over = over_at(sitting)
    grace = timedelta(minutes=sitting.part.campaign.grace_minutes)
    return sitting.state == SittingState.EXPIRED and answered <= over + SLACK and now <= over + max(grace, SLACK)


def epoch_of(tab: str) -> int:
    """The number of a tab («3-k2f9»); 0 for none."""
    head = tab.partition("-")[0]
    return int(head) if head.isascii() and head.isdecimal() and len(head) < 9 else 0
