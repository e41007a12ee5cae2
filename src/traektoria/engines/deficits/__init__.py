"""Questions and suppositions for a teacher from the results of the classes taught (`propose`). Never a verdict.

Also what a control work says of topics (`estimate_mastery`), and groups for common routes (`suggest_groups`).
The names are loaded on first use.
"""

from typing import TYPE_CHECKING

from traektoria.engines.lazy_imports import loaded_on_use

if TYPE_CHECKING:
    from .evidence import NOTHING, ClassKey, Own, Sample, Work
    from .group_suggestions import suggest_groups
    from .groups import Alone, CommonTopic, Group, Grouping, GroupRule, Learner, Reason
    from .mastery import Mastery, MasteryRule, TopicMastery, Verdict, estimate_mastery
    from .places import Area, Place
    from .proposal import DEFAULT, Ground, Piece, Proposals, ReflectionQuestion, Rule, Strength, Supposition, propose

__all__ = [
    "DEFAULT",
    "NOTHING",
    "Alone",
    "Area",
    "ClassKey",
    "CommonTopic",
    "Ground",
    "Group",
    "GroupRule",
    "Grouping",
    "Learner",
    "Mastery",
    "MasteryRule",
    "Own",
    "Piece",
    "Place",
    "Proposals",
    "Reason",
    "ReflectionQuestion",
    "Rule",
    "Sample",
    "Strength",
    "Supposition",
    "TopicMastery",
    "Verdict",
    "Work",
    "estimate_mastery",
    "propose",
    "suggest_groups",
]

__getattr__ = loaded_on_use(
    __name__,
    {
        "evidence": ("NOTHING", "ClassKey", "Own", "Sample", "Work"),
        "group_suggestions": ("suggest_groups",),
        "groups": ("Alone", "CommonTopic", "Group", "Grouping", "GroupRule", "Learner", "Reason"),
        "mastery": ("Mastery", "MasteryRule", "TopicMastery", "Verdict", "estimate_mastery"),
        "places": ("Area", "Place"),
        "proposal": (
            "DEFAULT",
            "Ground",
            "Piece",
            "Proposals",
            "ReflectionQuestion",
            "Rule",
            "Strength",
            "Supposition",
            "propose",
        ),
    },
)
