"""Entry and exit diagnostics of a tutorial: one's own way to them; of the group only what is published.

A group figure is never made here of the participants alone: the figures of a campaign are published by
``diagnostics.findings`` so that nobody can be subtracted from them, and another cut of the same people would undo that.
Who leads a tutorial may know some of the answers, of the teachers whom they support: they read a share only where
enough others stand on both sides of it, whoever those are (docs/adr/0075-tutorials.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign, Participant
from traektoria.diagnostics.findings.actions.analysis import rules_for
from traektoria.diagnostics.findings.feedback import FeedbackTopic, Taken, feedback_of
from traektoria.diagnostics.findings.models import PartAnalysis
from traektoria.diagnostics.findings.topic_map import PeopleShare, topic_lines
from traektoria.events.event.models import Event
from traektoria.events.tutorials.models import Tutorial
from traektoria.people.access_log import log_access
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.people.supported_people import open_to


@dataclass(frozen=True)
class OwnDiagnostics:
    """A campaign of the tutorial for one person. ``invited``: their page of it opens."""

    campaign: Campaign
    at_the_end: bool
    invited: bool

    @property
    def over(self) -> bool:
        return self.campaign.state == CampaignState.CLOSED


@dataclass(frozen=True)
class TopicChange:
    """A topic in both campaigns: the share of those for whom it is expressed, each with its interval. None: hidden."""

    topic: str
    entry: PeopleShare | None
    exit: PeopleShare | None

    @property
    def overlap(self) -> bool:
        """Chance alone could make such a difference."""
        if self.entry is None or self.exit is None:
            return False
        (low, high), (least, most) = self.entry.ends, self.exit.ends
        return low <= most and least <= high


@dataclass(frozen=True)
class EntryAndExit:
    """What is published of entry and exit. ``least``: of fewer people nothing is shown."""

    least: int
    lines: tuple[TopicChange, ...]
    entry: Campaign
    exit: Campaign | None

    @property
    def is_shown(self) -> bool:
        """A share of at least one topic."""
        return any(one.entry or one.exit for one in self.lines)


def campaigns_for(event: Event) -> QuerySet[Campaign]:
    """Which may stand at the beginning or at the end: of the centre, no drafts, with a work in a subject of the event
    or for everybody."""
    rows = Campaign.objects.filter(centre=event.centre_id).exclude(state=CampaignState.DRAFT)
    if event.subject_list:
        wanted = Q(parts__version__instrument__subject__in=["", *event.subject_list])
        rows = rows.filter(pk__in=Campaign.objects.filter(wanted).order_by().values("pk"))
    return rows.order_by("-start", "-pk")


def own_diagnostics(tutorial: Tutorial, person: int | None) -> list[OwnDiagnostics]:
    """Entry, then exit. One query, none where no campaign is named."""
    named = [(one, at_the_end) for one, at_the_end in ((tutorial.entry, False), (tutorial.exit, True)) if one]
    named = [(one, at_the_end) for one, at_the_end in named if one.state != CampaignState.DRAFT]
    if not named or person is None:
        return []
    rows = Participant.objects.filter(campaign__in=[one.pk for one, _end in named], person=person)
    invited = set(rows.values_list("campaign_id", flat=True))
    return [OwnDiagnostics(one, at_the_end, one.pk in invited) for one, at_the_end in named]


def own_topics(tutorial: Tutorial, actor: Actor) -> list[FeedbackTopic]:
    """The topics of one's own results, for oneself: of the exit with what they were at the entry; of the entry until
    the exit is counted. At most fourteen queries, none where no campaign is over."""
    for campaign in (tutorial.exit, tutorial.entry):
        if campaign is None or campaign.state != CampaignState.CLOSED or actor.person_id is None:
            continue
        mine = Participant.objects.filter(campaign=campaign, person=actor.person_id, consent__isnull=False)
        own = mine.select_related("campaign__centre__municipality").first()
        found = feedback_of(own, rules_for(campaign), actor, _no_suppositions).topics if own else ()
        if found:
            return sorted(found, key=lambda one: one.finding.topic)
    return []


def _no_suppositions(_participant: Participant) -> Taken:
    """What is done about a topic is said on the page of the results."""
    return {}


def published_change(tutorial: Tutorial, actor: Actor) -> EntryAndExit | None:
    """For who leads the tutorial; None where no campaign is named. The look is written down. Six queries."""
    if tutorial.entry is None:
        return None
    least = rules_for(tutorial.entry).picture_least
    before = _shown(tutorial.entry, actor, least)
    after = _shown(tutorial.exit, actor, least) if tutorial.exit else {}
    lines = tuple(TopicChange(topic, before[topic], after.get(topic)) for topic in sorted(before))
    if lines:
        log_access(
            by=actor, purpose=Purpose.ANALYSIS, kind="diagnostics.topics", subject_id=tutorial.entry.pk,
            centre_id=tutorial.entry.centre_id,
        )  # fmt: skip
    return EntryAndExit(least, lines, tutorial.entry, tutorial.exit)


def _shown(campaign: Campaign, actor: Actor, least: int) -> dict[str, PeopleShare | None]:
    """Two queries."""
    known = Participant.objects.filter(
        open_to(actor, "person", "campaign__centre", "campaign__parts__version__instrument__subject"), campaign=campaign
    )
    number = known.order_by().values("person").distinct().count()
    return {topic: _hidden_from(share, number, least) for topic, share in _published(campaign).items()}


def _hidden_from(share: PeopleShare | None, known: int, least: int) -> PeopleShare | None:
    if share is None or (known and min(share.count, share.n - share.count) - known < least):
        return None
    return share


def _published(campaign: Campaign) -> dict[str, PeopleShare | None]:
    """Topic → the share that is shown of it. One query."""
    rows = PartAnalysis.objects.filter(part__campaign=campaign, published_at__isnull=False)
    found: dict[str, PeopleShare | None] = {}
    for row in rows.order_by("part__position", "part"):
        content: Mapping[str, Any] = row.published or {}
        topics = content.get("topics") or {}
        for line in topic_lines(topics) if topics.get("lines") else ():
            found.setdefault(line.topic, line.expressed)
    return found
