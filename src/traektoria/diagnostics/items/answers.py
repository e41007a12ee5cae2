"""What an answer is, kind by kind: its shape, what is refused, how many points it earns.

``Answer.value`` and the browser use these shapes; {} is no answer. Numbers are places in the content's tuples, from 0:

- single {"choice": 0}; multiple {"choices": [0, 2]}; short, numeric, extended, open {"text": "…"};
- matching {"pairs": [1, null, 0]}: for each left side a place in ``rights``; ordering {"order": [2, 0, 1]}, and while
  it is not finished {"ranks": [3, null, 1]}: for each line the place from 1 that it was given, twice the same one too;
- likert, level {"step": 3}, from 1; choice {"choices": [1], "other": "…"}; description: always {}.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from hashlib import blake2b
from typing import Any, Final, assert_never

from django.utils.translation import gettext as _

from traektoria.core.boxes import readable, tell
from traektoria.core.errors import DomainError, Invalid
from traektoria.diagnostics.items import content as c
from traektoria.diagnostics.items.questions import as_question, rules_for
from traektoria.engines import questionbanks as q

MOST_TEXT: Final = 20_000
"""Characters of an answer in words."""

Value = dict[str, Any]


def rights(content: c.Matching) -> tuple[str, ...]:
    """Right sides to choose from, each once: those of the pairs, then those that go with nothing."""
    return tuple(dict.fromkeys([*(pair.right for pair in content.pairs), *content.distractors]))


def clean(content: c.Content, raw: object) -> Value:
    """The answer in its shape, blanks at the ends cut off. Raises ``Invalid`` for one that cannot be given here."""
    given = raw if isinstance(raw, Mapping) else {}
    match content:
        case c.Single():
            return _only("choice", _place(given.get("choice"), len(content.options)))
        case c.Multiple():
            return _only("choices", _places(given.get("choices"), len(content.options)))
        case c.Short() | c.Numeric() | c.Extended() | c.Open():
            return _only("text", _words(given.get("text")))
        case c.Matching():
            return _matching(content, given.get("pairs"))
        case c.Ordering():
            return _ordering(content, given.get("order")) or _ranked(content, given.get("ranks"))
        case c.Likert():
            return _only("step", _step(given.get("step"), len(content.steps)))
        case c.LevelMark():
            return _only("step", _step(given.get("step"), len(content.descriptors)))
        case c.Choice():
            return _choice(content, given)
        case c.Description() | c.Unreadable():
            return {}
        case _:
            assert_never(content)


def as_sent(content: c.Content, raw: object) -> Value:
    """What was sent and can't be taken yet, to be shown once more: words letter by letter, {} for what has no place."""
    if isinstance(content, c.Short | c.Numeric | c.Extended | c.Open):
        text = raw.get("text") if isinstance(raw, Mapping) else None
        return {"text": text} if isinstance(text, str) else {}
    try:
        return clean(content, raw)
    except Invalid:
        return {}


def stored(content: c.Content, value: object) -> Value:
    """A kept answer to be shown; {} where it does not belong to the question (any more)."""
    try:
        return readable("answer", lambda: clean(content, value), {})
    except DomainError as error:
        tell("answer", error)
        return {}


def is_complete(content: c.Content, value: Mapping[str, Any]) -> bool:
    """False for no answer, and for one with places left over: kept as it is, and asked about before it is handed in."""
    match content:
        case c.Matching():
            return None not in value.get("pairs", [None])
        case c.Ordering():
            return "order" in value
        case (
            c.Single()
            | c.Multiple()
            | c.Short()
            | c.Numeric()
            | c.Extended()
            | c.Likert()
            | c.Choice()
            | c.Open()
            | c.LevelMark()
            | c.Description()
            | c.Unreadable()
        ):
            return bool(value)
        case _:
            assert_never(content)


def is_empty(value: Mapping[str, Any]) -> bool:
    """True for no answer, and for one that was taken away."""
    return not value


def score(content: c.Content, value: Mapping[str, Any], max_score: Decimal) -> Decimal | None:
    """Points of the answer, to a thousandth; None for what people judge and for what is neither right nor wrong."""
    if isinstance(content, c.UNSCORED):
        return None
    share = q.score(as_question(content, max_score), _for_engine(content, value), rules_for(content)) or 0
    return (Decimal(share.numerator) * max_score / Decimal(share.denominator)).quantize(Decimal("0.001"))


def scale_value(content: c.Likert, value: Mapping[str, Any]) -> int | None:
    """The step as it counts on the scale, from 1: turned round for a reverse item."""
    step = value.get("step")
    if step is None:
        return None
    return len(content.steps) + 1 - int(step) if content.reverse else int(step)


