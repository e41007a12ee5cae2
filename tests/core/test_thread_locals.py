"""Language, zone and connections are of the thread that answers, and a look at them costs nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, local
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.urls import base, reverse
from django.utils import timezone, translation
from django.utils.translation import trans_real

from tests.costs import calls_of

MEETING = Barrier(2, timeout=60)


def _said(language: str, zone: str) -> tuple[str, str, str]:
    """What a thread reads of its language and zone after another has chosen its own."""
    before = timezone.get_current_timezone_name()
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        MEETING.wait()
        said = translation.get_language(), timezone.get_current_timezone_name()
        MEETING.wait()
    return before, *said


def test_two_requests_at_once_have_each_their_language_and_zone() -> None:
    with translation.override("en"), ThreadPoolExecutor(2) as threads:
        one = threads.submit(_said, "ru", "Asia/Yekaterinburg")
        other = threads.submit(_said, "en", "Asia/Kamchatka")
        standard = timezone.get_default_timezone_name()
        assert one.result() == (standard, "ru", "Asia/Yekaterinburg")
        assert other.result() == (standard, "en", "Asia/Kamchatka")


@pytest.mark.django_db
def test_each_thread_has_its_connection() -> None:
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(lambda: connections["default"]).result() is not connections["default"]


@pytest.mark.parametrize(
    ("look", "most"),
    [(translation.get_language, 8), (lambda: reverse("desk:home"), 60)],
    ids=["language", "address"],
)
def test_a_look_is_no_work(look: Callable[[], Any], most: int) -> None:
    look()
    assert calls_of(look) <= most


def test_it_is_of_the_thread_wherever_django_keeps_it() -> None:
    kept = (trans_real._active, timezone._active, base._prefixes, base._urlconfs)  # type: ignore[attr-defined]
    assert {type(one) for one in kept} == {local}
