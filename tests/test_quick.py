"""What ``make quick`` chooses for a change."""

from pathlib import Path

import pytest

from tests.choosing import ROOT
from tests.quick import choose, room_of

PACKAGE = ROOT / "src/traektoria"


def chosen(*changed: str) -> dict[str, list[str]]:
    found = choose([ROOT / name for name in changed])
    return {why: [str(place.relative_to(ROOT / "tests")) for place in places] for why, places in found.steps}


@pytest.mark.parametrize(
    ("file", "room"),
    [
        ("src/traektoria/routes/route/policies.py", "routes"),
        ("src/traektoria/templates/tutors/home.html", "tutors"),
        ("src/traektoria/locale/people/ru/LC_MESSAGES/django.po", "people"),
        ("tests/results/samples.py", "results"),
        ("tests/results/test_import.py", ""),
        ("tests/world.py", ""),
        ("README.md", ""),
    ],
)
def test_the_room_of_a_file(file: str, room: str) -> None:
    assert room_of(ROOT / file) == room


def test_a_source_is_asked_by_its_room_its_pages_and_the_rooms_to_the_left() -> None:
    found = chosen("src/traektoria/routes/route/policies.py")
    assert found["rooms of the change"] == ["routes"]
    assert found["open the pages of these rooms"] == ["acceptance"]
    assert "documents" in found["rooms that depend on it"]
    assert "people" not in found["rooms that depend on it"]


def test_a_source_is_asked_first_by_the_tests_that_import_it() -> None:
    assert "core/test_word_search.py" in chosen("src/traektoria/core/word_search.py")["import what was changed"]


def test_a_policy_is_asked_by_the_tests_of_the_acts_that_obey_it() -> None:
    """Actions of a session ask ``commission.policies``; their tests come before the rest of the room."""
    found = chosen("src/traektoria/tutors/commission/policies.py")
    asked = list(found)
    assert "tutors/commission/test_votes.py" in found["import what stands on it at first hand"]
    assert asked.index("import what stands on it at first hand") < asked.index("rooms of the change")


def test_a_helper_is_asked_by_the_tests_that_it_helps() -> None:
    for helper, test in (
        ("tests/routes/need_factories.py", "routes/supports/test_capacity.py"),
        ("tests/world.py", "desk/test_home.py"),
        ("tests/factories/__init__.py", "people/test_staff_table.py"),
        ("tests/clock.py", "test_steadiness.py"),
    ):
        assert test in chosen(helper)["are helped by what was changed"]


def test_what_all_tests_stand_on_is_asked_by_all() -> None:
    assert chosen("tests/settings.py")["stand on it, all of them"] == ["."]
    assert chosen("tests/acceptance/conftest.py")["stand on it, all of them"] == ["acceptance"]


def test_an_engine_is_asked_by_its_own_tests() -> None:
    assert chosen("src/traektoria/engines/voting/__init__.py")["rooms of the change"] == ["engines/voting"]


def test_a_changed_test_is_asked_alone() -> None:
    assert chosen("tests/routes/needs/test_needs.py") == {"changed": ["routes/needs/test_needs.py"]}


def test_a_document_is_looked_after() -> None:
    assert chosen("docs/map.md") == {"look after the documents": ["core/test_docs.py"]}


def test_nothing_is_chosen_for_what_no_test_asks() -> None:
    assert choose([Path(ROOT / ".gitignore")]).steps == []
