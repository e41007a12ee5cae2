"""The invited person's own word: agree, decline, withdraw. Each is atomic, and a repeated press changes nothing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.core.joined_rows import Joined, RowWriter
from traektoria.core.waiting import gathered
from traektoria.diagnostics.campaigns.consent import consent_about, consent_page
from traektoria.diagnostics.campaigns.models import Participant
from traektoria.diagnostics.campaigns.permissions import check_takes_part
from traektoria.diagnostics.campaigns.policies.window import takes_consent
from traektoria.diagnostics.sittings.actions.erasing import forget_answers
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.queries.participation import reached_by
from traektoria.people.actor import Actor
from traektoria.people.consents import give_consent, withdraw_consent
from traektoria.people.enums import ConsentKind

INVITED, ANSWERED = Joined(Participant, "campaign__centre"), RowWriter(Participant)


@transaction.atomic
def give_campaign_consent(*, participant: Participant, by: Actor, text: str = "") -> Participant:
    """Agree to take part: a consent record of its own with the text as it was shown. Who declined may change their
    mind. Raises ``Conflict`` when the diagnostics takes nobody in now."""
    row = _own(participant, by)
    if row.consent_id:
        return row
    if not takes_consent(row.campaign, timezone.now()):
        raise Conflict(_("The diagnostics does not go on now: it can't be joined."), code="not_open")
    shown = text or consent_page(row.campaign).text
    row.consent = give_consent(
        centre=row.campaign.centre, kind=ConsentKind.DIAGNOSTICS, about=consent_about(row.campaign), text=shown, by=by
    )
    row.declined_at = None
    with gathered():
        ANSWERED.update(row, "consent", "declined_at", heard=True)
    return row


@transaction.atomic
def decline_campaign(*, participant: Participant, by: Actor) -> Participant:
    """«I don't take part»: no reason is asked or kept. After a consent only while nothing has been begun: later it is
    a withdrawal, which says first what is erased. Raises ``Conflict`` where nobody is asked any more."""
    row = _own(participant, by)
    if row.declined_at:
        return row
    if row.consent_id:
        if row.sittings.exclude(state=SittingState.NEW).exists():
            raise Conflict(
                _("You have begun already. To stop, withdraw the consent: the page says first what is erased."),
                code="begun",
            )
        return _withdraw(row, by)
    if not takes_consent(row.campaign, timezone.now()):
        raise Conflict(_("The diagnostics does not go on now: nobody waits for your answer."), code="not_open")
    row.declined_at = timezone.now()
    row.save(update_fields=["declined_at"])
    return row


@transaction.atomic
def withdraw_from_campaign(*, participant: Participant, by: Actor) -> Participant:
    """Take the consent back, at any time: answers, findings, named difficulties and unconfirmed suppositions of this
    campaign are erased, sittings are as new. What the person confirmed stays in their problem field."""
    row = _own(participant, by)
    return _withdraw(row, by) if row.consent_id else row


def _withdraw(row: Participant, by: Actor) -> Participant:
    row.reached = reached_by(row)
    withdraw_consent(centre=row.campaign.centre, kind=ConsentKind.DIAGNOSTICS, about=consent_about(row.campaign), by=by)
    forget_answers(row)
    row.consent, row.declined_at = None, timezone.now()
    row.save(update_fields=["consent", "declined_at", "reached"])
    audit.record("campaign.withdraw", row.campaign, by=by)
    return row


def _own(participant: Participant, by: Actor) -> Participant:
    """The row locked: two presses meet here."""
    row = INVITED.get(participant.pk, lock=True)
    check_takes_part(by, row)
    return row
