"""What results of campaigns tell the rooms below: how their events and openings read."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import AuditWording, DeskGroup, DeskLine, audit_wording
from traektoria.diagnostics.queries.findings import told_lately
from traektoria.people.actor import Actor


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


_WORDS = {
    "campaign.analyse_asked": gettext_lazy("asked to make the figures of the diagnostics"),
    "campaign.analyse": gettext_lazy("figures of the diagnostics made"),
    "campaign.propose": gettext_lazy("suppositions proposed from the diagnostics"),
    "hypothesis.take": gettext_lazy("topic of the diagnostics taken into the problem field"),
    "access.diagnostics.participants": gettext_lazy("a list of those who take part in a diagnostics"),
    "access.diagnostics.feedback": gettext_lazy("what the diagnostics showed of you"),
    "access.diagnostics.part": gettext_lazy("figures of tasks of a diagnostics"),
    "access.diagnostics.topics": gettext_lazy("picture of topics of a diagnostics"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 280 + number, sentence))