def shown_order(content: c.Content, seed: int) -> list[int]:
    """Places of what is chosen from, in the order in which this person sees them: options, right sides, steps to order.

    The same for the same seed. What is to be put in order is never shown in the right one (where that can be).
    """
    match content:
        case c.Single() | c.Multiple():
            return _shuffled(len(content.options), seed) if content.shuffle else list(range(len(content.options)))
        case c.Matching():
            return _shuffled(len(rights(content)), seed)
        case c.Ordering():
            order = _shuffled(len(content.order), seed)
            return order[1:] + order[:1] if order == sorted(order) else order
        case c.Choice():
            return list(range(len(content.options)))
        case (
            c.Short()
            | c.Numeric()
            | c.Extended()
            | c.Likert()
            | c.Open()
            | c.LevelMark()
            | c.Description()
            | c.Unreadable()
        ):
            return []
        case _:
            assert_never(content)


def _for_engine(content: c.Content, value: Mapping[str, Any]) -> q.scoring.Answer:
    match content:
        case c.Single():
            return value.get("choice")
        case c.Multiple():
            return value.get("choices")
        case c.Matching():
            sides = rights(content)
            return ["" if place is None else sides[place] for place in value.get("pairs", [])]
        case c.Ordering():
            return value.get("order") or placed(value.get("ranks", []))
        case (
            c.Short()
            | c.Numeric()
            | c.Extended()
            | c.Likert()
            | c.Choice()
            | c.Open()
            | c.LevelMark()
            | c.Description()
            | c.Unreadable()
        ):
            return value.get("text")
        case _:
            assert_never(content)


def _shuffled(count: int, seed: int) -> list[int]:
    return sorted(range(count), key=lambda place: blake2b(f"{seed}:{place}".encode(), digest_size=8).digest())


def _wrong() -> Invalid:
    return Invalid(_("This answer does not belong to the question. Open the page again."), code="bad_answer")


def _only(name: str, value: Any) -> Value:
    return {} if value in (None, "", []) else {name: value}


def _place(raw: object, count: int) -> int | None:
    if raw is None or raw == "":
        return None
    if not isinstance(raw, int) or isinstance(raw, bool) or not 0 <= raw < count:
        raise _wrong()
    return raw


def _step(raw: object, count: int) -> int | None:
    if raw in (None, ""):
        return None
    return (_place(raw - 1 if isinstance(raw, int) and not isinstance(raw, bool) else raw, count) or 0) + 1


def _places(raw: object, count: int) -> list[int]:
    if raw in (None, ""):
        return []
    if not isinstance(raw, list):
        raise _wrong()
    places = {_place(one, count) for one in raw}
    if None in places:
        raise _wrong()
    return sorted(place for place in places if place is not None)


def _words(raw: object) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise _wrong()
    if len(raw) > MOST_TEXT:
        raise Invalid(
            _("The answer is longer than %(most)s characters. Shorten it.") % {"most": MOST_TEXT}, code="too_long"
        )
    return raw.replace("\x00", "").strip()


def _matching(content: c.Matching, raw: object) -> Value:
    if raw in (None, "", []):
        return {}
    if not isinstance(raw, list) or len(raw) != len(content.pairs):
        raise _wrong()
    places = [_place(one, len(rights(content))) for one in raw]
    return {} if all(place is None for place in places) else {"pairs": places}


def _ordering(content: c.Ordering, raw: object) -> Value:
    if raw in (None, "", []):
        return {}
    if not isinstance(raw, list) or sorted(map(str, raw)) != sorted(map(str, range(len(content.order)))):
        raise _wrong()
    return {"order": [_place(one, len(content.order)) for one in raw]}


def _ranked(content: c.Ordering, raw: object) -> Value:
    """Places by line, some left over; a full order is the same as an order."""
    if raw in (None, "", []):
        return {}
    count = len(content.order)
    if not isinstance(raw, list) or len(raw) != count:
        raise _wrong()
    ranks = [_step(one, count) for one in raw]
    if not any(ranks):
        return {}
    return {"ranks": ranks} if -1 in placed(ranks) else {"order": placed(ranks)}


def placed(ranks: Sequence[int | None]) -> list[int]:
    """Lines by place; -1 where no line was put, or more than one."""
    return [ranks.index(rank) if ranks.count(rank) == 1 else -1 for rank in range(1, len(ranks) + 1)]


def _choice(content: c.Choice, given: Mapping[str, Any]) -> Value:
    places = _places(given.get("choices"), len(content.options))
    other = _words(given.get("other")) if content.other else ""
    if len(places) + bool(other) > 1 and not content.many:
        raise _wrong()
    return _only("choices", places) | _only("other", other)
