"""Groups for common routes, suggested from confirmed deficits: who could learn together, on what, and why.

Average linkage (Sokal & Michener 1958) on the weighted Jaccard distance 1 − Σ min / Σ max of two people's deficits,
each subject by itself. The tree is cut where groups keep their bounds and have common topics; who is left over joins
the nearest group that stays sound. A suggestion for a person to decide on: docs/forms-and-groups.md says what it isn't.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from traektoria.engines.psychometrics.arrays import Floats

from .groups import Alone, CommonTopic, Group, Grouping, GroupRule, Learner, Reason

if TYPE_CHECKING:
    from scipy.cluster.hierarchy import ClusterNode

Members = tuple[int, ...]
CLOSE = 1e-9


def suggest_groups(learners: Sequence[Learner], rule: GroupRule | None = None) -> Grouping:
    """The order of learners does not matter. A learner may appear once for each subject.

    Raises ValueError for the same key twice in a subject, a weight that is not positive and finite, or bounds that
    leave no group (2 ≤ least ≤ most, 0.5 ≤ common ≤ 1).
    """
    rule = rule or GroupRule()
    _check(learners, rule)
    strata: dict[tuple[str, str], list[Learner]] = {}
    for learner in sorted(learners, key=lambda learner: (learner.subject, learner.key)):
        strata.setdefault((learner.subject, learner.place if rule.one_place else ""), []).append(learner)
    parts = [_Stratum(people, rule).suggest() for _, people in sorted(strata.items())]
    groups = [group for part in parts for group in part.groups]
    alone = [person for part in parts for person in part.alone]
    return Grouping(
        tuple(sorted(groups, key=lambda group: (group.subject, -len(group.people), group.people))),
        tuple(sorted(alone, key=lambda person: (person.subject, person.key))),
    )


def _check(learners: Sequence[Learner], rule: GroupRule) -> None:
    if not (2 <= rule.least <= rule.most and 0.5 <= rule.common <= 1):
        raise ValueError(f"no group keeps these bounds: {rule}")
    if len({(learner.subject, learner.key) for learner in learners}) < len(learners):
        raise ValueError("the same key twice in a subject")
    weights = [weight for learner in learners for weight in learner.topics.values()]
    if not all(0 < weight < np.inf for weight in weights):
        raise ValueError("a weight that is not positive and finite")


class _Stratum:
    """People who may be in one group, sorted by key; `weights` (people, topics), 0 where there is no deficit."""

    def __init__(self, people: Sequence[Learner], rule: GroupRule) -> None:
        self.people, self.rule = people, rule
        self.topics = sorted({topic for person in people for topic in person.topics})
        self.weights = np.array([[person.topics.get(topic, 0.0) for topic in self.topics] for person in people])
        self.has = self.weights > 0
        self.distances = _distances(self.weights)

    def suggest(self) -> Grouping:
        groups, left = self._cut([i for i in range(len(self.people)) if self.has[i].any()])
        while True:
            groups, left = self._joined(groups, left)
            more, left = self._cut(left)
            if not more:
                break
            groups += more
        placed = {i for group in groups for i in group}
        alone = [self._alone(i) for i in range(len(self.people)) if i not in placed]
        return Grouping(tuple(self._group(group, groups) for group in groups), tuple(alone))

    def _cut(self, people: Sequence[int]) -> tuple[list[Members], list[int]]:
        """Groups among these people, and who is in none."""
        from scipy.cluster.hierarchy import linkage, to_tree
        from scipy.spatial.distance import squareform

        if len(people) < self.rule.least:
            return [], list(people)
        apart = squareform(self.distances[np.ix_(people, people)], checks=False)
        groups = self._best(to_tree(linkage(apart, method="average")), people)
        placed = {i for group in groups for i in group}
        return groups, [i for i in people if i not in placed]

    def _best(self, root: ClusterNode, people: Sequence[int]) -> list[Members]:
        """From the leaves up: the groups of a node are itself, its even parts, or those of its two children."""
        best: dict[int, list[Members]] = {}
        for node in _leaves_first(root):
            members = tuple(people[leaf] for leaf in node.pre_order())
            whole = self._parts(members)
            parted = [] if node.is_leaf() else best[node.left.id] + best[node.right.id]
            best[node.id] = self._better(whole, parted)
        return best[root.id]

    def _parts(self, members: Members) -> list[Members]:
        """All of them as one group, or as few even parts as the bound asks, in the order of the tree; or nothing."""
        number = -(-len(members) // self.rule.most)
        edges = [len(members) * part // number for part in range(number + 1)]
        parts = [members[first:last] for first, last in pairwise(edges)]
        return parts if all(self._is_sound(part) for part in parts) else []

    def _is_sound(self, members: Members) -> bool:
        fits = self.rule.least <= len(members) <= self.rule.most
        return fits and bool(self.has[list(members)][:, self._common(members)].any(1).all())

    def _common(self, members: Members) -> list[int]:
        """Places of the topics that enough of them have."""
        shares = self.has[list(members)].mean(0)
        return [int(place) for place in np.flatnonzero(shares >= self.rule.common - CLOSE)]

    def _better(self, whole: list[Members], parted: list[Members]) -> list[Members]:
        """More people in groups; else fewer groups, unless parting covers noticeably more."""
        inside, outside = sum(map(len, whole)), sum(map(len, parted))
        if inside != outside:
            return whole if inside > outside else parted
        gain = self._covered(parted) - self._covered(whole)
        return parted if gain > (self.rule.gain - CLOSE if len(parted) > len(whole) else CLOSE) else whole

    def _covered(self, groups: list[Members]) -> float:
        """Mean coverage of all people in these groups."""
        people = sum(map(len, groups))
        return sum(self._coverage(group) * len(group) for group in groups) / people if people else 0.0

    def _coverage(self, members: Members) -> float:
        own = self.weights[list(members)]
        return float((own[:, self._common(members)].sum(1) / own.sum(1)).mean())

    def _joined(self, groups: list[Members], left: list[int]) -> tuple[list[Members], list[int]]:
        """Each left person joins the nearest group that stays sound with them."""
        groups, still = list(groups), []
        for i in left:
            near = sorted(range(len(groups)), key=lambda g: (self._apart(i, groups[g]), groups[g]))
            place = next((g for g in near if self._is_sound((*groups[g], i))), None)
            if place is None:
                still.append(i)
            else:
                groups[place] = (*groups[place], i)
        return groups, still

    def _apart(self, i: int, members: Members) -> float:
        others = [j for j in members if j != i]
        return round(float(self.distances[i, others].mean()), 9) if others else 0.0

    def _group(self, members: Members, groups: Sequence[Members]) -> Group:
        people = sorted(members)
        common = self._common(members)
        topics = [self._topic(people, place) for place in range(len(self.topics)) if self.has[people, place].any()]
        names = {self.topics[place] for place in common}
        order = sorted(topics, key=lambda topic: (-topic.n, -round(topic.weight, 9), topic.topic))
        return Group(
            subject=self.people[people[0]].subject,
            people=tuple(self.people[i].key for i in people),
            places=tuple(sorted({self.people[i].place for i in people})),
            topics=tuple(topic for topic in order if topic.topic in names),
            other_topics=tuple(topic for topic in order if topic.topic not in names),
            shared_by_all=int(self.has[people].all(0).sum()),
            coverage=self._coverage(tuple(people)),
            distance=float(np.mean([self._apart(i, members) for i in people])),
            silhouette=self._silhouette(members, groups),
        )

    def _topic(self, people: Sequence[int], place: int) -> CommonTopic:
        own = self.weights[people, place]
        n = int((own > 0).sum())
        return CommonTopic(self.topics[place], n, n / len(people), float(own.sum() / n))

    def _silhouette(self, members: Members, groups: Sequence[Members]) -> float | None:
        """Mean of (b − a) / max(a, b): a to one's own group, b to the nearest other (Rousseeuw 1987)."""
        others = [group for group in groups if group != members]
        if not others:
            return None
        own = [(self._apart(i, members), min(self._apart(i, group) for group in others)) for i in members]
        return float(np.mean([(b - a) / max(a, b) if max(a, b) else 0.0 for a, b in own]))

    def _alone(self, i: int) -> Alone:
        sharing = int((self.has[:, self.has[i]].any(1)).sum()) - 1 if self.has[i].any() else 0
        reason = Reason.NO_FITTING_GROUP
        if not self.has[i].any():
            reason = Reason.NO_DEFICITS
        elif sharing == 0:
            reason = Reason.NOTHING_SHARED
        elif sharing + 1 < self.rule.least:
            reason = Reason.TOO_FEW
        return Alone(self.people[i].key, self.people[i].subject, reason, sharing)


def _distances(weights: Floats) -> Floats:
    """1 − Σ min / Σ max (people, people); of two people without deficits 0."""
    lower = np.zeros((len(weights), len(weights)))
    upper = np.zeros_like(lower)
    for column in weights.T:
        lower += np.minimum.outer(column, column)
        upper += np.maximum.outer(column, column)
    return 1 - np.divide(lower, upper, out=np.ones_like(lower), where=upper > 0)


def _leaves_first(root: ClusterNode) -> list[ClusterNode]:
    """All nodes, children before their parents, without recursion: a tree may be as deep as there are people."""
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        found.append(node)
        if not node.is_leaf():
            waiting += [node.left, node.right]
    return found[::-1]
