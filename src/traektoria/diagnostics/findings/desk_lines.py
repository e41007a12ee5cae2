"""What of results lies on «My day»."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.registries import DeskGroup, DeskLine
from traektoria.diagnostics.findings.queries.findings import told_lately
from traektoria.people.actor import Actor


def figures_line(number: int, first: int) -> DeskLine:
    """Closed campaigns whose figures are not made; the only one is opened at once."""
    what = ngettext(
        "Results of %(n)s diagnostics wait to be made", "Results of %(n)s diagnostics wait to be made", number
    )
    only = reverse("diagnostics:campaign_results", args=[first])
    return DeskLine(
        group=DeskGroup.TODAY,
        what=what % {"n": number},
        who=_("when the answers are marked"),
        url=only if number == 1 else reverse("diagnostics:campaign_list"),
        action=_("Open"),
    )


def lines_told(actor: Actor, now: datetime) -> Iterable[DeskLine]:
    """What the person's works showed lately, a line for each campaign. One query."""
    rows = told_lately(actor, now).select_related("participant__campaign").order_by("part__position", "pk")
    by_campaign = {row.participant.campaign_id: row for row in reversed(rows)}
    for row in by_campaign.values():
        yield DeskLine(
            group=DeskGroup.SOON,
            what=_("What the work showed: %(title)s") % {"title": row.participant.campaign.title},
            who=_("seen by you and your tutor"),
            url=reverse("diagnostics:feedback", args=[row.token]),
            action=_("Look"),
        )
