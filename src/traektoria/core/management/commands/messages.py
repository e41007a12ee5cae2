"""``traektoria messages [ROOM…] [--check | --compile]``: the Russian catalogues of the rooms."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

import traektoria
from traektoria.core import catalogues

PACKAGE = Path(traektoria.__file__).parent


class Command(BaseCommand):
    help = (
        "Bring locale/<room>/ru/LC_MESSAGES/django.po up to date with code and templates, and compile. "
        "--check writes nothing and fails where something is missing; --compile only writes the .mo files."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rooms", nargs="*", metavar="ROOM", help="only these rooms")
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--compile", action="store_true", dest="only_compile")

    def handle(self, *, rooms: list[str], check: bool, only_compile: bool, **options: Any) -> None:
        if only_compile:
            self.stdout.write(f"{len(catalogues.compile_catalogues(PACKAGE))} catalogues compiled.")
            return
        found = {room: ids for room, ids in catalogues.collect(PACKAGE).items() if not rooms or room in rooms}
        reports = [catalogues.refresh(PACKAGE, room, ids) for room, ids in sorted(found.items())]
        problems = [f"{_short(report.path)}: {problem}" for report in reports for problem in report.problems]
        if check:
            problems += [f"{_short(report.path)}: run traektoria messages" for report in reports if report.changed]
        else:
            _write(reports)
        problems += catalogues.disagreements(PACKAGE)
        for problem in problems:
            self.stderr.write(problem)
        if check and problems:
            raise CommandError(f"Catalogues: {len(problems)} problems.")
        self.stdout.write(f"{len(reports)} catalogues, {len(problems)} problems.")


def _short(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def _write(reports: list[catalogues.Report]) -> None:
    for report in reports:
        report.path.parent.mkdir(parents=True, exist_ok=True)
        report.path.write_text(report.text, encoding="utf-8")
    catalogues.compile_catalogues(PACKAGE)
