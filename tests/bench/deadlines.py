"""``python -m tests.bench.deadlines``: phrases read a minute on one core, and beside cutting them into tokens alone.

The phrases are those of the table in docs/deadlines.md; nothing is remembered from one reading to the next.
"""

import json
import time
from collections.abc import Callable

from tests.engines.deadlines.samples import PLAN
from tests.engines.deadlines.test_spec import rows
from traektoria.engines.deadlines.plan_occurrences import occurrences
from traektoria.engines.deadlines.reader import parse
from traektoria.engines.deadlines.tokens import tokenize

A_MINUTE = 100_000
TIMES_THE_FLOOR = 25
REPEATS = 10


def best(work: Callable[[str], object], phrases: list[str]) -> float:
    """Seconds of the processor for one phrase: the best of three rounds."""
    rounds = []
    for _ in range(3):
        begun = time.process_time()
        for _ in range(REPEATS):
            for phrase in phrases:
                work(phrase)
        rounds.append(time.process_time() - begun)
    return min(rounds) / REPEATS / len(phrases)


def dated(phrase: str) -> object:
    deadline = parse(phrase).deadline
    return deadline and occurrences(deadline, PLAN)


def main() -> None:
    phrases = [cells[0].replace("⏎", "\n") for cells in rows()]
    floor, reading, dating = (best(work, phrases) for work in (tokenize, parse, dated))
    result = {
        "phrases": len(phrases),
        "floor": floor,
        "reading": reading,
        "ratio": reading / floor,
        "a_minute": 60 / reading,
        "dated_a_minute": 60 / dating,
        "goal": {"a_minute": A_MINUTE, "ratio": TIMES_THE_FLOOR},
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
