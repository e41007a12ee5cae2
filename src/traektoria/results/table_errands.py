"""A long table of results as a file: made by the worker where it has many rows."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Made
from traektoria.core.errors import Conflict, Refused
from traektoria.core.files import XLSX
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.engines.results.tables import By
from traektoria.people.access_log import log_access
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.results import queries
from traektoria.results.models import Dataset, DatasetKind
from traektoria.results.pages import DatasetPage
from traektoria.results.selection import Look, Places, look_of, places_of
from traektoria.results.sheets import as_xlsx
from traektoria.results.tables import TableKind
from traektoria.results.tasks import TaskFacts, task_facts

TABLE: Final = "results.table"
GROUPS: Final = {By.MUNICIPALITY: 50, By.CLASS: 20}
"""So many there are as a rule; schools are counted."""


def facts_of(dataset: Dataset, look: Look, places: Places, tasks: Sequence[TaskFacts]) -> dict[str, Any]:
    """``version``: of what the table is made, so that what has changed since (marks, names of schools, levels of tasks)
    is another file."""
    told = repr((dataset.folder, dataset.published_at, sorted(map(repr, places.visible)), tuple(tasks)))
    return {"dataset": dataset.pk, "query": look.query, "version": sha256(told.encode()).hexdigest()}


def rows_of(look: Look, places: Places, tasks: Sequence[TaskFacts]) -> int:
    """About how many rows the table has, without making it."""
    groups = len(places.schools(look.municipality)) if look.by is By.SCHOOL else GROUPS.get(look.by, 1)
    points = sum(task.maximum or 1 for task in tasks)
    return groups * {TableKind.COMPLETION: len(tasks), TableKind.PRIMARY: points + 1}.get(look.table, 1)


def check(actor: Actor, facts: dict[str, Any]) -> None:
    """Whoever sees the dataset and a school of it. Raises ``Http404``."""
    dataset = queries.visible_to(actor).filter(pk=facts["dataset"], kind=DatasetKind.ANSWERS).first()
    if dataset is None or not places_of(dataset, actor).visible:
        raise Http404


def make_table(doing: Doing) -> Made:
    """The table of the page with every group. Raises ``Conflict`` where a school must be chosen first."""
    dataset = queries.visible_to(doing.actor).get(pk=doing.facts["dataset"])
    places = places_of(dataset, doing.actor)
    look = look_of(QueryDict(doing.facts["query"].removeprefix("?")), places)
    check_listed(look)
    sheet = DatasetPage(dataset, look, places, task_facts(dataset)).sheet()
    name = f"results-{dataset.pk}-{look.table.value}-{look.by.value}.xlsx"
    return Made(as_xlsx([sheet]), name, XLSX, len(sheet.rows), _schools(places))


def check_listed(look: Look) -> None:
    if look.listed is None:
        raise Conflict(_("Choose a school first: classes are shown within one school."), code="choose_school")


def _schools(places: Places) -> tuple[int, ...]:
    """By which schools a head saw it, one at least; none for a coordinator, who sees all there are."""
    return () if places.everything else tuple(sorted(one.school_id for one in places.visible if one.school_id))


def fetched(actor: Actor, facts: dict[str, Any]) -> None:
    """Each look at results is noted with its purpose. Raises ``Refused`` where a school in it is one's own no more."""
    dataset = queries.visible_to(actor).get(pk=facts["dataset"])
    places = places_of(dataset, actor)
    made_of = facts.get("made_of")
    if made_of is not None and not places.everything and (not made_of or set(made_of) - set(_schools(places))):
        raise Refused(_("You see fewer schools now than when this table was made. Make it again."))
    log_access(
        by=actor, purpose=Purpose.EXPORT, kind="results.dataset", subject_id=dataset.pk, centre_id=dataset.centre_id
    )


errand_kinds.add(ErrandKind(TABLE, 31, gettext_lazy("Table of results as a file"), 500, check, make_table, fetched))
