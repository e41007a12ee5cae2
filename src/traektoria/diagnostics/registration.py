"""What the room diagnostics tells the rooms below (core registries)."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.registries import (
    AuditWording,
    DeskGroup,
    DeskLine,
    DeskSource,
    MenuEntry,
    audit_wording,
    desk,
    menu,
)
from traektoria.diagnostics import queries, workflow  # noqa: F401  the workflow registers itself
from traektoria.people.actor import Actor


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


menu.add(
    MenuEntry(
        slug="diagnostics",
        order=40,
        label=gettext_lazy("Diagnostics"),
        url_name="diagnostics:hypothesis_list",
        icon="scan-search",
        visible=lambda actor: actor.is_teacher,
        prefix="/diagnostics/",
    )
)
desk.add(DeskSource("diagnostics.waiting", 20, desk_lines))
_WORDS = {
    "hypothesis.propose": gettext_lazy("hypotheses proposed from results"),
    "hypothesis.add": gettext_lazy("hypothesis added by hand"),
    "hypothesis.confirm": gettext_lazy("hypothesis confirmed"),
    "hypothesis.drop": gettext_lazy("hypothesis dropped"),
    "hypothesis.explain": gettext_lazy("reason of the dropped hypothesis added"),
    "hypothesis.reopen": gettext_lazy("decision on the hypothesis taken back"),
    "hypothesis.change_block": gettext_lazy("block of competences changed"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 200 + number, sentence))
