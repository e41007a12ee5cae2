"""The promise on simulated pupils in classes and schools, small and fast; the whole grid: ``tests.bench.suppositions``.

The same seeds give the same pupils, so this can fail only when the engine changes.
"""

import pytest

from .simulated import SETTINGS, Setting, World, make, run, told

ORDINARY, REAL = SETTINGS[0], SETTINGS[3]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_of_teachers_without_a_difference_hardly_any_gets_a_supposition(setting: Setting) -> None:
    """At most 5 % a supposition, at most 0.5 % a strong one; of some two hundred: none strong."""
    found = run(World(setting, years=2), range(3)) + run(World(setting, schools=20, both=1.0), range(3))
    assert found.innocent > 250
    assert found.named / found.innocent <= 0.05
    assert found.strong / found.innocent <= 0.005


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_where_some_differ_four_of_five_suppositions_are_true(setting: Setting) -> None:
    found = run(World(setting, years=3, differ=0.15), range(3))
    assert found.lower > 50
    assert found.wrong <= 0.2 * max(found.suppositions, 5)


def test_a_plain_difference_is_found() -> None:
    """Where schools and classes are alike: the engine is not safe by saying nothing."""
    found = run(World(ORDINARY, years=3, differ=0.15, points=25), range(3))
    assert found.found / found.lower > 0.3


def test_a_file_with_real_variation_says_that_it_cannot_tell() -> None:
    made = make(World(REAL, years=1, differ=0.15), 1)
    assert made.proposals().tried < len(made.teachers)
    assert told(made).questioned > 0
