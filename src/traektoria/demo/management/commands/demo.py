"""``traektoria demo [--if-empty]``: fill an empty database with the made-up district."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from traektoria.core.errors import DomainError
from traektoria.core.figures import figure
from traektoria.demo.people import is_empty


class Command(BaseCommand):
    help = "Build the demo in an empty database: people, results, hypotheses, supports and routes."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="Do nothing where a centre exists already.")

    def handle(self, *, if_empty: bool, **options: Any) -> None:
        if if_empty and not is_empty():
            return
        from traektoria.demo import story  # loads the engines: the second run does not wait for them

        began = monotonic()
        self.stdout.write("Демонстрация: придуманный район (около 20 секунд)")
        try:
            totals = story.build(today=timezone.localdate(), tell=self._tell)
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(
            f"  готово за {figure(monotonic() - began)} с: людей {totals.people}, "
            f"файлов результатов {totals.datasets}, гипотез {totals.hypotheses}, "
            f"сопровождений {totals.supports}, маршрутов {totals.routes}"
        )

    def _tell(self, step: str) -> None:
        self.stdout.write(f"  {step}")
        self.stdout.flush()
