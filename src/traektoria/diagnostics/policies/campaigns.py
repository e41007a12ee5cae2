"""When a campaign takes answers, whom a part is for, which form is whose. No database, no clock of its own."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from traektoria.diagnostics.enums import InstrumentKind, SittingState
from traektoria.diagnostics.models import Campaign
from traektoria.diagnostics.policies.order import Act, can_now

SAT = (InstrumentKind.CONTROL_WORK, InstrumentKind.QUESTIONNAIRE)
"""Kinds that a campaign can have as parts: the others are protocols, which a tutor keeps."""

UNFINISHED = (SittingState.NEW, SittingState.RUNNING, SittingState.PAUSED)
FORMS = ("A", "B")


def takes_consent(campaign: Campaign, now: datetime) -> bool:
    """From the opening until the window is over: one may agree before the first day."""
    return can_now(Act.AGREE, campaign, now)


def is_on(campaign: Campaign, now: datetime) -> bool:
    """Sittings can be begun."""
    return can_now(Act.BEGIN, campaign, now)


def suits(subject: str, taught: Collection[str]) -> bool:
    """A part with a subject is for those who teach it, one without is for everybody."""
    return not subject or subject in taught


def form_of(*, two_forms: bool, order: str, turn: int) -> str:
    """«A» or «B»: the first letter of the order in the first campaign (``turn`` 0), the other one in the next."""
    if not two_forms:
        return ""
    return (order or "".join(FORMS))[turn % len(FORMS)]


def a_year_later(moment: datetime) -> datetime:
    """The same day and hour of the next year; 29 February becomes the 28th."""
    local = timezone.localtime(moment)
    try:
        return local.replace(year=local.year + 1)
    except ValueError:
        return local.replace(year=local.year + 1, day=28)
