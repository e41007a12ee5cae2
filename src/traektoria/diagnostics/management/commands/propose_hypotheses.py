"""``traektoria propose_hypotheses [DATASET_ID]``: questions and suppositions for the teachers of one dataset.

Without an id everything that was proposed before is said anew: what no longer holds is withdrawn, its readers are told.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from traektoria.core.errors import DomainError
from traektoria.diagnostics.problem_field.actions.from_results import propose_from_dataset
from traektoria.diagnostics.problem_field.queries.hypotheses import proposed_before
from traektoria.results.models import Dataset


class Command(BaseCommand):
    help = (
        "Propose questions and suppositions from an imported dataset; a repeated run adds nothing. Without an id: say "
        "anew what was proposed before. Prints totals only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dataset", type=int, nargs="?")

    def handle(self, *, dataset: int | None, **options: Any) -> None:
        if dataset is None:
            for row in proposed_before():
                try:
                    self._propose(row)
                except CommandError as refusal:  # one file's question is no reason to leave the others as they were
                    self.stderr.write(f"dataset {row.pk}: {refusal}")
            return
        found = Dataset.objects.select_related("centre").filter(pk=dataset).first()
        if found is None:
            raise CommandError(f"There is no dataset {dataset}.")
        self._propose(found)

    def _propose(self, row: Dataset) -> None:
        try:
            totals = propose_from_dataset(dataset=row, by=None)
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(
            f"dataset {row.pk}: teachers: {totals.teachers}, new suppositions: {totals.hypotheses}, "
            f"new questions: {totals.questions}, withdrawn: {totals.withdrawn}, too few: {totals.small}"
        )
