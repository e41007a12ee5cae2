"""What results of campaigns tell the rooms below: how their events and openings read."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import AuditWording, audit_wording

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
