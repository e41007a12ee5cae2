"""When a campaign takes answers, whom a part is for, which form is whose. No database, no clock of its own."""

from datetime import datetime

from django.utils import timezone

from traektoria.diagnostics.campaigns.models import Campaign
from traektoria.diagnostics.campaigns.policies.order import Act, can_now


def takes_consent(campaign: Campaign, now: datetime) -> bool:
    """From the opening until the window is over: one may agree before the first day."""
    return can_now(Act.AGREE, campaign, now)


def is_on(campaign: Campaign, now: datetime) -> bool:
    """Sittings can be begun."""
    return can_now(Act.BEGIN, campaign, now)


def a_year_later(moment: datetime) -> datetime:
    """The same day and hour of the next year; 29 February becomes the 28th."""
    local = timezone.localtime(moment)
    try:
        return local.replace(year=local.year + 1)
    except ValueError:
        return local.replace(year=local.year + 1, day=28)
