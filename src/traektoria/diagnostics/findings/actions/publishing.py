"""Publishing the figures of a part: what may be shown, and only when it can't be subtracted from what was shown.

Once published they stay as they are, whoever withdraws or comes late, until so many people differ that the difference
could be shown by itself.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from django.utils import timezone

from traektoria.diagnostics.bank.models import BankItem
from traektoria.diagnostics.findings.analysis.item_figures import LEAST_PEOPLE
from traektoria.diagnostics.findings.analysis.membership import Membership, may_follow, membership_of
from traektoria.diagnostics.findings.analysis.publication import publication_of
from traektoria.diagnostics.findings.analysis.sheet import ScoreSheet
from traektoria.diagnostics.findings.analysis.topics import TopicResult
from traektoria.diagnostics.findings.models import PartAnalysis, Publication

Figures = dict[str, Any]


class Counted(Protocol):
    """What ``findings.actions.analysis`` has made of a part."""

    @property
    def sheet(self) -> ScoreSheet: ...
    @property
    def content(self) -> Figures: ...
    @property
    def found(self) -> Iterable[TopicResult]: ...


def publish(analysis: PartAnalysis, made: Counted) -> PartAnalysis:
    """Replace what is published, where that is allowed and something has changed. Call it in a transaction that holds
    the campaign. Side effect: figures of the bank's items."""
    least = made.content["rules"]["picture_least"]
    shown = publication_of(made.sheet, made.content, made.found, least)
    if shown is None or shown == analysis.published:
        return analysis
    if analysis.published and analysis.published["schema"] != shown["schema"]:
        return analysis  # the rule of conclusions changed: the difference would speak of the few whose word it changed
    new = membership_of(made.sheet, shown, made.found)
    rows = Publication.objects.filter(part=analysis.part_id)
    if not may_follow(new, [Membership.read(row.people) for row in rows], least):
        return analysis
    Publication.objects.create(part_id=analysis.part_id, people=new.as_json())
    analysis.published, analysis.published_at = shown, timezone.now()
    analysis.save(update_fields=["published", "published_at"])
    _mark_items(shown["items"])
    return analysis


def _mark_items(items: Iterable[Figures]) -> None:
    """Figures of the bank's items from what is published; where a figure is hidden they stay as they were."""
    by_item: dict[int, list[Figures]] = {}
    for figures in items:
        by_item.setdefault(figures["item"], []).append(figures)
    rows = list(BankItem.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=by_item).order_by("pk"))
    for row in rows:
        _mark(row, by_item[row.pk])
    fields = ["facility", "rest", "difficulty", "discrimination", "n"]
    BankItem.objects.bulk_update(rows, fields, batch_size=500)


def _mark(row: BankItem, figures: list[Figures]) -> None:
    """Of an item that both forms have: means weighted by their people. Without a model its older figures stay."""
    known = [one for one in figures if one["facility"] is not None and one["n"] is not None]
    n = sum(one["n"] for one in known)
    if n < LEAST_PEOPLE:
        return
    row.n = n
    row.facility = sum(one["facility"] * one["n"] for one in known) / n
    rests = [(one["item_rest"], one["n"]) for one in known if one["item_rest"] is not None]
    row.rest = sum(rest * people for rest, people in rests) / sum(people for _rest, people in rests) if rests else None
    if known[0]["difficulty"] is not None:
        row.difficulty, row.discrimination = known[0]["difficulty"], known[0]["discrimination"]
