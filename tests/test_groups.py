"""Which tests stay together on one worker."""

from itertools import groupby
from pathlib import Path

import pytest

from tests.conftest import LONG, ByGroup, group_of

MATRIX = "tests/acceptance/test_permission_matrix.py::test_each_viewer_gets_what_the_entry_says"


@pytest.mark.parametrize(
    ("nodeid", "group"),
    [
        (f"{MATRIX}[routes:route_edit POST]", "room routes"),
        ("tests/acceptance/test_forms_say.py::test_forms_say[routes]", "room routes"),
        ("tests/acceptance/test_hostile_input.py::test_a_card[plain]", "tests/acceptance/test_hostile_input.py"),
        ("tests/routes/needs/test_needs.py::test_a[routes]", "tests/routes/needs/test_needs.py"),
        ("tests/demo/test_walk.py::test_no_link[tutor1]", "demo"),
        ("tests/demo/test_story.py::test_a", "demo"),
        ("tests/core/test_figures.py::test_a[x]", "sources"),
        ("tests/e2e/test_access.py::test_pages[3]", "browser test_pages[3]"),
    ],
)
def test_the_group_of_a_test(nodeid: str, group: str) -> None:
    assert group_of(nodeid) == group
    assert ByGroup._split_scope(None, nodeid) == group


def test_the_tests_of_a_group_follow_each_other_and_long_groups_begin(request: pytest.FixtureRequest) -> None:
    """Also where a group has tests with a database and without: whoever sorts them apart does so before."""
    if request.config.pluginmanager.has_plugin("tests.quick"):
        pytest.skip("the nearest begin")
    groups = [item.get_closest_marker("xdist_group").args[0] for item in request.session.items]  # type: ignore[union-attr]
    names = [name for name, _of_it in groupby(groups)]
    assert len(names) == len(set(names))
    ranks = [next((n for n, begins in enumerate(LONG) if name.startswith(begins)), len(LONG)) for name in names]
    assert ranks == sorted(ranks)


def test_workers_are_given_groups(request: pytest.FixtureRequest) -> None:
    """In a run on several workers, the scheduler is ours."""
    assert request.config.hook.pytest_xdist_make_scheduler.get_hookimpls()[-1].plugin_name.endswith("conftest.py")


def test_what_really_commits_meets_no_open_ground() -> None:
    """The grounds of the permission matrix are one open transaction for a module: nothing there may commit."""
    for path in sorted((Path(__file__).parent / "acceptance").glob("test_*.py")):
        source = path.read_text(encoding="utf-8")
        assert not ("db, ground" in source and "transaction=True" in source), path.name
