"""Answers that were handed out wait for their marker."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.joined_rows import numbers
from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.diagnostics.campaigns.models import CampaignPart, Participant
from traektoria.diagnostics.marking.models import Marking
from traektoria.people import addressees
from traektoria.people.enums import Role

MARK = "diagnostics.marking"
_OF_PARTICIPANT = (
    "SELECT m.id FROM diagnostics_marking m JOIN diagnostics_answer a ON a.id = m.answer_id "
    "JOIN diagnostics_sitting s ON s.id = a.sitting_id WHERE s.participant_id = %s"
)


def rows(markings: QuerySet[Marking]) -> Iterator[Wait]:
    """While they are a marker of the part and the author's consent stands. One query."""
    part = CampaignPart.objects.filter(pk=OuterRef("answer__sitting__part"), markers=OuterRef("marker"))
    waiting = markings.filter(Exists(part), done_at__isnull=True, answer__sitting__participant__consent__isnull=False)
    for pk, marker, centre in waiting.values_list("pk", "marker", "answer__sitting__part__campaign__centre"):
        yield Wait(MARK, addressees.holder(Role.TUTOR, centre, marker), pk, centre)


def mark(row: Waited) -> Words:
    what = ngettext("%(n)s answer to mark", "%(n)s answers to mark", row.number) % {"n": row.number}
    return Words(what, _("without names; one at a time"), reverse("diagnostics:marking_list"), _("Mark the answers"))


waits(
    WaitingSource(
        slug="diagnostics.marking",
        order=37,
        model=Marking,
        rows=rows,
        kinds=(WaitingKind(MARK, 37, DeskGroup.TODAY, mark, sums=True),),
        watches=(
            Watch(
                Participant,
                lambda one: numbers(_OF_PARTICIPANT, one.pk),
                frozenset({"consent"}),
            ),
        ),
    )
)
