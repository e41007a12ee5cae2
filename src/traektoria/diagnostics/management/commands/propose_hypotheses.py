"""``traektoria propose_hypotheses DATASET_ID``: hypotheses for the teachers of the classes of one dataset."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from traektoria.core.errors import DomainError
from traektoria.diagnostics.proposing import propose_from_dataset
from traektoria.results.models import Dataset


class Command(BaseCommand):
    help = "Propose hypotheses of deficits from an imported dataset; a repeated run adds nothing. Prints totals only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dataset", type=int)

    def handle(self, *, dataset: int, **options: Any) -> None:
        row = Dataset.objects.select_related("centre").filter(pk=dataset).first()
        if row is None:
            raise CommandError(f"There is no dataset {dataset}.")
        try:
            totals = propose_from_dataset(dataset=row, by=None)
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"teachers: {totals.teachers}, new hypotheses: {totals.hypotheses}, too few: {totals.small}")
