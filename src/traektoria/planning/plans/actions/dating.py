"""Occurrences of items: made of the phrase, the calendar and the plan's window, and kept when any of them changes."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from traektoria.core import act_progress, waiting
from traektoria.engines.deadlines.calendar import Plan
from traektoria.engines.deadlines.occurrence import Occurrence
from traektoria.organisations import zones
from traektoria.planning.plans.enums import OccurrenceState, PlanState, TermState
from traektoria.planning.plans.models import ItemOccurrence, PlanItem, WorkPlan
from traektoria.planning.plans.registries import settle_dated
from traektoria.planning.terms.calendars import window
from traektoria.planning.terms.terms import Standing, Term, read

AT_ONCE = 500
_UNDERSTOOD = {Standing.DATED: TermState.DATED, Standing.DATELESS: TermState.DATELESS}
_SAID = ("start", "end", "label", "number", "of", "approximate", "due", "former")
_READ = ("term", "kind", "paraphrase", "why", "assumptions", "choices")


def window_of(plan: WorkPlan) -> Plan:
    """From when to when the plan goes, by the calendar of its centre. One query."""
    return window(plan.centre, plan.year, school=plan.is_school, start=plan.begins)


def today_in(plan: WorkPlan) -> date:
    """The day of the plan's centre."""
    return timezone.localdate(timezone=zones.zone(plan.centre.municipality.time_zone))


def understand(item: PlanItem, term: Term) -> None:
    """Put down what was understood of the deadline; nothing is saved. A question that was put off stays so."""
    put_off = item.term == TermState.LATER and term.standing is Standing.ASKED
    item.term = TermState.LATER if put_off else _UNDERSTOOD.get(term.standing, TermState.ASKED)
    item.kind, item.paraphrase = term.kind, term.paraphrase[:600]
    item.why, item.assumptions, item.choices = list(term.why), list(term.assumptions), list(term.choices)


def date_items(plan: WorkPlan, items: Sequence[PlanItem], days: Plan | None = None) -> None:
    """Read the deadlines of these items anew and bring their occurrences into line. The caller holds the plan's lock.
    Items that have just been taken out lose what is ahead. A bounded number of queries; rows that stay as they are are
    not written."""
    days, today = days or window_of(plan), today_in(plan)
    have: dict[int, list[ItemOccurrence]] = {item.pk: [] for item in items}
    rows = ItemOccurrence.objects.filter(item__in=have).order_by("pk")
    for row in rows.select_for_update(no_key=True):
        have[row.item_id].append(row)
    told = set(rows.filter(deeds__isnull=False).values_list("pk", flat=True))
    before = {row.pk: _values(row) for rows in have.values() for row in rows}
    made: list[ItemOccurrence] = []
    kept: list[ItemOccurrence] = []
    gone: list[int] = []
    unread = []
    for item in items:
        was = [getattr(item, name) for name in _READ]
        term = read(item.meant, days)
        understand(item, term)
        if was != [getattr(item, name) for name in _READ]:
            unread.append(item)
        new, same, old = match(have[item.pk], () if item.removed_in_id else term.occurrences)
        made += [_written(ItemOccurrence(item=item), one) for one in new]
        kept += [_written(row, one) for row, one in same]
        for row in old:
            if row.pk in told or _ran(row, plan, today):
                row.former, row.key = True, f"~{row.pk}"
                kept.append(row)
            else:
                gone.append(row.pk)
    PlanItem.objects.bulk_update(unread, _READ)
    ItemOccurrence.objects.filter(pk__in=gone).delete()
    changed = [row for row in kept if _values(row) != before[row.pk]]
    _save(changed)
    for start in range(0, len(made), AT_ONCE):
        act_progress.tell(len(ItemOccurrence.objects.bulk_create(made[start : start + AT_ONCE])))
    touched = {row.item_id for row in (*changed, *made)}
    if plan.state == PlanState.APPROVED:  # by a draft nobody is reminded
        waiting.renew_keys(ItemOccurrence, ItemOccurrence.objects.filter(item__in=touched).values_list("pk", flat=True))
    settle_dated(plan, items)


def _values(row: ItemOccurrence) -> list[object]:
    return [getattr(row, name) for name in ("key", *_SAID)]


def _save(rows: list[ItemOccurrence]) -> None:
    """A key may pass from one row to another: first all of them get keys that nobody has."""
    keys = [row.key for row in rows]
    for row in rows:
        row.key = f"~{row.pk}"
    ItemOccurrence.objects.bulk_update(rows, ["key"])
    for row, key in zip(rows, keys, strict=True):
        row.key = key
    ItemOccurrence.objects.bulk_update(rows, ["key", *_SAID])


def key_of(one: Occurrence) -> str:
    """«2026-09-01..2026-10-23#1»."""
    start, end = one.start, one.end
    return f"{start.isoformat() if start else ''}..{end.isoformat() if end else ''}#{one.number}"


def match(
    rows: Iterable[ItemOccurrence], wanted: Iterable[Occurrence]
) -> tuple[list[Occurrence], list[tuple[ItemOccurrence, Occurrence]], list[ItemOccurrence]]:
    """What is new, what stands for which row, and rows for which nothing stands any more.

    First the same days; then the same name («II четверть», whose days have shifted); then the most days in common.
    """
    left, need = list(rows), list(wanted)
    same: list[tuple[ItemOccurrence, Occurrence]] = []
    for fits in (_same_days, _same_name, _in_common):
        for one in list(need):
            best = max(left, key=lambda row: fits(row, one), default=None)
            if best is not None and fits(best, one) > 0:
                same.append((best, one))
                left.remove(best)
                need.remove(one)
    return need, same, left


def _same_days(row: ItemOccurrence, one: Occurrence) -> int:
    return int((row.start, row.end, row.number) == (one.start, one.end, one.number))


def _same_name(row: ItemOccurrence, one: Occurrence) -> int:
    """Of those that touch: «II четверть», whose days have shifted. «1 раз в месяц» is the name of each month."""
    return _common(row, one) if row.label == one.label else 0


def _in_common(row: ItemOccurrence, one: Occurrence) -> int:
    """Days that both have, where they are most of both: a month is not the year in which it lies."""
    common = _common(row, one)
    longest = max(_length(row.start, row.end), _length(one.start, one.end))
    return common if 2 * common >= longest else 0


def _common(row: ItemOccurrence, one: Occurrence) -> int:
    """Of the same number among several."""
    if row.number != one.number or row.former:
        return 0
    first = max(row.start or row.first, one.start or one.end or date.max)
    last = min(row.end or row.first, one.end or one.start or date.min)
    return max(0, (last - first).days + 1)


def _length(start: date | None, end: date | None) -> int:
    return (end - start).days + 1 if start and end else 1


def _written(row: ItemOccurrence, one: Occurrence) -> ItemOccurrence:
    row.key, row.start, row.end, row.label = key_of(one), one.start, one.end, one.label[:200]
    row.number, row.of, row.approximate, row.former = one.number, one.of, one.approximate, False
    row.due = row.moved_to or one.end
    return row


def _ran(row: ItemOccurrence, plan: WorkPlan, today: date) -> bool:
    """It has ended or begun to be done under what the plan said then; of a draft only what has deeds."""
    return row.state != OccurrenceState.OPEN or (
        plan.state == PlanState.APPROVED and row.due is not None and row.due < today
    )
