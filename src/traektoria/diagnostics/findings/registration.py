"""What results of campaigns tell the rooms below: how their events and openings read."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import word_events
from traektoria.diagnostics.bank.registries import VersionFacts, item_facts
from traektoria.diagnostics.bank.statistics import shares_of
from traektoria.diagnostics.campaigns.signals import closed
from traektoria.diagnostics.findings.actions.analysis import analyse_if_ready
from traektoria.diagnostics.findings.actions.erasing import erase_findings, erase_publications, unseal
from traektoria.diagnostics.findings.queries.figures import published_of
from traektoria.diagnostics.sittings.signals import erased, forgotten, withdrawn

closed.connect(lambda campaign, **_: analyse_if_ready(campaign), weak=False, dispatch_uid="findings.analyse")
erased.connect(erase_findings, dispatch_uid="findings.erase")
withdrawn.connect(unseal, dispatch_uid="findings.unseal")
forgotten.connect(erase_publications, dispatch_uid="findings.forget")
item_facts.add(VersionFacts("findings", 20, lambda version: {"shares": shares_of(published_of(version))}))
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
word_events(_WORDS)
