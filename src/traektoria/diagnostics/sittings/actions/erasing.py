"""Erasing what a person answered in a campaign: after a withdrawal, and when the time of keeping is over."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from traektoria.core import audit, waiting
from traektoria.core.typography import local_day
from traektoria.diagnostics.campaigns.consent import YEARS_KEPT
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign, Participant, Uncounted
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Answer, Sitting
from traektoria.diagnostics.sittings.signals import erased, forgotten, withdrawn
from traektoria.engines.days import years_later


def forget_answers(participant: Participant) -> None:
    """Erase one person's answers with marks, findings, named difficulties and unconfirmed suppositions; sittings are as
    new. What lists of participation said of them stays (``Participant.reached``), and the conclusions of others stay
    until they are counted anew. Call it in a transaction."""
    own = Sitting.objects.filter(participant=participant)
    list(own.select_for_update(of=("self",), no_key=True).order_by("pk"))
    touched = list(own.exclude(state=SittingState.NEW).values_list("part", flat=True))
    _erase(own, Participant.objects.filter(pk=participant.pk))
    own.update(
        state=SittingState.NEW, tab="", seconds=0, running_since=None, pauses=0, started_at=None, finished_at=None,
        on_paper=False,
    )  # fmt: skip
    if touched:
        withdrawn.send(Participant, participant=participant, parts=touched)
        Uncounted.objects.create(campaign_id=participant.campaign_id)
    waiting.renew_keys(Sitting, own.values_list("pk", flat=True))
    waiting.renew_keys(Campaign, [participant.campaign_id])


def forget_old(now: datetime) -> int:
    """Erase the answers of campaigns that closed more years ago than the consent says. Returns how many campaigns."""
    today = local_day(now)
    last = now - (today - years_later(today, -YEARS_KEPT))
    old = Campaign.objects.filter(state=CampaignState.CLOSED, closed_at__lte=last)
    kept = Answer.objects.filter(sitting__participant__campaign__in=old)
    campaigns = list(old.filter(pk__in=kept.values("sitting__participant__campaign")))
    for campaign in campaigns:
        with transaction.atomic():
            people = Participant.objects.filter(campaign=campaign)
            _erase(Sitting.objects.filter(participant__campaign=campaign), people)
            forgotten.send(Campaign, campaign=campaign)
            audit.record("campaign.forget", campaign, by=None)
    return len(campaigns)


def _erase(sittings: QuerySet[Sitting], participants: QuerySet[Participant]) -> None:
    answers = Answer.objects.filter(sitting__in=sittings)
    list(
        answers.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk")
    )  # before their marks, as who marks
    answers.delete()
    erased.send(Sitting, sittings=sittings, participants=participants)
