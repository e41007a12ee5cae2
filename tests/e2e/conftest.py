"""A live server and a real Chromium for the browser tests."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import FLAGS, installed
from tests.patience import SECONDS
from traektoria.people.models import Account

# Playwright's synchronous API runs an event loop in this thread; Django would refuse the database in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

#: Milliseconds by which each answer comes later, then in drops: shows what a test asks of a page that is still coming.
#: Not by Chromium's slow processor: that one burns a core for each open page, and nothing else on the machine goes on.
SLOW, DROPS = int(os.environ.get("TESTS_SLOW", "0")), 60_000
PATIENCE = SECONDS * 1000
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Of one file: while it lives an event loop runs in this thread, and other tests begin loops and processes."""
    path = installed()
    if path is None:
        pytest.fail("No Chromium: run `python -m tests.browser`, or name one in TRAEKTORIA_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server, settings) -> Iterator[Callable[..., Page]]:  # type: ignore[no-untyped-def]
    """``open_page(account, phone=True)``: a page of a browser of its own, signed in; a script error fails the test. The
    line of one that is ``cut`` by the test is not slow besides. Where a test answers in the place of the server, nobody
    stands between (``workers=False``): a service worker asks the server past ``page.route``."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(
        account: Account | None = None,
        *,
        phone: bool = False,
        javascript: bool = True,
        cut: bool = False,
        workers: bool = True,
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=PHONE if phone else DESKTOP,
            has_touch=phone,
            java_script_enabled=javascript,
            locale="en-US",
            timezone_id="Europe/Moscow",
            accept_downloads=True,
            service_workers="allow" if workers else "block",
        )
        contexts.append(context)
        if account:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session_of(account), "url": live_server.url}]
            )
        page = context.new_page()
        if SLOW and not cut:
            line = {"offline": False, "latency": SLOW, "downloadThroughput": DROPS, "uploadThroughput": -1}
            context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
        page.set_default_timeout(PATIENCE)  # the first figures of a busy machine take their time
        page.set_default_navigation_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def session_of(account: Account) -> str:
    """The key of a new session of that account."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from traektoria.people.sessions import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    assert session.session_key
    return session.session_key
