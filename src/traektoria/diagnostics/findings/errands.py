"""Figures of a campaign as files: made by the worker where they are long."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.boxes import sentence
from traektoria.core.errands import Doing, Made
from traektoria.core.errors import Conflict
from traektoria.core.files import XLSX
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart
from traektoria.diagnostics.campaigns.queries.campaigns import campaigns_kept_by, parts_read_by
from traektoria.diagnostics.findings.item_report import report_of
from traektoria.diagnostics.findings.queries import figures as queries
from traektoria.diagnostics.findings.survey_report import questions_of, scales_of
from traektoria.diagnostics.findings.topic_sheets import pictures_of, sheets_of
from traektoria.diagnostics.findings.workbook import part_sheets
from traektoria.people.access_log import log_access
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.results.sheets import as_xlsx

PART, TOPICS = "diagnostics.part", "diagnostics.topics"
ROWS_A_TASK: Final = 6
"""A line of the task, and about five of the answers chosen."""


def rows_of(part: CampaignPart) -> int:
    """About how many rows the file of a part has, without making it. Raises ``Conflict`` for what can't be read."""
    content = _content(part)
    return ROWS_A_TASK * len(content["items"])


def _content(part: CampaignPart) -> dict[str, Any]:
    content: dict[str, Any] | None = part.analysis.published
    if content is None:
        raise Conflict(sentence(), code="unreadable")
    return content


def part_facts(part: CampaignPart) -> dict[str, Any]:
    """Of one publication: what was published anew, or was taken back, is another file."""
    return {"part": part.pk, "published": published([part.analysis.published_at])}


def published(moments: Iterable[datetime | None]) -> list[str]:
    return [moment.isoformat() if moment else "" for moment in moments]


def check_published(facts: dict[str, Any], now: list[str]) -> None:
    if facts["published"] != now:
        raise Conflict(_("The figures have changed since. Make the file again."), code="changed")


def check_part(actor: Actor, facts: dict[str, Any]) -> None:
    part = parts_read_by(actor).filter(pk=facts["part"], analysis__published_at__isnull=False).first()
    if part is None:
        raise Http404
    check_published(facts, published([part.analysis.published_at]))


def make_part(doing: Doing) -> Made:
    """What is published of it now."""
    part = parts_read_by(doing.actor).get(pk=doing.facts["part"])
    content, facts = _content(part), queries.facts_of(part)
    survey = content["survey"]
    sheets = part_sheets(report_of(content, facts), questions_of(survey, facts), scales_of(survey))
    name = f"diagnostics-{part.campaign_id}-{part.position}.xlsx"
    return Made(as_xlsx(sheets), name, XLSX, sum(len(sheet.rows) for sheet in sheets))


def part_fetched(actor: Actor, facts: dict[str, Any]) -> None:
    part = parts_read_by(actor).get(pk=facts["part"])
    log_access(
        by=actor, purpose=Purpose.EXPORT, kind="diagnostics.part", subject_id=part.pk,
        centre_id=part.campaign.centre_id,
    )  # fmt: skip


def topics_facts(campaign: Campaign) -> dict[str, Any]:
    """Of the publications of all its works, as they are."""
    return {"campaign": campaign.pk, "published": published(one.published for one in pictures_of(campaign))}


def check_topics(actor: Actor, facts: dict[str, Any]) -> None:
    campaign = campaigns_kept_by(actor).filter(pk=facts["campaign"]).first()
    if campaign is None:
        raise Http404
    check_published(facts, topics_facts(campaign)["published"])


def make_topics(doing: Doing) -> Made:
    campaign = campaigns_kept_by(doing.actor).get(pk=doing.facts["campaign"])
    sheets = sheets_of(campaign)
    rows = sum(len(sheet.rows) for sheet in sheets)
    return Made(as_xlsx(sheets), f"diagnostics-topics-{campaign.pk}.xlsx", XLSX, rows)


def topics_fetched(actor: Actor, facts: dict[str, Any]) -> None:
    log_topics(actor, campaigns_kept_by(actor).get(pk=facts["campaign"]), Purpose.EXPORT)


def log_topics(actor: Actor, campaign: Campaign, purpose: Purpose) -> None:
    log_access(
        by=actor, purpose=purpose, kind="diagnostics.topics", subject_id=campaign.pk, centre_id=campaign.centre_id
    )


errand_kinds.add(
    ErrandKind(PART, 42, gettext_lazy("Figures of a work as a file"), 500, check_part, make_part, part_fetched)
)
errand_kinds.add(
    ErrandKind(TOPICS, 43, gettext_lazy("Picture of topics as a file"), 500, check_topics, make_topics, topics_fetched)
)
