"""Finding a Chromium for the browser tests, or installing one.

``python -m tests.browser`` makes sure that there is one: an installed chromium; else Debian's package where we are
root; else Playwright's own. When nothing works it says so loudly, and the browser tests fail, not skipped in silence.
The one without a window comes first: it takes half the processor's time.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = ("chromium-headless-shell", "chromium")
NAMES = (*PACKAGES, "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def installed() -> str | None:
    """The path of a Chromium, or None: TRAEKTORIA_CHROMIUM, one on PATH, or Playwright's."""
    named = os.environ.get("TRAEKTORIA_CHROMIUM")
    if named:
        return named
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Try Debian's package (root only), then Playwright's download; the path of what came of it."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.call(["apt-get", "update", "-qq"])
        for package in PACKAGES:
            if subprocess.call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]) == 0:
                break
    if not installed():
        subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"])
    return installed()


def main() -> int:
    path = installed() or install()
    if path is None:
        print(
            "\n" + "!" * 100 + "\nNo Chromium was found and none could be installed: THE BROWSER TESTS WILL FAIL.\n"
            "Install chromium by hand, or name one in TRAEKTORIA_CHROMIUM.\n" + "!" * 100 + "\n",
            file=sys.stderr,
        )
        return 0
    print(f"Browser tests use {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
