"""``traektoria results_table DATASET --table marks|journal|completion|primary --by … --format json|csv``."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from traektoria.engines.results import tables as engine
from traektoria.engines.results.tables import By, Selection, compute
from traektoria.results.models import Dataset, DatasetKind
from traektoria.results.sheets import Names, as_csv, as_json, sheet_of
from traektoria.results.tables import TableKind, published, published_form
from traektoria.results.tasks import spec_of, task_facts


class Command(BaseCommand):
    help = (
        "Print a table of a dataset as readers see it (small groups and those that cover them are suppressed). "
        "DATASET is the id that import_results prints, or the folder. CSV has semicolons, decimal commas and a BOM: "
        "a Russian Excel opens it by a double click."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dataset", metavar="DATASET")
        parser.add_argument("--table", required=True, choices=[kind.value for kind in TableKind])
        parser.add_argument("--by", default="region", choices=[level.value for level in By])
        for name in ("region", "municipality", "school"):
            parser.add_argument(f"--{name}", help="only this one, named as in the file")
        parser.add_argument("--format", default="json", choices=["json", "csv"])

    def handle(self, *, dataset: str, table: str, by: str, **options: Any) -> None:
        row = dataset_named(dataset)
        if row.pk and not row.is_shown:
            raise CommandError("Readers do not see this dataset: a newer file replaced it, or it waits for company.")
        if row.kind != DatasetKind.ANSWERS:
            self._aggregate(row, options["format"])
            return
        facts, kind = task_facts(row), TableKind(table)
        selection = Selection(By(by), options["region"], options["municipality"], options["school"])
        spec = spec_of(facts)
        rows = published(row, kind, selection, spec) if row.pk else compute(
            engine.ResultsSource(Path(dataset)), kind, selection, spec
        )  # fmt: skip
        if options["format"] == "csv":
            names = Names.of(row) if row.pk else Names({})
            self.stdout.write("\ufeff" + as_csv(sheet_of(table, kind, selection.by, rows, names, facts)), ending="")
        else:
            self._json(row, table, by, as_json(rows, facts))

    def _json(self, row: Dataset, table: str, by: str, rows: list[dict[str, Any]]) -> None:
        about = {name: getattr(row, name) for name in ("procedure", "year", "subject", "grade", "layout")}
        told = {"dataset": row.pk, **about, "table": table, "by": by, "rows": rows}
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))

    def _aggregate(self, row: Dataset, form: str) -> None:
        """A report that came aggregated is printed as it came; groups under ten have no figures."""
        if form == "csv":
            raise CommandError("A report that came aggregated is printed as JSON.")
        self._json(row, row.kind, "group", published_form(row))


def dataset_named(asked: str) -> Dataset:
    """By id, by the name of its folder, or a folder that has no row (then a row that is not saved)."""
    known = {"pk": int(asked)} if asked.isdecimal() else {"folder": Path(asked).name}
    found = Dataset.objects.filter(**known).select_related("replaced_by").first()
    if found:
        return found
    meta = Path(asked) / "meta.json"
    if not meta.is_file():
        raise CommandError(f"There is no dataset {asked}.")
    told = json.loads(meta.read_text(encoding="utf-8"))
    about = {name: told[name] for name in ("procedure", "year", "subject", "grade", "layout")}
    return Dataset(**about, tasks=told.get("tasks", []))
