from decimal import Decimal

import numpy as np
import pytest

from traektoria.engines.deficits import DEFAULT, NOTHING, Basis, Rule, Sample, SkillEvidence, Strength, propose

LIMIT = Decimal(57)


def share(n: int, right: int) -> Sample:
    """A one-point task: `right` of `n` pupils have the point."""
    return Sample(n, right * 10000, right * 10000**2)


def skill(own: Sample, rest: Sample = NOTHING, limit: Decimal | None = None, name: str = "1") -> SkillEvidence:
    return SkillEvidence(name, (name,), own, rest, limit)


def test_a_class_far_below_its_municipality_is_a_strong_candidate() -> None:
    (candidate,) = propose([skill(share(25, 8), share(1000, 750), LIMIT)])
    assert candidate.strength is Strength.STRONG
    assert candidate.bases == (Basis.BELOW_MUNICIPALITY, Basis.BELOW_THRESHOLD)
    assert (candidate.completion, candidate.completion_municipality) == (Decimal("32.00"), Decimal("75.00"))
    assert candidate.difference == Decimal("-43.00")
    assert candidate.low is not None
    assert candidate.high is not None
    assert candidate.low < Decimal(-43) < candidate.high < 0
    assert (candidate.n, candidate.n_municipality) == (25, 1000)


def test_a_smaller_difference_is_moderate() -> None:
    (candidate,) = propose([skill(share(60, 42), share(2000, 1660))])
    assert candidate.strength is Strength.MODERATE


def test_below_the_threshold_with_the_whole_municipality_is_weak() -> None:
    (candidate,) = propose([skill(share(40, 12), share(1000, 310), LIMIT)])
    assert (candidate.strength, candidate.bases) == (Strength.WEAK, (Basis.BELOW_THRESHOLD,))


def test_a_municipality_too_small_to_compare_with_leaves_the_threshold() -> None:
    (candidate,) = propose([skill(share(40, 12), share(29, 29), LIMIT)])
    assert candidate.strength is Strength.WEAK
    assert (candidate.difference, candidate.low, candidate.n_municipality) == (None, None, None)


@pytest.mark.parametrize(
    "evidence",
    [
        skill(share(9, 0), share(1000, 900), LIMIT),
        skill(share(25, 18), share(1000, 750), LIMIT),
        skill(share(25, 25), share(1000, 750), LIMIT),
        skill(share(25, 0)),
        skill(share(20000, 16000), share(200000, 166000)),
        skill(NOTHING, NOTHING, LIMIT),
    ],
    ids=["fewer than ten", "like the others", "better", "nothing to compare with", "sure but tiny", "nobody"],
)
def test_no_candidate(evidence: SkillEvidence) -> None:
    assert propose([evidence]) == []


def test_more_questions_ask_for_more_evidence() -> None:
    doubtful = skill(share(25, 14), share(1000, 750))
    others = [skill(share(25, 19), share(1000, 750), name=str(number)) for number in range(2, 20)]
    assert [candidate.skill for candidate in propose([doubtful])] == ["1"]
    assert propose([doubtful, *others]) == []


def test_a_rule_is_an_argument() -> None:
    evidence = [skill(share(12, 2), share(500, 400))]
    assert propose(evidence)
    assert propose(evidence, rule=Rule(minimum=20)) == []


def test_candidates_come_in_the_order_of_the_evidence() -> None:
    evidence = [skill(share(30, right), share(900, 800), name=str(right)) for right in (12, 2, 8)]
    assert [candidate.skill for candidate in propose(evidence)] == ["12", "2", "8"]


def test_classes_add_up_and_leave_their_municipality() -> None:
    first, second = share(20, 5), share(10, 5)
    assert first + second == share(30, 10)
    assert first + second - second == first
    assert (first.mean, NOTHING.mean, NOTHING.sd) == (0.25, 0.0, 0.0)
    assert first.sd == pytest.approx(0.4442617)


def _sample(random: np.random.Generator, n: int, ability: np.ndarray, difficulty: float, points: int) -> Sample:
    """Pupils of correlated tasks: `points` steps of one point, each right with the logistic chance."""
    chance = 1 / (1 + np.exp(difficulty - ability))
    shares = random.binomial(points, chance, size=n) * 10000 // points
    return Sample(n, int(shares.sum()), int((shares * shares).sum()))


def _simulate(random: np.random.Generator, difficulties: np.ndarray, truly_low: int) -> tuple[int, int]:
    """One teacher: returns (named in error, named). The first `truly_low` skills are harder for the class."""
    n, n_rest = int(random.integers(10, 32)), 800
    own, rest = random.normal(0, 1, n), random.normal(0, 1, n_rest)
    evidence = []
    for number, difficulty in enumerate(difficulties):
        extra, points = (1.5 if number < truly_low else 0.0), 1 + number % 3
        evidence.append(
            SkillEvidence(
                skill=str(number),
                tasks=(str(number),),
                own=_sample(random, n, own, difficulty + extra, points),
                rest=_sample(random, n_rest, rest, difficulty, points),
            )
        )
    named = [int(candidate.skill) for candidate in propose(evidence)]
    return sum(number >= truly_low for number in named), len(named)


@pytest.mark.parametrize("truly_low", [0, 3])
def test_false_discoveries_stay_under_the_promised_share(truly_low: int) -> None:
    """400 teachers, 18 skills from very easy to very hard, correlated through the pupils' ability."""
    random = np.random.default_rng(20210413)
    difficulties = np.tile(np.linspace(-3, 3, 6), 3)
    results = [_simulate(random, difficulties, truly_low) for _ in range(400)]
    rate = sum(wrong / named for wrong, named in results if named) / len(results)
    assert rate <= DEFAULT.false_discoveries
    if truly_low:
        found = sum(named - wrong for wrong, named in results)
        assert found / (truly_low * len(results)) > 0.3


def test_the_threshold_question_keeps_the_promise_too() -> None:
    """Classes exactly at the threshold, with no municipality to compare with."""
    random = np.random.default_rng(5)
    wrong = 0
    for _ in range(600):
        evidence = [
            skill(share(25, int(random.binomial(25, 0.57))), limit=LIMIT, name=str(number)) for number in range(15)
        ]
        wrong += bool(propose(evidence))
    assert wrong / 600 <= DEFAULT.false_discoveries
