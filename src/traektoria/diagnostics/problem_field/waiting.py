"""Suppositions wait for the teacher's word; a recount is told; files of results wait to be used."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.models import AuditEvent
from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.typography import local_day
from traektoria.core.waiting import waits
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.diagnostics.problem_field.queries.hypotheses import RETOLD, to_propose
from traektoria.people import addressees
from traektoria.people.enums import Role
from traektoria.results.models import Dataset, DatasetSchool

LOOK = "diagnostics.supposition"
TOLD_ANEW = "diagnostics.recount"
FILES = "diagnostics.dataset"


def suppositions(hypotheses: QuerySet[Hypothesis]) -> Iterator[Wait]:
    """Two queries."""
    proposed = hypotheses.filter(state=HypothesisState.PROPOSED)
    for pk, person, centre in proposed.values_list("pk", "person", "centre"):
        yield Wait(LOOK, addressees.holder(Role.TEACHER, centre, person), pk, centre)
    told = recounted(hypotheses)
    for pk, person, centre in hypotheses.filter(pk__in=told).values_list("pk", "person", "centre"):
        to = addressees.holder(Role.TEACHER, centre, person)
        yield Wait(TOLD_ANEW, to, pk, centre, since=told[pk], shows_until=local_day(told[pk] + RETOLD))


def recounted(hypotheses: QuerySet[Hypothesis]) -> dict[int, datetime]:
    """When a recount withdrew or changed each of them last. One query."""
    events = AuditEvent.objects.filter(
        event__in=("hypothesis.withdraw", "hypothesis.retell"),
        object_kind="diagnostics.hypothesis",
        object_id__in=list(hypotheses.values_list("pk", flat=True)),
    )
    return dict(events.order_by("at").values_list("object_id", "at"))


def look(row: Waited) -> Words:
    what = ngettext(
        "%(n)s card of your problem field to look at", "%(n)s cards of your problem field to look at", row.number
    )
    return Words(
        what % {"n": row.number},
        _("your problem field; seen by you and your tutor"),
        reverse("diagnostics:hypothesis_list"),
        _("Look"),
    )


def told_anew(row: Waited) -> Words:
    """A recount has withdrawn or changed something: said for two weeks."""
    return Words(
        recount_words(row.number),
        _("nothing needs to be done; what was confirmed stays"),
        reverse("diagnostics:hypothesis_list"),
        _("Look"),
    )


def recount_words(number: int) -> str:
    words = ngettext(
        "A recount of results has changed %(n)s card of a problem field",
        "A recount of results has changed %(n)s cards of a problem field",
        number,
    )
    return words % {"n": number}


def files(datasets: QuerySet[Dataset]) -> Iterator[Wait]:
    """One query."""
    for pk, centre in to_propose(Dataset.objects.filter(pk__in=datasets.values("pk"))).values_list("pk", "centre"):
        yield Wait(FILES, addressees.of_centre(Role.COORDINATOR, centre), pk, centre)


def file(row: Waited) -> Words:
    """Files of results that have not been used for suppositions yet; the only one is opened at once."""
    what = ngettext(
        "Propose questions and suppositions from %(n)s file of results",
        "Propose questions and suppositions from %(n)s files of results",
        row.number,
    )
    only = reverse("results:dataset_detail", args=[row.object_id])
    return Words(
        what % {"n": row.number},
        _("each teacher sees only their own"),
        only if row.number == 1 else reverse("results:dataset_list"),
        _("Open"),
    )


waits(
    WaitingSource(
        slug="diagnostics.suppositions",
        order=32,
        model=Hypothesis,
        rows=suppositions,
        kinds=(
            WaitingKind(LOOK, 32, DeskGroup.TODAY, look, sums=True),
            WaitingKind(TOLD_ANEW, 35, DeskGroup.SOON, told_anew, sums=True),
        ),
    )
)
waits(
    WaitingSource(
        slug="diagnostics.datasets",
        order=39,
        model=Dataset,
        rows=files,
        kinds=(WaitingKind(FILES, 39, DeskGroup.SOON, file, sums=True),),
        watches=(Watch(DatasetSchool, lambda row: [row.dataset_id]),),
    )
)
