"""What serves which wish, and in which order."""

from datetime import date

import pytest

from traektoria.engines.recommendations import Ground, Offer, Served, Wish, recommend

TODAY, SOON, LATE = date(2026, 12, 1), date(2026, 12, 10), date(2027, 2, 1)


def served(wishes: list[Wish], offers: list[Offer], aside: set[tuple[str, str]] = set()) -> list[Served]:  # noqa: B006
    return recommend(wishes, offers, aside, today=TODAY)


def words(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset({word}) for word in text.split())


FRACTIONS = Wish("item1", 1, "math", words("доли дроби"), "master_class", LATE)


def offer(key: str = "event1", **fields: object) -> Offer:
    usual = {"place": 1, "subjects": frozenset({"math"}), "words": words("дроби доли класс"), "day": SOON}
    return Offer(key, **{**usual, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "grounds"),
    [
        ({}, (Ground.TOPIC,)),
        ({"activity": "master_class"}, (Ground.TOPIC, Ground.ACTIVITY)),
        ({"words": (), "activity": "master_class"}, (Ground.ACTIVITY,)),
        ({"words": (), "activity": "seminar"}, ()),
        ({"words": words("дроби класс пятый")}, ()),  # one word of several is no topic
        ({"words": words("дроби")}, (Ground.TOPIC,)),  # all that it says
        ({"words": ()}, ()),
        ({"place": 2}, ()),
        ({"subjects": frozenset({"physics"})}, ()),
        ({"subjects": frozenset()}, (Ground.TOPIC,)),
        (
            {"subjects": frozenset(), "words": (), "activity": "master_class"},
            (),
        ),  # of no subject: the kind is no reason
    ],
)
def test_nothing_without_a_ground(fields: dict[str, object], grounds: tuple[Ground, ...]) -> None:
    found = served([FRACTIONS], [offer(**fields)])
    assert [one.grounds for one in found] == ([grounds] if grounds else [])


def test_the_order_is_of_terms_then_of_what_fits_then_of_days() -> None:
    """In time before late, the nearer term, two grounds before one, topic before kind, the earlier day; each once."""
    soon = Wish("item2", 1, "math", words("проценты"), "seminar", SOON)
    offers = [
        offer("full", words=words("проценты"), ready=False),
        offer("late", words=words("проценты"), day=LATE),
        offer("kind", words=(), activity="master_class"),
        offer("topic"),
        offer("both", activity="master_class", day=LATE),
        offer("both", activity="master_class"),
        offer("later", day=date(2026, 12, 20)),
        offer("near", words=words("проценты")),
    ]
    keys = ["near", "both", "topic", "later", "kind", "full", "late"]
    assert [one.offer.key for one in served([FRACTIONS, soon], offers)] == keys
    assert [one.offer.key for one in served([soon, FRACTIONS], offers[::-1])] == keys
    overdue = Wish("item0", 1, "math", words("проценты"), due=date(2026, 11, 1))
    assert served([overdue, FRACTIONS], offers)[0].in_time
    assert [one.in_time for one in served([FRACTIONS, soon], offers)] == [True] * 6 + [False]


def test_what_is_put_off_for_one_wish_may_serve_another() -> None:
    other = Wish("topic3", 1, "math", words("дроби"))
    assert [one.wish.key for one in served([FRACTIONS, other], [offer()])] == ["item1"]
    assert [one.wish.key for one in served([FRACTIONS, other], [offer()], {("item1", "event1")})] == ["topic3"]
    assert served([FRACTIONS], [offer()], {("item1", "event1")}) == []
