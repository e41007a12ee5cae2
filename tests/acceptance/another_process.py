"""``python -m tests.acceptance.another_process``: another server's process, which answers requests from its input.

A line in: {"session": …, "path": …, "now": ISO moment or null}. A line out: {"status": …, "menu": [addresses]}.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit


class Another:
    """The process, from outside."""

    def __init__(self, running: "subprocess.Popen[str]") -> None:
        self._running = running

    def get(self, session: str, path: str = "/help/", now: datetime | None = None) -> dict[str, Any]:
        asked = {"session": session, "path": path, "now": now.isoformat() if now else None}
        assert self._running.stdin is not None
        assert self._running.stdout is not None
        self._running.stdin.write(json.dumps(asked) + "\n")
        self._running.stdin.flush()
        return json.loads(self._running.stdout.readline())  # type: ignore[no-any-return]


@contextmanager
def another_process() -> Iterator[Another]:
    """On the database of this test, which has to lie in a file or on a server."""
    from django.conf import settings
    from django.db import connection

    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}"
    if connection.vendor != "sqlite":
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    environment = {
        **os.environ, "DATABASE_URL": url, "TESTS_SECRET": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.acceptance.another_process"]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        yield Another(running)


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone
    from lxml.html import fromstring

    settings.SECRET_KEY = os.environ["TESTS_SECRET"]  # that of the settings is another in each process of tests
    client = Client(headers={"host": "localhost"})
    really = timezone.now
    for line in sys.stdin:
        asked = json.loads(line)
        client.cookies[settings.SESSION_COOKIE_NAME] = asked["session"]
        moment = datetime.fromisoformat(asked["now"]) if asked["now"] else None
        with patch("django.utils.timezone.now", lambda moment=moment: moment or really()):
            answer = client.get(asked["path"])
        page = fromstring(answer.content.decode()) if answer.content else None
        menu = [] if page is None else page.xpath("//nav[contains(@class, 'side')]//a/@href")
        said = {"status": answer.status_code, "menu": menu, "location": answer.headers.get("Location", "")}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
