"""First hypotheses of a teacher's deficits, proposed from the results of the classes taught. Never a verdict."""

from .evidence import NOTHING, Sample, SkillEvidence
from .proposal import DEFAULT, Basis, Candidate, Rule, Strength, propose

__all__ = [
    "DEFAULT",
    "NOTHING",
    "Basis",
    "Candidate",
    "Rule",
    "Sample",
    "SkillEvidence",
    "Strength",
    "propose",
]
