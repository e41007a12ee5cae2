"""Whatever cannot be estimated is refused by name; no number is made up."""

import contextlib

import numpy as np
import pytest

from tests.engines.psychometrics.samples import graded, lsat6, simulated
from traektoria.engines.psychometrics import Fit, FitRefused, FitSettings, Model, fit, responses
from traektoria.engines.psychometrics.arrays import Floats

MODELS = [Model.RASCH, Model.TWO_PL, Model.PCM, Model.GPCM, Model.GRM]
RIGHT_WRONG = [Model.RASCH, Model.TWO_PL]
GRADED = [Model.PCM, Model.GPCM, Model.GRM]
LIKERT = graded(200, np.ones(4), np.array([[-1.0, 0.0, 1.0]] * 4))


def right_wrong(people: int = 200) -> Floats:
    return simulated(people, np.ones(4), np.linspace(-1, 1, 4))


def refusals(values: Floats, settings: FitSettings) -> list[tuple[str, dict[str, object]]]:
    with pytest.raises(FitRefused) as caught:
        fit(responses(values), settings)
    return [(problem.code.value, dict(problem.parameters)) for problem in caught.value.problems]


def notes(found: Fit) -> list[tuple[str, dict[str, object]]]:
    return [(note.code.value, dict(note.parameters)) for note in found.notes]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("value", [0.0, 1.0])
def test_constant_items(model: Model, value: float) -> None:
    values = right_wrong()
    values[:, 1] = value
    values[:, 3] = value
    expected = [("constant_item", {"item": item, "value": f"{value:g}"}) for item in ("item2", "item4")]
    assert refusals(values, FitSettings(model)) == expected


def test_a_constant_item_in_classical_analysis_is_flagged() -> None:
    values = right_wrong()
    values[:, 1] = 1
    item = fit(responses(values), FitSettings(Model.CTT)).items[1].classical
    assert (item.p, item.item_rest, [flag.value for flag in item.flags]) == (1.0, None, ["constant"])


@pytest.mark.parametrize(("model", "needed"), [(Model.CTT, 5), (Model.RASCH, 20), (Model.TWO_PL, 50), (Model.GRM, 50)])
def test_too_few_people(model: Model, needed: int) -> None:
    values = right_wrong(needed - 1)
    assert refusals(values, FitSettings(model)) == [("too_few_people", {"n": needed - 1, "needed": needed})]
    assert refusals(values[:3], FitSettings(model, needed=4)) == [("too_few_people", {"n": 3, "needed": 4})]


@pytest.mark.parametrize("model", list(Model))
def test_one_item(model: Model) -> None:
    assert refusals(right_wrong()[:, :1], FitSettings(model)) == [("one_item", {"item": "item1"})]


@pytest.mark.parametrize("model", [Model.TWO_PL, Model.GPCM, Model.GRM])
def test_two_items_do_not_determine_slopes(model: Model) -> None:
    expected = ("too_few_items", {"n": 2, "needed": 3, "model": model.value})
    assert refusals(right_wrong()[:, :2], FitSettings(model)) == [expected]


@pytest.mark.parametrize("model", [Model.RASCH, Model.PCM])
def test_two_items_are_enough_without_slopes(model: Model) -> None:
    found = fit(responses(right_wrong()[:, :2]), FitSettings(model))
    assert all(0 < item.parameters.se_b < 1 for item in found.items if item.parameters)


@pytest.mark.parametrize("copies", [2, 3])
def test_an_error_beyond_any_sense_is_a_refusal(copies: int) -> None:
    """Columns that are the same but for a handful of people: whatever is printed is finite and small, or nothing is."""
    values = right_wrong(400)
    values = np.hstack([values, np.repeat(values[:, :1], copies, axis=1)])
    values[:3, -1] = 1 - values[:3, -1]
    with contextlib.suppress(FitRefused):
        found = fit(responses(values), FitSettings(Model.TWO_PL))
        assert all(item.parameters.se_a < 100 for item in found.items if item.parameters)


def test_an_item_that_a_few_answered_is_named() -> None:
    values = right_wrong(1000)
    values[4:, 3] = np.nan
    values[:4, 3] = [1, 0, 0, 1]
    with contextlib.suppress(FitRefused):
        found = fit(responses(values), FitSettings(Model.TWO_PL))
        assert all(item.parameters.se_a < 100 for item in found.items if item.parameters)
    values[:2, 3] = np.nan
    ((code, parameters),) = refusals(values, FitSettings(Model.TWO_PL))
    assert (code, parameters["item"]) == ("few_answers", "item4")


@pytest.mark.parametrize("model", RIGHT_WRONG)
def test_more_categories_than_two(model: Model) -> None:
    expected = [("not_dichotomous", {"item": f"item{n}", "values": ("0", "1", "2", "3")}) for n in range(1, 5)]
    assert refusals(LIKERT, FitSettings(model)) == expected


@pytest.mark.parametrize("model", RIGHT_WRONG)
def test_a_stray_value_is_a_wrong_cell(model: Model) -> None:
    values = right_wrong()
    values[9, 2] = 7
    expected = [("out_of_range", {"row": 10, "column": "item3", "value": "7", "low": 0, "high": 1})]
    assert refusals(values, FitSettings(model)) == expected


