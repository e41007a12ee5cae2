"""Why an adaptive sitting cannot be: a code and its figures; the words are the caller's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Parameter = str | int | float | None


class AdaptiveCode(StrEnum):
    """Kinds of refusals, each with the figures of its sentence.

    Of the pool: NO_ITEMS; DUPLICATE_ITEM, UNKNOWN_PARAMETERS (no slope or no threshold), BAD_SLOPE (not positive),
    BAD_THRESHOLD (not finite), each with `key`. Of the rules: BAD_RULE `name`, `value`; TOPIC_WITHOUT_ITEMS `topic`,
    `needed`, `there`; RATE_TOO_LOW `topic`, `needed`, `there`, `rate` (so many items cannot serve everybody at that
    rate); MINIMA_TOO_LONG `needed`, `most`. Of the answers: UNKNOWN_ITEM, REPEATED_ITEM `key`; BAD_SCORE `key`,
    `score`, `most`: whole points are needed, a share of them is no answer.
    """

    NO_ITEMS = "no_items"
    DUPLICATE_ITEM = "duplicate_item"
    UNKNOWN_PARAMETERS = "unknown_parameters"
    BAD_SLOPE = "bad_slope"
    BAD_THRESHOLD = "bad_threshold"
    BAD_RULE = "bad_rule"
    TOPIC_WITHOUT_ITEMS = "topic_without_items"
    RATE_TOO_LOW = "rate_too_low"
    MINIMA_TOO_LONG = "minima_too_long"
    UNKNOWN_ITEM = "unknown_item"
    REPEATED_ITEM = "repeated_item"
    BAD_SCORE = "bad_score"


@dataclass(frozen=True)
class AdaptiveProblem:
    """One thing that is wrong."""

    code: AdaptiveCode
    parameters: dict[str, Parameter] = field(default_factory=dict)


class AdaptiveRefused(Exception):
    """Nothing was chosen. `problems` holds at least one."""

    def __init__(self, problems: Sequence[AdaptiveProblem]) -> None:
        super().__init__("; ".join(f"{problem.code}: {problem.parameters}" for problem in problems))
        self.problems = tuple(problems)

    @property
    def code(self) -> AdaptiveCode:
        return self.problems[0].code


def refuse(problems: Sequence[AdaptiveProblem]) -> None:
    """Raise them, if there are any."""
    if problems:
        raise AdaptiveRefused(problems)
