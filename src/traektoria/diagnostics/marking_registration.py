"""What marking and results lay on the desk, and how their events read."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.registries import (
    AuditWording,
    DeskGroup,
    DeskLine,
    DeskSource,
    audit_wording,
    desk,
)
from traektoria.diagnostics.queries import marking as queries
from traektoria.diagnostics.queries.results import campaigns_without_figures
from traektoria.people.actor import Actor

MOST = 3


def answers_to_mark(actor: Actor, today: date) -> Iterable[DeskLine]:
    """Answers that wait for this marker. One query, and only for a tutor."""
    left = queries.left_count(actor) if actor.is_tutor else 0
    if left:
        yield DeskLine(
            group=DeskGroup.TODAY,
            what=ngettext("%(n)s answer to mark", "%(n)s answers to mark", left) % {"n": left},
            who=_("without names; one at a time"),
            url=reverse("diagnostics:marking_list"),
            action=_("Mark"),
        )


def figures_to_make(actor: Actor, today: date) -> Iterable[DeskLine]:
    """Closed campaigns whose figures are not made. One query, and only for a coordinator."""
    for campaign in campaigns_without_figures(actor)[:MOST] if actor.is_coordinator else ():
        yield DeskLine(
            group=DeskGroup.TODAY,
            what=_("Results wait to be made: %(title)s") % {"title": campaign.title},
            who=_("when the answers are marked"),
            url=reverse("diagnostics:campaign_results", args=[campaign.pk]),
            action=_("Open"),
        )


desk.add(DeskSource("diagnostics.marking", 21, answers_to_mark))
desk.add(DeskSource("diagnostics.figures", 26, figures_to_make))
_WORDS = {
    "campaign.hand_out": gettext_lazy("answers handed out to markers"),
    "campaign.change_markers": gettext_lazy("markers of the diagnostics changed"),
    "marking.done": gettext_lazy("extended answer marked"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 290 + number, sentence))
