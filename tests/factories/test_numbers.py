"""What factories and databases count by themselves never meets what a test writes, in whatever order tests run."""

import re
from pathlib import Path

from tests import numbers
from tests.world import World
from traektoria.organisations.models import School, TutorCentre

OURS = re.compile(r"(?<![\d.])(?:7\d{5}|8\d{6})(?!\d)")  # as in tests.factories and tests.numbers


def test_no_test_writes_a_number_of_the_factories_or_of_a_row() -> None:
    for path in sorted(Path(__file__).parents[1].rglob("test_*.py")):
        assert not OURS.search(path.read_text(encoding="utf-8")), path.name


def test_no_row_has_the_number_of_a_row_elsewhere(world: World) -> None:
    people = [account.pk for account in world.accounts.values()]
    found = [{row.pk // numbers.APART for row in model.objects.all()} for model in (TutorCentre, School)]
    assert min(people) > numbers.FIRST
    assert not set.intersection(*found, {pk // numbers.APART for pk in people})
