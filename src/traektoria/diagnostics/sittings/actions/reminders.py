"""Reminding those who have neither finished nor declined: a line on «My day», a row under the bell, a letter.

Nobody is reminded twice a day. Letters go out by the worker, not while a page waits.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict
from traektoria.diagnostics.campaigns.actions.opening import locked
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign, Participant
from traektoria.diagnostics.campaigns.permissions import check_keeps_campaign
from traektoria.diagnostics.campaigns.queries.campaigns import unfinished
from traektoria.diagnostics.sittings.letters import REMINDER, about
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.messaging.outbox import Post, post_many
from traektoria.people.actor import Actor

DAYS_BEFORE = 3
"""So many days before the end the clock reminds by itself."""
PAUSE = timedelta(hours=20)
"""«Not twice a day», also where somebody presses a little earlier than yesterday."""


def remind_before_the_end(now: datetime) -> None:
    """What the clock does every hour: remind once, three days before the end."""
    for campaign in Campaign.objects.filter(state=CampaignState.OPEN, start__lte=now, end__gt=now).order_by("pk"):
        if campaign.end - now <= timedelta(days=DAYS_BEFORE):
            with suppress(Conflict):  # closed meanwhile
                mark_unfinished(campaign, None)


@transaction.atomic
def mark_unfinished(campaign: Campaign, by: Actor | None) -> None:
    """By hand: whoever was not reminded within the day. By the clock (``by`` None): once, near the end. The
    coordinator is told no number of people: with it one could count who declined. Raises ``Refused``, ``Conflict``."""
    if by is not None:
        check_keeps_campaign(by, campaign)
    row, now = locked(campaign), timezone.now()
    if row.state != CampaignState.OPEN or now >= row.end:
        raise Conflict(_("The diagnostics does not go on now: there is nothing to remind of."), code="not_open")
    since = now - PAUSE if by else min(now - PAUSE, row.end - timedelta(days=DAYS_BEFORE))
    asked = unfinished(row).filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=since))
    people = dict(asked.values_list("pk", "person"))
    if Participant.objects.filter(pk__in=people).update(reminded_at=now):
        waiting.renew_keys(Participant, people)
        waiting.renew_keys(Sitting, Sitting.objects.filter(participant__in=people).values_list("pk", flat=True))
        moment = now.isoformat()
        posts = (Post(person, f"{pk}:{moment}", {"participant": pk}) for pk, person in people.items())
        post_many(REMINDER, posts, about=about(row.pk))
        audit.record("campaign.remind", row, by=by)
