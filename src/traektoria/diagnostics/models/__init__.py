"""Suppositions of deficits with their evidence; the instruments, campaigns and sittings that evidence comes from."""

from traektoria.diagnostics.bank.models import BankItem, ItemPicture, ItemVersion
from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart, Participant, Uncounted
from traektoria.diagnostics.findings.models import NamedDifficulty, PartAnalysis, Publication, TopicFinding
from traektoria.diagnostics.instruments.models import FormItem, Instrument, InstrumentVersion
from traektoria.diagnostics.marking.models import Marking
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.diagnostics.protocols.models import Protocol
from traektoria.diagnostics.sittings.models import Answer, Sitting

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
