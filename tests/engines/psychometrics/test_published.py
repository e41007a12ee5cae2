"""Against estimates in print: LSAT6, where every package agrees."""

import numpy as np
import pytest

from tests.engines.psychometrics.samples import (
    LSAT6_2PL,
    LSAT6_2PL_B,
    LSAT6_2PL_SE_A,
    LSAT6_ABILITIES,
    LSAT6_CML,
    LSAT6_CML_SE,
    LSAT6_INFIT,
    LSAT6_OUTFIT,
    LSAT6_RASCH,
    lsat6,
)
from traektoria.engines.psychometrics import Fit, FitSettings, Method, Model, fit

CLOSE = 2e-4


def column(found: Fit, name: str) -> list[float]:
    return [getattr(item.parameters, name) for item in found.items]


def test_two_parameters() -> None:
    found = fit(lsat6(), FitSettings(Model.TWO_PL))
    assert found.test is not None
    assert found.test.loglik == pytest.approx(LSAT6_2PL["loglik"], abs=1e-3)
    assert column(found, "a") == pytest.approx(LSAT6_2PL["a"], abs=CLOSE)
    assert column(found, "se_a") == pytest.approx(LSAT6_2PL_SE_A, abs=CLOSE)
    assert column(found, "b") == pytest.approx(LSAT6_2PL_B, abs=CLOSE)
    assert (found.test.n_parameters, round(found.test.aic, 2), round(found.test.bic, 2)) == (10, 4953.31, 5002.38)
    assert found.test.marginal_reliability == pytest.approx(0.29895, abs=1e-4)


def test_rasch_marginal() -> None:
    found = fit(lsat6(), FitSettings(Model.RASCH, compare=True))
    assert found.test is not None
    assert found.test.loglik == pytest.approx(LSAT6_RASCH["loglik"], abs=1e-3)
    assert found.test.theta_variance == pytest.approx(LSAT6_RASCH["variance"], abs=CLOSE)
    assert found.test.se_theta_variance == pytest.approx(0.10486, abs=CLOSE)
    assert found.test.empirical_reliability == pytest.approx(0.29438, abs=CLOSE)
    assert column(found, "b") == pytest.approx(LSAT6_RASCH["b"], abs=CLOSE)
    assert found.comparison is None


def test_rasch_conditional() -> None:
    found = fit(lsat6(), FitSettings(Model.RASCH, Method.CML))
    assert found.test is not None
    assert found.test.loglik == pytest.approx(-1091.5697, abs=1e-3)
    assert column(found, "b") == pytest.approx(LSAT6_CML, abs=CLOSE)
    assert column(found, "se_b") == pytest.approx(LSAT6_CML_SE, abs=CLOSE)
    assert sum(column(found, "b")) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("method", list(Method))
def test_fit_of_items_is_of_conditional_estimates(method: Method) -> None:
    found = fit(lsat6(), FitSettings(Model.RASCH, method))
    assert column(found, "infit") == pytest.approx(LSAT6_INFIT, abs=CLOSE)
    assert column(found, "outfit") == pytest.approx(LSAT6_OUTFIT, abs=CLOSE)


def test_abilities_by_raw_score() -> None:
    found = fit(lsat6(), FitSettings(Model.RASCH, persons=True))
    by_score = {int(person.raw): person for person in found.persons}
    for raw, expected in enumerate(LSAT6_ABILITIES):
        one = by_score[raw]
        known = (one.theta_eap, one.se_eap, one.theta_ml, one.se_ml, one.theta_wle, one.se_wle)
        for value, target in zip(known, expected, strict=True):
            assert value == (None if target is None else pytest.approx(target, abs=CLOSE))


def test_models_with_more_categories_agree_on_two() -> None:
    partial, graded = (fit(lsat6(), FitSettings(model)) for model in (Model.GPCM, Model.GRM))
    assert column(partial, "b") == pytest.approx(LSAT6_2PL_B, abs=CLOSE)
    assert column(graded, "b") == pytest.approx(LSAT6_2PL_B, abs=CLOSE)
    assert column(fit(lsat6(), FitSettings(Model.PCM)), "b") == pytest.approx(LSAT6_RASCH["b"], abs=CLOSE)


def test_comparison_of_models() -> None:
    comparison = fit(lsat6(), FitSettings(Model.TWO_PL, compare=True)).comparison
    assert comparison is not None
    assert (comparison.simpler, comparison.df) == (Model.RASCH, 4)
    assert comparison.statistic == pytest.approx(0.5684, abs=1e-3)
    assert comparison.p_value == pytest.approx(0.9665, abs=1e-3)


def test_classical_figures() -> None:
    found = fit(lsat6(), FitSettings(Model.CTT))
    test = found.reliability
    assert test is not None
    figures = (test.alpha, test.kr20_sample, test.kr21, test.standardised_alpha, test.lambda6, test.sem)
    assert figures == pytest.approx((0.294997, 0.295952, 0.196441, 0.293028, 0.251707, 0.869067), abs=1e-6)
    assert (test.alpha_low, test.alpha_high) == pytest.approx((0.223474, 0.361803), abs=1e-6)
    items = [item.classical for item in found.items]
    assert [item.p for item in items] == [0.924, 0.709, 0.553, 0.763, 0.87]
    rests = [item.item_rest for item in items]
    assert rests == pytest.approx([0.112833, 0.153178, 0.172779, 0.144428, 0.121596], abs=1e-6)
    assert items[0].item_total == pytest.approx(0.36201, abs=1e-6)
    assert items[0].alpha_if_deleted == pytest.approx(0.275356, abs=1e-6)
    assert items[0].d27 == pytest.approx(0.176812, abs=1e-6)


def test_nothing_is_random() -> None:
    one, other = (fit(lsat6(), FitSettings(Model.TWO_PL, persons=True)) for _ in range(2))
    assert one == other
    assert np.isfinite(column(one, "a")).all()
