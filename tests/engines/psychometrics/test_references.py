"""Against the reference figures beside the project: R packages on larger and on real sets."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from tests.shared import shared
from traektoria.engines.psychometrics import (
    Columns,
    Fit,
    FitSettings,
    Method,
    Model,
    Responses,
    fit,
    lay_out,
    read_sheet,
    responses,
    take,
)

TEST = (
    ("alpha", "cronbach_alpha"),
    ("kr20_sample", "kr20_p_q_over_sample_variance"),
    ("kr21", "kr21"),
    ("standardised_alpha", "std_alpha"),
    ("lambda6", "guttman_lambda6"),
    ("split_half", "split_half_odd_even_spearman_brown"),
    ("sem", "sem"),
)


def read(path: Path, columns: Columns) -> Responses:
    sheet = read_sheet(path.read_bytes())
    return take(sheet, lay_out(sheet, columns))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open() as file:
        return list(csv.DictReader(file))


def numbers(path: Path, column: str) -> list[float | None]:
    return [float(row[column]) if row[column] else None for row in rows(path)]


def same(ours: list[Any], theirs: list[float | None], tolerance: float) -> bool:
    assert [one is None for one in ours] == [one is None for one in theirs]
    pairs = [(one, other) for one, other in zip(ours, theirs, strict=True) if other is not None]
    return all(abs(one - other) <= tolerance for one, other in pairs)


def figures(found: Fit, name: str) -> list[Any]:
    return [getattr(item.parameters, name) for item in found.items]


@pytest.fixture(params=["lsat6", "spisa"])
def folder(request: pytest.FixtureRequest) -> Path:
    return shared("psychometrics") / str(request.param)


@pytest.fixture
def answers(folder: Path) -> Responses:
    return read(folder / "responses.csv", Columns(group="gender" if folder.name == "spisa" else None))


@pytest.fixture
def test_figures(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "ref_test.json").read_text())
    return loaded


def test_classical(folder: Path, answers: Responses, test_figures: dict[str, Any]) -> None:
    found = fit(answers, FitSettings(Model.CTT))
    for ours, theirs in TEST:
        assert getattr(found.reliability, ours) == pytest.approx(test_figures[theirs], abs=1e-5)
    items = [item.classical for item in found.items]
    for ours, theirs in (
        ("p", "p"),
        ("item_total", "r_pbis_total"),
        ("item_rest", "r_pbis_rest"),
        ("alpha_if_deleted", "alpha_if_deleted"),
        ("d27", "D27"),
    ):
        assert same([getattr(item, ours) for item in items], numbers(folder / "ref_items_ctt.csv", theirs), 1e-5)


def test_two_parameters(folder: Path, answers: Responses, test_figures: dict[str, Any]) -> None:
    found = fit(answers, FitSettings(Model.TWO_PL, persons=True, compare=True))
    assert found.test is not None
    assert found.test.loglik == pytest.approx(test_figures["twopl_mml"]["logLik"], abs=0.01)
    assert found.comparison is not None
    assert found.comparison.statistic == pytest.approx(test_figures["LR_rasch_vs_2pl"]["chi2"], abs=0.01)
    for name in ("a", "se_a", "b", "se_b"):
        assert same(figures(found, name), numbers(folder / "ref_items_2pl.csv", name), 2e-3)
    for ours, theirs in (("theta_eap", "theta_2pl_eap"), ("theta_ml", "theta_2pl_ml"), ("se_ml", "se_2pl_ml")):
        people = [getattr(person, ours) for person in found.persons]
        assert same(people, numbers(folder / "ref_persons.csv", theirs), 1e-3)


def test_rasch_marginal(folder: Path, answers: Responses, test_figures: dict[str, Any]) -> None:
    found = fit(answers, FitSettings(Model.RASCH, persons=True))
    assert found.test is not None
    assert found.test.loglik == pytest.approx(test_figures["rasch_mml"]["logLik"], abs=0.01)
    assert found.test.theta_variance == pytest.approx(test_figures["rasch_mml"]["theta_var"], abs=1e-3)
    assert same(figures(found, "b"), numbers(folder / "ref_items_rasch.csv", "b_mml"), 1e-3)
    assert same(figures(found, "se_b"), numbers(folder / "ref_items_rasch.csv", "se_mml"), 1e-3)
    for name in ("theta_eap", "theta_ml", "theta_wle"):
        method = name.removeprefix("theta_")
        people = [getattr(person, name) for person in found.persons]
        errors = [getattr(person, f"se_{method}") for person in found.persons]
        assert same(people, numbers(folder / "ref_persons.csv", f"theta_rasch_{method}"), 1e-3)
        assert same(errors, numbers(folder / "ref_persons.csv", f"se_rasch_{method}"), 1e-3)


def test_rasch_conditional(folder: Path, answers: Responses, test_figures: dict[str, Any]) -> None:
    found = fit(answers, FitSettings(Model.RASCH, Method.CML))
    assert found.test is not None
    assert found.test.loglik == pytest.approx(test_figures["rasch_cml"]["cond_logLik"], abs=0.01)
    for ours, theirs in (
        ("b", "b_cml_sum0"),
        ("se_b", "se_cml"),
        ("infit", "infit_msq_cml"),
        ("outfit", "outfit_msq_cml"),
    ):
        assert same(figures(found, ours), numbers(folder / "ref_items_rasch.csv", theirs), 1e-3)
    expected = test_figures["rasch_cml"].get("andersen_LR_median_split")
    assert (found.andersen is None) == (expected is None)
    if found.andersen and expected:
        assert found.andersen.statistic == pytest.approx(expected["LR"], abs=0.01)
        assert found.andersen.df == expected["df"]


def test_differential_item_functioning() -> None:
    folder = shared("psychometrics/spisa")
    found = fit(read(folder / "responses.csv", Columns(group="gender")), FitSettings(Model.CTT))
    difs = [item.dif for item in found.items]
    for ours, theirs in (
        ("chi2", "mh_chi2_cc"),
        ("p_value", "p"),
        ("odds_ratio", "mh_alpha"),
        ("delta", "mh_delta"),
    ):
        expected = numbers(folder / "ref_dif_mantel_haenszel.csv", theirs)
        assert same([getattr(dif, ours) for dif in difs], expected, 1e-4)


def test_scales_of_a_questionnaire() -> None:
    folder = shared("survey/youth_gratitude")
    for row in rows(folder / "ref_scales.csv"):
        scale = read(folder / "responses.csv", Columns(items=(f"{row['scale']}_*",)))
        test = fit(scale, FitSettings(Model.CTT)).reliability
        assert test is not None
        assert test.alpha == pytest.approx(float(row["alpha"]), abs=1e-5)
        assert test.standardised_alpha == pytest.approx(float(row["std_alpha"]), abs=1e-5)


@pytest.fixture(scope="module")
def vpr() -> Responses:
    """X is a task not attempted, 0 points; «не пройд.» is a topic not taught, missing; absent pupils are left out."""
    book = CalamineWorkbook.from_path(shared("vpr_items/vpr2021_math8_60schools.xlsx"))
    lines = [row for row in book.get_sheet_by_index(0).to_python()[1:] if row[7] != "отсутствовал"]
    values = [[_points(str(cell)) for cell in row[9:29]] for row in lines]
    return responses(np.array(values), tuple(f"T{number}" for number in range(1, 21)))


def _points(cell: str) -> float:
    if cell.startswith("не"):
        return np.nan
    return 0.0 if cell in "XxХх" else float(cell)


@pytest.mark.parametrize("model", [Model.PCM, Model.GPCM])
def test_partial_credit_on_a_real_work(model: Model, vpr: Responses) -> None:
    folder = shared("vpr_items/ref_math8_60schools")
    found = fit(vpr, FitSettings(model, persons=True))
    expected = json.loads((folder / "ref_test.json").read_text())[model.value]
    assert found.test is not None
    assert (found.test.loglik, found.test.theta_variance) == (
        pytest.approx(expected["logLik"], abs=0.01),
        pytest.approx(expected["theta_var"], abs=1e-3),
    )
    people = [person.theta_eap for person in found.persons]
    assert same(people, numbers(folder / "ref_persons.csv", f"theta_{model.value}_eap"), 1e-3)
    wanted = {(row["item"], row["parameter"]): row for row in rows(folder / f"ref_items_{model.value}.csv")}
    for item in found.items:
        assert item.parameters is not None
        names = ("d",) if len(item.parameters.intercepts) == 1 else ("d1", "d2")
        if model is Model.GPCM:
            names = ("b1",) if len(item.parameters.thresholds) == 1 else ("b1", "b2")
        values = item.parameters.thresholds if model is Model.GPCM else item.parameters.intercepts
        targets = [float(wanted[item.classical.item, name]["estimate"]) for name in names]
        assert list(values) == pytest.approx(targets, abs=2e-3)
