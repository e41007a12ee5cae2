"""Fixtures of the whole suite. State of the tests lives in a folder that the run makes and removes."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from tests import as_postgres, blocked, messages, middlewares, numbers, remembered, sources
from tests.choosing import is_repeated_by_itself, may_be_repeated
from tests.copies import Copies
from tests.filled_tables import empty
from tests.sessions import enter
from tests.thoroughness import rounds
from tests.world import World, make_world
from traektoria.engines.deficits.process_apart import GROUPS
from traektoria.engines.papers.process_apart import PAPERS
from traektoria.engines.plantables.pages import READER
from traektoria.engines.results.tables.process_apart import TABLES

# What is collected stays to the end: no search for garbage goes through all the tests time and again.
gc.disable()
# How long an example takes is the machine's matter: no test fails by it.
patient: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("repeated", derandomize=True, max_examples=rounds(20, 100), **patient)
settings.register_profile("exploring", **patient)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeated"))

TransactionTestCase._fixture_teardown = empty  # type: ignore[method-assign]
Client._login = enter  # type: ignore[attr-defined]
WORLDS = Copies(make_world)
as_postgres.refuse()
blocked.refuse()
remembered.remember()
middlewares.share()
# Started once a worker: loading their libraries takes each of them seconds.
for _apart in (GROUPS, PAPERS, READER, TABLES):
    _apart.idle = 900
#: How the names of long groups begin, the longest first.
LONG = (
    *("demo", "room diagnostics", "room routes", "tests/core/installation/test_drill"),
    *("tests/acceptance/test_quarter_of_hours", "tests/acceptance/test_simulated_year", "browser", "tests/e2e"),
    *("tests/engines/deficits/test_worlds", "room tutors", "tests/core/installation/test_first_tables"),
    *("tests/results/test_bad_files", "tests/core/serving", "room", "tests/acceptance", "tests/engines/deficits"),
)
ROOMS = {path.parent.name for path in Path(__file__).parent.glob("*/matrix.py")}
DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Name the groups; PostgreSQL repeats what a database can decide. When all others have sorted (pytest-django puts
    what asks no database last, and the longest of all, the drill, with it), the long groups first."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(group_of(item.nodeid)))
    if _on_postgres():
        idle = [item for item in items if not the_database_decides(item)]
        config.hook.pytest_deselected(items=idle)
        items[:] = [item for item in items if the_database_decides(item)]
    yield
    items[:] = in_order(items)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """A file of which PostgreSQL is asked nothing is not even imported there."""
    is_test = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
    if is_test and _on_postgres() and not may_be_repeated(collection_path):
        return True
    return None


def _on_postgres() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def pytest_sessionstart(session: pytest.Session) -> None:
    messages.spare(session)


def group_of(nodeid: str) -> str:
    """The file; of the acceptance tests that open one room after the other, the room; of the demo all but browsers; and
    those together that look through all sources."""
    file, _, case = nodeid.partition("::")
    if file in ("tests/demo/test_story.py", "tests/demo/test_walk.py"):
        return "demo"
    if file == "tests/e2e/test_access.py":
        return f"browser {case}"
    if file in sources.READERS:
        return "sources"
    room = case.partition("[")[2].rstrip("]").partition(":")[0]
    return f"room {room}" if file.startswith("tests/acceptance/") and room in ROOMS else file


class ByGroup(LoadScopeScheduling):  # type: ignore[misc]
    """A group goes to one worker. What xdist has for it is written into an attribute that pytest 9 never reads."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGroup | None:
    return ByGroup(config, log) if config.getvalue("dist") == "loadgroup" else None


def in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """Groups whole, long ones first, so that at the end no worker sits alone over one of them."""
    rank: dict[str, int] = {}
    for item in items:
        marked = item.get_closest_marker("xdist_group")
        assert marked is not None
        place = next((place for place, begins in enumerate(LONG) if marked.args[0].startswith(begins)), len(LONG))
        rank.setdefault(marked.args[0], place)
    order = {name: (place, number) for number, (name, place) in enumerate(rank.items())}
    return sorted(items, key=lambda item: order[item.get_closest_marker("xdist_group").args[0]])  # type: ignore[union-attr]


def the_database_decides(item: pytest.Item) -> bool:
    """What touches it and speaks to it in words of its own (``tests/choosing.py``), or is marked so. What pages look
    like is not asked again: the permission matrix opens each of them there and sends each form."""
    asked = set(getattr(item, "fixturenames", ()))
    if not asked & DATABASE and not any(map(item.get_closest_marker, ("django_db", "processes"))):
        return False
    if item.get_closest_marker("once"):
        return False
    if any(map(item.get_closest_marker, ("database", "processes"))):
        return True
    return is_repeated_by_itself(item.path, _top(item))


def _top(item: pytest.Item) -> str:
    """The definition of its file that the test is, or is in."""
    return item.nodeid.split("::")[1].partition("[")[0]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        numbers.begin()


@pytest.fixture
def world(db: None) -> World:
    return WORLDS.one()


@pytest.fixture
def as_(world: World):  # type: ignore[no-untyped-def]
    """``as_("tutor")`` is a client signed in as that viewer of the world."""

    def client(viewer: str) -> Client:
        browser = Client()
        if viewer != "anonymous":
            browser.force_login(world.accounts[viewer], backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return client


@receiver(post_migrate, dispatch_uid="tests")
def belong_together(app_config: AppConfig, **kwargs: Any) -> None:
    """Each database that tests make or empty is the one of this run's folder."""
    from traektoria.core.installation.identity import adopt

    if app_config.label == "core":
        adopt()
