"""Many people who begin a work in the same minute, as browsers do it: one kept-alive connection each, in asyncio.

A person opens the screen of consent, agrees, opens the first screen, begins, loads the work, and saves answers one by
one. What fails for a dead server is tried again, as ``sitting.js`` does; a save keeps its sequence.
"""

import asyncio
import gzip
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

CSRF = "b" * 32
SEAL = re.compile(rb'name="seal" value="([0-9a-f]+)"')
STEPS = ("consent screen", "consent", "first screen", "begin", "the work", "save")
PATIENCE = 90.0


@dataclass(frozen=True)
class Sitter:
    """One person: the cookie of their session, the token of their sitting, their form items with a right value."""

    cookie: str
    token: str
    campaign: int
    items: tuple[int, ...]


@dataclass
class Seen:
    """Seconds by step, statuses that were not expected, and every answer that the server acknowledged."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    bad: Counter[str] = field(default_factory=Counter)
    retries: int = 0
    kept: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    unfinished: int = 0


class Line:
    """A kept-alive connection of a browser that asks again when the server is gone."""

    def __init__(self, host: str, port: int, cookie: str, seen: Seen) -> None:
        self._place, self._seen = (host, port), seen
        self._cookie = f"{cookie}; csrftoken={CSRF}"
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, step: str, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, bytes]:
        """The answer, however many tries it takes; the whole wait is the step's time."""
        start, wait = time.perf_counter(), 0.5
        while True:
            try:
                status, content = await asyncio.wait_for(self._once(method, path, body, kind), PATIENCE)
            except (TimeoutError, OSError, EOFError, ValueError):
                self.close()
                status, content = 0, b""
            if 0 < status < 500:
                self._seen.seconds[step].append(time.perf_counter() - start)
                return status, content
            if status:
                self._seen.bad[f"{step} {status}"] += 1
            self._seen.retries += 1
            await asyncio.sleep(wait * random.uniform(0.6, 1.2))
            wait = min(wait * 2, 8.0)

    async def _once(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, bytes]:
        if self._ends is None:
            self._ends = await asyncio.open_connection(*self._place)
        reader, writer = self._ends
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._place[0]}\r\nCookie: {self._cookie}\r\n"
        head += f"Accept-Encoding: gzip\r\nX-CSRFToken: {CSRF}\r\nContent-Length: {len(body)}\r\n"
        writer.write((head + (f"Content-Type: {kind}\r\n" if kind else "") + "\r\n").encode() + body)
        await writer.drain()
        return await _answer(reader)

    def close(self) -> None:
        if self._ends is not None:
            self._ends[1].close()
            self._ends = None


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status, length = int(head.split(b" ", 2)[1]), re.search(rb"content-length: (\d+)", head)
    if length:
        content = await reader.readexactly(int(length[1]))
    else:
        content = b""
        while size := int((await reader.readuntil(b"\r\n")).strip() or b"0", 16):
            content += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readexactly(2)
    return status, gzip.decompress(content) if b"content-encoding: gzip" in head else content


async def person(sitter: Sitter, line: Line, seen: Seen) -> None:
    """The whole way of one person."""
    work, page = f"/diagnostics/works/{sitter.campaign}/", f"/diagnostics/sittings/{sitter.token}/"
    form = "application/x-www-form-urlencoded"
    _status, screen = await line.ask("consent screen", "GET", work)
    seal = SEAL.search(screen)
    sent = b"seal=" + (seal[1] if seal else b"")
    expected(seen, "consent", await line.ask("consent", "POST", f"{work}consent/", sent, form), 302)
    expected(seen, "first screen", await line.ask("first screen", "GET", page), 200)
    expected(seen, "begin", await line.ask("begin", "POST", f"{page}start/", b"", form), 302)
    expected(seen, "the work", await line.ask("the work", "GET", page), 200)
    for number, item in enumerate(sitter.items, start=1):
        value = {"choice": number % 3}
        answer = {"item": item, "value": value, "sequence": 1_000_000 + number}
        body = json.dumps({"tab": "1-bench", "now": 1, "answers": [answer]}).encode()
        status, content = await line.ask("save", "POST", f"{page}save/", body, "application/json")
        if status == 200 and str(item) in json.loads(content)["kept"]:
            seen.kept[sitter.token, item] = value
        else:
            seen.bad[f"save {status}"] += 1


def expected(seen: Seen, step: str, answer: tuple[int, bytes], status: int) -> None:
    if answer[0] != status:
        seen.bad[f"{step} {answer[0]}"] += 1


async def crowd(
    host: str, port: int, sitters: Sequence[Any], within: float, limit: float, seen: Any, way: Any = person
) -> Any:
    """Everybody comes at an even pace ``within`` so many seconds and goes their ``way``; connections stay open to the
    end, as browsers' do. Each of ``sitters`` has its ``cookie``."""
    lines = [Line(host, port, one.cookie, seen) for one in sitters]

    async def comes(number: int) -> None:
        await asyncio.sleep(within * number / len(sitters))
        await way(sitters[number], lines[number], seen)

    tasks = [asyncio.create_task(comes(number)) for number in range(len(sitters))]
    _done, left = await asyncio.wait(tasks, timeout=limit)
    seen.unfinished = len(left)
    for task in left:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=False) if not left else await asyncio.wait(left)
    for line in lines:
        line.close()
    return seen
