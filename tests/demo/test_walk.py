"""A walk through the demo: each person of the cast follows every link in sight, and no page breaks."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from tests.demo.copied import lay_demo
from tests.demo.tour import GUESTS, Tour, tour
from tests.once import folder_of_the_run

pytestmark = [pytest.mark.slow, pytest.mark.database, pytest.mark.django_db]


@pytest.fixture(scope="module")
def walked(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    run = folder_of_the_run(tmp_path_factory)
    with django_db_blocker.unblock(), transaction.atomic():
        lay_demo(run)
        yield tour(run)
        transaction.set_rollback(True)


@pytest.mark.parametrize("login", GUESTS)
def test_no_link_in_sight_is_broken(login: str, walked: Tour) -> None:
    pages = walked.pages[login]
    broken = {one.path: one.status for one in pages if one.status >= 400}
    assert not broken, f"{login}: {broken}"
    assert len(pages) > 1 or connection.vendor != "sqlite", "the first page leads nowhere"
    strange = {one.path: one.whose for one in pages if one.whose != login}
    assert not strange, f"{login}: a page made for somebody else, or for nobody: {strange}"
    ambiguous = {one.path: one.twice for one in pages if one.twice}
    assert not ambiguous, f"{login}: a label, a link or a script that means one of two: {ambiguous}"
    astray = {one.path: one.nowhere for one in pages if one.nowhere}
    assert not astray, f"{login}: a label or a description of what is not on the page: {astray}"


def test_what_a_view_of_ours_answers_is_a_page(walked: Tour) -> None:
    """Files apart; the pages are also those of people who are not of the cast."""
    assert len(walked.pages) > len(GUESTS)
    every = [(login, one) for login, pages in walked.pages.items() for one in pages]
    odd = [(login, one.path, one.status) for login, one in every if one.kind and (one.status != 200 or not one.is_page)]
    assert not odd
