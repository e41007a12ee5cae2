"""A mail server for tests: a real one, on this machine, which refuses as it is told to."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import Any

from aiosmtpd.smtp import SMTP

OK = "250 OK"
DROP = "drop"
"""The line breaks off in the middle of the letter."""


class Office:
    """``letters`` that came. ``rcpt`` and ``data`` are the next answers, first to last; then it takes everything."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.asked: list[str] = []
        self.rcpt: list[str] = []
        self.data: list[str] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        self.asked.append(address)
        answer = self.rcpt.pop(0) if self.rcpt else OK
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        answer = self.data.pop(0) if self.data else OK
        if answer == OK:
            letter = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
        return answer


class _Line(SMTP):
    """Breaks off after the first lines of a letter where the office says so."""

    async def smtp_DATA(self, arg: str) -> None:
        office: Office = self.event_handler
        if office.data and office.data[0] == DROP:
            office.data.pop(0)
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


@contextmanager
def open_office() -> Iterator[Office]:
    office, loop = Office(), asyncio.new_event_loop()
    server = loop.run_until_complete(
        loop.create_server(lambda: _Line(office, loop=loop, hostname="localhost"), sock=office.socket)
    )
    thread = Thread(target=loop.run_forever, name="post office")
    thread.start()
    try:
        yield office
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


def closed_port() -> int:
    """Where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
    return port
