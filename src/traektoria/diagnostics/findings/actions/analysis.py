"""Making the figures of a campaign: of items and forms, of topics for each person, of questionnaires.

Made anew as often as wanted: the same answers give the same figures, and nothing is added twice. What each person is
told changes at once; what is published of groups only as ``findings.actions.publishing`` allows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.utils import timezone
from django_tasks import task

from traektoria.core import audit
from traektoria.core.figures import rounded
from traektoria.core.tasks import ask_for
from traektoria.diagnostics.bank.models import BankItem
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart, Uncounted
from traektoria.diagnostics.campaigns.permissions import check_keeps_campaign
from traektoria.diagnostics.campaigns.policies.order import Act, check_now
from traektoria.diagnostics.findings.actions.publishing import publish
from traektoria.diagnostics.findings.analysis.item_figures import item_figures
from traektoria.diagnostics.findings.analysis.sheet import ScoreSheet, read_sheet
from traektoria.diagnostics.findings.analysis.survey import named_topics, survey_figures
from traektoria.diagnostics.findings.analysis.topics import TopicResult, find_topics
from traektoria.diagnostics.findings.enums import ASKED_TASKS, of_asked_tasks
from traektoria.diagnostics.findings.models import NamedDifficulty, PartAnalysis, TopicFinding
from traektoria.diagnostics.findings.signals import counted
from traektoria.diagnostics.instruments.settings import settings_from
from traektoria.diagnostics.items.enums import CompetenceBlock
from traektoria.diagnostics.marking.actions import hand_out_answers
from traektoria.diagnostics.marking.queries import waiting_for_marks
from traektoria.diagnostics.sittings.actions.sittings import expire_due
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.diagnostics.sittings.queries.participation import BEGUN
from traektoria.diagnostics.sittings.queries.sittings import late_may_come
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.diagnostics_rules import DiagnosticsRules
from traektoria.people.actor import Actor

Figures = dict[str, Any]
BATCH = 1000


@dataclass(frozen=True)
class Analysed:
    """What the answers of a part say, before anything is kept."""

    part: CampaignPart
    sheet: ScoreSheet
    content: Figures
    found: Sequence[TopicResult]


def analyse_campaign(*, campaign: Campaign, by: Actor | None) -> list[PartAnalysis]:
    """Make the figures and conclusions of every part, and publish the figures where they may be.

    ``by`` is the coordinator, or None for the system. Tasks whose answers still wait for marks are left out, and the
    page says so. It is computed before anything is locked; what has changed meanwhile is read again under the lock.
    Raises ``Conflict`` before the closing.
    """
    if by is not None:
        check_keeps_campaign(by, campaign)
    check_now(Act.COUNT, Campaign.objects.get(pk=campaign.pk), timezone.now())
    for part in campaign.parts.all():
        expire_due(part)
    seen = _state(campaign)
    return _keep(campaign, by, seen, _read(campaign))


def ask_to_analyse(*, campaign: Campaign, by: Actor) -> None:
    """Have it done by the worker, while no page waits: with two thousand people it takes a quarter of a minute. Asked
    twice, it is done once. Raises ``Refused``, and ``Conflict`` before the closing."""
    check_keeps_campaign(by, campaign)
    check_now(Act.COUNT, Campaign.objects.get(pk=campaign.pk), timezone.now())
    audit.record("campaign.analyse_asked", campaign, by=by)
    ask_for(analyse_by_the_worker, campaign=campaign.pk)


@task()
def analyse_by_the_worker(campaign: int) -> None:
    """The figures of one campaign, where it is still there and closed."""
    for row in Campaign.objects.filter(pk=campaign, state=CampaignState.CLOSED):
        analyse_campaign(campaign=row, by=None)


State = tuple[list[int], datetime | None]


def _state(campaign: Campaign) -> State:
    """Changes that wait to be counted, and when it was counted last: another count takes changes away."""
    waiting = Uncounted.objects.filter(campaign=campaign).values_list("pk", flat=True)
    counted = PartAnalysis.objects.filter(part__campaign=campaign).aggregate(last=Max("made_at"))
    return list(waiting), counted["last"]


def _read(campaign: Campaign) -> list[Analysed]:
    rules = rules_for(campaign)
    parts = campaign.parts.select_related("version__instrument")
    return [_analysed(part, read_sheet(part), rules) for part in parts]


@transaction.atomic
def _keep(campaign: Campaign, by: Actor | None, seen: State, read: list[Analysed]) -> list[PartAnalysis]:
    """Nobody withdraws while it is kept, and nothing of those who have withdrawn is."""
    row = Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=campaign.pk)
    list(row.participants.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    now = _state(row)
    analysed = read if now == seen else _read(row)
    made = [_kept(one) for one in analysed]
    _keep_named(row, [one.sheet for one in analysed])
    if not late_may_come(row, timezone.now()):
        made = [publish(analysis, one) for analysis, one in zip(made, analysed, strict=True)]
        Uncounted.objects.filter(pk__in=now[0]).delete()
    audit.record("campaign.analyse", row, by=by, parts=len(made))
    return made


def rules_for(campaign: Campaign) -> DiagnosticsRules:
    """The rules of diagnostics in force on the day when the campaign was opened: those that people agreed to."""
    day = timezone.localdate(campaign.opened_at) if campaign.opened_at else None
    return rules_of(regulation_in_force(campaign.centre_id, day)).diagnostics


def _analysed(part: CampaignPart, sheet: ScoreSheet, rules: DiagnosticsRules) -> Analysed:
    found, refused = find_topics(sheet, rules)
    content = {
        "schema": ASKED_TASKS,
        "people": len(sheet.rows),
        "silent": sheet.silent,
        "waiting": sheet.waiting,
        **item_figures(sheet),
        "topics": {"refused": refused, "few": len(sheet.rows) < rules.least_people},
        "survey": survey_figures(sheet, settings_from(part.version.settings).scales),
        "rules": rules.model_dump(mode="json"),
    }
    return Analysed(part, sheet, content, found)


def _kept(one: Analysed) -> PartAnalysis:
    _keep_findings(one.part, one.sheet, one.found)
    _keep_asked([column.item for column in one.sheet.columns])
    earlier = PartAnalysis.objects.filter(part=one.part).values_list("content", flat=True).first()
    content = {**one.content, "by_earlier_rule": _was_by_earlier_rule(earlier)}
    return PartAnalysis.objects.update_or_create(part=one.part, defaults={"content": content})[0]


def _was_by_earlier_rule(earlier: Figures | None) -> bool:
    """People have read conclusions of it that were made before ``ASKED_TASKS``: the page says that they may differ."""
    return earlier is not None and (not of_asked_tasks(earlier) or earlier.get("by_earlier_rule", False))


def _keep_findings(part: CampaignPart, sheet: ScoreSheet, found: Iterable[TopicResult]) -> None:
    TopicFinding.objects.filter(sitting__part=part).delete()
    rows = [
        TopicFinding(
            sitting_id=sheet.rows[one.row].sitting,
            topic=one.topic,
            block=one.block or CompetenceBlock.SUBJECT,
            items=one.items,
            points=rounded(one.points, 3),
            most=rounded(one.most, 3),
            completion=one.completion,
            low=one.low,
            high=one.high,
            probability=one.probability,
            finding=one.finding,
        )
        for one in found
    ]
    TopicFinding.objects.bulk_create(rows, batch_size=BATCH)
    counted.send(CampaignPart, part=part, findings=rows)


def _keep_named(campaign: Campaign, sheets: Iterable[ScoreSheet]) -> None:
    NamedDifficulty.objects.filter(participant__campaign=campaign).delete()
    pairs = dict.fromkeys(pair for sheet in sheets for pair in named_topics(sheet))
    rows = [NamedDifficulty(participant_id=participant, topic=topic) for participant, topic in pairs]
    NamedDifficulty.objects.bulk_create(rows, batch_size=BATCH)


def _keep_asked(items: list[int]) -> None:
    """How many people have had each item in all campaigns, also those who have withdrawn since: items that many know
    rest when forms are assembled."""
    seen = ~Q(state=SittingState.NEW) | Q(participant__reached__in=BEGUN)
    begun = Sitting.objects.filter(
        seen, part__version__items__item_version__item__in=items, form=F("part__version__items__form")
    )
    counted = begun.order_by().values_list("part__version__items__item_version__item")
    people = dict(counted.annotate(n=Count("participant__person", distinct=True)))
    rows = list(BankItem.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=items).order_by("pk"))
    for row in rows:
        row.asked = people.get(row.pk, 0)
    BankItem.objects.bulk_update(rows, ["asked"], batch_size=500)


def analyse_if_ready(campaign: Campaign) -> bool:
    """By the system: hand out what waits for marks, and make the figures where no late answer and, the first time, no
    mark is waited for. What was counted once (somebody pressed before the last mark) is counted after each change."""
    if campaign.state != CampaignState.CLOSED or late_may_come(campaign, timezone.now()):
        return False
    hand_out_answers(campaign=campaign, by=None)
    counted = PartAnalysis.objects.filter(part__campaign=campaign).exists()
    begun = Sitting.objects.filter(part__campaign=campaign).exclude(state=SittingState.NEW)
    if not counted and (waiting_for_marks(campaign).exists() or not begun.exists()):
        return False
    analyse_campaign(campaign=campaign, by=None)
    return True


def analyse_due() -> int:
    """Every closed campaign in which answers or marks have changed since they were counted. Returns how many."""
    changed = Uncounted.objects.filter(campaign=OuterRef("pk"))
    rows = Campaign.objects.filter(Exists(changed), state=CampaignState.CLOSED).order_by("pk")
    return sum(analyse_if_ready(campaign) for campaign in rows)
