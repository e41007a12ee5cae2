"""A tree of criteria, what is found of its leaves, what follows for the whole."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """A leaf is met or not by itself; a group by the number of its criteria that are met."""

    LEAF = "leaf"
    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"


class Truth(StrEnum):
    """Three values: what nobody has looked at is neither met nor unmet."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Node:
    """A criterion; ``number`` says how many of ``of`` are needed where the rule is «at least»."""

    slug: str
    rule: Rule = Rule.LEAF
    number: int = 1
    of: tuple["Node", ...] = ()

    @property
    def needed(self) -> int:
        """How many of ``of`` must be met; a group of nothing by «all» is met."""
        return {Rule.ALL: len(self.of), Rule.ANY: 1}.get(self.rule, self.number)


@dataclass(frozen=True)
class Conclusion:
    """What is concluded of a node and of all below it, in the shape of its tree."""

    node: Node
    finding: Truth
    of: tuple["Conclusion", ...] = ()

    @property
    def slug(self) -> str:
        return self.node.slug
