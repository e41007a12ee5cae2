"""Conclusions on topics and named difficulties of one person: read by that person and the tutor who supports them."""

from django.db.models import Prefetch, QuerySet

from traektoria.diagnostics.enums import InstrumentKind
from traektoria.diagnostics.models import Hypothesis, NamedDifficulty, Participant, Sitting, TopicFinding
from traektoria.diagnostics.queries.hypotheses import open_to
from traektoria.people.actor import Actor


def sittings_open_to(actor: Actor) -> QuerySet[Sitting]:
    """Sittings of the actor and of the teachers whom the actor supports, in campaigns that they consented to."""
    rows = Sitting.objects.filter(open_to(actor, "participant__person"), participant__consent__isnull=False)
    return rows.select_related("participant__person", "participant__campaign__centre", "part__version__instrument")


def told_of(actor: Actor, person_id: int) -> list[Sitting]:
    """One sitting of each counted campaign of the person, the newest first: the way to the feedback. One query."""
    rows = sittings_open_to(actor).filter(participant__person=person_id, part__analysis__isnull=False)
    by_campaign: dict[int, Sitting] = {}
    for row in rows.order_by("-participant__campaign__start", "part__position", "pk"):
        by_campaign.setdefault(row.participant.campaign_id, row)
    return list(by_campaign.values())


def findings_open_to(actor: Actor) -> QuerySet[TopicFinding]:
    rows = TopicFinding.objects.filter(sitting__in=sittings_open_to(actor).values("pk"))
    return rows.select_related("sitting__participant__person", "sitting__part__version__instrument")


def sittings_of(participant: Participant) -> list[Sitting]:
    """Everything the person sat in the campaign, with conclusions. Two queries."""
    found = Prefetch("findings", TopicFinding.objects.order_by("topic"))
    rows = participant.sittings.select_related("part__version__instrument", "part__analysis").prefetch_related(found)
    return list(rows.order_by("part__position", "pk"))


def named_by(participant: Participant) -> list[str]:
    return list(participant.named.values_list("topic", flat=True))


def suppositions_from(participant: Participant) -> dict[tuple[int, str], Hypothesis]:
    """What has been proposed or taken from the campaign, by sitting and topic."""
    rows = Hypothesis.objects.filter(sitting__participant=participant)
    return {(row.sitting_id, row.topic): row for row in rows if row.sitting_id}


def before(participant: Participant) -> dict[str, TopicFinding]:
    """Conclusions of the same person in the campaign that this one measures again, by topic."""
    follows = participant.campaign.follows_id
    if follows is None:
        return {}
    rows = TopicFinding.objects.filter(
        sitting__participant__campaign=follows, sitting__participant__person=participant.person_id
    )
    return {row.topic: row for row in rows if row.completion is not None}


def work_findings(campaign_id: int) -> QuerySet[TopicFinding]:
    """Conclusions from the works of a campaign, of people who still consent."""
    rows = TopicFinding.objects.filter(
        sitting__participant__campaign=campaign_id,
        sitting__participant__consent__isnull=False,
        sitting__participant__declined_at__isnull=True,
        sitting__part__version__instrument__kind=InstrumentKind.CONTROL_WORK,
    )
    return rows.select_related("sitting__participant", "sitting__part__version__instrument")


def named_in(campaign_id: int) -> QuerySet[NamedDifficulty]:
    rows = NamedDifficulty.objects.filter(
        participant__campaign=campaign_id,
        participant__consent__isnull=False,
        participant__declined_at__isnull=True,
    )
    return rows.select_related("participant").order_by("pk")
