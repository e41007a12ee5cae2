"""What the room diagnostics tells the rooms below (core registries)."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.registries import (
    AuditWording,
    DatasetAction,
    DeskGroup,
    DeskLine,
    DeskSource,
    PersonalData,
    audit_wording,
    dataset_actions,
    desk,
    personal_data,
)
from traektoria.diagnostics import portrait
from traektoria.diagnostics.queries import hypotheses as queries
from traektoria.diagnostics.workflows import hypotheses  # noqa: F401  the workflow registers itself
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.results.models import Dataset, DatasetKind

MOST_DATASETS = 5


def desk_lines(actor: Actor, today: date) -> Iterable[DeskLine]:
    """Hypotheses that wait for the teacher's word. One query, and only for a teacher."""
    waiting = queries.waiting_count(actor) if actor.is_teacher else 0
    if waiting:
        yield DeskLine(
            group=DeskGroup.TODAY,
            what=ngettext("%(n)s supposition to look at", "%(n)s suppositions to look at", waiting) % {"n": waiting},
            who=_("your problem field; seen by you and your tutor"),
            url=reverse("diagnostics:hypothesis_list"),
            action=_("Look"),
        )


def datasets_without_hypotheses(actor: Actor, today: date) -> Iterable[DeskLine]:
    """Files of results that have not been used for hypotheses yet. One query, and only for a coordinator."""
    for dataset in queries.datasets_to_propose(actor)[:MOST_DATASETS] if actor.is_coordinator else ():
        yield DeskLine(
            group=DeskGroup.SOON,
            what=_("Propose suppositions to the teachers: %(dataset)s") % {"dataset": dataset},
            who=_("each teacher sees only their own"),
            url=reverse("results:dataset_detail", args=[dataset.pk]),
            action=_("Open"),
        )


def may_propose(actor: Actor, dataset: Dataset) -> bool:
    """Only the coordinator of the centre, and only from results by task."""
    return dataset.kind == DatasetKind.ANSWERS and actor.has(dataset.centre_id, Role.COORDINATOR)


dataset_actions.add(
    DatasetAction(
        slug="diagnostics.propose",
        order=10,
        label=gettext_lazy("Propose suppositions to the teachers"),
        hint=gettext_lazy(
            "Each teacher of these classes gets suppositions of what to work on, and sees only their own; "
            "they confirm or drop them. A second press adds nothing twice."
        ),
        icon="scan-search",
        offered=may_propose,
        url=lambda dataset: reverse("diagnostics:dataset_propose", args=[dataset.pk]),
    )
)
personal_data.add(
    PersonalData("diagnostics", 20, gettext_lazy("your problem field with its evidence"), portrait.portrait)
)
desk.add(DeskSource("diagnostics.waiting", 20, desk_lines))
desk.add(DeskSource("diagnostics.to_propose", 25, datasets_without_hypotheses))
_WORDS = {
    "hypothesis.propose": gettext_lazy("hypotheses proposed from results"),
    "hypothesis.add": gettext_lazy("hypothesis added by hand"),
    "hypothesis.confirm": gettext_lazy("hypothesis confirmed"),
    "hypothesis.drop": gettext_lazy("hypothesis dropped"),
    "hypothesis.explain": gettext_lazy("reason of the dropped hypothesis added"),
    "hypothesis.reopen": gettext_lazy("decision on the hypothesis taken back"),
    "hypothesis.change_block": gettext_lazy("block of competences changed"),
    "access.diagnostics.hypothesis": gettext_lazy("a supposition of your problem field"),
    "access.diagnostics.person_field": gettext_lazy("your problem field"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 200 + number, sentence))
