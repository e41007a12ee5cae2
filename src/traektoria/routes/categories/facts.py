"""Which categories facts speak for. Facts of the person alone: nobody is compared, and of results only what the person
has confirmed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from traektoria.core import school_year
from traektoria.core.typography import counted, ru_day
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.problem_field.enums import HypothesisState, Origin, Strength
from traektoria.engines.days import years_later
from traektoria.organisations.regulations.schema import CategoryFact
from traektoria.people.actor import in_force
from traektoria.people.enums import Subject
from traektoria.people.models import Employment, TaughtClass
from traektoria.routes.tutees.models import TutorSupport

Facts = dict[str, Any]


def facts_for(fact: CategoryFact, support: TutorSupport, person_id: int, today: date) -> Facts | None:
    """What speaks for it; None where nothing does, also where nothing is known."""
    return FINDERS[fact](support, person_id, today)


def _newcomer(support: TutorSupport, person_id: int, today: date) -> Facts | None:
    jobs = Employment.objects.filter(in_force(today), person=person_id, experience_from__isnull=False)
    since = min((day for day in jobs.values_list("experience_from", flat=True) if day), default=None)
    return {"since": since.isoformat()} if since and since > years_later(today, -1) else None


def _new_class(support: TutorSupport, person_id: int, today: date) -> Facts | None:
    """Only where classes of earlier years are known: else every grade would be new."""
    year = school_year.year_of(today)
    rows = TaughtClass.objects.filter(employment__person=person_id)
    rows = rows if support.subject == Subject.PRIMARY else rows.filter(subject=support.subject)
    taught = set(rows.values_list("year__start_year", "grade"))
    before = {grade for of, grade in taught if of < year}
    new = sorted({grade for of, grade in taught if of == year} - before)
    return {"grades": new} if before and new else None


def _confirmed(support: TutorSupport, person_id: int, today: date) -> Facts | None:
    number = _field(support, person_id).exclude(origin=Origin.RESULTS).count()
    return {"number": number} if number else None


def _procedures(support: TutorSupport, person_id: int, today: date) -> Facts | None:
    """What was supposed with some strength: it was seen more than once, and the person has said that it is so."""
    rows = _field(support, person_id).filter(origin=Origin.RESULTS, strength__in=[Strength.MODERATE, Strength.STRONG])
    number = rows.count()
    return {"number": number} if number else None


def _field(support: TutorSupport, person_id: int) -> QuerySet[Hypothesis]:
    rows = Hypothesis.objects.filter(centre=support.centre_id, person=person_id, state=HypothesisState.CONFIRMED)
    return rows if support.subject == Subject.PRIMARY else rows.filter(subject__in=["", support.subject])


Finder = Callable[[TutorSupport, int, date], Facts | None]
FINDERS: Final[Mapping[CategoryFact, Finder]] = {
    CategoryFact.NEWCOMER: _newcomer,
    CategoryFact.NEW_CLASS: _new_class,
    CategoryFact.CONFIRMED: _confirmed,
    CategoryFact.PROCEDURES: _procedures,
}


def in_words(facts: Mapping[str, Any]) -> str:
    """«преподаёте с 1 сентября 2026»: said to the teacher."""
    if "since" in facts:
        return _("you teach since %(day)s") % {"day": ru_day(date.fromisoformat(facts["since"]))}
    if "grades" in facts:
        grades = ", ".join(map(str, facts["grades"]))
        return _("this year you teach in grades that you did not teach in before: %(grades)s") % {"grades": grades}
    if "number" in facts:
        return counted(facts["number"], "you have confirmed %(n)s difficulty", "you have confirmed %(n)s difficulties")
    return ""
