"""Suggested groups for common routes: what they are made of, and what explains them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Learner:
    """A person with confirmed deficits of one subject: topic → weight (a probability, or any positive number)."""

    key: str
    place: str
    subject: str
    topics: Mapping[str, float]


@dataclass(frozen=True)
class GroupRule:
    """From `least` to `most` people. A common topic is a deficit of a share `common` of them, and everybody has one.

    A group is parted where both parts stand by themselves and their common topics cover a share `gain` more of the
    deficits of their people. `one_place`: groups within a school only.
    """

    least: int = 3
    most: int = 12
    common: float = 0.6
    gain: float = 0.10
    one_place: bool = False


@dataclass(frozen=True)
class CommonTopic:
    """A topic of a group: how many have it, which share that is, and the mean weight among those."""

    topic: str
    n: int
    share: float
    weight: float


@dataclass(frozen=True)
class Group:
    """A suggestion with its explanation. `topics` the common ones, the most shared first; `other_topics` the rest.

    `shared_by_all` how many topics everybody has; `coverage` the mean share of a person's deficits (by weight) that are
    common topics; `distance` mean between two members (0: the same deficits, 1: none shared); `silhouette` −1 … 1
    against the other groups of the subject (None: there is no other).
    """

    subject: str
    people: tuple[str, ...]
    places: tuple[str, ...]
    topics: tuple[CommonTopic, ...]
    other_topics: tuple[CommonTopic, ...]
    shared_by_all: int
    coverage: float
    distance: float
    silhouette: float | None


class Reason(StrEnum):
    """NO_DEFICITS: none confirmed. NOTHING_SHARED: with nobody. TOO_FEW: with fewer than a group needs.

    NO_FITTING_GROUP: with enough people, but their groups are full, or about other topics.
    """

    NO_DEFICITS = "no_deficits"
    NOTHING_SHARED = "nothing_shared"
    TOO_FEW = "too_few"
    NO_FITTING_GROUP = "no_fitting_group"


@dataclass(frozen=True)
class Alone:
    """A person without a group; `sharing` others of the subject have a deficit in common with them."""

    key: str
    subject: str
    reason: Reason
    sharing: int


@dataclass(frozen=True)
class Grouping:
    """Groups by subject, the larger first; then who is left, by key."""

    groups: tuple[Group, ...]
    alone: tuple[Alone, ...]
