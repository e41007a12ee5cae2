"""``traektoria start``: everything between an installed package and a running server, safe to run again."""

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

NEXT_PORTS = 20


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
        os.execv(sys.executable, server_command(host, port, workers))  # noqa: S606 - our own interpreter and arguments


def server_command(host: str, port: int, workers: int) -> list[str]:
    """How the server is run; the load bench runs it so too."""
    command = [sys.executable, "-m", "granian", "traektoria.config.wsgi:application", "--interface", "wsgi"]
    command += ["--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", "4"]
    return [*command, "--no-access-log", "--log-level", "warning", "--respawn-failed-workers"]


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
