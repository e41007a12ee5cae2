"""Many dates of an absence are decided by the worker: still one transaction, all or nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from traektoria.consultations.absences.actions.absences import DateDecision, decide
from traektoria.consultations.absences.enums import Step
from traektoria.consultations.absences.permissions import check_decide
from traektoria.consultations.absences.queries.absences import visible_to
from traektoria.consultations.slots.models import TutorAbsence
from traektoria.core.errands import Doing, Shown, ask
from traektoria.core.models import Errand
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.core.typography import counted
from traektoria.core.waiting import gathered
from traektoria.people.actor import Actor

DECIDE: Final = "consultations.absence"
LIGHT: Final = 20
"""A substitution takes 13 ms, a drop 6 (processor time, SQLite in memory)."""


def check(actor: Actor, facts: dict[str, Any]) -> None:
    """An absence of another centre does not exist."""
    row = visible_to(actor).filter(pk=facts["absence"]).first()
    if row is None:
        raise Http404
    check_decide(actor, row)


def ask_to_decide(absence: TutorAbsence, decisions: Sequence[DateDecision], by: Actor) -> Errand:
    rows = [[one.date, one.seen, one.step, one.other, one.start and one.start.isoformat()] for one in decisions]
    return ask(DECIDE, {"absence": absence.pk, "decisions": rows}, by=by, centre_id=absence.centre_id)


def run(doing: Doing) -> Shown:
    """Done a second time it changes nothing. Raises what ``decide`` raises: then nothing is decided."""
    absence = visible_to(doing.actor).get(pk=doing.facts["absence"])
    with gathered():
        made = decide(absence=absence, decisions=[_decision(*row) for row in doing.facts["decisions"]], by=doing.actor)
    return Shown(reverse("consultations:absence_detail", args=[absence.pk]), decided_words(len(made)))


def decided_words(number: int) -> str:
    return counted(
        number, "%(n)s date is decided; everybody is told once.", "%(n)s dates are decided; everybody is told once."
    )


def _decision(date: int, seen: int, step: str, other: int, start: str | None) -> DateDecision:
    return DateDecision(date, seen, Step(step), other, datetime.fromisoformat(start) if start else None)


errand_kinds.add(
    ErrandKind(DECIDE, 50, gettext_lazy("What becomes of the hours of an absent tutor"), LIGHT, check, run)
)
