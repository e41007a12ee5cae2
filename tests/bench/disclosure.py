"""What attackers get out of tables of small schools: ``python -m tests.bench.disclosure`` (docs/bench.md).

The measurement of those who attacked the first rooms, in their terms: 300 made-up tables with some thousand small
schools. Each table is one municipality; the schools of it come in files one after another. The attacker keeps
everything that was ever visible and knows which schools never changed.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from zlib import crc32

import numpy as np

from traektoria.engines.disclosure import (
    EVERYBODY,
    Decision,
    Key,
    Roll,
    State,
    decide,
    release,
    secret_order,
    weak_bundles,
)

TABLES = 300
SMALL = range(1, 10)
FEW, MANY = 4, 32
"""Secrets that the attacker tries."""
SIZES = 6
"""Fewer possible sizes of a hidden school are counted (docs/adr/0020)."""
Sizes = dict[Key, int]


def tables(seed: int) -> Iterator[tuple[Sizes, Key | None]]:
    """Sizes of schools, and a small school that comes between two files, where the table has one to spare."""
    chance = random.Random(seed)
    for _table in range(TABLES):
        small = [chance.randint(1, 9) for _school in range(chance.choice([1, 2, 2, 3, 4, 5, 6]))]
        large = [chance.randint(10, 90) for _school in range(chance.randint(2, 9))]
        sizes: Sizes = {(f"sch99{number:04}",): size for number, size in enumerate([*small, *large])}
        yield sizes, chance.choice(list(sizes)[: len(small)]) if chance.random() < 0.43 else None


def roll_of(sizes: Sizes) -> Roll:
    names = [(key, number) for key, size in sizes.items() for number in range(size)]
    place = {key: number for number, key in enumerate(sizes)}
    prints = np.array([crc32(repr(name).encode()) | 1 for name in names], np.int64)
    unit = np.array([place[key] for key, _number in names], np.int64)
    return Roll(tuple(sizes), tuple(str(key[0]) for key in sizes), unit, {}, {EVERYBODY: prints})


def subtracting(sizes: Sizes, shown: frozenset[Key]) -> dict[Key, set[int]]:
    """What a total minus its shown parts says of each hidden school: the sizes that it can have."""
    hidden = [key for key in sizes if (key,) not in shown and key not in shown]
    joint, k = sum(sizes[key] for key in hidden), len(hidden)
    return {key: set(range(1, joint - k + 2)) for key in hidden} if () in shown else {}


def knowing(sizes: Sizes, shown: frozenset[Key]) -> dict[Key, set[int]]:
    """The same for who knows the rules, not the secret: all hidden sizes that the rules can have hidden so.

    What hides depends on the multiset of sizes alone. A school can have a size that some multiset with it explains.
    Where few secrets explain few sizes, more are tried: a secret that draws just these covers may be rare.
    """
    hidden = [key for key in sizes if key not in shown]
    if () not in shown or not hidden:
        return {}
    rest = [sizes[key] for key in sizes if key in shown]
    possible: set[int] = set()
    for secrets in (range(FEW), range(FEW, MANY)):
        if len(possible) < SIZES:
            possible |= _possible([sizes[key] for key in hidden], rest, secrets)
    return dict.fromkeys(hidden, possible) if possible else {}


def _possible(hidden: Sequence[int], rest: Sequence[int], secrets: Iterable[int]) -> set[int]:
    joint, k = sum(hidden), len(hidden)
    found: set[int] = set()
    for small in range(1, min(k, 6) + 1):
        for parts in _parts(joint, k, small):
            if not found.issuperset(parts) and _explains(parts, rest, secrets):
                found |= set(parts)
    return found


def _parts(joint: int, k: int, small: int) -> Iterator[tuple[int, ...]]:
    """Multisets of k sizes with so many small ones; a cover is one large part, two at most."""
    for low in product(SMALL, repeat=min(small, 3)):
        if list(low) != sorted(low):
            continue
        left, others = joint - sum(low), k - len(low)
        if others == 0 and left == 0:
            yield low
        elif others == 1 and left > 0:
            yield (*low, left)
        elif others > 1:
            share = left // others
            for shift in range(min(9, max(share - 1, 0)) + 1):
                tail = [share] * others
                tail[0], tail[-1] = tail[0] - shift, left - share * (others - 1) + shift
                if min(tail) > 0:
                    yield (*low, *tail)


def _explains(parts: Sequence[int], rest: Sequence[int], secrets: Iterable[int]) -> bool:
    """Some secret would have hidden just these sizes beside those that are shown."""
    sizes: Sizes = {(f"h{number}",): size for number, size in enumerate(parts)}
    sizes |= {(f"r{number}",): size for number, size in enumerate(rest)}
    wanted = {key for key in sizes if str(key[0]).startswith("h")}
    return any(
        {key for key in sizes if found.hides(key)} == wanted
        for found in (decide(sizes, order=secret_order(str(secret))) for secret in secrets)
    )


def one_moment(found: Sequence[tuple[Sizes, Decision]]) -> dict[str, Counter[str]]:
    """How many hidden schools are known within two pupils, and exactly; how many have fewer than six possible sizes."""
    counts: dict[str, Counter[str]] = {"subtraction": Counter(), "with the rules": Counter()}
    for sizes, decision in found:
        for name, read in (("subtraction", subtracting), ("with the rules", knowing)):
            for can in read(sizes, decision.shown).values():
                within, exact = max(can) - min(can) <= 4, len(can) == 1
                counts[name] += Counter(hidden=1, within=int(within), exact=int(exact), few=int(len(can) < SIZES))
    return counts


def two_moments(seed: int) -> Counter[str]:
    """A small school comes between two files: does it come out, does another one with it?"""
    counts: Counter[str] = Counter()
    for sizes, comes in tables(seed):
        if comes is None:
            continue
        before = {key: size for key, size in sizes.items() if key != comes}
        first = roll_of(before)
        seen = release(first, order=secret_order(str(seed)))
        if not seen or not seen[EVERYBODY].shown:
            continue
        states = [State(first, seen)]
        later = release(roll_of(sizes), states, order=secret_order(str(seed)))
        counts["came"] += 1
        counts["small beside"] += sum(size in SMALL for size in before.values())
        counts["waits"] += later is None
        if later:
            bundles = weak_bundles([*states, State(roll_of(sizes), later)])
            counts["out"] += any(bundle.size < 10 for bundle in bundles)
    return counts


def main() -> None:
    """Print the figures of the report."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    found = [(sizes, decide(sizes, order=secret_order(str(seed)))) for sizes, _comes in tables(seed)]
    small = sum(size in SMALL for sizes, _decision in found for size in sizes.values())
    print(f"{TABLES} tables, {small} small schools")
    for name, counts in one_moment(found).items():
        print(
            f"one moment, {name}: of {counts['hidden']} hidden, ±2: {counts['within']}, exact: {counts['exact']}, "
            f"fewer than {SIZES} possible sizes: {counts['few']}"
        )
    counts = two_moments(seed)
    print(
        f"a small school comes between two files: {counts['out']} of {counts['came']} come out, "
        f"{counts['waits']} files wait, beside {counts['small beside']} other small schools"
    )


if __name__ == "__main__":
    main()
