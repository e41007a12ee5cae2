"""A file or a pasted text, read for a plan; what cannot be read is said in one sentence."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django.utils.translation import pgettext

from traektoria.core.errors import Invalid
from traektoria.engines.plantables.model import Proposal
from traektoria.engines.plantables.people import Known
from traektoria.engines.plantables.reader import read_pasted, read_plan
from traektoria.engines.tables.errors import Unreadable
from traektoria.organisations.models import TutorCentre
from traektoria.planning.imports.draft_rows import Everybody, as_json, left_of, rows_of, tables_of
from traektoria.planning.imports.sentences import refusal
from traektoria.planning.people.schools import known_schools
from traektoria.planning.people.surnames import staff_of
from traektoria.planning.plans.actions.dating import window_of
from traektoria.planning.plans.models import WorkPlan


def facts_of(plan: WorkPlan, source: bytes, text: str, name: str) -> dict[str, Any]:
    """What a ``PlanImport`` keeps. Raises ``Invalid``. Three queries; the reading itself asks nothing."""
    proposal = _proposal(source, text, name)
    rows = rows_of(proposal, window_of(plan), everybody_of(plan.centre), pgettext("plan", "Note"))
    there = {(squashed(content), phrase) for content, phrase in _items(plan)}
    for row in rows:
        row.there = row.left_out = (squashed(row.content), row.phrase) in there
    return {
        "name": PurePath(name.replace("\\", "/")).name[:200],
        "kind": proposal.kind,
        "title": proposal.title[:300],
        "rows": as_json(rows),
        "tables": as_json(tables_of(proposal)),
        "left": as_json(left_of(proposal)),
    }


def everybody_of(centre: TutorCentre) -> Everybody:
    """Whoever can be meant by a surname, and schools by their names. Two queries."""
    rows = staff_of(centre.pk).values_list("pk", "surname", "given", "patronymic")
    return Everybody([Known(*row) for row in rows], known_schools(centre))


def squashed(content: str) -> str:
    """A content for comparison: the first line, without the columns that were put to it."""
    return " ".join(content.split("\n", 1)[0].lower().split())


def _items(plan: WorkPlan) -> Sequence[tuple[str, str]]:
    return list(plan.items.filter(removed_in=None).values_list("content", "phrase"))


def _proposal(source: bytes, text: str, name: str) -> Proposal:
    try:
        return read_plan(source, name) if source else read_pasted(text)
    except Unreadable as error:
        raise Invalid(refusal(error), code=error.code) from error
