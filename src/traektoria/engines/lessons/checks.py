"""What does not agree in a lesson calendar: sums, numbers, days, control works. Each with its places, none mended."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from traektoria.engines.days import is_public_holiday
from traektoria.engines.figures import shortest
from traektoria.engines.lessons.model import (
    Calendar,
    Contradiction,
    Lesson,
    Odd,
    Say,
    Scope,
    Section,
    Stated,
    Year,
)
from traektoria.engines.plantables.model import Place

PLACES: Final = 12
"""So many places of one kind are named; the number says how many there are."""
DOUBLED: Final = Decimal("0.3")
"""From this share of days with two lessons on, two a day are the timetable and not an oversight."""
DATED: Final = Decimal("0.5")
_CONTROL: Final = re.compile(
    r"контрольн\w*\s+(?:работ|диктант|изложени|сочинени|тест|срез|списыван|урок)|\bк\s?/\s?р\b|\bкр\s*№", re.IGNORECASE
)
_ABOUT: Final = re.compile(r"анализ|ошибк|подготовк|перед|резерв", re.IGNORECASE)
_OF_CONTROL: Final = re.compile(r"(?:контрольн\w*\s+\w+|\bк\s?/\s?р|\bкр)\s*№\s*(\d{1,2})", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(\d{1,3})(?:\s*[-–,]\s*(\d{1,3}))?(?:\s*[./(]\s*\d{1,3}\)?)?\.?")
_TWO_LEVELS: Final = re.compile(r"\d{1,2}\.\d{1,3}\.?")


def contradictions(calendar: Calendar, said: Sequence[Stated], year: Year) -> tuple[Contradiction, ...]:
    """``said``: by who brings it. In the order: hours, control works, numbers, days."""
    stated = (*said, *calendar.stated)
    return (
        *_stated(stated), *_year(calendar, stated), *_totals(calendar), *_weeks(calendar, stated), *_cells(calendar),
        *_controls(calendar, stated), *_numbers(calendar.lessons, calendar.sections), *_days(calendar.lessons, year),
    )  # fmt: skip


def is_control(lesson: Lesson) -> bool:
    """«Контрольная работа № 2», not «Анализ контрольной работы»."""
    found = _CONTROL.search(lesson.theme)
    if found:
        return _ABOUT.search(lesson.theme[: found.start()]) is None
    return _CONTROL.search(lesson.control) is not None and not _ABOUT.search(lesson.theme)


def controls_of(calendar: Calendar) -> tuple[Lesson, ...]:
    return tuple(one for one in calendar.lessons if is_control(one))


def hours_by_section(calendar: Calendar) -> tuple[tuple[Section, Decimal], ...]:
    """Sections that hold lessons, in their order. A part (a quarter) holds what stands until the next part."""
    found = []
    parts = [one for one in calendar.sections if one.is_part]
    for at, section in enumerate(calendar.sections):
        if section.is_part:
            place = parts.index(section)
            end = parts[place + 1].first if place + 1 < len(parts) else len(calendar.lessons)
            own = calendar.lessons[section.first : end]
        else:
            own = tuple(one for one in calendar.lessons if one.section == at)
        if own:
            found.append((section, calendar.hours_of(own)))
    return tuple(found)


def shown(number: Decimal) -> str:
    """«102», «0,5»."""
    return shortest(number, 2)


def _stated(stated: Sequence[Stated]) -> Iterator[Contradiction]:
    """The paper says one thing and who brings it another, or the paper says two."""
    for say in Say:
        told = [one for one in stated if one.say is say]
        for one in told[1:]:
            if one.value != told[0].value:
                places = tuple(place for place in (told[0].place, one.place) if place)
                yield Contradiction(Odd.STATED, places, shown(one.value), shown(told[0].value), say)


def _year(calendar: Calendar, stated: Sequence[Stated]) -> Iterator[Contradiction]:
    hours = calendar.hours
    for one in stated:
        if one.say is Say.YEAR and one.value != hours:
            yield Contradiction(Odd.YEAR_HOURS, _spot(one), shown(hours), shown(one.value))
    for value, weeks in _products(stated):
        if value * weeks != hours:
            about = f"{shown(value)} × {shown(weeks)}"
            yield Contradiction(Odd.WEEKS_HOURS, (), shown(hours), shown(value * weeks), about)


def _products(stated: Sequence[Stated]) -> Iterator[tuple[Decimal, Decimal]]:
    week, weeks = (next((one.value for one in stated if one.say is say), None) for say in (Say.WEEK, Say.WEEKS))
    if week and weeks:
        yield week, weeks


def _totals(calendar: Calendar) -> Iterator[Contradiction]:
    since = dict.fromkeys(Scope, 0)
    begins = [one.first for one in calendar.sections if not one.is_part]
    last = calendar.totals[-1:]
    for total in calendar.totals:
        own = [one for one in begins if one < total.first] if total.scope is not Scope.PART else []
        first = max([since[total.scope], *own[-1:]])
        since[total.scope] = total.first
        near = calendar.hours_of(calendar.lessons[first : total.first])
        whole = calendar.hours_of(calendar.lessons[: total.first])
        is_whole = total.scope is Scope.ALL and (total,) == last
        # «Итого» stands under sections too: it agrees with either
        if total.hours != near and not (total.scope is Scope.ALL and total.hours == whole):
            hours, scope = (
                (whole, Scope.ALL) if is_whole else (near, Scope.PART if total.scope is Scope.PART else Scope.SECTION)
            )
            yield Contradiction(Odd.TOTAL_HOURS, (total.place,), shown(hours), shown(total.hours), scope)
    for section, hours in hours_by_section(calendar):
        if section.stated is not None and section.stated != hours:
            told = (section.place,)
            yield Contradiction(Odd.SECTION_HOURS, told, shown(hours), shown(section.stated), section.title)


def _weeks(calendar: Calendar, stated: Sequence[Stated]) -> Iterator[Contradiction]:
    """Nothing of a calendar without days."""
    week = next((one.value for one in stated if one.say is Say.WEEK), None)
    if week is None:
        return
    found: dict[date, list[Lesson]] = defaultdict(list)
    for lesson in calendar.lessons:
        if lesson.days and lesson.until is None and len(lesson.days) == 1:
            day = lesson.days[0]
            found[day - timedelta(days=day.weekday())].append(lesson)
    limit = int(week) + (week != int(week))  # half an hour a week is one lesson in some of them
    for monday in sorted(found):
        hours = calendar.hours_of(tuple(found[monday]))
        if hours > limit:
            places = tuple(one.place for one in found[monday])[:PLACES]
            yield Contradiction(Odd.WEEK_OVER, places, shown(hours), shown(week), monday.isoformat())


def _cells(calendar: Calendar) -> Iterator[Contradiction]:
    unread = [one.place for one in calendar.lessons if one.unread]
    if unread:
        yield Contradiction(Odd.HOURS_UNREAD, tuple(unread[:PLACES]), str(len(unread)))
    bare = [one.place for one in calendar.lessons if one.hours is None and not one.unread]
    if calendar.says_hours and bare:
        yield Contradiction(Odd.HOURS_MISSING, tuple(bare[:PLACES]), str(len(bare)))


def _controls(calendar: Calendar, stated: Sequence[Stated]) -> Iterator[Contradiction]:
    own = controls_of(calendar)
    for one in stated:
        if one.say is Say.CONTROLS and one.value != len(own):
            yield Contradiction(Odd.CONTROLS, _spot(one), str(len(own)), shown(one.value))
    numbered = [(int(found[1]), one) for one in own if (found := _OF_CONTROL.search(one.theme))]
    seen = Counter(number for number, _one in numbered)
    for number in sorted(set(range(1, max(seen, default=0) + 1)) - set(seen)):
        yield Contradiction(Odd.CONTROL_GAP, (), about=str(number))
    order = {id(one): at for at, one in enumerate(calendar.lessons)}
    for number, times in sorted(seen.items()):
        rows = [one for told, one in numbered if told == number]
        together = all(order[id(b)] - order[id(a)] == 1 for a, b in pairwise(rows))
        if times > 1 and not together:  # a work of two lessons stands in two rows
            yield Contradiction(Odd.CONTROL_TWICE, _places(rows), str(times), about=str(number))


def _numbers(lessons: Sequence[Lesson], sections: Sequence[Section]) -> Iterator[Contradiction]:
    """Numbers that go on through the year, or begin anew with each section."""
    told = [one for one in lessons if one.number]
    if sum(bool(_TWO_LEVELS.fullmatch(one.number)) for one in told) * 2 > len(told):
        return
    begins = {one.first for one in sections}
    due: set[int] = set()
    seen: dict[int, Lesson] = {}
    for at, lesson in enumerate(lessons):
        found = _NUMBER.fullmatch(lesson.number)
        if found is None:
            continue
        first, last = int(found[1]), int(found[2] or found[1])
        if first == 1 and seen and at in begins:
            seen, due = {}, set()
        if first in seen:
            yield Contradiction(Odd.NUMBER_TWICE, (seen[first].place, lesson.place), about=str(first))
        elif (due and first > max(due)) or (not seen and first > 1):
            missing = f"{min(due, default=1)}–{first - 1}" if first - 1 > min(due, default=1) else str(first - 1)
            yield Contradiction(Odd.NUMBER_GAP, (lesson.place,), about=missing)
        for number in range(first, min(max(last, first), first + 20) + 1):
            seen.setdefault(number, lesson)
        hours = int(lesson.hours or 1)
        due = {max(seen) + 1, max(max(seen) + 1, first + hours)}


def _days(lessons: Sequence[Lesson], year: Year) -> Iterator[Contradiction]:
    dated = [one for one in lessons if one.days]
    broken = [one for one in lessons if one.impossible]
    if broken:
        about = ", ".join(one.when for one in broken[:3])
        yield Contradiction(Odd.DAY_IMPOSSIBLE, _places(broken), str(len(broken)), about=about)
    unread = [one for one in lessons if one.when and not one.days and not one.impossible]
    if unread:
        yield Contradiction(Odd.DAY_UNREAD, _places(unread), str(len(unread)))
    if not dated:
        return
    bare = [one for one in lessons if not one.when]
    if bare and Decimal(len(dated)) / len(lessons) >= DATED:
        yield Contradiction(Odd.DAY_MISSING, _places(bare), str(len(bare)))
    yield from _in_year(dated, year)
    yield from _order(dated)
    yield from _twice(dated)


def _in_year(dated: Sequence[Lesson], year: Year) -> Iterator[Contradiction]:
    for lesson in dated:
        for day in lesson.days:
            if not year.first <= day <= year.last:
                yield Contradiction(Odd.DAY_OUTSIDE, (lesson.place,), day.isoformat())
            elif lesson.until is None and (why := _off(day, year)) is not None:
                reason, sure = why
                yield Contradiction(Odd.DAY_OFF, (lesson.place,), day.isoformat(), about=reason, sure=sure)


def _off(day: date, year: Year) -> tuple[str, bool] | None:
    if day.weekday() == 6:
        return "sunday", True
    if is_public_holiday(day):
        return "public", True
    return next((("holidays", sure) for first, last, sure in year.holidays if first <= day <= last), None)


def _order(dated: Sequence[Lesson]) -> Iterator[Contradiction]:
    """One day that runs ahead is said once: the lessons after it that follow those before it are in order."""
    latest, before = dated[0], date.min
    for lesson in dated[1:]:
        if lesson.days[0] < latest.days[-1]:
            places, first = (latest.place, lesson.place), latest.days[-1].isoformat()
            yield Contradiction(Odd.DAY_ORDER, places, lesson.days[0].isoformat(), first)
            if lesson.days[0] < before:
                continue
        else:
            before = latest.days[-1]
        latest = lesson


def _twice(dated: Sequence[Lesson]) -> Iterator[Contradiction]:
    by_day: dict[date, list[Lesson]] = defaultdict(list)
    for lesson in dated:
        for day in lesson.days if lesson.until is None else ():
            by_day[day].append(lesson)
    doubled = {day: rows for day, rows in by_day.items() if len(rows) > 1}
    if not doubled or Decimal(len(doubled)) / len(by_day) >= DOUBLED:
        return
    for day in sorted(doubled):
        yield Contradiction(Odd.DAY_TWICE, _places(doubled[day]), day.isoformat(), str(len(doubled[day])))


def _spot(one: Stated) -> tuple[Place, ...]:
    return (one.place,) if one.place else ()


def _places(lessons: Iterable[Lesson]) -> tuple[Place, ...]:
    return tuple(one.place for one in lessons)[:PLACES]
