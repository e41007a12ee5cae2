"""What an adaptive part chooses from: the items of the published version with their parameters from the bank.

Each topic of the blueprint is asked at least half as often as in the fixed form (once where there is no blueprint); it
ends at a standard error of ``TARGET`` logits (a reliability of about 0.8), at the latest at the fixed form's length.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from traektoria.diagnostics.instruments.models import FormItem, InstrumentVersion
from traektoria.diagnostics.instruments.queries.forms import form_of
from traektoria.diagnostics.instruments.settings import settings_from
from traektoria.diagnostics.items.kinds.protocol import Marked
from traektoria.engines.adaptive import (
    AdaptiveCode,
    AdaptiveProblem,
    AdaptiveRefused,
    AdaptiveRules,
    Pool,
    PoolItem,
    Topic,
    make_pool,
)
from traektoria.engines.adaptive import check_rules as engine_check

TARGET: Final = 0.45
LEAST_POOL: Final = 10


def check_adaptive(version: InstrumentVersion) -> list[str]:
    """Why this version can't be sat with the next item by the answers; empty where it can. For the opening."""
    forms = sorted(set(version.items.values_list("form", flat=True)))
    return list(dict.fromkeys(sentence for form in forms or [""] for sentence in _lacks(version, form)))


def pool_of(version: InstrumentVersion, form: str) -> Pool:
    """One query. Raises ``AdaptiveRefused`` where an item has no parameters."""
    return _pool(tuple(_items(version, form)))


def rules_of(version: InstrumentVersion, form: str) -> AdaptiveRules:
    """By the blueprint of the version, or by the topics that its items have."""
    wanted: dict[str, int] = {}
    for row in settings_from(version.settings).blueprint:
        wanted[row.topic] = wanted.get(row.topic, 0) + row.number
    topics = [item.topic for item in _items(version, form)]
    blueprint = {topic: Topic(max(1, number // 2), number) for topic, number in wanted.items()}
    length = sum(wanted.values()) or len(topics)
    return AdaptiveRules(blueprint or {topic: Topic(1) for topic in topics}, max(1, length), TARGET)


@lru_cache(maxsize=32)
def _pool(items: tuple[PoolItem, ...]) -> Pool:
    return make_pool(items)


def _items(version: InstrumentVersion, form: str) -> Iterator[PoolItem]:
    form_items = form_of(version, form).by_pk
    rows = FormItem.objects.filter(version=version, form=form).order_by("position", "pk")
    fields = ("pk", "item_version__item__topic", "item_version__item__difficulty", "item_version__item__discrimination")
    for pk, topic, difficulty, slope in rows.values_list(*fields):
        if form_items[pk].number:
            yield PoolItem(str(pk), topic, slope, () if difficulty is None else (difficulty,))


def _lacks(version: InstrumentVersion, form: str) -> Iterator[str]:
    entries = form_of(version, form).asked
    judged = [entry for entry in entries if entry.content.marked is not Marked.BY_KEY]
    if judged:
        yield _("Tasks that people mark, and questions without a right answer, can't be chosen by the answers.")
    if len(entries) < LEAST_POOL:
        yield _("There is too little to choose from: %(there)s tasks, at least %(least)s are needed.") % {
            "there": len(entries),
            "least": LEAST_POOL,
        }
    try:
        engine_check(pool_of(version, form), rules_of(version, form))
    except AdaptiveRefused as refusal:
        yield from _worded(refusal.problems)


def _worded(problems: tuple[AdaptiveProblem, ...]) -> Iterator[str]:
    unknown = sum(
        one.code in {AdaptiveCode.UNKNOWN_PARAMETERS, AdaptiveCode.BAD_SLOPE, AdaptiveCode.BAD_THRESHOLD}
        for one in problems
    )
    if unknown:
        yield _(
            "%(n)s tasks have no difficulty and discrimination yet: they come from the analysis of an earlier work."
        ) % {"n": unknown}
    for one in problems:
        if one.code in {AdaptiveCode.TOPIC_WITHOUT_ITEMS, AdaptiveCode.RATE_TOO_LOW}:
            yield _("The topic «%(topic)s» has too few tasks to choose from: %(there)s.") % one.parameters
