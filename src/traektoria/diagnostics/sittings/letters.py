"""What the sub-room tells people by the bell and by letter. A letter names no diagnostics: others may read it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.typography import ru_moment
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Participant
from traektoria.diagnostics.sittings.enums import UNFINISHED
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.organisations.zones import in_time_of

REMINDER: Final = "diagnostics.reminder"
GONE: Final = Withheld(UnsentReason.DONE)


def about(campaign: int) -> str:
    """What joins the messages of one campaign."""
    return f"campaign:{campaign}"


def tell(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """To who has neither finished nor declined, while it goes on. One query."""
    keys = {message.facts["participant"] for message in messages}
    rows = Participant.objects.filter(
        pk__in=keys,
        person=reader.person_id,
        declined_at=None,
        sittings__state__in=UNFINISHED,
        campaign__state=CampaignState.OPEN,
        campaign__end__gt=timezone.now(),
    ).select_related("campaign__centre__municipality")
    found = {row.pk: row for row in rows}
    for message in messages:
        row = found.get(message.facts["participant"])
        yield _told(row) if row else GONE


def _told(row: Participant) -> Told:
    with in_time_of(row.campaign.centre):
        end = ru_moment(row.campaign.end)
    return worded(end, reverse("diagnostics:work_detail", args=[row.campaign_id]))


def worded(end: str, path: str) -> Told:
    sentences = (
        _("You are invited to a diagnostics; it can be finished until %(end)s.") % {"end": end},
        _("Taking part is voluntary: behind the button you can also decline, and you will not be reminded again."),
    )
    return Told(_("Diagnostics: a reminder"), sentences, path, _("Open"))


def _sample() -> Told:
    return worded(ru_moment(timezone.now() + timedelta(days=3)), reverse("diagnostics:work_list"))


kinds.add(
    MessageKind(
        slug=REMINDER,
        order=20,
        label=gettext_lazy("Reminders of a diagnostics"),
        why=gettext_lazy("your tutor centre has invited you, and you have neither finished nor declined."),
        tell=tell,
        sample=_sample,
    )
)
