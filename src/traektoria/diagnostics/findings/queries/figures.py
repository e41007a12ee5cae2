"""What a coordinator reads of a closed campaign: figures of parts; nothing of a single person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from traektoria.diagnostics.bank.models import ItemVersion
from traektoria.diagnostics.campaigns.models import CampaignPart
from traektoria.diagnostics.findings.models import PartAnalysis
from traektoria.diagnostics.instruments.models import FormItem
from traektoria.diagnostics.items.content import Content, content_of
from traektoria.diagnostics.marking.queries import answers_to_mark
from traektoria.organisations.models import School


@dataclass(frozen=True)
class PartState:
    """How far a part is: ``analysis`` is None until figures are made; ``judged`` answers, ``waiting`` without marks."""

    part: CampaignPart
    analysis: PartAnalysis | None
    judged: int
    waiting: int

    @property
    def title(self) -> str:
        return str(self.part.version.instrument)

    @property
    def is_work(self) -> bool:
        return self.part.version.instrument.kind == "control_work"


def states_of(campaign_id: int) -> list[PartState]:
    """Two queries."""
    parts = CampaignPart.objects.filter(campaign=campaign_id).select_related("version__instrument", "analysis")
    rows = list(parts.select_related("campaign").order_by("position", "pk"))
    if not rows:
        return []
    marks = answers_to_mark(rows[0].campaign).order_by().values_list("sitting__part")
    counted = marks.annotate(all=Count("pk"), waiting=Count("pk", filter=Q(score__isnull=True)))
    found = {part: (number, waiting) for part, number, waiting in counted}
    return [PartState(row, getattr(row, "analysis", None), *found.get(row.pk, (0, 0))) for row in rows]


@dataclass(frozen=True)
class ItemFacts:
    """What an item is called and asks, for the words around its figures."""

    name: str
    topic: str
    content: Content


def facts_of(part: CampaignPart) -> Mapping[int, ItemFacts]:
    """By the id of the version. One query."""
    used = FormItem.objects.filter(version=part.version_id).values("item_version")
    rows = ItemVersion.objects.filter(pk__in=used).select_related("item")
    return {row.pk: ItemFacts(row.item.name, row.item.topic, content_of(row.content)) for row in rows}


def schools_named(ids: Iterable[int]) -> dict[int, str]:
    """Names of schools. One query."""
    return dict(School.objects.filter(pk__in=ids).values_list("pk", "name"))


def published_of(version: ItemVersion) -> dict[str, Any] | None:
    """What was published last of an item of the bank: an item or a question of ``PartAnalysis.published``."""
    used = FormItem.objects.filter(item_version=version).values("version")
    rows = PartAnalysis.objects.filter(part__version__in=used, published_at__isnull=False).order_by(
        "-published_at", "-pk"
    )
    content = rows.values_list("published", flat=True).first() or {"items": [], "survey": {"questions": []}}
    found = [*content["items"], *content["survey"]["questions"]]
    return next((one for one in found if one["version"] == version.pk), None)
