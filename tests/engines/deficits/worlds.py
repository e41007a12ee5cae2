"""Made-up worlds in which the truth about each teacher is known, and none of which is the engine's model.

A world is a way to make answers: `WORLDS[name](people, random)`. There are two truths: the share of points that a
person would get on the tasks they were asked, did they do them many times in earnest, and the share on very many such
tasks. For the second every way makes `SPARE` tasks of each topic that nobody is asked. The worlds on which the rule was
chosen are here, those kept apart are in `worlds_apart`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from traektoria.engines.psychometrics.arrays import Floats

Flags = NDArray[np.bool_]
Random = np.random.Generator
TOPICS, EACH, SPARE = 6, 5, 150


@dataclass(frozen=True)
class World:
    """`scores` (n, j), NaN where not asked; `chances` (n, j) expected share of points; `topic` (j,), `most` points.

    `beyond` (n, topics) share on very many such tasks; `truth` (n, topics) that on the tasks asked.
    """

    scores: Floats
    chances: Floats
    topic: NDArray[np.int_]
    beyond: Floats
    most: int = 1
    omitted: Flags | None = None
    texts: tuple[int, ...] | None = None
    truth: Floats = field(init=False)

    def __post_init__(self) -> None:
        own = [self.topic == place for place in range(self.topic.max() + 1)]
        chances = np.where(np.isnan(self.scores), np.nan, self.chances)
        with np.errstate(invalid="ignore"):
            asked = [(~np.isnan(chances[:, one])).sum(1) for one in own]
            truth = [np.nansum(chances[:, one], 1) / n for one, n in zip(own, asked, strict=True)]
        object.__setattr__(self, "truth", np.array(truth).T)


Way = Callable[[int, Random], World]


def right(logits: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-logits))
    return chances


def places(topics: int = TOPICS, each: int = EACH) -> NDArray[np.int_]:
    """The topic of each task, the spare ones included."""
    return np.repeat(np.arange(topics), each + SPARE)


def _asked(topic: NDArray[np.int_]) -> NDArray[np.bool_]:
    each = len(topic) // (topic.max() + 1)
    found: NDArray[np.bool_] = np.arange(len(topic)) % each < each - SPARE
    return found


def answered(
    chances: Floats, topic: NDArray[np.int_], random: Random, most: int = 1, shown: Floats | None = None
) -> World:
    """The first tasks of each topic are asked. `shown`: the chances of that day, where they are not the true ones."""
    asked, topics = _asked(topic), topic.max() + 1
    beyond = chances.reshape(len(chances), topics, -1)[:, :, -SPARE:].mean(2)
    today = (chances if shown is None else shown)[:, asked]
    return World(random.binomial(most, today).astype(float), chances[:, asked], topic[asked], beyond, most)


def levels(
    people: int, random: Random, *, general: float = 0.8, own: float = 0.6, mean: float = 0.7, topics: int = TOPICS
) -> Floats:
    """A general level, topics around it, easier and harder topics: the world that the model knows."""
    found: Floats = (
        random.normal(0, general, (people, 1))
        + random.normal(0, own, (people, topics))
        + random.normal(mean, 0.4, topics)
    )
    return found


def spread(found: Floats, random: Random, each: int = EACH, items: float = 0.8) -> tuple[Floats, NDArray[np.int_]]:
    """Levels on topics against tasks of unequal difficulty: logits (n, j), and the topics of the tasks."""
    topic = places(found.shape[1], each)
    return found[:, topic] - random.normal(0, items, len(topic)), topic


def factors(people: int, random: Random) -> World:
    """2PL: three abilities behind six topics, unequal means and slopes."""
    mixing = random.normal(size=(TOPICS, 3))
    found = random.normal(size=(people, 3)) @ mixing.T * 0.5 + random.normal(0, 0.6, (people, TOPICS))
    logits, topic = spread(found + random.normal(0.9, 0.4, TOPICS), random)
    return answered(right(random.uniform(0.7, 1.6, len(topic)) * logits), topic, random)


def slopes(people: int, random: Random) -> World:
    """2PL: very unequal slopes."""
    logits, topic = spread(levels(people, random), random)
    return answered(right(random.lognormal(0, 0.5, len(topic)) * logits), topic, random)


def _guessed(logits: Floats, random: Random, share: float) -> Floats:
    floor = np.where(random.random(logits.shape[1]) < share, random.uniform(0.15, 0.3, logits.shape[1]), 0)
    chances: Floats = floor + (1 - floor) * right(logits)
    return chances


def guessing(people: int, random: Random) -> World:
    """3PL: seven tasks of ten can be guessed."""
    logits, topic = spread(levels(people, random, mean=0.2), random)
    return answered(_guessed(1.3 * logits, random, 0.7), topic, random)


def misfit(people: int, random: Random) -> World:
    """Each person has tasks of their own that come easy or hard."""
    logits, topic = spread(levels(people, random, own=0.5), random)
    return answered(right(logits + random.normal(0, 1, logits.shape)), topic, random)


def dif(people: int, random: Random) -> World:
    """Four tasks of ten are a logit easier or harder for half of the people."""
    logits, topic = spread(levels(people, random), random)
    shift = np.where(random.random(len(topic)) < 0.4, random.choice([-1.0, 1.0], len(topic)), 0)
    return answered(right(logits + random.integers(0, 2, (people, 1)) * shift), topic, random)


def _left_out(world: World, random: Random, rate: float) -> World:
    """Some people leave out what they would hardly have solved."""
    wish = random.beta(0.7, 2, (len(world.scores), 1))
    omitted = (random.random(world.chances.shape) < wish * (1 - world.chances) * rate) & ~np.isnan(world.scores)
    return replace(world, scores=np.where(omitted, 0, world.scores), omitted=omitted)


def omissions(people: int, random: Random) -> World:
    """Hard tasks are left out, by some people often."""
    logits, topic = spread(levels(people, random), random)
    return _left_out(answered(right(logits), topic, random), random, 1.2)


def _two_forms(world: World, random: Random) -> World:
    """Half of the people are asked one half of each topic's tasks, half the other."""
    each = int((world.topic == 0).sum())
    second = np.tile(np.arange(each) >= each // 2, world.topic.max() + 1)
    asked = second[None] == random.integers(0, 2, (len(world.scores), 1)).astype(bool)
    return replace(world, scores=np.where(asked, world.scores, np.nan))


def forms(people: int, random: Random) -> World:
    """Two forms without a common task."""
    logits, topic = spread(levels(people, random), random, 2 * EACH)
    return _two_forms(answered(right(logits), topic, random), random)


def combined(people: int, random: Random) -> World:
    """Guessing, DIF, omissions and two forms together."""
    logits, topic = spread(levels(people, random, mean=0.3), random, 2 * EACH)
    shift = np.where(random.random(len(topic)) < 0.3, random.choice([-0.8, 0.8], len(topic)), 0)
    chances = _guessed(1.2 * (logits + random.integers(0, 2, (people, 1)) * shift), random, 0.5)
    return _left_out(_two_forms(answered(chances, topic, random), random), random, 0.7)


def easy(people: int, random: Random) -> World:
    logits, topic = spread(levels(people, random, mean=1.9), random)
    return answered(right(logits), topic, random)


def hard(people: int, random: Random) -> World:
    logits, topic = spread(levels(people, random, mean=-0.4), random)
    return answered(right(logits), topic, random)


def one_text(people: int, random: Random) -> World:
    """All tasks of a topic are on one text; how it was read that day is no part of the truth."""
    logits, topic = spread(levels(people, random), random)
    day = random.normal(0, 0.8, (people, TOPICS))[:, topic]
    points = np.linspace(-2.5, 2.5, 11)
    weights = np.exp(-(points**2) / 2)
    chances = np.sum(
        [w * right(logits + 0.8 * x) for x, w in zip(points, weights / weights.sum(), strict=True)], axis=0
    )
    made = answered(chances, topic, random, shown=right(logits + day))
    return replace(made, texts=tuple(made.topic.tolist()))


def half_on_a_text(people: int, random: Random) -> World:
    """Four of the six tasks of each topic are on one text."""
    logits, topic = spread(levels(people, random), random, 6)
    on_text = np.tile(np.arange(6 + SPARE) % 6 < 4, TOPICS)
    day = random.normal(0, 0.8, (people, TOPICS))[:, topic] * on_text
    points = np.linspace(-2.5, 2.5, 11)
    weights = np.exp(-(points**2) / 2) / np.exp(-(points**2) / 2).sum()
    chances = np.sum([w * right(logits + 0.8 * x * on_text) for x, w in zip(points, weights, strict=True)], axis=0)
    made = answered(chances, topic, random, shown=right(logits + day))
    texts = np.where(np.tile(np.arange(6) < 4, TOPICS), made.topic, 100 + np.arange(len(made.topic)))
    return replace(made, texts=tuple(texts.tolist()))


def unrelated(people: int, random: Random) -> World:
    """One topic has nothing to do with the others."""
    found = levels(people, random, general=1.0, own=0.35)
    found[:, 0] = random.normal(0.6, 1, people)
    logits, topic = spread(found, random)
    return answered(right(logits), topic, random)


def split(master: float, other: float, *, personal: float = 0.0, items: float = 0.0) -> Way:
    """Seven of ten are masters of a topic with one true share, the others have another; `personal`: how much of who is
    one belongs to the person and not to the topic."""

    def make(people: int, random: Random) -> World:
        topic, shifts = places(), random.normal(0, items, (TOPICS, EACH + SPARE))
        lean = (
            random.normal(size=(people, 1)) * personal**0.5
            + random.normal(size=(people, TOPICS)) * (1 - personal) ** 0.5
        )
        is_other = (lean < np.quantile(lean, 0.3))[:, topic]
        return answered(np.where(is_other, _even(other, shifts), _even(master, shifts)), topic, random)

    return make


def _even(share: float, shifts: Floats) -> Floats:
    """Chances of the tasks; the mean of those asked is the share in every topic."""
    low, high = np.full((len(shifts), 1), -8.0), np.full((len(shifts), 1), 8.0)
    for _step in range(40):
        middle = (low + high) / 2
        is_below = right(middle - shifts)[:, :-SPARE].mean(1, keepdims=True) < share
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    return right(low - shifts).ravel()


def beta(people: int, random: Random) -> World:
    """Completions from a beta distribution, topics independent."""
    topic = places()
    return answered(random.beta(3, 2, (people, TOPICS))[:, topic], topic, random)


def nested(people: int, random: Random) -> World:
    """Completions beta around a beta mean of the person."""
    mean = random.beta(4, 2.5, (people, 1))
    shares = np.clip(random.beta(mean * 6, (1 - mean) * 6, (people, TOPICS)), 0.02, 0.98)
    logits, topic = spread(np.log(shares / (1 - shares)), random, items=0.5)
    return answered(right(logits), topic, random)


def points(people: int, random: Random) -> World:
    """Four tasks of three points a topic, a tenth of the answers missing."""
    logits, topic = spread(levels(people, random), random, 4, 0.6)
    made = answered(right(logits), topic, random, 3)
    return replace(made, scores=np.where(random.random(made.scores.shape) < 0.1, np.nan, made.scores))


def heavy(people: int, random: Random) -> World:
    """Heavy tails of people and of topics."""
    found = random.standard_t(3, (people, 1)) * 0.6 + random.standard_t(3, (people, TOPICS)) * 0.45
    logits, topic = spread(found + random.normal(0.7, 0.4, TOPICS), random)
    return answered(right(logits), topic, random)


def skewed(people: int, random: Random) -> World:
    """Most are good, some are far behind."""
    found = 1.3 - random.exponential(0.9, (people, 1)) - random.exponential(0.5, (people, TOPICS))
    logits, topic = spread(found + random.normal(0.3, 0.3, TOPICS), random)
    return answered(right(logits), topic, random)


def many_topics(people: int, random: Random) -> World:
    logits, topic = spread(levels(people, random, topics=10), random, 3)
    return answered(right(logits), topic, random)


def two_topics(people: int, random: Random) -> World:
    logits, topic = spread(levels(people, random, topics=2), random, 10)
    return answered(right(logits), topic, random)


def one_topic(people: int, random: Random) -> World:
    logits, topic = spread(levels(people, random, topics=1), random, 8)
    return answered(right(logits), topic, random)


def out_of_time(people: int, random: Random) -> World:
    """The last tasks are not reached, in an order that mixes the topics."""
    logits, topic = spread(levels(people, random), random)
    made = answered(right(logits), topic, random)
    order = random.permutation(len(made.topic))
    return replace(made, scores=np.where(order[None] >= random.integers(15, 45, (people, 1)), np.nan, made.scores))


def alike(people: int, random: Random) -> World:
    """Everybody is nearly the same, a little above the threshold."""
    logits, topic = spread(levels(people, random, general=0.12, own=0.12), random, items=0.4)
    return answered(right(logits), topic, random)


def tired(people: int, random: Random) -> World:
    """One of seven clicks through the last two tasks of each topic."""
    logits, topic = spread(levels(people, random), random)
    made = answered(right(logits), topic, random)
    clicks = (random.random((people, 1)) < 0.15) & np.tile(np.arange(EACH) >= 3, TOPICS)
    scores = np.where(clicks, random.random(clicks.shape) < 0.25, made.scores)
    return replace(made, scores=scores.astype(float))


def schools(people: int, random: Random) -> World:
    """People of one school are alike, topic by topic."""
    school = random.integers(0, max(3, people // 12), people)
    common = random.normal(0, 0.5, (people, 1)) + random.normal(0, 0.4, (people, TOPICS))
    logits, topic = spread(levels(people, random, general=0.5, own=0.4) + common[school], random)
    return answered(right(logits), topic, random)


WORLDS: dict[str, Way] = {
    "2PL, three abilities": factors,
    "2PL, very unequal slopes": slopes,
    "3PL, guessing": guessing,
    "misfit of persons and tasks": misfit,
    "DIF": dif,
    "omissions": omissions,
    "two forms": forms,
    "guessing, DIF, omissions, forms": combined,
    "easy work": easy,
    "hard work": hard,
    "a topic on one text": one_text,
    "four tasks of six on a text": half_on_a_text,
    "a topic unrelated to the others": unrelated,
    "masters at 62 %, others 35 %": split(0.62, 0.35),
    "masters at 64 %, others 35 %": split(0.64, 0.35),
    "masters at 64 %, others 35 %, personal": split(0.64, 0.35, personal=0.6, items=0.8),
    "masters at 64 %, others 25 %": split(0.64, 0.25),
    "masters at 72 %, others 35 %": split(0.72, 0.35),
    "masters at 72 %, others 45 %": split(0.72, 0.45, items=0.8),
    "masters at 85 %, others 30 %": split(0.85, 0.30),
    "masters at 85 %, others 35 %, personal": split(0.85, 0.35, personal=1.0),
    "beta, independent topics": beta,
    "nested beta": nested,
    "three points, answers missing": points,
    "heavy tails": heavy,
    "skewed": skewed,
    "ten topics of three tasks": many_topics,
    "two topics of ten tasks": two_topics,
    "one topic of eight tasks": one_topic,
    "time runs out": out_of_time,
    "everybody alike": alike,
    "tired people": tired,
    "schools": schools,
}
