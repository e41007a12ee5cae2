"""``python -m tests.bench.memory``: what the processes of ``traektoria start`` hold after a walk over the demo.

TRAEKTORIA_DATA names a folder with the demo in it (``TRAEKTORIA_DEMO=1 traektoria start --prepare-only``). Each person
of the cast opens the pages and files that the pages lead to, by HTTP. Prints bytes of each process as JSON: resident,
and its proportional share where pages of memory are common (PSS), at the start and after the walk, and which heavy
libraries it has loaded.
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import django
from lxml.html import fromstring

from tests.bench.sittings import HOST, Server

GOAL = 300_000_000
HEAVY = ("duckdb", "lxml", "numpy", "pandas", "pyarrow", "scipy", "typst")
"""lxml comes with python-docx."""
EACH = 3
"""Addresses of one shape that a person opens."""


def processes_of(parent: int) -> dict[int, str]:
    """Children and their children: number → what ``top`` shows."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
            apart = "process_apart" in (folder / "cmdline").read_text()
            words = "apart" if apart else (folder / "comm").read_text().strip()
        except OSError:
            continue
        found[int(folder.name)] = int(stat.rpartition(")")[2].split()[1]), words
    ours = {parent}
    while more := {pid for pid, (above, _words) in found.items() if above in ours} - ours:
        ours |= more
    return {pid: found[pid][1] for pid in ours - {parent} if pid in found}


def loaded(pid: int) -> list[str]:
    """Heavy libraries of which something compiled lies in the memory of the process."""
    maps = Path(f"/proc/{pid}/maps").read_text()
    return sorted(name for name in HEAVY if f"/site-packages/{name}/" in maps)


def held(pid: int) -> dict[str, int]:
    """Bytes: resident, and its proportional share."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    told = {line.split(":")[0]: int(line.split()[1]) * 1000 for line in lines[1:]}
    return {"resident": told["Rss"], "share": told["Pss"]}


def measured(parent: int) -> dict[str, dict[str, Any]]:
    made: Counter[str] = Counter()
    found: dict[str, dict[str, Any]] = {}
    for pid, words in sorted(processes_of(parent).items()):
        try:
            now = {**held(pid), "heavy": loaded(pid)}
        except OSError:  # it has just ended
            continue
        made[words] += 1
        found[f"{words} {made[words]}"] = now
    return found


def walk(port: int, cookie: str) -> int:
    """Every shape of address that the pages lead this person to, a few of each. Returns how many were opened."""
    ahead, seen, shapes = ["/"], {"/"}, Counter[str]()
    while ahead:
        url = ahead.pop()
        asked = urllib.request.Request(f"http://{HOST}:{port}{url}", headers={"Cookie": cookie})
        try:
            with urllib.request.urlopen(asked, timeout=120) as answer:  # noqa: S310 - our own server
                is_page = answer.headers.get_content_type() == "text/html"
                body = answer.read()
        except urllib.error.HTTPError:
            continue
        links = fromstring(body.decode()).xpath("//a/@href") if is_page and body else []
        for link in links:
            parts = urlsplit(urljoin(url, link))
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            shape = "/".join("#" if any(map(str.isdigit, word)) else word for word in parts.path.split("/"))
            if not parts.netloc and path not in seen and "logout" not in path and shapes[shape] < EACH:
                shapes[shape] += 1
                seen.add(path)
                ahead.append(path)
    return len(seen)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traektoria.config.settings")
    django.setup()
    from django.core.cache import cache

    from tests.bench.pages import sign_in
    from traektoria.demo.cast import CAST
    from traektoria.people.models import Account

    cache.clear()
    server = Server()
    server.start()
    try:
        server.wait()
        time.sleep(3)
        begun = measured(server.pid)
        opened = {}
        for login in [one.login for one in CAST]:
            account = Account.objects.get(username=login)
            opened[login] = walk(server.port, sign_in(account.pk))
        walked = measured(server.pid)
        time.sleep(float(sys.argv[1]) if sys.argv[1:] else 0)
        rested = measured(server.pid)
    finally:
        server.kill()
    workers = [name for name in rested if name.startswith("server")]
    together = {what: sum(rested[name][what] for name in workers) for what in ("resident", "share")}
    told = {"opened": opened, "begun": begun, "walked": walked, "rested": rested, "workers": together, "goal": GOAL}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
