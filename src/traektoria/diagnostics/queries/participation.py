"""How a campaign goes, without anybody's answers: numbers by school and part, who has finished and who has not.

Who declined is nobody's business: they stand among those who have not finished, in every list. Bounded queries.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from traektoria.core.typography import percent
from traektoria.diagnostics.enums import CampaignState, SittingState
from traektoria.diagnostics.models import Campaign, Participant, Sitting
from traektoria.diagnostics.policies.campaigns import UNFINISHED
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS

LEAST = 10
"""With fewer who have not finished, the number of refusals would tell about one of them."""


@dataclass(frozen=True)
class Counts:
    """People. ``finished`` have nothing left to sit."""

    invited: int = 0
    consented: int = 0
    begun: int = 0
    finished: int = 0

    @property
    def share(self) -> str:
        """«40 %» of the invited have finished."""
        return percent(100 * self.finished / self.invited if self.invited else None, 0)


@dataclass(frozen=True)
class SchoolLine:
    """One school of the table."""

    name: str
    counts: Counts


@dataclass(frozen=True)
class PartLine:
    """One work of the table: people who got it, began it, handed it in, and whose time was over."""

    title: str
    invited: int
    begun: int
    handed_in: int
    expired: int


def with_progress(people: QuerySet[Participant]) -> QuerySet[Any]:
    """Participants, each with ``has_begun`` and ``has_finished``."""
    own = Sitting.objects.filter(participant=OuterRef("pk"))
    begun, waiting = own.exclude(state=SittingState.NEW), own.filter(state__in=UNFINISHED)
    return people.annotate(has_begun=Exists(begun), has_finished=Exists(begun) & ~Exists(waiting))


def counts_of(people: QuerySet[Participant]) -> Counts:
    """One query."""
    found = with_progress(people).order_by().aggregate(**_NUMBERS)
    return Counts(**found)


def by_school(people: QuerySet[Participant]) -> list[SchoolLine]:
    """One query."""
    rows = with_progress(people).order_by().values("school__sort_name", school_name=F("school__name"))
    found: Any = rows.annotate(**_NUMBERS).order_by("school__sort_name")
    return [
        SchoolLine(row["school_name"] or "", Counts(row["invited"], row["consented"], row["begun"], row["finished"]))
        for row in found
    ]


def by_part(campaign: Campaign) -> list[PartLine]:
    """One query."""
    rows = campaign.parts.order_by("position", "pk").values(title=F("version__instrument__title"))
    found = rows.annotate(
        invited=Count("sittings"),
        begun=Count("sittings", filter=~Q(sittings__state=SittingState.NEW)),
        handed_in=Count("sittings", filter=Q(sittings__state=SittingState.SUBMITTED)),
        expired=Count("sittings", filter=Q(sittings__state=SittingState.EXPIRED)),
    )
    return [PartLine(**row) for row in found]


def declined_number(campaign: Campaign, counts: Counts) -> int | None:
    """How many declined; None where the number would say it of somebody."""
    left = counts.invited - counts.finished
    if left < LEAST:
        return None
    number = campaign.participants.filter(declined_at__isnull=False).count()
    return number if 2 * number <= left else None


def listed(people: QuerySet[Participant]) -> QuerySet[Any]:
    """By school and name, with ``has_finished``; nothing tells a refusal from a delay."""
    rows = with_progress(people).select_related("person", "school")
    return rows.order_by("school__sort_name", "person__sort_name", "pk")


def campaigns_seen_from_schools(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns, open or closed, in which teachers of the head's schools were invited, in the centre of the office."""
    own = Participant.objects.filter(own_school(actor), campaign=OuterRef("pk"))
    return Campaign.objects.exclude(state=CampaignState.DRAFT).filter(Exists(own)).select_related("centre")


def of_own_school(actor: Actor, campaign: Campaign) -> QuerySet[Participant]:
    """The invited teachers of the schools that the actor heads."""
    return Participant.objects.filter(own_school(actor), campaign=campaign)


def own_school(actor: Actor) -> Q:
    """Heads see their school in the centre where they hold the office."""
    condition = Q(pk__in=[])
    for grant in actor.grants:
        if grant.role in HEADS:
            condition |= Q(school=grant.school_id, campaign__centre=grant.centre_id)
    return condition


_NUMBERS: dict[str, Any] = {
    "invited": Count("pk"),
    "consented": Count("pk", filter=Q(consent__isnull=False)),
    "begun": Count("pk", filter=Q(has_begun=True)),
    "finished": Count("pk", filter=Q(has_finished=True)),
}
