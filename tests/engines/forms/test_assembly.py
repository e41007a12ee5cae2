"""Forms keep the blueprint, are as equal as brute force can make them, and say what they do not know."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from tests.engines.forms.samples import LEVELS, bank
from tests.thoroughness import rounds
from traektoria.engines.forms import Assembly, FormCode, FormRules, FormsRefused, ItemCandidate, Row, assemble_forms
from traektoria.engines.forms.assembly import shortlist
from traektoria.engines.forms.checks import needs_of
from traektoria.engines.forms.exchange import dealt, exchanged
from traektoria.engines.forms.measures import assumed, measures
from traektoria.engines.forms.model import Need
from traektoria.engines.forms.programme import Programme

ANY = [Row(f"topic {topic}", None, 3) for topic in range(4)]
BY_LEVEL = [Row(f"topic {topic}", level, 1) for topic in range(4) for level in LEVELS[:2]]


def chosen(assembly: Assembly, items: Sequence[ItemCandidate]) -> list[list[ItemCandidate]]:
    by_key = {item.key: item for item in items}
    return [[by_key[key] for key in form.items] for form in assembly.forms]


def cost(one: Sequence[ItemCandidate], other: Sequence[ItemCandidate], items: Sequence[ItemCandidate]) -> float:
    """What is made small, written down once more: whole numbers first, then the largest gap, then the mean gap."""
    difficulty = dict(zip([item.key for item in items], assumed(items), strict=True))
    middle = float(np.mean(list(difficulty.values())))
    topics = sorted({item.topic for item in one})

    def gap(value, of=lambda item: True) -> float:  # type: ignore[no-untyped-def]
        return abs(sum(value(item) for item in one if of(item)) - sum(value(item) for item in other if of(item)))

    shape = gap(lambda item: item.points)
    hard = [gap(lambda item: difficulty[item.key]) / len(one)]
    hard.append(gap(lambda item: abs(difficulty[item.key] - middle)) / len(one))
    for topic in topics:
        number = sum(item.topic == topic for item in one)
        shape += gap(lambda item: item.points, lambda item, topic=topic: item.topic == topic)
        hard.append(gap(lambda item: difficulty[item.key], lambda item, topic=topic: item.topic == topic) / number)
        for level in LEVELS:
            alike = lambda item, topic=topic, level=level: (item.topic, item.level) == (topic, level)  # noqa: E731
            shape += gap(lambda item: 1, alike) + gap(lambda item: item.difficulty is None, alike)
    return 10 * shape + max(hard) + 0.1 * float(np.mean(hard))


def all_pairs(
    items: Sequence[ItemCandidate], numbers: dict[str, int]
) -> Iterator[tuple[list[ItemCandidate], list[ItemCandidate]]]:
    """Every two forms with so many items of each topic and none in common."""
    choices = []
    for topic, number in numbers.items():
        own = [item for item in items if item.topic == topic]
        choices.append(
            [
                (one, other)
                for one in combinations(own, number)
                for other in combinations([item for item in own if item not in one], number)
            ]
        )
    for parts in product(*choices):
        yield [item for part in parts for item in part[0]], [item for part in parts for item in part[1]]


@pytest.mark.parametrize("seed", range(3))
def test_brute_force_finds_nothing_better(seed: int) -> None:
    items = bank(12, seed, topics=2)
    blueprint = [Row("topic 0", None, 2), Row("topic 1", None, 2)]
    found = assemble_forms(items, blueprint, seed, FormRules(tolerance=0.0))
    one, other = chosen(found, items)
    best = min(cost(a, b, items) for a, b in all_pairs(items, {"topic 0": 2, "topic 1": 2}))
    assert found.proven
    assert cost(one, other, items) == pytest.approx(best, abs=1e-6)


@st.composite
def banks(draw: st.DrawFn) -> list[ItemCandidate]:
    number = draw(st.integers(4, 24))
    return [
        ItemCandidate(
            key=f"{place}",
            topic=draw(st.sampled_from(["a", "b"])),
            level=draw(st.sampled_from(LEVELS)),
            points=draw(st.integers(1, 3)),
            difficulty=draw(st.none() | st.floats(-3, 3)),
            exposure=draw(st.integers(0, 5)),
        )
        for place in range(number)
    ]


rows = st.lists(
    st.builds(Row, st.sampled_from(["a", "b"]), st.none() | st.sampled_from(LEVELS), st.integers(1, 2)),
    min_size=1,
    max_size=4,
)


def can_be_filled(items: Sequence[ItemCandidate], needs: Sequence[Need], forms: int) -> bool:
    places = [need for need in needs for _ in range(need.items(forms))]
    fits = csr_matrix([[int(need.takes(item)) for item in items] for need in places])
    return bool((maximum_bipartite_matching(fits, perm_type="column") >= 0).sum() == len(places))


@settings(max_examples=rounds(8, 25), deadline=None)
@given(banks(), rows, st.integers(2, 3), st.integers(0, 2), st.integers(0, 5), st.randoms())
def test_what_always_holds(items, blueprint, forms, anchors, seed, order) -> None:  # type: ignore[no-untyped-def]
    """Blueprint kept in each form, nothing twice but what is common, no order of the bank matters; or truly short."""
    anchors = min(anchors, sum(row.number for row in blueprint) - 1)
    rules = FormRules(forms=forms, anchors=anchors, max_exposure=5)
    fresh = [item for item in items if item.exposure < 5]
    needs = needs_of(blueprint, rules)
    if not can_be_filled(fresh, needs, forms):
        with pytest.raises(FormsRefused) as caught:
            assemble_forms(items, blueprint, seed, rules)
        assert caught.value.code is FormCode.TOO_FEW_ITEMS
        return
    found = assemble_forms(items, blueprint, seed, rules)
    order.shuffle(items)
    assert assemble_forms(items, blueprint, seed, rules) == found
    assert len(found.anchors) == anchors
    everything = [key for form in found.forms for key in form.items if key not in found.anchors]
    assert len(everything) == len(set(everything))
    for form, own in zip(found.forms, chosen(found, fresh), strict=True):
        assert set(found.anchors) <= set(form.items)
        assert len(own) == sum(row.number for row in blueprint)
        assert can_be_filled(own, needs, 1)


def test_common_items_stand_at_the_same_places() -> None:
    found = assemble_forms(bank(80, 1), ANY, 1, FormRules(anchors=4))
    one, other = (form.items for form in found.forms)
    assert [one.index(key) for key in found.anchors] == [0, 3, 6, 9]
    assert [other.index(key) for key in found.anchors] == [0, 3, 6, 9]


def test_difficulty_is_equal_where_the_bank_allows() -> None:
    found = assemble_forms(bank(120, 2, unknown=0), ANY, 1)
    whole = found.balance.whole
    assert found.proven
    assert whole.difference is not None
    assert whole.difference <= 0.05 + 1e-6
    assert whole.points_difference == 0
    assert all(topic.difference is not None and topic.difference <= 0.05 + 1e-6 for topic in found.balance.topics)
    plain = dealt_means()
    assert abs(plain[0] - plain[1]) > 0.05


def dealt_means() -> list[float]:
    """The same bank by taking items as they come: the test above would fail on it."""
    items = bank(120, 2, unknown=0)
    picked = [[item for item in items if item.topic == row.topic][:6] for row in ANY]
    return [float(np.mean([item.difficulty for own in picked for item in own[form::2]])) for form in range(2)]


def test_nothing_is_known() -> None:
    """Levels and points are equal, and the report claims no difficulty."""
    found = assemble_forms(bank(100, 3, unknown=1), ANY, 1)
    whole = found.balance.whole
    assert (whole.difference, whole.unknown, found.balance.information) == (None, 24, None)
    assert [form.mean for form in whole.forms] == [None, None]
    for topic in found.balance.topics:
        one, other = topic.forms
        assert (one.points, one.unknown) == (other.points, other.unknown)
        assert sorted(one.levels.items()) == sorted(other.levels.items())


def test_less_used_items_come_first() -> None:
    """Of equal items the four that were used least, and none used as often as the limit."""
    uses = [9, 0, 7, 1, 3, 2, 8, 5]
    items = [ItemCandidate(f"{n}", "a", "basic", 1, 0.0, None, n) for n in uses]
    found = assemble_forms(items, [Row("a", "basic", 2)], 1)
    assert sorted(key for form in found.forms for key in form.items) == ["0", "1", "2", "3"]
    with pytest.raises(FormsRefused):
        assemble_forms(items, [Row("a", "basic", 2)], 1, FormRules(max_exposure=3))


def test_another_seed_gives_other_forms() -> None:
    items = [ItemCandidate(f"{n}", "a", "basic", 1, 0.0) for n in range(40)]
    found = {assemble_forms(items, [Row("a", None, 5)], seed).forms for seed in range(4)}
    assert len(found) > 1
    assert assemble_forms(items, [Row("a", None, 5)], 2) == assemble_forms(items[::-1], [Row("a", None, 5)], 2)


def test_every_row_that_is_short_is_named() -> None:
    items = [ItemCandidate(f"b{n}", "a", "basic") for n in range(4)] + [ItemCandidate("r", "a", "raised", exposure=7)]
    blueprint = [Row("a", "raised", 3), Row("a", None, 2), Row("a", "basic", 1), Row("c", None, 1)]
    with pytest.raises(FormsRefused) as caught:
        assemble_forms(items, blueprint, 1, FormRules(max_exposure=5))
    assert [(problem.code, problem.parameters) for problem in caught.value.problems] == [
        (FormCode.TOO_FEW_ITEMS, {"topic": "a", "level": "raised", "needed": 6, "there": 0, "worn": 1}),
        (FormCode.TOO_FEW_ITEMS, {"topic": "a", "level": None, "needed": 4, "there": 2, "worn": 0}),
        (FormCode.TOO_FEW_ITEMS, {"topic": "c", "level": None, "needed": 2, "there": 0, "worn": 0}),
    ]


@pytest.mark.parametrize(
    ("blueprint", "rules", "code"),
    [
        ([], FormRules(), FormCode.NO_ROWS),
        ([Row("a", None, 0)], FormRules(), FormCode.BAD_NUMBER),
        ([Row("a", None, 1)], FormRules(forms=1), FormCode.BAD_FORMS),
        ([Row("a", None, 1)], FormRules(anchors=1), FormCode.TOO_MANY_ANCHORS),
    ],
)
def test_blueprints_that_make_no_sense(blueprint: list[Row], rules: FormRules, code: FormCode) -> None:
    with pytest.raises(FormsRefused) as caught:
        assemble_forms(bank(20, 1), blueprint, 1, rules)
    assert caught.value.code is code


def test_items_that_make_no_sense() -> None:
    items = [
        ItemCandidate("a", "t", "basic"),
        ItemCandidate("b", "t", "basic", points=0, exposure=-1),
        ItemCandidate("c", "t", "basic", difficulty=float("nan"), discrimination=0.0),
    ]
    with pytest.raises(FormsRefused) as caught:
        assemble_forms([*items, items[0]], [Row("t", None, 1)], 1)
    assert [problem.code for problem in caught.value.problems] == [
        FormCode.DUPLICATE_ITEM,
        FormCode.BAD_POINTS,
        FormCode.BAD_EXPOSURE,
        FormCode.BAD_DIFFICULTY,
        FormCode.BAD_DISCRIMINATION,
    ]


def programme(seed: int) -> tuple[Programme, np.ndarray]:
    rules = FormRules(anchors=2)
    needs = needs_of(BY_LEVEL, rules)
    items = shortlist(sorted(bank(90, seed), key=lambda item: item.key), needs, seed, rules)
    difficulties = assumed(items)
    return Programme(items, needs, measures(items, difficulties, needs), rules), difficulties


@pytest.mark.parametrize("seed", range(3))
def test_exchanges_help_and_the_programme_is_no_worse(seed: int) -> None:
    asked, difficulties = programme(seed)
    plain = asked.cost(asked.gaps_of(dealt(asked.items, asked.needs, asked.rules, difficulties)))
    exchanges = asked.cost(asked.gaps_of(exchanged(asked, difficulties)))
    solved = asked.solve(asked.gap_goal())
    assert solved is not None
    assert asked.cost(solved.gaps) <= exchanges + 1e-6
    assert exchanges < plain


def test_forms_without_a_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Programme, "solve", lambda *_, **__: None)
    items = bank(90, 5)
    found = assemble_forms(items, BY_LEVEL, 1)
    one, other = chosen(found, items)
    assert not found.proven
    assert not {item.key for item in one} & {item.key for item in other}
    for own in (one, other):
        assert [(item.topic, item.level) for item in own] == [(row.topic, row.level) for row in BY_LEVEL]
