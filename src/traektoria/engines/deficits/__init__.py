"""First hypotheses of a teacher's deficits, proposed from the results of the classes taught. Never a verdict."""

from .evidence import NOTHING, Sample, SkillEvidence
from .mastery import Mastery, MasteryRule, TopicMastery, Verdict, estimate_mastery
from .proposal import DEFAULT, Basis, Candidate, Rule, Strength, propose

__all__ = [
    "DEFAULT",
    "NOTHING",
    "Basis",
    "Candidate",
    "Mastery",
    "MasteryRule",
    "Rule",
    "Sample",
    "SkillEvidence",
    "Strength",
    "TopicMastery",
    "Verdict",
    "estimate_mastery",
    "propose",
]
