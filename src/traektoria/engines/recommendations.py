"""What is worth offering to somebody, and why: what people wish is held against what there is, nothing else.

An offer serves a wish of the same place where it is about the same topic, or where it is of the kind that was agreed
and of the subject. Whatever has no such ground is not offered. The order follows from the wishes: what is in time
first, what can be taken at once, then how soon something is due, then how much of it fits, then how soon it takes
place. How many like an offer, and how people were rated, is no argument of any function here.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Words = Sequence[frozenset[str]]
"""Each word as the set of its stems."""
WORDS_IN_COMMON = 2
"""So many words in common are a topic; of a shorter text all of its words."""


class Ground(StrEnum):
    TOPIC = "topic"
    ACTIVITY = "activity"


@dataclass(frozen=True)
class Wish:
    """Something to learn. ``place``: where it is agreed; ``activity``: the kind that was agreed, empty: none."""

    key: str
    place: int
    subject: str
    words: tuple[frozenset[str], ...] = ()
    activity: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Offer:
    """Something that there is. ``subjects`` empty: for all; ``day``: when it takes place, None: at any time; ``ready``:
    it can be taken at once, and need not be waited for."""

    key: str
    place: int
    subjects: frozenset[str] = frozenset()
    words: tuple[frozenset[str], ...] = ()
    activity: str = ""
    day: date | None = None
    ready: bool = True


@dataclass(frozen=True)
class Served:
    """An offer with the wish that it serves best. ``in_time``: it takes place before the wish is due."""

    offer: Offer
    wish: Wish
    grounds: tuple[Ground, ...]
    in_time: bool


def recommend(
    wishes: Iterable[Wish], offers: Iterable[Offer], aside: Collection[tuple[str, str]] = (), *, today: date
) -> list[Served]:
    """Each key of an offer once at most, in the order of the module. ``aside``: pairs (wish, offer) that were put
    off: keys of both."""
    wanted = list(wishes)
    found = [
        Served(offer, wish, grounds, _in_time(wish, offer, today))
        for offer in offers
        for wish in wanted
        if (wish.key, offer.key) not in aside and (grounds := grounds_of(wish, offer))
    ]
    best: dict[str, Served] = {}
    for served in sorted(found, key=_rank):
        best.setdefault(served.offer.key, served)
    return list(best.values())


def grounds_of(wish: Wish, offer: Offer) -> tuple[Ground, ...]:
    """Why the offer serves the wish; none where it does not."""
    if wish.place != offer.place or (offer.subjects and wish.subject not in offer.subjects):
        return ()
    found = []
    if same_topic(wish.words, offer.words):
        found.append(Ground.TOPIC)
    if wish.activity and wish.activity == offer.activity and offer.subjects:
        found.append(Ground.ACTIVITY)
    return tuple(found)


def same_topic(one: Words, other: Words) -> bool:
    """At least two words in common in whatever form they stand, or all words of the shorter text."""
    few, many = sorted((one, other), key=len)
    shared = sum(any(word & there for there in many) for word in few)
    return bool(few) and shared >= min(WORDS_IN_COMMON, len(few))


def _in_time(wish: Wish, offer: Offer, today: date) -> bool:
    """What is overdue already is helped by whatever comes."""
    return wish.due is None or wish.due < today or offer.day is None or offer.day <= wish.due


def _rank(served: Served) -> tuple[object, ...]:
    wish, offer, grounds = served.wish, served.offer, served.grounds
    due, day = wish.due or date.max, offer.day or date.max
    return (
        not served.in_time,
        not offer.ready,
        due,
        -len(grounds),
        Ground.TOPIC not in grounds,
        day,
        offer.key,
        wish.key,
    )
