"""What the room diagnostics tells the rooms below (core registries)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    Creation,
    DatasetAction,
    DatasetNote,
    creations,
    dataset_actions,
    dataset_notes,
    word_events,
)
from traektoria.diagnostics.findings.signals import counted
from traektoria.diagnostics.problem_field import workflow  # noqa: F401  the workflow registers itself
from traektoria.diagnostics.problem_field.actions.from_campaign import erase_suppositions, renew_evidence
from traektoria.diagnostics.problem_field.no_grounds import note_of_file
from traektoria.diagnostics.sittings.signals import erased
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.results.models import Dataset, DatasetKind


def may_propose(actor: Actor, dataset: Dataset) -> bool:
    """Only the coordinator of the centre, and only from results by task."""
    return dataset.kind == DatasetKind.ANSWERS and dataset.is_shown and actor.has(dataset.centre_id, Role.COORDINATOR)


dataset_actions.add(
    DatasetAction(
        slug="diagnostics.propose",
        order=10,
        label=gettext_lazy("Propose questions and suppositions"),
        hint=gettext_lazy(
            "Each teacher of these classes gets questions to think over and, where it repeats, suppositions, and sees "
            "only their own. Where the figures give no grounds, nothing appears. A second press adds nothing twice."
        ),
        icon="scan-search",
        offered=may_propose,
        url=lambda dataset: reverse("diagnostics:dataset_propose", args=[dataset.pk]),
    )
)
dataset_notes.add(DatasetNote("diagnostics.grounds", 10, note_of_file))
creations.add(
    Creation(
        slug="diagnostics.hypothesis",
        order=25,
        label=gettext_lazy("Name a difficulty of my own"),
        url_name="diagnostics:hypothesis_add",
        icon="target",
        visible=lambda actor: actor.is_teacher and actor.in_own_hand,
    )
)
counted.connect(renew_evidence, dispatch_uid="problem_field.renew")
erased.connect(erase_suppositions, dispatch_uid="problem_field.erase")
_WORDS = {
    "hypothesis.propose": gettext_lazy("hypotheses proposed from results"),
    "hypothesis.add": gettext_lazy("hypothesis added by hand"),
    "hypothesis.confirm": gettext_lazy("hypothesis confirmed"),
    "hypothesis.drop": gettext_lazy("hypothesis dropped"),
    "hypothesis.discuss": gettext_lazy("teacher wants to talk the hypothesis over"),
    "hypothesis.withdraw": gettext_lazy("hypothesis withdrawn after a recount"),
    "hypothesis.retell": gettext_lazy("hypothesis recounted"),
    "hypothesis.explain": gettext_lazy("reason of the dropped hypothesis added"),
    "hypothesis.reopen": gettext_lazy("decision on the hypothesis taken back"),
    "hypothesis.change_block": gettext_lazy("block of competences changed"),
    "access.diagnostics.hypothesis": gettext_lazy("a supposition of your problem field"),
    "access.diagnostics.person_field": gettext_lazy("your problem field"),
}
word_events(_WORDS)
