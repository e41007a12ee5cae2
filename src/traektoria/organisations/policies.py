"""When a change of schools and calendars makes sense."""

from datetime import date

from django.utils.translation import gettext as _

from traektoria.core import school_year
from traektoria.core.errors import Conflict, Invalid
from traektoria.engines.deadlines.calendar import PeriodKind
from traektoria.organisations.models import CalendarPeriod, School, SchoolYear, TutorCentre

#: Exams of different kinds go side by side; a quarter or holidays do not.
EXCLUSIVE = frozenset({PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.TRIMESTER, PeriodKind.HOLIDAYS})


def check_serves_many(centre: TutorCentre) -> None:
    """A centre of one school gets no other schools."""
    if centre.school_id:
        raise Conflict(_("This centre serves one school only."), code="centre_of_one_school")


def check_period(
    *, centre: TutorCentre, school: School | None, year: SchoolYear, kind: str, name: str, start: date, end: date,
    except_for: int | None = None,
) -> None:  # fmt: skip
    """Dates in order, within the school year (exams may reach September after it), not over another of the kind."""
    if end < start:
        raise Invalid(_("The period ends before it begins."), code="dates_swapped")
    first, last = school_year.calendar_span(year.start_year)
    if start < first or end > last:
        raise Invalid(_("The dates are outside the school year %(year)s.") % {"year": year}, code="outside_year")
    others = CalendarPeriod.objects.filter(centre=centre, school=school, year=year)
    if except_for:
        others = others.exclude(pk=except_for)
    if others.filter(name=name).exists():
        raise Invalid(_("There is a period «%(name)s» in this year already.") % {"name": name}, code="name_taken")
    if kind not in EXCLUSIVE:
        return
    crossed = others.filter(kind=kind, start__lte=end, end__gte=start).first()
    if crossed:
        raise Invalid(_("The dates overlap with «%(name)s».") % {"name": crossed.name}, code="overlap")
