"""Long work of the sub-room: the table of answers on paper, taken and written, for a part with many people."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Made, Shown, ask
from traektoria.core.errors import Refused
from traektoria.core.files import XLSX
from traektoria.core.models import Errand
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.core.typography import counted
from traektoria.diagnostics.campaigns.models import CampaignPart
from traektoria.diagnostics.paper import queries
from traektoria.diagnostics.paper.actions import import_paper
from traektoria.diagnostics.paper.table import people_of, unsealed, workbook
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.people.access_log import log_access
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose

TABLE, WRITE = "diagnostics.paper_table", "diagnostics.paper_write"
LIGHT_SHEETS: Final = 40
"""A sheet of twenty tasks is written in 7 ms."""


def check(actor: Actor, facts: dict[str, Any]) -> None:
    """A campaign of another centre does not exist."""
    if not queries.parts_on_paper(actor).filter(pk=facts["part"]).exists():
        raise Http404


def facts_of(part: CampaignPart, people: Sequence[Sitting]) -> dict[str, Any]:
    """With the version of what is entered: after a correction the table is another file."""
    return {"part": part.pk, "version": queries.version_of_all(part, people)}


def make_table(doing: Doing) -> Made:
    part = queries.parts_on_paper(doing.actor).get(pk=doing.facts["part"])
    people, name = people_of(part), f"paper-{part.campaign_id}-{part.position}.xlsx"
    consents = tuple(row.participant.consent_id for row in people if row.participant.consent_id)
    return Made(workbook(part, people), name, XLSX, len(people), consents)


def fetched(actor: Actor, facts: dict[str, Any]) -> None:
    """Each person whose answers are in it can read who took them. Raises ``Refused`` where a consent that it was made
    by is in force no more, also if the person has agreed anew: the answers of then were erased."""
    part = queries.parts_on_paper(actor).get(pk=facts["part"])
    agreed = {row.participant.consent_id: row for row in queries.sheets_of(part) if row.participant.consent_id}
    made_of = facts.get("made_of", agreed)
    if set(made_of) - set(agreed):
        raise Refused(_("Somebody has withdrawn their consent since this table was made. Make it again."))
    for row in (agreed[consent] for consent in made_of if agreed[consent].on_paper):
        log_access(
            by=actor,
            purpose=Purpose.EXPORT,
            kind="diagnostics.paper",
            subject_id=row.pk,
            person_id=row.participant.person_id,
            centre_id=part.campaign.centre_id,
        )


def ask_to_write(rows: list[Any], *, part: CampaignPart, by: Actor) -> Errand:
    """``rows`` are those of ``table.sealed``."""
    content = json.dumps(rows).encode()
    facts = {"part": part.pk, "sha256": hashlib.sha256(content).hexdigest()}
    return ask(WRITE, facts, by=by, centre_id=part.campaign.centre_id, source=content)


def write_table(doing: Doing) -> Shown:
    """Everything or nothing; done a second time, it changes nothing, and a sheet that was corrected in between is not
    overwritten. Raises what ``unsealed`` and ``import_paper`` raise."""
    part = queries.parts_on_paper(doing.actor).get(pk=doing.facts["part"])
    number = import_paper(sheets=unsealed(json.loads(doing.source()), part), by=doing.actor)
    return Shown(reverse("diagnostics:paper", args=[part.pk]), written_words(number))


def written_words(number: int) -> str:
    return counted(number, "%(n)s sheet is written.", "%(n)s sheets are written.")


errand_kinds.add(ErrandKind(WRITE, 44, gettext_lazy("Writing answers on paper"), LIGHT_SHEETS, check, write_table))
errand_kinds.add(ErrandKind(TABLE, 40, gettext_lazy("Table of answers on paper"), 500, check, make_table, fetched))
