"""The picture of a campaign by topic and school: what the page shows, and the same as sheets of a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from traektoria.core.figures import rounded
from traektoria.diagnostics.campaigns.models import Campaign
from traektoria.diagnostics.findings.enums import of_asked_tasks
from traektoria.diagnostics.findings.queries import figures as queries
from traektoria.diagnostics.findings.topic_map import HeatMap, PeopleShare, TopicLine, heat_map, topic_lines
from traektoria.results.sheets import Cell, TableSheet

NOTHING: Final[dict[str, Any]] = {"people": 0, "topics": {"lines": [], "map": {"schools": [], "rows": [], "hidden": 0}}}


@dataclass(frozen=True)
class WorkPicture:
    """One work: lines and the map of what is published; ``published`` None: too few people so far; ``of_asked``: by the
    rule of now."""

    title: str
    people: int
    published: datetime | None
    lines: list[TopicLine]
    heat: HeatMap
    of_asked: bool


def pictures_of(campaign: Campaign) -> Iterator[WorkPicture]:
    for state in queries.states_of(campaign.pk):
        if not state.analysis or not state.is_work:
            continue
        shown = state.analysis.published or NOTHING
        heat = heat_map(shown["topics"], queries.schools_named(shown["topics"]["map"]["schools"]))
        yield WorkPicture(
            state.title, shown["people"], state.analysis.published_at, topic_lines(shown["topics"]), heat,
            of_asked_tasks(shown),
        )  # fmt: skip


def topic_sheets(one: WorkPicture, number: int) -> Iterator[TableSheet]:
    columns = (
        _("Topic"), _("People"), _("Expressed, %"), _("Interval"), _("Possible, %"), _("No grounds, %"),
        _("Little data, %"),
    )  # fmt: skip
    yield TableSheet(_("%(n)s. Topics") % {"n": number}, columns, tuple(map(_line, one.lines)))
    if one.heat.rows:
        rows = tuple((topic, *(cell.words for cell in cells)) for topic, cells in one.heat.rows)
        yield TableSheet(_("%(n)s. Schools") % {"n": number}, (_("Topic"), *one.heat.schools), rows)


def _line(line: TopicLine) -> tuple[Cell, ...]:
    first, *others = line.shares
    return (line.topic, line.n, _said(first), first.interval if first else None, *map(_said, others))


def _said(share: PeopleShare | None) -> Cell:
    return _("hidden") if share is None else rounded(share.percent)


def sheets_of(campaign: Campaign) -> list[TableSheet]:
    """What the page shows, and nothing more."""
    sheets = [sheet for number, one in enumerate(pictures_of(campaign), 1) for sheet in topic_sheets(one, number)]
    return sheets or [TableSheet(_("Topics"), (_("Topic"),), ())]
