"""What hours that are only wished for would do to the load of their tutors: said before they are made."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta, tzinfo

from django.utils.translation import gettext as _

from traektoria.consultations.load.months import MonthLoad, loads_of, months_from
from traektoria.consultations.load.sentences import left_in_words
from traektoria.engines.intervals import Interval

MONTHS_OF_YEAR = 12
MINUTE = timedelta(minutes=1)


def load_sentences(
    centre_id: int, tutors: Mapping[int, str], dates: Collection[tuple[date, Interval]], zone: tzinfo
) -> list[str]:
    """A sentence for each tutor (number → name) who offers a number of hours: the months that would be over it, else
    the month in which least is left. One query."""
    if not dates:
        return []
    days = [day for day, _interval in dates]
    number = (max(days).year - min(days).year) * MONTHS_OF_YEAR + max(days).month - min(days).month + 1
    found = loads_of(centre_id, months_from(min(days), number), zone)
    added = Counter[date]()
    for day, interval in dates:
        added[day.replace(day=1)] += interval.length // MINUTE
    said = ((name, _tight(found.get(pk, ()), added)) for pk, name in tutors.items())
    return [_("%(name)s – %(months)s") % {"name": name, "months": "; ".join(words)} for name, words in said if words]


def _tight(loads: Iterable[MonthLoad], added: Counter[date]) -> list[str]:
    with_them = [replace(one, planned=one.planned + added[one.first]) for one in loads if added[one.first]]
    offered = [one for one in with_them if one.left is not None]
    over = [one for one in offered if one.over]
    least = sorted(offered, key=lambda one: one.left or 0)[:1]
    return [left_in_words(one) for one in over or least]
