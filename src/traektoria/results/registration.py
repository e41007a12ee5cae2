"""What the room tells the rooms below: its place in the menu, wording of audit events."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from traektoria.core.installation.roots import DATASETS
from traektoria.core.installation.sources import NamedFile, StoredFiles, stored_files
from traektoria.core.registries import MenuEntry, menu, word_events
from traektoria.results import errands as errands
from traektoria.results import search_registration as search_registration
from traektoria.results import table_errands as table_errands
from traektoria.results import waiting as waiting
from traektoria.results.models import Dataset, DatasetKind


def folders(using: str) -> Iterable[NamedFile]:
    """The folder of every dataset, with the files that its pages read."""
    rows = Dataset.objects.using(using).exclude(folder="").order_by("pk")
    for pk, kind, folder in rows.values_list("pk", "kind", "folder").iterator(chunk_size=2000):
        tables = ("participants.parquet", "answers.parquet") if kind == DatasetKind.ANSWERS else ()
        yield NamedFile(DATASETS, folder, f"results.Dataset {pk}", parts=("meta.json", *tables))


menu.add(
    MenuEntry(
        slug="results",
        order=50,
        label=gettext_lazy("Results"),
        url_name="results:dataset_list",
        icon="chart-column",
        visible=lambda actor: actor.is_coordinator or actor.is_head,
        prefixes=("/results/",),
    )
)
stored_files.add(StoredFiles("results.datasets", 10, DATASETS, folders))
_WORDS = {
    "results.dataset_imported": gettext_lazy("loaded a file of results"),
    "results.dataset_deleted": gettext_lazy("deleted a file of results"),
    "results.school_mapped": gettext_lazy("said which school a file means"),
    "results.schools_not_ours": gettext_lazy("said which schools are not ours"),
    "results.scale_entered": gettext_lazy("entered the scale of a work"),
    "results.scale_taken_back": gettext_lazy("took back the scale of a work"),
    "results.marks_given": gettext_lazy("gave marks by a scale"),
    "results.specification_imported": gettext_lazy("loaded a specification"),
}
word_events(_WORDS)
