"""``traektoria start``: everything between an installed package and a running server, safe to run again."""

import errno
import os
import resource
import socket
import sys
import time
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, OperationalError

from traektoria.core.error_pages import trouble_of
from traektoria.core.installation.table_counts import count_tables
from traektoria.core.patience import is_busy
from traektoria.core.serving.limits import CONNECTIONS
from traektoria.core.serving.supervisor import TOLD

NEXT_PORTS = 20
PATIENCE = 3.0
HERE = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}  # noqa: S104 - where one asks, not listens
"""Where a server that listens everywhere is asked from this machine."""


class Command(BaseCommand):
    help = "Prepare the database and the static files (and the demo, where TRAEKTORIA_DEMO=1), then start the server."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--prepare-only", action="store_true", help="Do not start the server.")

    def handle(self, *, host: str, port: int, workers: int, prepare_only: bool, **options: Any) -> None:
        self.stdout.write("3/3 База данных и статические файлы")
        try:
            prepare()
        except (OSError, DatabaseError) as trouble:
            said = trouble_of(trouble)
            if said is None:
                raise
            raise CommandError(f"{said[0]} ({trouble})") from trouble
        if prepare_only:
            return
        listener = listen(host, port)
        taken = listener.getsockname()[1]
        if taken != port:
            self.stdout.write(f"  Порт {port} занят, взят следующий свободный.")
        self.stdout.write("  Сервер запускается…")
        self.stdout.flush()
        os.environ[TOLD] = f"{HERE.get(host, host)} {taken}\n{opened(host, taken)}"
        allow_connections()
        listener.set_inheritable(True)
        os.execv(sys.executable, server_command(listener, workers))  # noqa: S606 - our own interpreter and arguments


def prepare() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    clear_leavings()
    call_command("collectstatic", interactive=False, verbosity=0)
    if settings.DEMO:
        call_command("demo", "--if-empty")
    count_if_free()


def count_if_free() -> None:
    """A database that is busy just now begins with what was counted before: the worker counts every night."""
    try:
        count_tables.call()
    except OperationalError as trouble:
        if not is_busy(trouble):
            raise


def address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def opened(host: str, port: int) -> str:
    """What is said when the first page answers."""
    logins = StringIO()
    if settings.DEMO:
        call_command("demo_logins", stdout=logins)
    lines = (
        "", f"  Траектория открыта: {address(host, port)}", logins.getvalue().rstrip("\n"), in_front(),
        f"  Остановить: Ctrl+C. Данные остаются в {os.path.relpath(settings.DATA)}/",
    )  # fmt: skip
    return "\n".join(line for at, line in enumerate(lines) if line or not at) + "\n"


def in_front() -> str:
    """What is believed to stand before the server: believed wrongly, all people are one address, or forge theirs."""
    if proxies := settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return f"  Перед сервером прокси: {proxies}. Адрес человека берётся из X-Forwarded-For."
    return "  Прокси перед сервером не объявлен. Если он есть, задайте TRAEKTORIA_PROXIES=1."


def clear_leavings() -> None:
    """What killed processes left in the folders; asks first whether folders and database belong together."""
    from traektoria.core.installation import identity, leavings

    try:
        identity.own_cache(identity.settle())
        leavings.sweep_uploads()
        leavings.sweep()
    except identity.Apart as apart:
        raise CommandError(apart.details) from apart


def server_command(listener: socket.socket, workers: int) -> list[str]:
    """How the server is run on an open socket; the tests and the load bench run it so too."""
    module = "traektoria.core.serving.supervisor"
    return [sys.executable, "-m", module, str(listener.fileno()), str(workers)]


def allow_connections() -> None:
    """Let this process and its children hold as many files open as its connections need, where the system allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(2 * CONNECTIONS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def listen(host: str, wanted: int) -> socket.socket:
    """A listening socket on ``wanted``, or on the next free port after it: whoever comes while processes start, waits.

    Processes of a server that was just killed hold the port for a moment longer.
    """
    patience = time.monotonic() + PATIENCE
    for port in range(wanted, wanted + NEXT_PORTS):
        while True:
            try:
                family = socket.AF_INET6 if ":" in host else socket.AF_INET
                return socket.create_server((host, port), family=family, backlog=CONNECTIONS)
            except OSError as trouble:
                if trouble.errno != errno.EADDRINUSE:
                    raise CommandError(f"Адрес {host}:{port} не открыть: {trouble.strerror}.") from trouble
            if port != wanted or time.monotonic() > patience:
                break
            time.sleep(0.1)
    raise CommandError(f"Порты {wanted}–{wanted + NEXT_PORTS - 1} заняты. Назовите другой: --port.")
