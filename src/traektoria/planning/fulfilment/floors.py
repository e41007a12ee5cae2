"""«Не реже …» over what was done: where too much time has passed, in words."""

from datetime import date

from django.utils.translation import gettext as _

from traektoria.core.typography import short_day
from traektoria.engines.deadlines.floors import gaps
from traektoria.planning.fulfilment.queries.times import deed_days
from traektoria.planning.plans.actions.dating import window_of
from traektoria.planning.plans.models import PlanItem
from traektoria.planning.terms.terms import floor_of


def broken_floor(item: PlanItem, today: date) -> list[str]:
    """A sentence for each gap that has come to its end. No query for an item without a floor, else two."""
    floor = floor_of(item.meant)
    if floor is None:
        return []
    plan = window_of(item.plan)
    found = [gap for gap in gaps(floor, deed_days(item), plan) if gap.due < today]
    return [_gap(gap.after, gap.due, gap.came, today) for gap in found]


def _gap(after: date, due: date, came: date | None, today: date) -> str:
    days = {"after": short_day(after, today), "due": short_day(due, today), "came": short_day(came, today)}
    if came:
        return _("after %(after)s it was due by %(due)s and came on %(came)s") % days
    return _("after %(after)s it was due by %(due)s and has not come yet") % days
