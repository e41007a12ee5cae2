"""What the room diagnostics tells the rooms below (core registries)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.registries import (
    AuditWording,
    DatasetAction,
    DeskGroup,
    DeskLine,
    PersonalData,
    audit_wording,
    dataset_actions,
    personal_data,
)
from traektoria.diagnostics import portrait
from traektoria.diagnostics.workflows import hypotheses  # noqa: F401  the workflow registers itself
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.results.models import Dataset, DatasetKind


def waiting_line(number: int) -> DeskLine:
    """Hypotheses that wait for the teacher's word."""
    return DeskLine(
        group=DeskGroup.TODAY,
        what=ngettext("%(n)s supposition to look at", "%(n)s suppositions to look at", number) % {"n": number},
        who=_("your problem field; seen by you and your tutor"),
        url=reverse("diagnostics:hypothesis_list"),
        action=_("Look"),
    )


def datasets_line(number: int, first: int) -> DeskLine:
    """Files of results that have not been used for hypotheses yet; the only one is opened at once."""
    what = ngettext(
        "Propose suppositions to the teachers from %(n)s file of results",
        "Propose suppositions to the teachers from %(n)s files of results",
        number,
    )
    url = reverse("results:dataset_detail", args=[first]) if number == 1 else reverse("results:dataset_list")
    return DeskLine(
        group=DeskGroup.SOON,
        what=what % {"n": number},
        who=_("each teacher sees only their own"),
        url=url,
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
