"""Groups suggested in a process apart: a page of the server loads no SciPy for them."""

from collections.abc import Sequence
from typing import Final

from traektoria.engines.process_apart import Apart

from .groups import Grouping, GroupRule, Learner

GROUPS: Final = Apart("groups", idle=60, patience=90)


def suggest_groups_apart(learners: Sequence[Learner], rule: GroupRule) -> Grouping:
    """``suggest_groups``. Raises ``NoAnswer`` too."""
    return GROUPS.ask(grouped, learners, rule) if learners else Grouping((), ())


def grouped(learners: Sequence[Learner], rule: GroupRule) -> Grouping:
    """In the process apart."""
    from .group_suggestions import suggest_groups  # loads NumPy and SciPy

    return suggest_groups(learners, rule)
