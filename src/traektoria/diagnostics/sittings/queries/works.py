"""What waits for the invited person, and what is done."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby

from django.http import Http404

from traektoria.core.joined_rows import Joined
from traektoria.diagnostics.campaigns.consent import Work, work_of
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign, Participant
from traektoria.diagnostics.campaigns.policies.window import is_on, takes_consent
from traektoria.diagnostics.sittings.enums import UNFINISHED, SittingState
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.organisations.zones import turn_to, zone
from traektoria.people.actor import Actor

INVITATION = Joined(Participant, "campaign__centre__municipality", "consent")
TOLD = "is_told"
_TOLD = {TOLD: "EXISTS (SELECT 1 FROM diagnostics_partanalysis a WHERE a.part_id = t.part_id)"}
WORK = Joined(Sitting, "part__version__instrument", **_TOLD)
WORKS = Joined(Sitting, "participant__campaign__centre__municipality", "part__version__instrument", **_TOLD)


@dataclass(frozen=True)
class OwnSitting:
    """One work of the person, as the list shows it."""

    sitting: Sitting
    work: Work
    told: bool
    """What the work showed is there to be read."""

    @property
    def waits(self) -> bool:
        return self.sitting.state in UNFINISHED

    @property
    def is_new(self) -> bool:
        return self.sitting.state == SittingState.NEW

    @property
    def is_over(self) -> bool:
        return self.sitting.state == SittingState.EXPIRED


@dataclass(frozen=True)
class OwnCampaign:
    """A campaign as the invited person sees it at ``now``."""

    participant: Participant
    works: tuple[OwnSitting, ...]
    now: datetime

    @property
    def campaign(self) -> Campaign:
        return self.participant.campaign

    @property
    def zone(self) -> tzinfo:
        """Its hours are those of its centre."""
        return zone(self.campaign.centre.municipality.time_zone)

    @property
    def agreed(self) -> bool:
        return self.participant.consent_id is not None

    @property
    def declined(self) -> bool:
        return self.participant.declined_at is not None

    @property
    def can_agree(self) -> bool:
        return not self.agreed and takes_consent(self.campaign, self.now)

    @property
    def is_on(self) -> bool:
        return is_on(self.campaign, self.now)

    @property
    def is_ahead(self) -> bool:
        return self.campaign.state == CampaignState.OPEN and self.now < self.campaign.start

    @property
    def left(self) -> tuple[OwnSitting, ...]:
        """Works that wait and can still be sat."""
        return tuple(one for one in self.works if one.waits) if self.agreed and not self.is_past else ()

    @property
    def is_past(self) -> bool:
        return self.campaign.state == CampaignState.CLOSED or self.now >= self.campaign.end

    @property
    def wants(self) -> bool:
        """Something is wanted of the person: a word, or a work."""
        return (self.can_agree and not self.declined) or bool(self.left)

    @property
    def minutes(self) -> int:
        """Minutes of all works together; 0 where one has no limit."""
        each = [one.work.minutes for one in self.works]
        return sum(each) if all(each) else 0

    @property
    def begun(self) -> bool:
        return any(not one.is_new for one in self.works)


def own_invitation(actor: Actor, campaign: int) -> Participant:
    """The actor's own invitation to a campaign that has been opened, or 404. One query."""
    own = "t.campaign_id = %s AND t.person_id = %s AND campaign.state <> %s"
    found = INVITATION.find(own, campaign, actor.person_id, str(CampaignState.DRAFT))
    if not found:
        raise Http404
    turn_to(found[0])
    return found[0]


def own_campaigns(actor: Actor, now: datetime) -> list[OwnCampaign]:
    """All of them, the newest first. One query."""
    if actor.person_id is None:
        return []
    own = "participant.person_id = %s AND participant__campaign.state <> %s"
    newest = "participant__campaign.start DESC, participant.id DESC, part.position, t.id"
    rows = WORKS.find(own, actor.person_id, str(CampaignState.DRAFT), order=newest)
    return [
        _own(found[0].participant, found, now)
        for found in (list(run) for _key, run in groupby(rows, key=lambda row: row.participant_id))
    ]


def own_campaign(participant: Participant, now: datetime) -> OwnCampaign:
    """What stands behind an invitation. One query."""
    return _own(participant, WORK.find("t.participant_id = %s", participant.pk, order="part.position, t.id"), now)


def _own(participant: Participant, rows: list[Sitting], now: datetime) -> OwnCampaign:
    works = tuple(OwnSitting(row, work_of(row.part), bool(getattr(row, TOLD))) for row in rows)
    return OwnCampaign(participant, works, now)
