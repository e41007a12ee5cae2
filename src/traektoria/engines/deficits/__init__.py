"""First hypotheses of a teacher's deficits, proposed from the results of the classes taught. Never a verdict.

Also what a control work says of topics (`estimate_mastery`), and groups for common routes (`suggest_groups`).
"""

from .evidence import NOTHING, Sample, SkillEvidence
from .grouping import suggest_groups
from .groups import Alone, CommonTopic, Group, Grouping, GroupRule, Learner, Reason
from .mastery import Mastery, MasteryRule, TopicMastery, Verdict, estimate_mastery
from .proposal import DEFAULT, Basis, Candidate, Rule, Strength, propose

__all__ = [
    "DEFAULT",
    "NOTHING",
    "Alone",
    "Basis",
    "Candidate",
    "CommonTopic",
    "Group",
    "GroupRule",
    "Grouping",
    "Learner",
    "Mastery",
    "MasteryRule",
    "Reason",
    "Rule",
    "Sample",
    "SkillEvidence",
    "Strength",
    "TopicMastery",
    "Verdict",
    "estimate_mastery",
    "propose",
    "suggest_groups",
]
