"""The demo as a whole: people, results, hypotheses, supports and routes, built by the rooms' own actions."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from traektoria.core.errors import Conflict
from traektoria.core.waiting import gathered
from traektoria.demo import (
    absences,
    audits,
    bookings,
    cards,
    consultations,
    deficit_plans,
    events,
    lists,
    needs,
    orders,
    past_events,
    plans,
    points,
    statuses,
    tutorials,
    tutors,
)
from traektoria.demo.diagnostics import diagnostics_of_the_year
from traektoria.demo.files import specification
from traektoria.demo.history import lay_history
from traektoria.demo.people import is_empty, populate
from traektoria.demo.regulations import lay_regulations
from traektoria.demo.results import ResultFile, result_files
from traektoria.demo.scenes import SCENES
from traektoria.demo.stage import Stage
from traektoria.demo.works import WorkSpec
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.problem_field.actions.from_results import propose_from_dataset
from traektoria.messaging.deadlines import remind
from traektoria.people.models import Person
from traektoria.results import actions as results
from traektoria.results.models import Dataset
from traektoria.routes.models import LearningRoute, TutorSupport

Tell = Callable[[str], None]
TUTORS = (
    lists.lists_of_schools,
    needs.requests_for_tutors,
    needs.given_over,
    consultations.requests_for_consultations,
    tutors.applications_in_every_state,
    tutors.commission_of_the_centre,
    orders.orders_of_the_school,
    statuses.statuses_of_tutors,
    points.points_and_hours,
    absences.tutors_away,
    bookings.bookings,
    events.events,
    past_events.past_events,
    tutorials.tutorials,
)


@dataclass(frozen=True)
class Totals:
    """How much was built."""

    people: int
    datasets: int
    hypotheses: int
    supports: int
    routes: int


def build(*, today: date, tell: Tell) -> Totals:
    """Build everything or nothing: one transaction, and the datasets of a failed build are removed.

    Raises ``Conflict`` where a centre exists already: real data are never mixed with made-up ones.
    """
    if not is_empty():
        raise Conflict("The database is not empty: the demo is built in an empty one only.", code="not_empty")
    laid: list[str] = []
    try:
        with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
            with gathered():
                totals = _build(today, tell, laid)
            remind(timezone.now())
            return totals
    except BaseException:
        for name in laid:
            shutil.rmtree(settings.DATASETS / name, ignore_errors=True)
        raise


def _build(today: date, tell: Tell, laid: list[str]) -> Totals:
    tell("школы и люди")
    stage = Stage(populate(today=today))
    lay_regulations(stage.population, stage.actor("koordinator"))
    tell("спецификации работ")
    for work in dict.fromkeys(file.work for file in result_files()):
        _specify(stage, work)
    for file in result_files():
        tell(f"результаты: {file.filename}")
        laid.append(_import(stage, file))
    tell("сопровождения и маршруты")
    for scene in SCENES:
        scene(stage)
    tell("тьюторы, комиссия и приказы")
    for scene in TUTORS:
        scene(stage)
    lay_history(today)
    tell("диагностика: контрольная работа, анкета, протоколы")
    diagnostics_of_the_year(stage)
    tutorials.entry_diagnostics(stage)
    tell("планы работы")
    plans.plans_of_the_year(stage)
    tell("аудиты школ")
    audits.audits_of_schools(stage)
    cards.cards_of_schools(stage)
    deficit_plans.personified_plan(stage)
    counted = (Person, Dataset, Hypothesis, TutorSupport, LearningRoute)
    return Totals(*(model._default_manager.count() for model in counted))


def _specify(stage: Stage, work: WorkSpec) -> None:
    """The specification says which skill each task shows: hypotheses speak in its words."""
    name = f"spec_{work.year}_{work.subject}_{work.grade}_ALL.xlsx"
    results.import_specification(content=specification(work), filename=name, by=stage.actor("koordinator"))


def _import(stage: Stage, file: ResultFile) -> str:
    """The coordinator imports the file and, where said so, asks for hypotheses. The folder of the dataset."""
    coordinator = stage.actor("koordinator")
    outcome = results.import_file(
        centre=stage.population.centre, content=file.content(), filename=file.filename, by=coordinator
    )
    if file.proposes:
        propose_from_dataset(dataset=outcome.dataset, by=coordinator)
    return outcome.dataset.folder
