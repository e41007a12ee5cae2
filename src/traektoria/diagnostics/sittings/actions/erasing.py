"""Erasing what a person answered in a campaign: after a withdrawal, and when the time of keeping is over."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from traektoria.core import audit
from traektoria.core.typography import local_day
from traektoria.diagnostics.campaigns.consent import YEARS_KEPT
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign, Participant, Uncounted
from traektoria.diagnostics.findings.analysis.membership import without
from traektoria.diagnostics.findings.models import NamedDifficulty, Publication, TopicFinding
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Answer, Sitting
from traektoria.engines.days import years_later


def forget_answers(participant: Participant) -> None:
    """Erase one person's answers with marks, findings, named difficulties and unconfirmed suppositions; sittings are as
    new. What lists of participation said of them stays (``Participant.reached``), and the conclusions of others stay
    until they are counted anew. Call it in a transaction."""
    own = Sitting.objects.filter(participant=participant)
    list(own.select_for_update(of=("self",), no_key=True).order_by("pk"))
    touched = list(own.exclude(state=SittingState.NEW).values_list("part", flat=True))
    _erase(own)
    NamedDifficulty.objects.filter(participant=participant).delete()
    own.update(
        state=SittingState.NEW, tab="", seconds=0, running_since=None, pauses=0, started_at=None, finished_at=None,
        on_paper=False,
    )  # fmt: skip
    if touched:
        _unseal(participant, touched)
        Uncounted.objects.create(campaign_id=participant.campaign_id)


def forget_old(now: datetime) -> int:
    """Erase the answers of campaigns that closed more years ago than the consent says. Returns how many campaigns."""
    today = local_day(now)
    last = now - (today - years_later(today, -YEARS_KEPT))
    old = Campaign.objects.filter(state=CampaignState.CLOSED, closed_at__lte=last)
    kept = Answer.objects.filter(sitting__participant__campaign__in=old)
    campaigns = list(old.filter(pk__in=kept.values("sitting__participant__campaign")))
    for campaign in campaigns:
        with transaction.atomic():
            _erase(Sitting.objects.filter(participant__campaign=campaign))
            NamedDifficulty.objects.filter(participant__campaign=campaign).delete()
            Publication.objects.filter(part__campaign=campaign).delete()
            audit.record("campaign.forget", campaign, by=None)
    return len(campaigns)


def _unseal(participant: Participant, parts: list[int]) -> None:
    """That they were counted in what is published stays known; what of their answers was compared by does not."""
    for row in Publication.objects.select_for_update(of=("self",), no_key=True).filter(part__in=parts).order_by("pk"):
        row.people = without(row.people, participant.pk)
        row.save(update_fields=["people"])


def _erase(sittings: QuerySet[Sitting]) -> None:
    answers = Answer.objects.filter(sitting__in=sittings)
    list(
        answers.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk")
    )  # before their marks, as who marks
    answers.delete()
    TopicFinding.objects.filter(sitting__in=sittings).delete()
    Hypothesis.objects.filter(sitting__in=sittings).exclude(state=HypothesisState.CONFIRMED).delete()
