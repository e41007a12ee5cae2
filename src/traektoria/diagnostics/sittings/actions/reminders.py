"""Reminding those who have neither finished nor declined: a line on «My day» at once, a letter where mail goes out.

Nobody is reminded twice a day. Letters go out by the worker, not while a page waits.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict
from traektoria.core.letters import mail_goes_out
from traektoria.core.tasks import ask_for
from traektoria.core.typography import ru_moment
from traektoria.diagnostics.campaigns.actions.opening import locked
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign, Participant
from traektoria.diagnostics.campaigns.permissions import check_keeps_campaign
from traektoria.diagnostics.campaigns.queries.campaigns import unfinished
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.organisations.zones import in_time_of
from traektoria.people.actor import Actor

DAYS_BEFORE = 3
"""So many days before the end the command reminds by itself."""
AT_ONCE = 50
"""Letters that a press of the button sends while the page waits."""
PAUSE = timedelta(hours=20)
"""«Not twice a day», also where somebody presses a little earlier than yesterday."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letters:
    """How many letters were sent and could not be sent; ``printed``: mail is not set up, so they still wait."""

    sent: int = 0
    failed: int = 0
    printed: int = 0


def remind_unfinished(*, campaign: Campaign, by: Actor | None) -> Letters:
    """Put the reminder on the desks and send the first letters. The coordinator is told no number of people: with it
    one could count who declined. Raises ``Refused``, ``Conflict``."""
    mark_unfinished(campaign, by)
    return send_letters(campaign, AT_ONCE if by else None)


def ask_to_remind(*, campaign: Campaign, by: Actor) -> None:
    """The same while a page waits: the reminder is on the desks at once, the letters go after the answer. Raises
    ``Refused``, ``Conflict``."""
    mark_unfinished(campaign, by)
    ask_for(send_reminders, campaign=campaign.pk)


@task()
def send_reminders(campaign: int) -> None:
    """The letters of one campaign, where it is still there."""
    for row in Campaign.objects.filter(pk=campaign):
        send_letters(row)


def remind_before_the_end(now: datetime) -> Letters:
    """What the command does every hour: remind once, three days before the end, and send the letters that wait."""
    total = Letters()
    for campaign in Campaign.objects.filter(state=CampaignState.OPEN, start__lte=now, end__gt=now).order_by("pk"):
        if campaign.end - now <= timedelta(days=DAYS_BEFORE):
            with suppress(Conflict):  # closed meanwhile
                mark_unfinished(campaign, None)
        sent = send_letters(campaign)
        total = Letters(total.sent + sent.sent, total.failed + sent.failed, total.printed + sent.printed)
    return total


def send_letters(campaign: Campaign, most: int | None = None) -> Letters:
    """Send the letters that follow reminders. A row is marked before its letter, so that two runs send one; where none
    went out it is taken back, and the next run tries again."""
    rows = list(_without_letter(campaign)[:most])
    if not mail_goes_out():
        return Letters(printed=len(rows))
    line = get_connection()
    try:
        line.open()
    except OSError:
        logger.exception("Letters of campaign %s wait: there is no connection", campaign.pk)
        return Letters(failed=len(rows))
    mine = [row for row in rows if _claimed(row)]
    sent = sum(_sent(row, campaign, line) for row in mine)
    line.close()
    return Letters(sent, len(mine) - sent)


@transaction.atomic
def mark_unfinished(campaign: Campaign, by: Actor | None) -> None:
    """By hand: whoever was not reminded within the day. By the command (``by`` None): once, near the end."""
    if by is not None:
        check_keeps_campaign(by, campaign)
    row, now = locked(campaign), timezone.now()
    if row.state != CampaignState.OPEN or now >= row.end:
        raise Conflict(_("The diagnostics does not go on now: there is nothing to remind of."), code="not_open")
    since = now - PAUSE if by else min(now - PAUSE, row.end - timedelta(days=DAYS_BEFORE))
    asked = unfinished(row).filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=since))
    people = list(asked.values_list("pk", flat=True))
    if Participant.objects.filter(pk__in=people).update(reminded_at=now):
        waiting.renew_keys(Participant, people)
        waiting.renew_keys(Sitting, Sitting.objects.filter(participant__in=people).values_list("pk", flat=True))
        audit.record("campaign.remind", row, by=by)


def _without_letter(campaign: Campaign) -> QuerySet[Participant]:
    """Reminded lately, still unfinished, with an address, and without a letter since."""
    rows = unfinished(campaign).filter(
        Q(letter_at__isnull=True) | Q(letter_at__lt=F("reminded_at")),
        reminded_at__gt=timezone.now() - timedelta(days=1),
        person__account__is_active=True,
    )
    return rows.exclude(person__account__email="").select_related("person__account").order_by("pk")


def _claimed(row: Participant) -> bool:
    free = Participant.objects.filter(pk=row.pk, letter_at=row.letter_at)
    return bool(free.update(letter_at=timezone.now()))


def _sent(row: Participant, campaign: Campaign, line: BaseEmailBackend) -> bool:
    """A letter that can't be sent is logged and does not hold up the others."""
    with in_time_of(campaign.centre):
        facts = {"title": campaign.title, "end": ru_moment(campaign.end), "centre": campaign.centre.name}
    text = _(
        "Good day!\n\n«%(centre)s» reminds of «%(title)s»: it can be finished until %(end)s.\n"
        "Open Traektoria: it stands on «My day». Taking part is voluntary; there you can also decline, "
        "and you will not be reminded again.\n"
    )
    account = row.person.account
    message = EmailMessage(_("Diagnostics: a reminder"), text % facts, None, [account.email], connection=line)
    try:
        message.send()
    except OSError:
        logger.exception("The reminder of participant %s could not be sent", row.pk)
        Participant.objects.filter(pk=row.pk).update(letter_at=row.letter_at)
        return False
    return True
