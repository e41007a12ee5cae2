"""Absences of the world's tutor, for tests of the room: of the week of the first date of an Hour."""

from datetime import date, timedelta
from typing import Any

from tests.consultations.slot_factories import monday
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.absences.actions.absences import Away, DateDecision, record_absence
from traektoria.consultations.absences.enums import Step
from traektoria.consultations.models import HelpDate, TutorAbsence


def away(first: date | None = None, days: int = 7, **fields: Any) -> Away:
    start = first or monday()
    return Away(start, start + timedelta(days=days - 1), fields.pop("kind", "illness"), fields.pop("note", ""))


def absence(world: World, by: str = "coordinator", tutor: str = "tutor", **fields: Any) -> TutorAbsence:
    return record_absence(centre=world.own, tutor_id=person(world, tutor).pk, away=away(**fields), by=actor(world, by))


def decision(date_: HelpDate, step: Step, **fields: Any) -> DateDecision:
    date_.refresh_from_db()
    return DateDecision(date_.pk, date_.number, step, **fields)
