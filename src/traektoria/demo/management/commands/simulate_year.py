"""``traektoria simulate_year --preset tbilisskaya``: a whole plan lives through its year; the report is checked."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from traektoria.demo.simulated_year.scenario import SCENARIOS
from traektoria.demo.simulated_year.summary import in_words

SEEDS = Path("..", "shared", "seeds")


class Command(BaseCommand):
    help = "Live through the year of a plan in an empty data folder of its own, and check the report against our count."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--preset", action="append", choices=sorted(SCENARIOS), help="Default: all of them.")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--until", type=date.fromisoformat, help="The last day that is lived, for a short form.")
        parser.add_argument("--seeds", type=Path, default=SEEDS, help="Where the texts of the papers lie.")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options: Any) -> None:
        told = []
        for preset in options["preset"] or sorted(SCENARIOS):
            paper = SCENARIOS[preset].paper
            if paper and not (options["seeds"] / paper).exists():
                self.stderr.write(f"{preset}: пропущено, нет файла {options['seeds'] / paper}")
                continue
            told.append(_lived(preset, options))
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n\n".join(map(in_words, told)))
        if any(not one["right"] for one in told):
            raise CommandError("Отчёт разошёлся с подсчётом.")


def _lived(preset: str, options: dict[str, Any]) -> dict[str, Any]:
    """In a process of its own: its clock is not ours, its data folder is empty and goes afterwards."""
    until = ["--until", options["until"].isoformat()] if options["until"] else []
    where = [str(options["seeds"].resolve()), str(options["seed"])]
    with TemporaryDirectory(prefix="traektoria-year-") as folder:
        own = {name: value for name, value in os.environ.items() if not name.startswith("TRAEKTORIA_")}
        done = subprocess.run(  # noqa: S603 (our own interpreter and arguments)
            [sys.executable, "-m", "traektoria.demo.simulated_year", preset, *where, *until],
            env=own | {"TRAEKTORIA_DATA": folder, "DATABASE_URL": ""}, stdout=subprocess.PIPE, check=False,
        )  # fmt: skip
    if done.returncode:
        raise CommandError(f"{preset}: год не прожит, причина выше.")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
