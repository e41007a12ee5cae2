"""Scenes of tutors who are away: hours that wait for a decision, and a colleague who has come instead."""

from datetime import timedelta

from django.utils import timezone

from traektoria.consultations.absences.actions.absences import Away, decide, record_absence
from traektoria.consultations.absences.forms import DecisionForm
from traektoria.consultations.absences.queries.alternatives import to_decide
from traektoria.consultations.models import TutorAbsence
from traektoria.consultations.slots.enums import AbsenceKind
from traektoria.demo.stage import Stage


def tutors_away(stage: Stage) -> None:
    """One has written it down and waits for the coordinator; of the other it is decided as proposed."""
    _away(stage, "tutor3", 9, 14, AbsenceKind.STUDY, "Курсы в областном институте.", by="tutor3")
    trip = _away(stage, "tutor1", 44, 8, AbsenceKind.TRIP, "", by="koordinator")
    dates = to_decide(trip, timezone.now())
    form = DecisionForm(
        {name: value for one in dates for name, value in
         ((one.name, one.proposed), (f"seen_{one.date.pk}", str(one.date.number)))},
        dates=dates,
    )  # fmt: skip
    if form.is_valid():
        decide(absence=trip, decisions=form.decisions, by=stage.actor("koordinator"))


def _away(stage: Stage, who: str, later: int, days: int, kind: str, note: str, by: str) -> TutorAbsence:
    """``later`` days from now, so many ``days`` long."""
    first = stage.today + timedelta(days=later)
    away = Away(first, first + timedelta(days=days - 1), kind, note)
    centre = stage.population.centre
    return record_absence(centre=centre, tutor_id=stage.person(who).pk, away=away, by=stage.actor(by))
