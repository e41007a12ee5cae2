"""``python -m tests.bench.mastery [--deficit SHARE] [WORLD …]``: what «выражен» is worth in worlds unlike ours.

Prints JSON: for each way of making data and each number of teachers the share of true deficits among those named, on
the tasks asked and on very many such tasks, with Wilson's 95 % intervals; the share of deficits that are named; the
same of the plain rule «below 60 %»; how often the 80 % interval holds the truth, and how often a stated probability of
0.90–0.95 is true. The promise is 90 % in every cell (docs/mastery.md).
"""

import argparse
import json
import sys
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.engines.deficits.worlds import WORLDS
from tests.engines.deficits.worlds_apart import AGAIN, APART
from traektoria.core.figures import share_interval
from traektoria.engines.deficits import MasteryRule, Verdict, estimate_mastery
from traektoria.engines.psychometrics.arrays import Floats

ALL = WORLDS | APART | AGAIN
REPEATS = {22: 8, 48: 4, 150: 2, 1000: 1}
"""Groups of so many teachers that are made anew."""
PROMISE = MasteryRule().expressed
ENOUGH = 20
"""Of fewer named ones a share says nothing."""


def cell(name: str, people: int, repeats: int, rule: MasteryRule | None = None) -> dict[str, Any]:
    """One way and one number of teachers; figures are None where there is nothing to count."""
    rule = rule or MasteryRule()
    parts = [_group(name, people, repeat, rule) for repeat in range(repeats)]
    truth, beyond, named, plain, low, high, chance = (np.concatenate(one) for one in zip(*parts, strict=True))
    deficit, stated = truth < rule.deficit, (chance >= 0.90) & (chance < 0.95)
    is_named = named.astype(bool)
    return {
        "people": people,
        "topics": len(truth),
        "deficits": float(deficit.mean()),
        "named": int(named.sum()),
        "right": _share(deficit[is_named]),
        "interval": _interval(deficit[is_named]),
        "beyond_right": _share((beyond < rule.deficit)[is_named]),
        "beyond_interval": _interval((beyond < rule.deficit)[is_named]),
        "sensitivity": _share(named[deficit]),
        "plain_right": _share(deficit[plain.astype(bool)]),
        "plain_beyond": _share((beyond < rule.deficit)[plain.astype(bool)]),
        "plain_sensitivity": _share(plain[deficit]),
        "held": float(((low <= truth) & (truth <= high)).mean()),
        "stated": int(stated.sum()),
        "stated_right": _share(deficit[stated]),
    }


def _share(values: Floats) -> float | None:
    return float(values.mean()) if len(values) else None


def _interval(values: NDArray[np.bool_]) -> tuple[float, float] | None:
    """Per cent."""
    return share_interval(float(values.mean()), len(values)) if len(values) else None


def _group(name: str, people: int, repeat: int, rule: MasteryRule) -> tuple[Floats, ...]:
    """Topics that were asked enough: both truths, named, named by the plain rule, interval, probability."""
    world = ALL[name](people, np.random.default_rng([zlib.crc32(name.encode()), people, repeat]))
    topics = [str(place) for place in world.topic]
    found = estimate_mastery(
        world.scores, topics, [world.most] * len(topics), rule, omitted=world.omitted, texts=world.texts
    )
    rows = [
        (
            truth, beyond, one.verdict is Verdict.EXPRESSED, one.points < rule.deficit * one.maximum, one.low, one.high,
            one.p_deficit,
        )
        for person, *truths in zip(found.people, world.truth, world.beyond, strict=True)
        for one, truth, beyond in zip(person, *truths, strict=True)
        if one.n >= rule.least_items
    ]  # fmt: skip
    return tuple(np.array(column, dtype=float) for column in zip(*rows, strict=True))


def keeps(one: dict[str, Any], interval: str = "interval") -> bool:
    """The promise is inside of what the named ones allow, or above; of few of them nothing is said."""
    return bool(one["named"] < ENOUGH or one[interval][1] >= 100 * PROMISE)


def main(names: list[str], repeats: float = 1, deficit: float = MasteryRule().deficit) -> dict[str, Any]:
    found: dict[str, Any] = {}
    rule = MasteryRule(deficit=deficit, secure=max(MasteryRule().secure, deficit + 0.1))
    for name in names:
        found[name] = [cell(name, people, max(1, round(times * repeats)), rule) for people, times in REPEATS.items()]
        print(name, file=sys.stderr, flush=True)
    return {"promise": PROMISE, "cells": found}


def table(result: dict[str, Any]) -> list[str]:
    """Markdown: a row for each way; by number of teachers «right (interval) / on very many tasks / sensitivity», then
    the plain rule over all sizes."""
    sizes = [str(one["people"]) for one in next(iter(result["cells"].values()))]
    lines = [
        "| how the data are made | deficits | " + " | ".join(sizes) + " | plain rule |",
        "|---" * (len(sizes) + 3) + "|",
    ]
    for name, cells in result["cells"].items():
        keys = ("plain_right", "plain_beyond", "plain_sensitivity")
        plain = [np.mean([one[key] or 0 for one in cells]) for key in keys]
        lines.append(
            f"| {name} | {100 * np.mean([one['deficits'] for one in cells]):.0f} % | "
            + " | ".join(map(_cell_words, cells))
            + f" | {' / '.join(f'{100 * share:.0f}' for share in plain)} |"
        )
    return lines


def _cell_words(one: dict[str, Any]) -> str:
    if one["named"] < ENOUGH:
        return f"{round(one['right'] * one['named'])} of {one['named']}" if one["named"] else "0"
    low, high = one["interval"]
    right, beyond = f"{100 * one['right']:.0f} ({low:.0f}–{high:.0f})", f"{100 * one['beyond_right']:.0f}"
    right = right if keeps(one) else f"**{right}**"
    beyond = beyond if keeps(one, "beyond_interval") else f"**{beyond}**"
    return f"{right} / {beyond} / {100 * one['sensitivity']:.0f}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=float, default=1)
    parser.add_argument("--deficit", type=float, default=MasteryRule().deficit)
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args()
    print(
        json.dumps(
            main(
                asked.names or list(ALL),
                asked.repeats,
                asked.deficit,
            )
        )
    )
