"""Fixtures of the whole suite. State of the tests lives in a folder that the run makes and removes."""

import pytest
from django.test import Client

from tests.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def as_(world: World):  # type: ignore[no-untyped-def]
    """``as_("tutor")`` is a client signed in as that viewer of the world."""

    def client(viewer: str) -> Client:
        browser = Client()
        if viewer != "anonymous":
            browser.force_login(world.accounts[viewer], backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return client
