"""What the system itself knows of a candidate: service from employment, the category; each with where it is from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from traektoria.core.figures import whole
from traektoria.core.typography import counted, ru_day
from traektoria.engines.criteria import WorkInterval, service
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.regulations.criteria import Fact
from traektoria.people.enums import Category
from traektoria.people.models import Employment

CATEGORY_LEVELS = {Category.FIRST: 1, Category.HIGHEST: 2}


@dataclass(frozen=True)
class Known:
    """A computed fact: ``value`` in the unit of its threshold, the same in words, the sentences it rests on."""

    value: Decimal
    words: str
    sources: tuple[str, ...]


def facts_of(person_id: int, centre: TutorCentre, day: date) -> dict[Fact, Known]:
    """Every fact that a regulation may ask for, on ``day``. One query."""
    found = Employment.objects.filter(person=person_id, start__lte=day).select_related("school__municipality")
    work = list(found.order_by("start", "pk"))
    region = centre.municipality.region_id
    return {
        Fact.REGION_SERVICE: _worked([one for one in work if one.school.municipality.region_id == region], day),
        Fact.MUNICIPALITY_SERVICE: _worked(
            [one for one in work if one.school.municipality_id == centre.municipality_id], day
        ),
        Fact.SERVICE: _service(work, day),
        Fact.CATEGORY: _category(work, day),
    }


def _worked(work: Iterable[Employment], day: date) -> Known:
    rows = list(work)
    length = service((WorkInterval(one.start, one.end) for one in rows), day)
    return Known(length.in_years, in_words(length.in_years), tuple(map(_stretch, rows)))


def _service(work: list[Employment], day: date) -> Known:
    """The longer of two: work that is written down, and «teaching since» that the school has told."""
    written = _worked(work, day)
    told = [one for one in work if one.experience_from]
    if not told:
        return written
    first = min(told, key=_experience_from)
    length = service([WorkInterval(_experience_from(first))], day)
    if length.in_years <= written.value:
        return written
    sentence = _("%(school)s: teaching since %(day)s") % {
        "school": first.school.name,
        "day": _day(_experience_from(first)),
    }
    return Known(length.in_years, in_words(length.in_years), (sentence,))


def _experience_from(work: Employment) -> date:
    return work.experience_from or date.max


def _category(work: list[Employment], day: date) -> Known:
    """The highest category of the work that lasts on ``day``."""
    now = [one for one in work if one.end is None or one.end >= day]
    best = max(now, key=_level, default=None)
    if best is None or not _level(best):
        return Known(Decimal(0), category_in_words(0), ())
    sentence = _("%(school)s: %(category)s") % {"school": best.school.name, "category": best.get_category_display()}
    return Known(Decimal(_level(best)), category_in_words(_level(best)), (sentence,))


def _level(work: Employment) -> int:
    return CATEGORY_LEVELS.get(Category(work.category), 0)


def _stretch(work: Employment) -> str:
    """«СОШ № 1: с 1 сентября 2015», with the end where there is one."""
    facts = {"school": work.school.name, "start": _day(work.start)}
    if work.end is None:
        return _("%(school)s: from %(start)s") % facts
    return _("%(school)s: from %(start)s to %(end)s") % {**facts, "end": _day(work.end)}


def _day(day: date) -> str:
    """With its year always: service is counted over many of them."""
    return ru_day(day).rpartition(",")[0]


def in_words(years: Decimal) -> str:
    """«2 года 11 месяцев» of 2.91 (full months as a part of a year)."""
    full, months = int(years), whole((years - int(years)) * 12)
    parts = [counted(full, "%(n)s year", "%(n)s years")] if full else []
    if months or not parts:
        parts.append(counted(months, "%(n)s month", "%(n)s months"))
    return " ".join(parts)


def category_in_words(level: int) -> str:
    """The word of a category's level."""
    named = {number: category for category, number in CATEGORY_LEVELS.items()}
    return str(named.get(level, Category.NONE).label)


def value_in_words(fact: Fact, value: Decimal) -> str:
    """A threshold's number or a snapshot in the words of its fact."""
    return category_in_words(int(value)) if fact == Fact.CATEGORY else in_words(value)
