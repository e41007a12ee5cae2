"""Suppositions of deficits with their evidence; instruments, campaigns and sittings that evidence comes from."""

from traektoria.diagnostics.models.campaigns import (
    Answer,
    Campaign,
    CampaignAnalysis,
    Mark,
    Participant,
    Sitting,
    TopicFinding,
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

__all__ = [
    "Answer",
    "BankItem",
    "Campaign",
    "CampaignAnalysis",
    "FormItem",
    "Hypothesis",
    "Instrument",
    "InstrumentVersion",
    "ItemPicture",
    "ItemVersion",
    "Mark",
    "Participant",
    "Sitting",
    "TopicFinding",
]
