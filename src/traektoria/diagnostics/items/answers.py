"""What an answer is: its shape, what is refused, how many points it earns; each kind says its own.

``Answer.value`` and the browser use one shape, which the first lines of a kind's module tell; {} is no answer. Numbers
in it are places in the content's tuples, from 0, those of steps from 1.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from traektoria.core.boxes import readable, tell
from traektoria.core.errors import DomainError
from traektoria.diagnostics.items.kinds.protocol import Kind
from traektoria.diagnostics.items.pieces.answers import Value


def clean(content: Kind, raw: object) -> Value:
    """The answer in its shape, blanks at the ends cut off. Raises ``Invalid`` for one that cannot be given here."""
    return content.clean(raw if isinstance(raw, Mapping) else {})


def as_sent(content: Kind, raw: object) -> Value:
    """What was sent and can't be taken yet, to be shown once more: words letter by letter, {} for what has no place."""
    return content.as_sent(raw if isinstance(raw, Mapping) else {})


def stored(content: Kind, value: object) -> Value:
    """A kept answer to be shown; {} where it does not belong to the question (any more)."""
    try:
        return readable("answer", lambda: clean(content, value), {})
    except DomainError as error:
        tell("answer", error)
        return {}


def is_complete(content: Kind, value: Mapping[str, Any]) -> bool:
    """False for no answer, and for one with places left over: kept as it is, and asked about before it is handed in."""
    return content.is_complete(value)


def is_empty(value: Mapping[str, Any]) -> bool:
    """True for no answer, and for one that was taken away."""
    return not value


def score(content: Kind, value: Mapping[str, Any], max_score: Decimal) -> Decimal | None:
    """Points of the answer, to a thousandth; None for what people judge and for what is neither right nor wrong."""
    return content.score(value, max_score)


def shown_order(content: Kind, seed: int) -> list[int]:
    """Places of what is chosen from, in the order in which this person sees them: options, right sides, steps to order.

    The same for the same seed. What is to be put in order is never shown in the right one (where that can be).
    """
    return content.shown_order(seed)
