"""``traektoria start``: everything between an installed package and a running server, safe to run again."""

import os
import resource
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

NEXT_PORTS = 20
CONNECTIONS = 4096
"""Open connections a worker."""


class Command(BaseCommand):
    help = "Prepare the database and the static files (and the demo, where TRAEKTORIA_DEMO=1), then start the server."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--prepare-only", action="store_true", help="Do not start the server.")

    def handle(self, *, host: str, port: int, workers: int, prepare_only: bool, **options: Any) -> None:
        self.stdout.write("3/3 База данных и статические файлы")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMO:
            call_command("demo", "--if-empty")
        if prepare_only:
            return
        port = free_port(host, port)
        self.stdout.write("")
        self.stdout.write(f"  Траектория открыта: http://{host}:{port}/")
        if settings.DEMO:
            call_command("demo_logins")
        self.stdout.write("  Остановить: Ctrl+C. Данные остаются в " + os.path.relpath(settings.DATA) + "/")
        self.stdout.flush()
        allow_connections()
        os.execv(sys.executable, server_command(host, port, workers))  # noqa: S606 - our own interpreter and arguments


def server_command(host: str, port: int, workers: int) -> list[str]:
    """How the server is run; the load bench runs it so too.

    A browser keeps its connection open, and Granian takes no more of them than its «backpressure»: by default 512 a
    worker, so that in a campaign of thousands whoever comes later would wait for somebody to leave.
    """
    command = [sys.executable, "-m", "granian", "traektoria.config.wsgi:application", "--interface", "wsgi"]
    command += ["--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", "4"]
    command += ["--backlog", str(CONNECTIONS), "--backpressure", str(CONNECTIONS)]
    return [*command, "--no-access-log", "--log-level", "warning", "--respawn-failed-workers"]


def allow_connections() -> None:
    """Let this process and its children hold as many files open as its connections need, where the system allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(2 * CONNECTIONS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def free_port(host: str, wanted: int) -> int:
    """``wanted``, or the next free port after it."""
    for port in range(wanted, wanted + NEXT_PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return wanted