@pytest.mark.parametrize("model", GRADED)
def test_values_outside_the_categories(model: Model) -> None:
    values = LIKERT.copy()
    values[0, 0], values[1, 1] = -1, 34
    assert refusals(values, FitSettings(model)) == [
        ("out_of_range", {"row": 1, "column": "item1", "value": "-1", "low": 0, "high": 20}),
        ("out_of_range", {"row": 2, "column": "item2", "value": "34", "low": 0, "high": 20}),
    ]


@pytest.mark.parametrize("model", list(Model))
def test_a_range_that_is_given(model: Model) -> None:
    expected = [("out_of_range", {"row": 3, "column": "item1", "value": "3", "low": 0.0, "high": 2.0})]
    values = np.minimum(LIKERT, 2)
    values[2, 0] = 3
    assert refusals(values, FitSettings(model, low=0, high=2)) == expected


@pytest.mark.parametrize("model", MODELS)
def test_fractions(model: Model) -> None:
    values = right_wrong()
    values[4, 1] = 0.5
    assert refusals(values, FitSettings(model)) == [("not_whole", {"row": 5, "column": "item2", "value": "0.5"})]


def test_fractions_in_classical_analysis_are_said() -> None:
    values = right_wrong()
    values[4, 1], values[6, 1] = 0.5, 0.25
    assert notes(fit(responses(values), FitSettings(Model.CTT))) == [("not_whole_values", {"n": 2, "rows": ("5", "7")})]


def test_a_value_far_from_all_others_is_said() -> None:
    values = LIKERT.copy()
    values[11, 3] = 30
    expected = {"item": "item4", "values": ("30",), "rows": ("12",), "n": 1}
    assert notes(fit(responses(values), FitSettings(Model.CTT))) == [("far_values", expected)]


@pytest.mark.parametrize("model", list(Model))
def test_an_item_that_nobody_answered(model: Model) -> None:
    values = right_wrong()
    values[:, 2] = np.nan
    assert refusals(values, FitSettings(model)) == [("unanswered_item", {"item": "item3"})]


@pytest.mark.parametrize("model", [Model.TWO_PL, Model.GPCM, Model.GRM])
def test_slopes_that_run_away(model: Model) -> None:
    """A perfect staircase: no finite slope is the best."""
    values = np.array([[1] * score + [0] * (6 - score) for score in range(7) for _ in range(20)], float)
    ((code, parameters),) = refusals(values, FitSettings(model))
    assert (code, sorted(parameters)) == ("not_converged", ["item", "iterations"])


def test_a_variance_that_runs_away() -> None:
    values = np.array([[1] * score + [0] * (6 - score) for score in range(7) for _ in range(20)], float)
    assert refusals(values, FitSettings(Model.RASCH)) == [("grid_too_narrow", {"reach": 6.0})]


def test_too_few_steps() -> None:
    ((code, parameters),) = refusals(lsat6().values, FitSettings(Model.TWO_PL, max_iterations=2))
    assert (code, parameters["iterations"]) == ("not_converged", 3)


@pytest.mark.parametrize("model", GRADED)
def test_a_category_that_nobody_has_is_collapsed_and_said(model: Model) -> None:
    values = LIKERT.copy()
    values[values[:, 1] == 2, 1] = 3
    found = fit(responses(values), FitSettings(model))
    assert ("categories_collapsed", {"item": "item2", "values": ("2",)}) in notes(found)
    assert found.items[1].parameters is not None
    assert found.items[1].parameters.levels == (0.0, 1.0, 3.0)
    assert len(found.items[1].parameters.thresholds) == 2


def test_empty_rows_and_missing_answers_are_said() -> None:
    values = right_wrong()
    values[0], values[1, 2] = np.nan, np.nan
    found = fit(responses(values), FitSettings(Model.RASCH))
    assert found.n_persons == 199
    assert notes(found) == [
        ("empty_rows_left_out", {"n": 1}),
        ("incomplete_rows_left_out", {"n": 1, "complete": 198}),
        ("missing_marginalised", {"n": 1}),
    ]


def test_nobody_answered_everything() -> None:
    values = right_wrong()
    values[::2, 0] = np.nan
    values[1::2, 1] = np.nan
    found = fit(responses(values), FitSettings(Model.RASCH))
    assert found.reliability is None
    assert found.items[0].classical.item_rest is None
    assert ("no_complete_rows", {"n": 200, "complete": 0}) in notes(found)


def test_extreme_people_have_no_ml_ability() -> None:
    values = right_wrong(600)
    values[0], values[1], values[2] = 1, 0, [1, 1, np.nan, 1]
    for model in RIGHT_WRONG:
        people = fit(responses(values), FitSettings(model, persons=True)).persons[:3]
        assert [(one.theta_ml, one.se_ml) for one in people] == [(None, None)] * 3
        assert all(one.theta_eap is not None and one.theta_wle is not None for one in people)


def test_answers_that_do_not_tell_people_apart() -> None:
    random = np.random.default_rng(0)
    found = fit(responses((random.random((200, 6)) < 0.5).astype(float)), FitSettings(Model.RASCH))
    assert found.test is not None
    assert found.test.theta_variance == pytest.approx(0, abs=0.01)
    assert notes(found) == [("no_spread", {})]
