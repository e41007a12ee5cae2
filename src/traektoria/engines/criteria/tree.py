"""Conclusions over a tree by strong three-valued logic (Kleene 1952): known as soon as no completion can change it."""

from collections.abc import Iterator, Mapping

from traektoria.engines.criteria.model import Conclusion, Node, Rule, Truth


def conclude(node: Node, findings: Mapping[str, Truth]) -> Conclusion:
    """The conclusion of ``node`` from findings of leaves by slug; a leaf that ``findings`` does not name is unknown."""
    if node.rule == Rule.LEAF:
        return Conclusion(node, findings.get(node.slug, Truth.UNKNOWN))
    below = tuple(conclude(one, findings) for one in node.of)
    met = sum(one.finding == Truth.MET for one in below)
    possible = met + sum(one.finding == Truth.UNKNOWN for one in below)
    return Conclusion(node, _of_counts(met, possible, node.needed), below)


def _of_counts(met: int, possible: int, needed: int) -> Truth:
    if met >= needed:
        return Truth.MET
    return Truth.NOT_MET if possible < needed else Truth.UNKNOWN


def missing(conclusion: Conclusion) -> list[str]:
    """Slugs of the leaves that decide: not met (or unknown) and under no group that is met without them.

    Were all of them met, the whole would be met; while none of them is, nothing else can make it so. Of «any» all the
    ways are named, though one would do. Empty where the whole is met. In the order of the tree.
    """
    return list(_missing(conclusion))


def _missing(conclusion: Conclusion) -> Iterator[str]:
    if conclusion.finding == Truth.MET:
        return
    if conclusion.node.rule == Rule.LEAF:
        yield conclusion.slug
    for one in conclusion.of:
        yield from _missing(one)
