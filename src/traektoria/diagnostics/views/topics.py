"""The picture of a campaign by topic and school: for the coordinator who plans help."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from traektoria.diagnostics.actions.analysing import rules_for
from traektoria.diagnostics.models import Campaign
from traektoria.diagnostics.queries import results as queries
from traektoria.diagnostics.queries.campaigns import campaigns_kept_by
from traektoria.diagnostics.topic_picture import HeatMap, Share, TopicLine, heat_map, topic_lines
from traektoria.organisations.views import download
from traektoria.people.access_log import log_access
from traektoria.people.enums import Purpose, Role
from traektoria.people.guard import ActorRequest, fetch, guard
from traektoria.results.sheets import Cell, Sheet, as_xlsx


@dataclass(frozen=True)
class WorkPicture:
    """One work: ``people`` who sat it, too ``few`` for anything to be shown, or lines and the map."""

    title: str
    people: int
    few: bool
    lines: list[TopicLine]
    heat: HeatMap


@guard(Role.COORDINATOR)
def campaign_topics(request: ActorRequest, pk: int) -> HttpResponse:
    campaign = fetch(campaigns_kept_by(request.actor), pk=pk)
    _log(request, campaign, Purpose.ANALYSIS)
    context = {
        "campaign": campaign,
        "works": list(_pictures(campaign)),
        "least": rules_for(campaign).picture_least,
    }
    return render(request, "diagnostics/results/topics.html", context)


@guard(Role.COORDINATOR)
def campaign_topics_xlsx(request: ActorRequest, pk: int) -> HttpResponse:
    """What the page shows, and nothing more."""
    campaign = fetch(campaigns_kept_by(request.actor), pk=pk)
    _log(request, campaign, Purpose.EXPORT)
    sheets = [sheet for number, one in enumerate(_pictures(campaign), 1) for sheet in _sheets(one, number)]
    return download(as_xlsx(sheets or [Sheet(_("Topics"), (_("Topic"),), ())]), f"diagnostics-topics-{pk}.xlsx")


def _pictures(campaign: Campaign) -> Iterator[WorkPicture]:
    least = rules_for(campaign).picture_least
    for state in queries.states_of(campaign.pk):
        people = state.analysis.content["people"] if state.analysis and state.is_work else 0
        if not state.analysis or not state.is_work:
            continue
        counts = queries.counts_by_topic(state.part) if people >= least else []
        names = queries.schools_named({school for _topic, school, _finding, _n in counts})
        heat = heat_map(counts, names, least)
        yield WorkPicture(state.title, people, people < least, topic_lines(counts, least), heat)


def _sheets(one: WorkPicture, number: int) -> Iterator[Sheet]:
    columns = (
        _("Topic"), _("People"), _("Expressed, %"), _("Interval"), _("Possible, %"), _("No grounds, %"),
    )  # fmt: skip
    yield Sheet(_("%(n)s. Topics") % {"n": number}, columns, tuple(map(_line, one.lines)))
    if one.heat.rows:
        rows = tuple((topic, *(cell.words for cell in cells)) for topic, cells in one.heat.rows)
        yield Sheet(_("%(n)s. Schools") % {"n": number}, (_("Topic"), *one.heat.schools), rows)


def _line(line: TopicLine) -> tuple[Cell, ...]:
    if line.expressed is None:
        return (line.topic, _("hidden"), None, None, None, None)
    interval = line.expressed.interval
    return (line.topic, line.n, _said(line.expressed), interval, _said(line.possible), _said(line.calm))


def _said(share: Share | None) -> Cell:
    """A number where it is one, words at the ends."""
    if share is None:
        return None
    return Decimal(f"{share.percent:.0f}") if share.interval else share.words


def _log(request: ActorRequest, campaign: Campaign, purpose: Purpose) -> None:
    log_access(
        by=request.actor, purpose=purpose, kind="diagnostics.topics", subject_id=campaign.pk,
        centre_id=campaign.centre_id,
    )  # fmt: skip
