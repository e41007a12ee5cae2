"""What must hold before forms are made: sound data, and enough items for each row of the blueprint."""

from collections.abc import Iterator, Sequence
from math import isfinite

from .errors import FormCode, FormsRefused, Problem
from .model import FormRules, ItemCandidate, Need, Row

MOST_FORMS = 26


def needs_of(blueprint: Sequence[Row], rules: FormRules) -> tuple[Need, ...]:
    """Rows with the same topic and level joined; common items shared out in proportion to their numbers.

    Raises FormsRefused: NO_ROWS, BAD_NUMBER, BAD_FORMS, TOO_MANY_ANCHORS.
    """
    _refuse(list(_problems_of_rows(blueprint, rules)))
    numbers: dict[tuple[str, str | None], int] = {}
    for row in blueprint:
        numbers[row.topic, row.level] = numbers.get((row.topic, row.level), 0) + row.number
    shares = _shared_out(rules.anchors, list(numbers.values()))
    return tuple(
        Need(topic, level, number, anchors)
        for ((topic, level), number), anchors in zip(numbers.items(), shares, strict=True)
    )


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise FormsRefused(problems)


def _problems_of_rows(blueprint: Sequence[Row], rules: FormRules) -> Iterator[Problem]:
    if not blueprint:
        yield Problem(FormCode.NO_ROWS)
    for row in blueprint:
        if row.number < 1:
            yield Problem(FormCode.BAD_NUMBER, {"topic": row.topic, "level": row.level, "number": row.number})
    if not 2 <= rules.forms <= MOST_FORMS:
        yield Problem(FormCode.BAD_FORMS, {"forms": rules.forms})
    items = sum(row.number for row in blueprint)
    if not 0 <= rules.anchors < max(items, 1):
        yield Problem(FormCode.TOO_MANY_ANCHORS, {"anchors": rules.anchors, "items": items})


def _shared_out(total: int, numbers: list[int]) -> list[int]:
    """Largest remainders (Hamilton); of equal ones the earlier row."""
    everything = sum(numbers)
    shares = [total * number // everything for number in numbers]
    by_remainder = sorted(range(len(numbers)), key=lambda place: (-(total * numbers[place] % everything), place))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares


def usable(candidates: Sequence[ItemCandidate], rules: FormRules) -> list[ItemCandidate]:
    """Candidates that are not worn, by key. Raises FormsRefused for data that make no sense, all of it at once."""
    keys = [candidate.key for candidate in candidates]
    repeated = sorted({key for key in keys if keys.count(key) > 1}) if len(set(keys)) < len(keys) else []
    problems = [Problem(FormCode.DUPLICATE_ITEM, {"key": key}) for key in repeated]
    _refuse(problems + [problem for candidate in candidates for problem in _problems_of_item(candidate)])
    most = rules.max_exposure
    return sorted((item for item in candidates if most is None or item.exposure < most), key=lambda item: item.key)


def _problems_of_item(item: ItemCandidate) -> Iterator[Problem]:
    if item.points < 1:
        yield Problem(FormCode.BAD_POINTS, {"key": item.key, "points": item.points})
    if item.difficulty is not None and not isfinite(item.difficulty):
        yield Problem(FormCode.BAD_DIFFICULTY, {"key": item.key})
    if item.discrimination is not None and not (isfinite(item.discrimination) and item.discrimination > 0):
        yield Problem(FormCode.BAD_DISCRIMINATION, {"key": item.key})
    if item.exposure < 0:
        yield Problem(FormCode.BAD_EXPOSURE, {"key": item.key, "exposure": item.exposure})


def check_enough(
    candidates: Sequence[ItemCandidate], fresh: Sequence[ItemCandidate], needs: Sequence[Need], rules: FormRules
) -> None:
    """Raises FormsRefused with TOO_FEW_ITEMS for each row that is short.

    A row of any level gets what the rows of the topic with a level leave. Levels do not overlap, so if no row is
    short by this count, all of them can be filled (Hall's condition).
    """
    problems = []
    for need in needs:
        there, all_there = _left_for(need, fresh, needs, rules), _left_for(need, candidates, needs, rules)
        needed = need.items(rules.forms)
        if there < needed:
            figures = {"needed": needed, "there": there, "worn": all_there - there}
            problems.append(Problem(FormCode.TOO_FEW_ITEMS, {"topic": need.topic, "level": need.level, **figures}))
    _refuse(problems)


def _left_for(need: Need, items: Sequence[ItemCandidate], needs: Sequence[Need], rules: FormRules) -> int:
    there = sum(need.takes(item) for item in items)
    if need.level is not None:
        return there
    named = [other for other in needs if other.topic == need.topic and other.level is not None]
    return there - sum(min(other.items(rules.forms), _left_for(other, items, needs, rules)) for other in named)
