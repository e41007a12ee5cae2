"""What the room tells the rooms below: its place in the menu, lines of the desk, wording of audit events."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.installation.roots import DATASETS
from traektoria.core.registries import (
    AuditWording,
    DeskGroup,
    DeskLine,
    DeskSource,
    MenuEntry,
    Named,
    StoredFiles,
    audit_wording,
    desk,
    menu,
    stored_files,
)
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.results import queries
from traektoria.results import search_registration as search_registration
from traektoria.results.models import Dataset, DatasetKind


def desk_lines(actor: Actor, today: date) -> Iterable[DeskLine]:
    """For a coordinator: nothing loaded yet, or schools of files that nobody knows. One query."""
    kept = [grant for grant in actor.grants if grant.role == Role.COORDINATOR and grant.centre_id]
    centre = min(kept, key=lambda grant: grant.centre_id or 0, default=None)
    if centre is None or centre.centre_id is None:
        return
    datasets, unknown = queries.counts_kept_by(actor)
    if not datasets:
        yield DeskLine(
            group=DeskGroup.TODAY,
            what=_("Load the results: weak tasks and suppositions follow from them"),
            who=centre.centre_name,
            url=reverse("results:upload"),
            action=_("Load the results"),
        )
        return
    if unknown:
        words = ngettext(
            "%(n)s school of the files is not recognised", "%(n)s schools of the files are not recognised", unknown
        )
        yield DeskLine(
            group=DeskGroup.SOON,
            what=words % {"n": unknown},
            who=_("say once which school it is; we will remember"),
            url=reverse("results:schools_map"),
            action=_("Show"),
        )


def folders(using: str) -> Iterable[Named]:
    """The folder of every dataset, with the files that its pages read."""
    rows = Dataset.objects.using(using).exclude(folder="").order_by("pk")
    for pk, kind, folder in rows.values_list("pk", "kind", "folder").iterator(chunk_size=2000):
        tables = ("participants.parquet", "answers.parquet") if kind == DatasetKind.ANSWERS else ()
        yield Named(DATASETS, folder, f"results.Dataset {pk}", parts=("meta.json", *tables))


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
desk.add(DeskSource("results.waiting", 10, desk_lines))
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
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 100 + number, sentence))
