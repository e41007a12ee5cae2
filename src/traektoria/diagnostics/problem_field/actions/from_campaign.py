"""From conclusions of a campaign to suppositions of the problem field: proposed to everybody, or taken by the teacher.

What is measured and what a person named themselves stay apart: two origins, two evidences.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.figures import exact
from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart
from traektoria.diagnostics.campaigns.permissions import check_keeps_campaign
from traektoria.diagnostics.findings.enums import ASKED_TASKS, Finding
from traektoria.diagnostics.findings.models import NamedDifficulty, PartAnalysis, TopicFinding
from traektoria.diagnostics.findings.queries.findings import named_in, work_findings
from traektoria.diagnostics.instruments.models import FormItem
from traektoria.diagnostics.items.content import content_of
from traektoria.diagnostics.items.enums import CompetenceBlock
from traektoria.diagnostics.problem_field.actions.hypotheses import confirm_hypothesis
from traektoria.diagnostics.problem_field.enums import HypothesisState, Origin, Strength
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.diagnostics.problem_field.permissions import check_works_on_sitting
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.people.actor import Actor
from traektoria.people.supported_people import subjects_by_person

MOST = 7
"""Measured suppositions of one person at once: a problem field is looked through in a minute and a half."""

SPOKEN = (Finding.EXPRESSED, Finding.POSSIBLE)
STRENGTHS = {Finding.EXPRESSED: Strength.STRONG, Finding.POSSIBLE: Strength.WEAK}
BATCH = 500


@dataclass(frozen=True)
class Proposed:
    """``people`` with something to look at, and new ``hypotheses``."""

    people: int
    hypotheses: int


@transaction.atomic
def propose_from_campaign(*, campaign: Campaign, by: Actor) -> Proposed:
    """Give each person what their work showed and what they named; a second press adds nothing and touches no word.

    Only of works and questionnaires that were handed in by people who still consent. Raises ``Conflict`` before the
    figures are made.
    """
    check_keeps_campaign(by, campaign)
    row = Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=campaign.pk)
    if not PartAnalysis.objects.filter(part__campaign=row).exists():
        raise Conflict(_("First the figures must be made."), code="not_analysed")
    measured = _measured(row)
    subjects = subjects_by_person({one.sitting.participant.person_id for one in measured} | _named_people(row))
    rows = [_from_finding(row, one, subjects) for one in measured]
    rows += _named(row, subjects)
    proposed = Hypothesis.objects.filter(sitting__participant__campaign=row)
    before = proposed.count()
    Hypothesis.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    waiting.renew_keys(Hypothesis, proposed.values_list("pk", flat=True))
    added = proposed.count() - before
    found = Proposed(len({one.person_id for one in rows}), added)
    audit.record("campaign.propose", row, by=by, **vars(found))
    return found


@transaction.atomic
def take_topic(*, finding: TopicFinding, by: Actor) -> Hypothesis:
    """The teacher (or their tutor) takes a topic into the problem field: proposed where it was not, and confirmed.

    Any topic of the work can be taken, for the person knows better. A repeated press changes nothing.
    """
    sitting = Sitting.objects.select_for_update(of=("self",), no_key=True).get(pk=finding.sitting_id)
    check_works_on_sitting(by, sitting)
    known = Hypothesis.objects.filter(sitting=sitting, topic=finding.topic).first()
    if known is None:
        campaign = sitting.participant.campaign
        subjects = subjects_by_person({sitting.participant.person_id})
        known = _from_finding(campaign, finding, subjects)
        known.save()
        audit.record("hypothesis.take", known, by=by)
    if known.state == HypothesisState.DROPPED:
        raise Invalid(_("You have dropped this supposition: take your word back in the problem field first."))
    return confirm_hypothesis(hypothesis=known, by=by)


def _measured(campaign: Campaign) -> list[TopicFinding]:
    """Of each person the strongest, of what was handed in."""
    found = work_findings(campaign.pk).filter(sitting__state=SittingState.SUBMITTED, finding__in=SPOKEN)
    by_person: dict[int, list[TopicFinding]] = defaultdict(list)
    for one in found.order_by("-probability", "topic", "pk"):
        if len(by_person[one.sitting.participant_id]) < MOST:
            by_person[one.sitting.participant_id].append(one)
    return [one for rows in by_person.values() for one in rows]


def _from_finding(campaign: Campaign, one: TopicFinding, subjects: Mapping[int, list[str]]) -> Hypothesis:
    person = one.sitting.participant.person_id
    own = subjects.get(person) or [""]
    return Hypothesis(
        centre_id=campaign.centre_id,
        person_id=person,
        subject=one.sitting.part.version.instrument.subject or own[0],
        block=one.block or CompetenceBlock.SUBJECT,
        topic=one.topic,
        origin=Origin.WORK,
        sitting=one.sitting,
        evidence=evidence_of(one, one.sitting.part.analysis.content["schema"]),
        strength=strength_of(one),
    )


def strength_of(one: TopicFinding) -> Strength:
    return STRENGTHS.get(Finding(one.finding), Strength.NONE)


def evidence_of(one: TopicFinding, schema: int) -> dict[str, Any]:
    """The figures as they are now, and the schema they were made by; shares and probabilities in per cent."""
    return {
        "schema": schema,
        "finding": one.finding,
        "items": one.items,
        "points": float(one.points),
        "most": float(one.most),
        "expected": _percent(one.completion),
        "expected_low": _percent(one.low),
        "expected_high": _percent(one.high),
        "probability": _percent(one.probability),
    }


def _percent(share: float | None) -> float | None:
    return None if share is None else float(exact(share * 100))


def _named_people(campaign: Campaign) -> set[int]:
    return set(named_in(campaign.pk).values_list("participant__person", flat=True))


def _named(campaign: Campaign, subjects: Mapping[int, list[str]]) -> Iterable[Hypothesis]:
    """Their own word, tied to the questionnaire in which they said it."""
    asked = _questionnaires(campaign)
    rows = Sitting.objects.filter(part__in=asked, state=SittingState.SUBMITTED).order_by("part__position", "pk")
    sittings: dict[int, Sitting] = {}
    for sitting in rows.select_related("part__version__instrument"):
        sittings.setdefault(sitting.participant_id, sitting)
    for one in named_in(campaign.pk):
        if one.participant_id in sittings:
            sitting = sittings[one.participant_id]
            yield _from_word(campaign, one, sitting, asked[sitting.part_id], subjects)


def _from_word(
    campaign: Campaign, one: NamedDifficulty, sitting: Sitting, block: str, subjects: Mapping[int, list[str]]
) -> Hypothesis:
    own = subjects.get(one.participant.person_id) or [""]
    return Hypothesis(
        centre_id=campaign.centre_id,
        person_id=one.participant.person_id,
        subject=sitting.part.version.instrument.subject or own[0],
        block=block,
        topic=one.topic,
        origin=Origin.QUESTIONNAIRE,
        sitting=sitting,
    )


def _questionnaires(campaign: Campaign) -> dict[int, str]:
    """Parts that ask for difficulties, with the block of competences of that question."""
    parts = dict(campaign.parts.values_list("version", "pk"))
    rows = FormItem.objects.filter(version__in=parts, item_version__content__difficulties=True)
    found: dict[int, str] = {}
    for row in rows.select_related("item_version__item").order_by("position", "pk"):
        content = content_of(row.item_version.content)
        if content.names_difficulties:
            found.setdefault(parts[row.version_id], row.item_version.item.block or CompetenceBlock.METHODICAL)
    return found


def renew_evidence(*, part: CampaignPart, findings: Iterable[TopicFinding], **_: Any) -> None:
    """A supposition says the same figures as the page of the work, from the same moment; nobody's word changes."""
    found: dict[tuple[int | None, str], TopicFinding] = {(one.sitting_id, one.topic): one for one in findings}
    renewed = []
    for one in Hypothesis.objects.filter(sitting__part=part, origin=Origin.WORK):
        if finding := found.get((one.sitting_id, one.topic)):
            one.evidence, one.strength = evidence_of(finding, ASKED_TASKS), strength_of(finding)
            renewed.append(one)
    Hypothesis.objects.bulk_update(renewed, ["evidence", "strength"], batch_size=1000)


def erase_suppositions(*, sittings: QuerySet[Sitting], **_: Any) -> None:
    """Those that rest on erased answers; what a person has confirmed is theirs."""
    Hypothesis.objects.filter(sitting__in=sittings).exclude(state=HypothesisState.CONFIRMED).delete()
