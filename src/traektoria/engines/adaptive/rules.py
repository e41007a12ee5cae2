"""The rules of an adaptive sitting: blueprint, end, and how seldom an item may be met."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .errors import AdaptiveCode, AdaptiveProblem, Parameter, refuse
from .pool import Pool


@dataclass(frozen=True)
class Topic:
    """Least and most items on a topic (None: no limit)."""

    least: int
    most: int | None = None


@dataclass(frozen=True)
class AdaptiveRules:
    """`blueprint` by topic; a topic that is not named is not asked at all.

    The sitting ends at the standard error `target_error` (logits; None: as soon as the blueprint's minima are there),
    never before those minima, and at `most_items` at the latest; also when the best item left promises to lower the
    error by less than `least_gain` (logits; Choi, Grady & Dodd 2010): the pool has nothing more for this person.
    An item is asked of no more than the share `most_rate` of people (`closed_items`), and is drawn from the `best` most
    informative. Abilities have the prior N(`mean`, `sd`²).
    """

    blueprint: Mapping[str, Topic]
    most_items: int
    target_error: float | None = None
    most_rate: float = 0.5
    best: int = 3
    least_gain: float = 0.01
    mean: float = field(default=0.0, kw_only=True)
    sd: float = field(default=1.0, kw_only=True)

    @property
    def least_items(self) -> int:
        return sum(topic.least for topic in self.blueprint.values())


def closed_items(used: Mapping[str, int], sittings: int, rules: AdaptiveRules) -> frozenset[str]:
    """Items that one more use would lift above `most_rate` of all sittings, this one included.

    `used`: how many sittings each item has been asked in. The first use is always allowed.
    """
    return frozenset(key for key, number in used.items() if number and number + 1 > rules.most_rate * sittings)


def check_rules(pool: Pool, rules: AdaptiveRules) -> None:
    """To be called when a campaign is set up. Raises AdaptiveRefused with all that cannot be kept."""
    refuse([*_bad_values(rules), *_short_topics(pool, rules)])


def _bad_values(rules: AdaptiveRules) -> Iterator[AdaptiveProblem]:
    sound = {
        "most_items": rules.most_items >= 1,
        "target_error": rules.target_error is None or rules.target_error > 0,
        "most_rate": 0 < rules.most_rate <= 1,
        "best": rules.best >= 1,
        "least_gain": rules.least_gain >= 0,
        "sd": rules.sd > 0,
        "blueprint": bool(rules.blueprint),
    }
    for name, fine in sound.items():
        if not fine:
            yield AdaptiveProblem(AdaptiveCode.BAD_RULE, {"name": name, "value": str(getattr(rules, name))})
    for name, topic in rules.blueprint.items():
        if topic.least < 0 or (topic.most is not None and topic.most < max(topic.least, 1)):
            yield AdaptiveProblem(AdaptiveCode.BAD_RULE, {"name": "blueprint", "value": name})
    if rules.least_items > rules.most_items:
        yield AdaptiveProblem(AdaptiveCode.MINIMA_TOO_LONG, {"needed": rules.least_items, "most": rules.most_items})


def _short_topics(pool: Pool, rules: AdaptiveRules) -> Iterator[AdaptiveProblem]:
    topics = [item.topic for item in pool.items]
    for name, topic in rules.blueprint.items():
        there = topics.count(name)
        figures: dict[str, Parameter] = {"topic": name, "needed": topic.least, "there": there}
        if there < max(topic.least, 1):
            yield AdaptiveProblem(AdaptiveCode.TOPIC_WITHOUT_ITEMS, figures)
        elif there * rules.most_rate < topic.least:
            yield AdaptiveProblem(AdaptiveCode.RATE_TOO_LOW, {**figures, "rate": rules.most_rate})
