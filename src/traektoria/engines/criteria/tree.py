"""Conclusions over a tree by strong three-valued logic (Kleene 1952): known as soon as no completion can change it."""

from collections.abc import Iterator, Mapping

from traektoria.engines.criteria.model import Conclusion, Finding, Node, Rule


def conclude(node: Node, findings: Mapping[str, Finding]) -> Conclusion:
    """The conclusion of ``node`` from findings of leaves by slug; a leaf that ``findings`` does not name is unknown."""
    if node.rule == Rule.LEAF:
        return Conclusion(node, findings.get(node.slug, Finding.UNKNOWN))
    below = tuple(conclude(one, findings) for one in node.of)
    met = sum(one.finding == Finding.MET for one in below)
    possible = met + sum(one.finding == Finding.UNKNOWN for one in below)
    return Conclusion(node, _of_counts(met, possible, node.needed), below)


def _of_counts(met: int, possible: int, needed: int) -> Finding:
    if met >= needed:
        return Finding.MET
    return Finding.NOT_MET if possible < needed else Finding.UNKNOWN


def missing(conclusion: Conclusion) -> list[str]:
    """Slugs of the leaves that decide: not met (or unknown) and under no group that is met without them.

    Were all of them met, the whole would be met; while none of them is, nothing else can make it so. Of «any» all the
    ways are named, though one would do. Empty where the whole is met. In the order of the tree.
    """
    return list(_missing(conclusion))


def _missing(conclusion: Conclusion) -> Iterator[str]:
    if conclusion.finding == Finding.MET:
        return
    if conclusion.node.rule == Rule.LEAF:
        yield conclusion.slug
    for one in conclusion.of:
        yield from _missing(one)
