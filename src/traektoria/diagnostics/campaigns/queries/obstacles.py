"""What stands in the way of opening a campaign, said to the coordinator all at once."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart
from traektoria.diagnostics.campaigns.queries.campaigns import invitable, parts_of
from traektoria.diagnostics.instruments.enums import VersionState
from traektoria.diagnostics.instruments.queries.adaptive import check_adaptive
from traektoria.diagnostics.instruments.settings import settings_from


def obstacles(campaign: Campaign, now: datetime) -> list[str]:
    """Sentences; none where the campaign can be opened. A bounded number of queries."""
    parts = parts_of(campaign)
    found = [] if parts else [_("Add a work or a questionnaire.")]
    found += [lack for part in parts for lack in _of_part(part)]
    if campaign.end <= now:
        found.append(_("The window is over: set a later last day."))
    if parts and not _somebody(campaign, parts):
        found.append(_("Invite those whom the works are for: nobody is on the list yet."))
    return found


def markers_needed(part: CampaignPart) -> int:
    """How many markers a part needs; two who judge every answer need a third for disagreements. ``part`` is one of
    ``parts_of``."""
    if not getattr(part, "is_judged", False):
        return 0
    each = settings_from(part.version.settings).markers
    return each if each == 1 else each + 1


def _of_part(part: CampaignPart) -> Iterator[str]:
    facts = {"work": part.version.instrument.title}
    if part.version.state != VersionState.PUBLISHED:
        yield _("Publish «%(work)s» first.") % facts
    elif part.adaptive:
        yield from check_adaptive(part.version)
    lacking = markers_needed(part) - int(getattr(part, "markers_number", 0))
    if lacking > 0:
        yield _("Name more markers for «%(work)s»: %(n)s are lacking (a third one decides where two disagree).") % {
            **facts,
            "n": lacking,
        }


def _somebody(campaign: Campaign, parts: list[CampaignPart]) -> bool:
    fitting = {one.person_id for one in invitable(campaign, parts)}
    return any(person in fitting for person in campaign.participants.values_list("person", flat=True))
