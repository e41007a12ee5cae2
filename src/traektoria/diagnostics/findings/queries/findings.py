"""Conclusions on topics and named difficulties of one person: read by that person and the tutor who supports them."""

from django.db.models import Prefetch, QuerySet

from traektoria.core.joined_rows import Joined
from traektoria.core.text import search_key
from traektoria.diagnostics.campaigns.models import Participant
from traektoria.diagnostics.findings.enums import Finding
from traektoria.diagnostics.findings.models import NamedDifficulty, TopicFinding
from traektoria.diagnostics.instruments.enums import InstrumentKind
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.people.actor import Actor
from traektoria.people.supported_people import open_to

PATHS = ("participant__person", "participant__campaign__centre", "part__version__instrument")
TOLD = Joined(Sitting, *PATHS)


def sittings_open_to(actor: Actor) -> QuerySet[Sitting]:
    """Sittings of the actor and those that a support opens, in campaigns that their persons consented to."""
    of = open_to(actor, "participant__person", "participant__campaign__centre", "part__version__instrument__subject")
    rows = Sitting.objects.filter(of, participant__consent__isnull=False)
    return rows.select_related(*PATHS)


def told_of(actor: Actor, person_id: int) -> list[Sitting]:
    """One sitting of each counted campaign of the person, the newest first: the way to the feedback. One query."""
    by_campaign: dict[int, Sitting] = {}
    for row in _own_told(person_id) if person_id == actor.person_id else _told(actor, person_id):
        by_campaign.setdefault(row.participant.campaign_id, row)
    return list(by_campaign.values())


def _told(actor: Actor, person_id: int) -> QuerySet[Sitting]:
    rows = sittings_open_to(actor).filter(participant__person=person_id, part__analysis__isnull=False)
    return rows.order_by("-participant__campaign__start", "part__position", "pk")


def _own_told(person_id: int) -> list[Sitting]:
    """The same of oneself: nothing but the name and one's consent decides."""
    own = "participant.person_id = %s AND participant.consent_id IS NOT NULL"
    analysed = "EXISTS (SELECT 1 FROM diagnostics_partanalysis a WHERE a.part_id = t.part_id)"
    order = "participant__campaign.start DESC, part.position, t.id"
    return TOLD.find(f"{own} AND {analysed}", person_id, order=order)


def expressed_topics(centre_id: int) -> list[tuple[int, str]]:
    """(person, topic) that the diagnostics of the centre call expressed, of people whose consent stands. One query."""
    rows = TopicFinding.objects.filter(
        finding=Finding.EXPRESSED,
        sitting__participant__campaign__centre=centre_id,
        sitting__participant__consent__isnull=False,
    )
    return list(rows.values_list("sitting__participant__person", "topic").distinct())


def findings_open_to(actor: Actor) -> QuerySet[TopicFinding]:
    rows = TopicFinding.objects.filter(sitting__in=sittings_open_to(actor).values("pk"))
    return rows.select_related(
        "sitting__participant__person", "sitting__part__version__instrument", "sitting__part__analysis"
    )


def sittings_of(participant: Participant, actor: Actor) -> list[Sitting]:
    """Everything the person sat in the campaign that the actor may see, with conclusions. Two queries."""
    found = Prefetch("findings", TopicFinding.objects.order_by("topic"))
    rows = (
        sittings_open_to(actor)
        .filter(participant=participant)
        .select_related("part__version__instrument", "part__analysis")
        .prefetch_related(found)
    )
    return list(rows.order_by("part__position", "pk"))


def named_by(participant: Participant) -> list[str]:
    return list(participant.named.values_list("topic", flat=True))


def before(participant: Participant) -> dict[str, TopicFinding]:
    """Conclusions of the same person in the campaign that this one measures again, by ``search_key(topic)``."""
    follows = participant.campaign.follows_id
    if follows is None:
        return {}
    rows = TopicFinding.objects.filter(
        sitting__participant__campaign=follows, sitting__participant__person=participant.person_id
    )
    return {search_key(row.topic): row for row in rows if row.completion is not None}


def work_findings(campaign_id: int) -> QuerySet[TopicFinding]:
    """Conclusions from the works of a campaign, of people who still consent."""
    rows = TopicFinding.objects.filter(
        sitting__participant__campaign=campaign_id,
        sitting__participant__consent__isnull=False,
        sitting__participant__declined_at__isnull=True,
        sitting__part__version__instrument__kind=InstrumentKind.CONTROL_WORK,
    )
    return rows.select_related("sitting__participant", "sitting__part__version__instrument", "sitting__part__analysis")


def named_in(campaign_id: int) -> QuerySet[NamedDifficulty]:
    rows = NamedDifficulty.objects.filter(
        participant__campaign=campaign_id,
        participant__consent__isnull=False,
        participant__declined_at__isnull=True,
    )
    return rows.select_related("participant").order_by("pk")
