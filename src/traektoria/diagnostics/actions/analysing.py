"""Making the figures of a campaign: of items and forms, of topics for each person, of questionnaires.

Made anew as often as wanted: the same answers give the same figures, and nothing is added twice.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.diagnostics.analysing.figures import LEAST, item_figures
from traektoria.diagnostics.analysing.sheet import Sheet, read_sheet
from traektoria.diagnostics.analysing.survey import named_topics, survey_figures
from traektoria.diagnostics.analysing.topics import Found, find_topics
from traektoria.diagnostics.content import Settings
from traektoria.diagnostics.enums import CampaignState, CompetenceBlock, SittingState
from traektoria.diagnostics.models import (
    BankItem,
    Campaign,
    CampaignPart,
    NamedDifficulty,
    PartAnalysis,
    Sitting,
    TopicFinding,
)
from traektoria.diagnostics.permissions.campaigns import keeps_campaign
from traektoria.diagnostics.queries.marking import waiting_for_marks
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.diagnosing import DiagnosticsRules
from traektoria.organisations.regulations.reading import rules_of
from traektoria.people.actor import Actor

SCHEMA = 1
BATCH = 1000
_TENTH = Decimal("0.001")


@transaction.atomic
def analyse_campaign(*, campaign: Campaign, by: Actor | None) -> list[PartAnalysis]:
    """Make the figures of every part. ``by`` is the coordinator, or None for the system at the closing.

    Tasks whose answers still wait for marks are left out, and the page says so. Raises ``Conflict`` before the closing.
    """
    if by is not None:
        keeps_campaign(by, campaign)
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if row.state != CampaignState.CLOSED:
        raise Conflict(_("Figures are made when the diagnostics is closed."), code="not_closed")
    rules = rules_for(row)
    sheets = [(part, read_sheet(part)) for part in row.parts.select_related("version__instrument")]
    made = [_analysed(part, sheet, rules) for part, sheet in sheets]
    _keep_named(row, [sheet for _part, sheet in sheets])
    audit.record("campaign.analyse", row, by=by, parts=len(made), people=sum(len(s.rows) for _p, s in sheets))
    return made


def rules_for(campaign: Campaign) -> DiagnosticsRules:
    """The rules of diagnostics in force on the day when the campaign was opened: those that people agreed to."""
    day = timezone.localdate(campaign.opened_at) if campaign.opened_at else None
    return rules_of(regulation_in_force(campaign.centre_id, day)).diagnostics


def _analysed(part: CampaignPart, sheet: Sheet, rules: DiagnosticsRules) -> PartAnalysis:
    figures = item_figures(sheet)
    found, refused = find_topics(sheet, rules)
    _keep_findings(part, sheet, found)
    _mark_items(sheet, figures["items"])
    content = {
        "schema": SCHEMA,
        "people": len(sheet.rows),
        "silent": sheet.silent,
        "waiting": sheet.waiting,
        **figures,
        "topics": {"refused": refused, "few": len(sheet.rows) < rules.least_people},
        "survey": survey_figures(sheet, Settings.model_validate(part.version.settings).scales),
        "rules": rules.model_dump(mode="json"),
    }
    return PartAnalysis.objects.update_or_create(part=part, defaults={"content": content})[0]


def _keep_findings(part: CampaignPart, sheet: Sheet, found: Iterable[Found]) -> None:
    TopicFinding.objects.filter(sitting__part=part).delete()
    rows = [
        TopicFinding(
            sitting_id=sheet.rows[one.row].sitting,
            topic=one.topic,
            block=one.block or CompetenceBlock.SUBJECT,
            items=one.items,
            points=Decimal(one.points).quantize(_TENTH),
            most=Decimal(one.most).quantize(_TENTH),
            completion=one.completion,
            low=one.low,
            high=one.high,
            probability=one.probability,
            finding=one.finding,
        )
        for one in found
    ]
    TopicFinding.objects.bulk_create(rows, batch_size=BATCH)


def _keep_named(campaign: Campaign, sheets: Iterable[Sheet]) -> None:
    NamedDifficulty.objects.filter(participant__campaign=campaign).delete()
    pairs = dict.fromkeys(pair for sheet in sheets for pair in named_topics(sheet))
    rows = [NamedDifficulty(participant_id=participant, topic=topic) for participant, topic in pairs]
    NamedDifficulty.objects.bulk_create(rows, batch_size=BATCH)


def _mark_items(sheet: Sheet, items: Iterable[dict[str, Any]]) -> None:
    """Figures of the bank's items from this analysis; with fewer than ten people behind them they stay as they were."""
    by_item: dict[int, list[dict[str, Any]]] = {}
    for figures in items:
        by_item.setdefault(figures["item"], []).append(figures)
    asked = _asked([column.item for column in sheet.columns])
    rows = list(BankItem.objects.select_for_update(of=("self",)).filter(pk__in=asked).order_by("pk"))
    for row in rows:
        row.asked = asked[row.pk]
        _mark(row, by_item.get(row.pk, []))
    fields = ["facility", "rest", "difficulty", "discrimination", "n", "asked"]
    BankItem.objects.bulk_update(rows, fields, batch_size=500)


def _mark(row: BankItem, figures: list[dict[str, Any]]) -> None:
    """Of an item that both forms have: means weighted by their people. Without a model its older figures stay."""
    known = [one for one in figures if one["facility"] is not None]
    n = sum(one["n"] for one in known)
    if n < LEAST:
        return
    row.n = n
    row.facility = sum(one["facility"] * one["n"] for one in known) / n
    rests = [(one["item_rest"], one["n"]) for one in known if one["item_rest"] is not None]
    row.rest = sum(rest * people for rest, people in rests) / sum(people for _rest, people in rests) if rests else None
    if known[0]["difficulty"] is not None:
        row.difficulty, row.discrimination = known[0]["difficulty"], known[0]["discrimination"]


def _asked(items: list[int]) -> dict[int, int]:
    """How many people have had each item in all campaigns. One query."""
    begun = Sitting.objects.exclude(state=SittingState.NEW).filter(
        part__version__items__item_version__item__in=items, form=F("part__version__items__form")
    )
    counted = begun.order_by().values_list("part__version__items__item_version__item")
    people = dict(counted.annotate(n=Count("participant__person", distinct=True)))
    return {item: people.get(item, 0) for item in items}


def analyse_if_ready(campaign: Campaign) -> bool:
    """At the closing, by the system: make the figures where nobody has to mark anything first."""
    if campaign.state != CampaignState.CLOSED or waiting_for_marks(campaign).exists():
        return False
    if not Sitting.objects.filter(part__campaign=campaign).exclude(state=SittingState.NEW).exists():
        return False
    analyse_campaign(campaign=campaign, by=None)
    return True
