"""Long work of the sub-room: the table of answers on paper, for a part with many people."""

from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Made
from traektoria.core.files import XLSX
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.diagnostics.paper import queries
from traektoria.diagnostics.paper.table import workbook
from traektoria.people.access_log import log_access
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose

TABLE: Final = "diagnostics.paper_table"


def check(actor: Actor, facts: dict[str, Any]) -> None:
    """A campaign of another centre does not exist."""
    if not queries.parts_on_paper(actor).filter(pk=facts["part"]).exists():
        raise Http404


def make_table(doing: Doing) -> Made:
    part = queries.parts_on_paper(doing.actor).get(pk=doing.facts["part"])
    name = f"paper-{part.campaign_id}-{part.position}.xlsx"
    return Made(workbook(part), name, XLSX, queries.sheets_of(part).count())


def fetched(actor: Actor, facts: dict[str, Any]) -> None:
    """Each person whose answers are in it can read who took them."""
    part = queries.parts_on_paper(actor).get(pk=facts["part"])
    for row in queries.sheets_of(part).filter(on_paper=True):
        log_access(
            by=actor,
            purpose=Purpose.EXPORT,
            kind="diagnostics.paper",
            subject_id=row.pk,
            person_id=row.participant.person_id,
            centre_id=part.campaign.centre_id,
        )


errand_kinds.add(ErrandKind(TABLE, 40, gettext_lazy("Table of answers on paper"), 500, check, make_table, fetched))
