"""Suppositions of deficits with their evidence; the instruments, campaigns and sittings that evidence comes from."""

from traektoria.diagnostics.models.campaigns import Campaign, CampaignPart, Participant
from traektoria.diagnostics.models.findings import (
    NamedDifficulty,
    PartAnalysis,
    Publication,
    TopicFinding,
    Uncounted,
)
from traektoria.diagnostics.models.hypotheses import Hypothesis
from traektoria.diagnostics.models.instruments import (
    BankItem,
    FormItem,
    Instrument,
    InstrumentVersion,
    ItemPicture,
    ItemVersion,
)
from traektoria.diagnostics.models.protocols import Protocol
from traektoria.diagnostics.models.sittings import Answer, Marking, Sitting

__all__ = [
    "Answer",
    "BankItem",
    "Campaign",
    "CampaignPart",
    "FormItem",
    "Hypothesis",
    "Instrument",
    "InstrumentVersion",
    "ItemPicture",
    "ItemVersion",
    "Marking",
    "NamedDifficulty",
    "PartAnalysis",
    "Participant",
    "Protocol",
    "Publication",
    "Sitting",
    "TopicFinding",
    "Uncounted",
]
