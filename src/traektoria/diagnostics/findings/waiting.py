"""What a work showed is told for two weeks; a closed campaign without figures waits for its coordinator."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.joined_rows import Joined, marks
from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart, Participant
from traektoria.diagnostics.findings.models import PartAnalysis
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.organisations.zones import zone
from traektoria.people import addressees
from traektoria.people.enums import Role

TOLD = "diagnostics.feedback"
FIGURES = "diagnostics.figures"
NEWS = timedelta(days=14)
"""So long «My day» tells of what a work showed."""
COUNTED = Joined(Sitting, "participant__campaign__centre__municipality", "part")
_ANALYSED = "EXISTS (SELECT 1 FROM diagnostics_partanalysis a WHERE a.part_id = t.part_id)"


def told(participants: list[int]) -> Iterator[Wait]:
    """A line for each campaign, by its first counted work. Two queries, one where nothing is counted yet."""
    agreed = f"t.participant_id IN ({marks(participants)}) AND participant.consent_id IS NOT NULL"
    counted = COUNTED.find(f"{agreed} AND {_ANALYSED}", *participants, order="t.participant_id, part.position, t.id")
    made = _made({row.part_id for row in counted})
    seen = set()
    for row in counted:
        if row.participant_id in seen:
            continue
        seen.add(row.participant_id)
        campaign = row.participant.campaign
        yield Wait(
            TOLD,
            addressees.person(row.participant.person_id),
            row.participant_id,
            campaign.centre_id,
            facts={"title": campaign.title, "token": str(row.token)},
            since=made[row.part_id],
            shows_until=timezone.localdate(made[row.part_id] + NEWS, zone(campaign.centre.municipality.time_zone)),
        )


def _made(parts: set[int]) -> dict[int, datetime]:
    """When the figures of each part were made."""
    if not parts:
        return {}
    return dict(PartAnalysis.objects.filter(part__in=parts).values_list("part", "made_at"))


def tell(row: Waited) -> Words:
    return Words(
        what=_("What the work showed: %(title)s") % {"title": row.facts["title"]},
        who=_("seen by you and your tutor"),
        url=reverse("diagnostics:feedback", args=[row.facts["token"]]),
        action=_("Look"),
    )


def without_figures(campaigns: QuerySet[Campaign]) -> Iterator[Wait]:
    """Closed, somebody answered, and a part has no figures yet. One query."""
    part = CampaignPart.objects.filter(campaign=OuterRef("pk"), analysis__isnull=True)
    begun = Sitting.objects.filter(part__campaign=OuterRef("pk")).exclude(state=SittingState.NEW)
    bare = campaigns.filter(Exists(part), Exists(begun), state=CampaignState.CLOSED)
    for pk, centre in bare.values_list("pk", "centre"):
        yield Wait(FIGURES, addressees.of_centre(Role.COORDINATOR, centre), pk, centre)


def figures(row: Waited) -> Words:
    """Results that wait to be made; the only ones are opened at once."""
    what = ngettext(
        "Results of %(n)s diagnostics wait to be made", "Results of %(n)s diagnostics wait to be made", row.number
    )
    only = reverse("diagnostics:campaign_results", args=[row.object_id])
    url = only if row.number == 1 else reverse("diagnostics:campaign_list")
    return Words(what % {"n": row.number}, _("when the answers are marked"), url, _("Open"))


def _sat(analysis: PartAnalysis) -> QuerySet[Sitting, int]:
    return Sitting.objects.filter(part=analysis.part_id).values_list("participant", flat=True)


waits(
    WaitingSource(
        slug="diagnostics.feedback",
        order=33,
        model=Participant,
        rows=told,
        by_keys=True,
        kinds=(WaitingKind(TOLD, 33, DeskGroup.SOON, tell),),
        watches=(Watch(PartAnalysis, _sat, frozenset({"content", "made_at"})),),
    )
)
waits(
    WaitingSource(
        slug="diagnostics.figures",
        order=40,
        model=Campaign,
        rows=without_figures,
        kinds=(WaitingKind(FIGURES, 40, DeskGroup.TODAY, figures, sums=True),),
        watches=(Watch(PartAnalysis, lambda row: [row.part.campaign_id], frozenset({"content"})),),
    )
)
