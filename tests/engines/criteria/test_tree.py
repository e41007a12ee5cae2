"""Conclusions over a tree against brute force: every way to find out what is still unknown."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traektoria.engines.criteria import Node, Rule, Truth, conclude, missing

MET, NOT, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN
ORDER = {NOT: 0, UNKNOWN: 1, MET: 2}


def group(rule: Rule, *of: Node, number: int = 1, slug: str = "group") -> Node:
    return Node(slug, rule, number, of)


def leaves(node: Node) -> list[str]:
    return [node.slug] if node.rule == Rule.LEAF else [slug for one in node.of for slug in leaves(one)]


def numbered(node: Node, taken: list[int]) -> Node:
    """The same tree with a slug of its own for each leaf."""
    if node.rule == Rule.LEAF:
        taken.append(len(taken))
        return Node(f"leaf_{taken[-1]}")
    return Node(node.slug, node.rule, node.number, tuple(numbered(one, taken) for one in node.of))


def _groups(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.lists(children, max_size=3).flatmap(
        lambda of: st.builds(
            Node, st.just("group"), st.sampled_from([Rule.ALL, Rule.ANY, Rule.AT_LEAST]), st.integers(1, 3),
            st.just(tuple(of)),
        )
    )  # fmt: skip


TREES = st.recursive(st.just(Node("leaf")), _groups, max_leaves=6).map(lambda node: numbered(node, []))


@st.composite
def found(draw: st.DrawFn) -> tuple[Node, dict[str, Truth]]:
    tree = draw(TREES)
    return tree, {slug: draw(st.sampled_from(Truth)) for slug in leaves(tree)}


def truth(node: Node, met: dict[str, bool]) -> bool:
    """Plain two-valued logic, written apart from the engine."""
    if node.rule == Rule.LEAF:
        return met[node.slug]
    values = [truth(one, met) for one in node.of]
    if node.rule == Rule.ALL:
        return all(values)
    return any(values) if node.rule == Rule.ANY else values.count(True) >= node.number


def completions(findings: dict[str, Truth]) -> list[dict[str, bool]]:
    options = [{MET: [True], NOT: [False]}.get(one, [True, False]) for one in findings.values()]
    return [dict(zip(findings, values, strict=True)) for values in product(*options)]


@given(found())
def test_what_is_concluded_holds_in_every_completion(case: tuple[Node, dict[str, Truth]]) -> None:
    tree, findings = case
    outcomes = {truth(tree, one) for one in completions(findings)}
    finding = conclude(tree, findings).finding
    assert finding == UNKNOWN or outcomes == {finding == MET}
    assert (outcomes == {True}, outcomes == {False}) == (finding == MET, finding == NOT)


@given(found(), st.data())
def test_more_met_never_concludes_less(case: tuple[Node, dict[str, Truth]], data: st.DataObject) -> None:
    tree, findings = case
    better = {
        slug: data.draw(st.sampled_from([one for one in Truth if ORDER[one] >= ORDER[finding]]))
        for slug, finding in findings.items()
    }
    assert ORDER[conclude(tree, better).finding] >= ORDER[conclude(tree, findings).finding]


@given(found())
def test_the_missing_decide(case: tuple[Node, dict[str, Truth]]) -> None:
    tree, findings = case
    whole = conclude(tree, findings)
    lacking = missing(whole)
    reachable = conclude(tree, dict.fromkeys(findings, MET)).finding == MET
    assert (conclude(tree, {**findings, **dict.fromkeys(lacking, MET)}).finding == MET) == reachable
    without = {slug: finding if slug in lacking else MET for slug, finding in findings.items()}
    assert whole.finding == MET or conclude(tree, without).finding != MET


@pytest.mark.parametrize(
    ("rule", "number", "findings", "expected", "lacking"),
    [
        (Rule.ALL, 1, (MET, UNKNOWN, NOT), NOT, ["b", "c"]),
        (Rule.ALL, 1, (MET, UNKNOWN, MET), UNKNOWN, ["b"]),
        (Rule.ANY, 1, (NOT, UNKNOWN, NOT), UNKNOWN, ["a", "b", "c"]),
        (Rule.ANY, 1, (UNKNOWN, MET, NOT), MET, []),
        (Rule.AT_LEAST, 2, (MET, UNKNOWN, NOT), UNKNOWN, ["b", "c"]),
        (Rule.AT_LEAST, 2, (NOT, UNKNOWN, NOT), NOT, ["a", "b", "c"]),
        (Rule.AT_LEAST, 2, (MET, UNKNOWN, MET), MET, []),
    ],
)
def test_groups(rule: Rule, number: int, findings: tuple[Truth, ...], expected: Truth, lacking: list[str]) -> None:
    tree = group(rule, Node("a"), Node("b"), Node("c"), number=number)
    whole = conclude(tree, dict(zip("abc", findings, strict=True)))
    assert (whole.finding, missing(whole)) == (expected, lacking)


def test_a_leaf_nobody_looked_at_is_unknown() -> None:
    assert conclude(Node("service"), {}).finding == UNKNOWN


def test_groups_of_nothing() -> None:
    assert [conclude(group(rule), {}).finding for rule in (Rule.ALL, Rule.ANY)] == [MET, NOT]
