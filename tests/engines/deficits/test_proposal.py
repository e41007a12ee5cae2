"""What the engine says of made-up classes, by hand."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from traektoria.engines.deficits import (
    NOTHING,
    Area,
    ClassKey,
    Ground,
    Own,
    Place,
    Proposals,
    Rule,
    Sample,
    Strength,
    Work,
    propose,
)

MATE: ClassKey = ("r", "m", "own", "4А")
SECOND: ClassKey = ("r", "m", "own", "4Б")


def share(n: int, right: int) -> Sample:
    """A one-point task: `right` of `n` pupils have the point."""
    return Sample(n, right * 10000, right * 10000**2)


def others(schools: int = 60, area: str = "m") -> dict[ClassKey, Sample]:
    """Schools with two classes of twenty, of whom fourteen to sixteen have the point."""
    return {
        ("r", area, f"{area}{number}", f"4{letter}"): share(20, 14 + (number + place) % 3)
        for number in range(schools)
        for place, letter in enumerate("АБ")
    }


def work(own: Mapping[ClassKey, Sample], rest: Mapping[ClassKey, Sample] | None = None, **fields: object) -> Work:
    samples = {**(others() if rest is None else rest), **own}
    values: dict[str, object] = {"key": "2021", "year": 2021, "grade": 4, **fields}
    return Work(samples={"1": samples}, **values)  # type: ignore[arg-type]


def say(*works: Work, letters: str = "АБ", diagnosed: bool = False, rule: Rule | None = None) -> Proposals:
    owns = [
        Own("teacher", one.key, "school", {key: key[3][1:] for key in one.samples["1"] if key[2] == "own"})  # type: ignore[index]
        for one in works
    ]
    return propose(works, owns, diagnosed=[("teacher", "1")] if diagnosed else [], rule=rule or Rule())


def test_one_class_far_below_is_a_question_and_no_supposition() -> None:
    said = say(work({MATE: share(25, 0)}))
    (question,) = said.questions
    assert (said.suppositions, said.tried) == ((), 0)
    assert (question.n, question.completion, question.completion_rest) == (25, Decimal("0.00"), Decimal("75.00"))
    assert (question.among, question.area, question.profile) == (121, Area.MUNICIPALITY, {"1": Place.LOWER_QUARTER})


def test_two_classes_are_a_supposition_that_is_not_strong() -> None:
    (found,) = say(work({MATE: share(25, 8), SECOND: share(15, 4)})).suppositions
    assert (found.grounds, found.strength) == ((Ground.CLASSES,), Strength.MODERATE)
    assert (found.n, found.completion, found.completion_rest) == (40, Decimal("30.00"), Decimal("75.00"))
    assert found.low < found.difference == Decimal("-45.00") < found.high < 0


def test_two_classes_in_two_years_are_strong() -> None:
    low = {MATE: share(25, 9), SECOND: share(25, 10)}
    said = say(work(low), work(low, key="2022", year=2022))
    (found,) = said.suppositions
    assert (found.work, found.strength) == ("2022", Strength.STRONG)
    assert found.grounds == (Ground.CLASSES, Ground.YEARS)
    assert [piece.work for piece in found.pieces] == ["2021", "2021", "2022", "2022"]


def test_what_points_two_ways_repeats_nothing() -> None:
    assert say(work({MATE: share(25, 2), SECOND: share(25, 18)})).suppositions == ()


def test_a_piece_that_points_the_other_way_counts_in_the_sum() -> None:
    low, high = {MATE: share(25, 9), SECOND: share(25, 9)}, {MATE: share(25, 25), SECOND: share(25, 25)}
    assert say(work(low)).suppositions
    assert say(work(low), work(high, key="2022", year=2022)).suppositions == ()


def test_the_same_children_again_add_nothing_to_what_is_known_of_them() -> None:
    """5А of 2022 are those who were 4А in 2021: the error does not shrink; with other children it does."""
    low = {MATE: share(25, 10)}
    rest = {(*key[:3], f"5{key[3][1:]}"): one for key, one in others().items()}  # type: ignore[index]
    grown = work({(*MATE[:3], "5А"): share(25, 10)}, rest, key="2022", year=2022, grade=5)
    new = work(low, key="2022", year=2022)
    asked = Rule(false_discoveries=1.0, false=1.0)
    (same,), (other,) = say(work(low), grown, rule=asked).suppositions, say(work(low), new, rule=asked).suppositions
    assert same.p_value > 3 * other.p_value
    assert say(work(low), rule=asked).suppositions == ()


def test_ones_own_diagnostics_make_one_class_a_supposition() -> None:
    one = work({MATE: share(25, 5)})
    assert [found.grounds for found in say(one, diagnosed=True).suppositions] == [(Ground.DIAGNOSTICS,)]
    assert say(work({MATE: share(25, 17)}), diagnosed=True).suppositions == ()


def test_schools_that_differ_as_much_leave_nothing_to_suppose() -> None:
    """The same two classes where schools vary from nobody to everybody."""
    low = {MATE: share(25, 8), SECOND: share(15, 4)}
    wide = {key: share(20, (7 * number) % 21) for number, key in enumerate(others())}
    for number in range(0, len(wide), 2):
        first, second = list(wide)[number : number + 2]
        wide[second] = wide[first]
    said = say(work(low, wide))
    assert (said.suppositions, said.tried, said.silent) == ((), 0, frozenset())


def test_an_odd_school_is_no_teacher() -> None:
    """Twenty-seven points below repeat, sixty-five are something else: where one school stands so, others may."""
    apart = {MATE: share(25, 2), SECOND: share(25, 2)}
    assert say(work({MATE: share(25, 12), SECOND: share(25, 12)})).suppositions
    assert say(work(apart, others(20))).suppositions == ()


def test_a_school_that_is_low_in_everything_says_nothing_of_its_teachers() -> None:
    """The same two classes, low in one of five skills or in all of them."""
    low, as_others = share(25, 12), share(25, 18)
    own = Own("teacher", "2021", "school", {MATE: "А", SECOND: "Б"})
    for weak, found in ((1, 1), (5, 0)):
        levels = [low if number < weak else as_others for number in range(5)]
        samples = {str(number): {**others(), MATE: one, SECOND: one} for number, one in enumerate(levels)}
        assert len(propose([Work("2021", 2021, 4, samples)], [own]).suppositions) == found


def test_classes_of_others_that_stand_as_low_make_it_the_school() -> None:
    low = {MATE: share(25, 12), SECOND: share(25, 12)}
    third: ClassKey = ("r", "m", "own", "4В")
    own = Own("teacher", "2021", "school", {MATE: "А", SECOND: "Б"})
    for right, found in ((18, 1), (10, 0)):
        whole = work({**low, third: share(25, right)})
        assert len(propose([whole], [own]).suppositions) == found


@pytest.mark.parametrize(("schools", "found"), [(2, 0), (3, 1), (12, 1)])
def test_few_schools_borrow_from_the_region_or_stay_silent(schools: int, found: int) -> None:
    low = {MATE: share(25, 11), SECOND: share(25, 11)}
    alone = say(work(low, others(schools - 1)))
    assert (len(alone.suppositions), alone.silent) == (0, frozenset({"2021"}))
    region = {**others(schools - 1), **others(60, "n")}
    beside = say(work(low, region))
    assert (len(beside.suppositions), beside.silent) == (found, frozenset())
    assert {question.area for question in beside.questions} <= {Area.MUNICIPALITY, Area.REGION}


def test_a_place_is_among_twelve_classes_at_least() -> None:
    few = say(work({MATE: share(25, 2)}, others(5)))
    assert few.questions == ()
    (question,) = say(work({MATE: share(25, 2)}, {**others(5), **others(20, "n")})).questions
    assert (question.area, question.among) == (Area.REGION, 51)


@pytest.mark.parametrize("own", [share(9, 0), share(25, 18), share(25, 25), share(25, 17)])
def test_no_question_of_small_ordinary_and_good_classes(own: Sample) -> None:
    assert say(work({MATE: own})).questions == ()


def test_what_the_tables_hide_is_neither_asked_nor_compared_with() -> None:
    third: ClassKey = ("r", "m", "own", "4В")
    low = {MATE: share(9, 0), SECOND: share(25, 2), third: share(30, 2)}
    everybody = Work("2021", 2021, 4, {"1": {**others(), **low}}, hidden={"1": frozenset({MATE, third})})
    said = propose([everybody], [Own("teacher", "2021", "school", {MATE: "А", SECOND: "Б"})])
    assert said.suppositions == ()
    assert [question.classes for question in said.questions] == [(SECOND,)]
    pair = {MATE: share(25, 11), SECOND: share(25, 11)}
    assert say(work(pair)).suppositions
    nobody = say(work(pair, hidden={"1": frozenset({("r", "m"), ("r",)})}))
    assert (nobody.suppositions, nobody.questions) == ((), ())


def test_small_classes_that_are_all_the_hidden_of_their_school_count_as_one() -> None:
    low = {MATE: share(7, 0), SECOND: share(7, 0), ("r", "m", "own", "4В"): share(20, 15)}
    hidden = {"1": frozenset({MATE, SECOND})}
    one = Work("2021", 2021, 4, {"1": {**others(), **low}}, hidden=hidden)
    said = propose([one], [Own("teacher", "2021", "school", {MATE: "А", SECOND: "Б"})])
    assert said.suppositions == ()
    assert [question.n for question in said.questions] == [14]


def test_false_discoveries_are_controlled_over_all_teachers() -> None:
    """What is enough for one teacher alone is not when two hundred others are asked about."""
    low = {MATE: share(20, 9), SECOND: share(20, 9)}
    whole = work(low, others(60))
    own = Own("teacher", "2021", "school", {MATE: "А", SECOND: "Б"})
    everybody = [
        Own(f"t{number}", "2021", f"s{number}", {("r", "m", f"m{number}", f"4{one}"): one for one in "АБ"})
        for number in range(60)
    ]
    rule = Rule(false=1.0, false_discoveries=0.0004)
    assert [found.teacher for found in propose([whole], [own], rule=rule).suppositions] == ["teacher"]
    assert propose([whole], [own, *everybody], rule=rule).suppositions == ()


def test_classes_add_up_and_leave_their_municipality() -> None:
    first, second = share(20, 5), share(10, 5)
    assert first + second == share(30, 10)
    assert first + second - second == first
    assert (first.mean, NOTHING.mean, NOTHING.sd) == (0.25, 0.0, 0.0)
    assert first.sd == pytest.approx(0.4442617)
