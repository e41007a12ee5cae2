"""Who sits which form first: half A then B, half B then A, within each school too."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from hashlib import blake2b


class Order(StrEnum):
    """The form of the first sitting, then that of the second."""

    AB = "AB"
    BA = "BA"


def counterbalance(
    keys: Sequence[str],
    seed: int,
    strata: Mapping[str, str] | None = None,
    earlier: Mapping[str, Order] | None = None,
) -> dict[str, Order]:
    """An order for each key, by lot: the order of keys does not matter, and the same seed gives the same result.

    `strata` (key → school; people missing there are one stratum) are halved each, to within one, and so are all
    together. Whoever has an `earlier` order keeps it; latecomers even out their school first, then the whole.
    """
    strata, earlier = strata or {}, earlier or {}
    groups: dict[str, list[str]] = {}
    for key in sorted(set(keys), key=lambda key: _lot(seed, key)):
        groups.setdefault(strata.get(key, ""), []).append(key)
    result = {key: Order(earlier[key]) for key in keys if key in earlier}
    lead = _lead(list(result.values()))
    for name in sorted(groups, key=lambda name: (_is_free(groups[name], earlier), _lot(seed, name))):
        newcomers = [key for key in groups[name] if key not in earlier]
        own = _lead([result[key] for key in groups[name] if key in earlier])
        number = _number_of_ab(len(newcomers), own, lead, _lot(seed, f"tie {name}"))
        result |= {key: Order.AB if place < number else Order.BA for place, key in enumerate(newcomers)}
        lead += 2 * number - len(newcomers)
    return {key: result[key] for key in keys}


def _lot(seed: int, text: str) -> bytes:
    return blake2b(f"{seed}\n{text}".encode(), digest_size=16).digest()


def _lead(orders: Sequence[Order]) -> int:
    """How many more go A then B."""
    return sum(1 if order is Order.AB else -1 for order in orders)


def _is_free(keys: Sequence[str], earlier: Mapping[str, Order]) -> bool:
    """Whether either half may be the larger one: those schools come last and even out the whole."""
    newcomers = sum(key not in earlier for key in keys)
    lead = _lead([Order(earlier[key]) for key in keys if key in earlier])
    return len(keys) % 2 == 1 and newcomers > abs(lead)


def _number_of_ab(newcomers: int, own: int, lead: int, lot: bytes) -> int:
    """Of the newcomers of one school: halves its lead `own`, then the lead of all, then the lot decides."""
    coin = lot[0] % 2
    return min(
        range(newcomers + 1),
        key=lambda number: (
            abs(own + 2 * number - newcomers),
            abs(lead + 2 * number - newcomers),
            (number + coin) % 2,
        ),
    )
