"""Very many tasks: where their mean may lie, if those at hand are a draw."""

import numpy as np
import pytest

from traektoria.engines.deficits.completion import Form, _lean, forms_of, tell
from traektoria.engines.deficits.hierarchy import LATENT, Answers, Parameters


def test_topics_that_differ_as_draws_do_lean_on_their_mean() -> None:
    means, variances = _lean(np.array([-0.3, -0.1, 0.0, 0.1, 0.3, 0.0]), np.full(6, 0.2))
    assert np.abs(means).max() < 0.15
    assert (variances < 0.2).all()


def test_topics_that_differ_by_far_more_stay_where_they_are() -> None:
    seen = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    means, variances = _lean(seen, np.full(5, 0.05))
    assert means == pytest.approx(seen, abs=0.1)
    assert variances == pytest.approx(np.full(5, 0.05), abs=0.01)


def test_one_topic_has_nothing_to_lean_on() -> None:
    means, variances = _lean(np.array([0.7]), np.array([0.1]))
    assert (means.tolist(), variances.tolist()) == ([0.7], [0.1])


def test_forms_are_people_with_the_same_tasks() -> None:
    """Who was asked none of the tasks is as if asked all."""
    codes = np.array([[1, 0, -1], [0, -1, 1], [1, 1, -1], [-1, -1, -1]], dtype=np.int8)
    (kinds,) = forms_of(Answers(codes, (0, 0, 0), (1, 1, 1)))
    found = {tuple(form.items.tolist()): form.rows.tolist() for form in kinds}
    assert found == {(0, 1): [0, 2], (0, 2): [1], (0, 1, 2): [3]}
    assert isinstance(kinds[0], Form)


def test_clear_is_of_these_tasks_and_of_very_many() -> None:
    """A person just below the threshold: surely below on these tasks, not clearly so, and less so on few pieces."""
    items = 10
    asked = Answers(np.zeros((1, items), dtype=np.int8), (0,) * 5 + (1,) * 5, (1,) * items)
    parameters = Parameters(tuple(np.array([0.3 * (-1) ** item]) for item in range(items)))
    chances = np.zeros((2, 1, len(LATENT)))
    chances[:, 0, np.abs(parameters.eta + 0.3).argmin()] = 1
    alone, together = (
        tell(asked, forms_of(asked), np.array([pieces] * 2), parameters, chances, (0.6, 0.8, 0.5)) for pieces in (5, 1)
    )
    assert alone.below[0, 0] == pytest.approx(1)
    assert 0.6 < together.clear[0, 0] < alone.clear[0, 0] < 1
    assert alone.completion[0, 0] == pytest.approx(0.42, abs=0.03)
