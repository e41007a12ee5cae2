"""Erasing what a person answered in a campaign: after a withdrawal, and when the time of keeping is over."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from traektoria.core import audit
from traektoria.diagnostics.consent_words import YEARS_KEPT
from traektoria.diagnostics.enums import CampaignState, HypothesisState, SittingState
from traektoria.diagnostics.models import (
    Answer,
    Campaign,
    Hypothesis,
    NamedDifficulty,
    PartAnalysis,
    Participant,
    Sitting,
    TopicFinding,
)


def forget_answers(participant: Participant) -> None:
    """Erase one person's answers with marks, findings, named difficulties and unconfirmed suppositions; sittings are as
    new. Figures of the parts are made anew without them. Call it in a transaction."""
    own = Sitting.objects.filter(participant=participant)
    list(own.select_for_update(of=("self",)).order_by("pk"))
    touched = list(own.exclude(state=SittingState.NEW).values_list("part", flat=True))
    _erase(own)
    NamedDifficulty.objects.filter(participant=participant).delete()
    own.update(
        state=SittingState.NEW, tab="", seconds=0, running_since=None, pauses=0, started_at=None, finished_at=None,
        on_paper=False,
    )  # fmt: skip
    PartAnalysis.objects.filter(part__in=touched).delete()


def forget_old(now: datetime) -> int:
    """Erase the answers of campaigns that closed more years ago than the consent says. Returns how many campaigns."""
    old = Campaign.objects.filter(state=CampaignState.CLOSED, closed_at__lt=now - timedelta(days=365 * YEARS_KEPT))
    kept = Answer.objects.filter(sitting__participant__campaign__in=old)
    campaigns = list(old.filter(pk__in=kept.values("sitting__participant__campaign")))
    for campaign in campaigns:
        with transaction.atomic():
            _erase(Sitting.objects.filter(participant__campaign=campaign))
            NamedDifficulty.objects.filter(participant__campaign=campaign).delete()
            audit.record("campaign.forget", campaign, by=None)
    return len(campaigns)


def _erase(sittings: QuerySet[Sitting]) -> None:
    Answer.objects.filter(sitting__in=sittings).delete()
    TopicFinding.objects.filter(sitting__in=sittings).delete()
    Hypothesis.objects.filter(sitting__in=sittings).exclude(state=HypothesisState.CONFIRMED).delete()
