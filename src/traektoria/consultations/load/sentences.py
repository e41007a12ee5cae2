"""A load in words: «5 ч 30 мин», «ноябрь: останется 4 ч»."""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traektoria.consultations.load.months import MonthLoad
from traektoria.core.figures import NBSP
from traektoria.core.typography import in_hours


def month_name(first: date) -> str:
    """«Ноябрь 2026»."""
    return _month(first, get_language())


@lru_cache(maxsize=128)
def _month(first: date, _language: str | None) -> str:
    return date_format(first, "F Y").replace(" ", NBSP)


def left_in_words(load: MonthLoad) -> str:
    """What is left in a month, or by how much it is over; empty where the tutor has said no number of hours."""
    if load.left is None or load.limit is None:
        return ""
    words = {"month": date_format(load.first, "F").lower(), "hours": in_hours(load.left), "limit": in_hours(load.limit)}
    if load.over:
        words["hours"] = in_hours(load.over)
        return _("%(month)s: %(hours)s over the %(limit)s that are offered") % words
    return _("%(month)s: %(hours)s of %(limit)s are left") % words


def parts_in_words(load: MonthLoad) -> str:
    """«проведено 3 ч, назначено 2 ч, из 12 ч»: what there is of it."""
    return _parts(load.given, load.planned, load.limit, get_language())


@lru_cache(maxsize=2048)
def _parts(given: int, planned: int, limit: int | None, _language: str | None) -> str:
    said = []
    if given:
        said.append(_("given %(hours)s") % {"hours": in_hours(given)})
    if planned:
        said.append(_("to come %(hours)s") % {"hours": in_hours(planned)})
    if limit is not None:
        said.append(_("of %(hours)s") % {"hours": in_hours(limit)})
    return ", ".join(said)
