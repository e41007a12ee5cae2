"""When: the clock of a sitting, its window, pauses, and answers that come late. Pure; the server's time decides."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.diagnostics.campaigns.policies.order import SLACK, grace_of, over_from
from traektoria.diagnostics.instruments.enums import InstrumentKind
from traektoria.diagnostics.instruments.settings import Settings, settings_from
from traektoria.diagnostics.sittings.models import Sitting

EPOCH: Final = 1_000_000
"""Sequences of one tab lie between its number times this and the next one: a newer tab's word is always newer."""


@dataclass(frozen=True)
class Clock:
    """``spent`` seconds count so far; ``ends``: when it is over if nobody pauses; ``left``: seconds, None: no limit."""

    spent: int
    ends: datetime
    left: int | None

    @property
    def minutes(self) -> int:
        """As the clock of the page says them: the begun minute is whole."""
        return -(-(self.left or 0) // 60)

    def is_over(self, now: datetime) -> bool:
        return now >= self.ends


def settings_of(sitting: Sitting) -> Settings:
    return settings_from(sitting.part.version.settings)


def clock_of(sitting: Sitting, now: datetime) -> Clock:
    """The clock runs while the sitting does, whether or not the page is open; with the window of the campaign it is
    over for everybody. A server's clock that was set back shows the limit at most."""
    since, window = sitting.running_since, over_from(sitting.part.campaign)
    at = max(now, since) if since else now
    running = int((at - since).total_seconds()) if since else 0
    spent, limit = sitting.seconds + running, settings_of(sitting).minutes * 60
    if not limit:
        return Clock(spent, window, None)
    ends = min(window, since + timedelta(seconds=max(0, limit - sitting.seconds))) if since else window
    left = int((ends - at).total_seconds()) if since else limit - spent
    return Clock(spent, ends, max(0, left))


def minutes_of(sitting: Sitting, asked: int) -> int:
    """The limit, or about how long it takes where there is none: three questions of a questionnaire a minute, one task
    of a work in two."""
    quick = sitting.part.version.instrument.kind == InstrumentKind.QUESTIONNAIRE
    return settings_of(sitting).minutes or (math.ceil(asked / 3) if quick else 2 * asked)


def pauses_left(sitting: Sitting) -> int:
    """How often the clock may still be stopped; without a limit of time there is nothing to stop."""
    settings = settings_of(sitting)
    return max(0, settings.pauses - sitting.pauses) if settings.minutes else 0


def over_at(sitting: Sitting) -> datetime:
    """When an expired sitting was over."""
    end = over_from(sitting.part.campaign)
    return min(sitting.finished_at or end, end)


def check_late(sitting: Sitting, answered: datetime, now: datetime) -> None:
    """The rule of late answers: given in time on a device without a line, and sent before the campaign's minutes for
    that are over. Raises ``Conflict`` with what was not so. It was over already: a clock that says «not yet» was set
    back, and opens nothing anew."""
    over, grace = over_at(sitting), grace_of(sitting.part.campaign)
    if answered > over + SLACK or now < over - SLACK:
        raise Conflict(_("The time was over before this answer was given."), code="too_late")
    if now > over + grace:
        raise Conflict(
            _("This answer was given in time, but came after the minutes for late answers: it is not counted. "
              "Tell the coordinator of the centre if the line was broken for long."),
            code="came_too_late",
        )  # fmt: skip


def epoch_of(tab: str) -> int:
    """The number of a tab («3-k2f9»); 0 for none."""
    head = tab.partition("-")[0]
    return int(head) if head.isascii() and head.isdecimal() and len(head) < 9 else 0
