"""A walk through the demo: each person of the cast follows every link in sight, and no page breaks."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

from traektoria.demo import story
from traektoria.demo.cast import CAST
from traektoria.people.models import Account

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
SKIPPED = ("/static/", "/account/", "/design/", "/demo/")
SAME = 3
"""Of pages with the same view so many are opened: one teacher's route is like another's."""
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        story.build(today=timezone.localdate(), tell=lambda step: None)
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("login", [part.login for part in CAST])
@pytest.mark.usefixtures("_built")
def test_no_link_in_sight_is_broken(login: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(username=login), backend=BACKEND)
    answers = dict(_walk(client))
    broken = {path: status for path, status in answers.items() if status >= 400}
    assert not broken, f"{login}: {broken}"
    assert len(answers) > 1, "the first page leads nowhere"


def _walk(client: Client) -> Iterator[tuple[str, int]]:
    waiting, seen, opened = ["/"], {"/"}, dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        response = client.get(path, follow=True)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        yield path, response.status_code
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        for link in map(unescape, LINK.findall(content.decode())):
            name = _name(link)
            if link in seen or link.startswith(SKIPPED) or opened.get(name, 0) >= SAME:
                continue
            seen.add(link)
            opened[name] = opened.get(name, 0) + 1
            waiting.append(link)


def _name(link: str) -> str:
    try:
        return resolve(link.split("?")[0]).view_name
    except Resolver404:
        return link
