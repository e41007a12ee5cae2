"""``python -m tests.bench.psychometrics [PEOPLE …]``: fitting the 2PL model against one pass through the same answers.

Prints JSON. The floor is one E-step in single precision: two products of people × items × 61 points and the
exponential between them. The package girth is measured too where it is installed (it is not a dependency).
"""

import importlib.util
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.bench.engines import best
from tests.engines.psychometrics.samples import simulated
from traektoria.engines.psychometrics import FitSettings, Model, fit, responses
from traektoria.engines.psychometrics.arrays import Floats
from traektoria.engines.psychometrics.checks import code
from traektoria.engines.psychometrics.fitted_model import Fitted, fit_model
from traektoria.engines.psychometrics.threads import one_thread_inside

ITEMS, POINTS, CHUNK = 40, 61, 2048
SIZES = (10_000, 50_000, 100_000)
PEER = 10_000
GOAL = {"passes": 60, "times_faster": 20}


def truth() -> tuple[Floats, Floats]:
    random = np.random.default_rng(1)
    slopes = random.uniform(0.5, 2, ITEMS)
    return slopes, -slopes * random.normal(size=ITEMS)


def floor(values: Floats) -> float:
    """Seconds of processor time of one E-step over `values` (people, items)."""
    answers = values.astype(np.float32)
    logits = np.random.default_rng(2).normal(size=(ITEMS, POINTS)).astype(np.float32)

    def step() -> None:
        counts = np.zeros((ITEMS, POINTS), np.float32)
        for start in range(0, len(answers), CHUNK):
            part = answers[start : start + CHUNK]
            posterior = part @ logits
            posterior -= posterior.max(1, keepdims=True)
            np.exp(posterior, out=posterior)
            posterior /= posterior.sum(1, keepdims=True)
            counts += part.T @ posterior

    with one_thread_inside():
        return processor(step)


def processor(work: Callable[[], Any], repeats: int = 3) -> float:
    """The least seconds of processor time of some runs, of all threads together."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def measure(people: int) -> dict[str, Any]:
    """Estimates, standard errors, log-likelihood and fit of items; `whole` with all classical figures besides."""
    slopes, intercepts = truth()
    values = simulated(people, slopes, intercepts)
    answers, settings = responses(values), FitSettings(Model.TWO_PL)

    def work() -> Fitted:
        with one_thread_inside():
            return fit_model(code(answers, Model.TWO_PL), answers.weights, answers.items, settings)

    ours, busy = best(work, 2), processor(work, 2)
    found = work()
    worst = max(abs(item.a - slope) for item, slope in zip(found.items, slopes, strict=True))
    pass_ = floor(values)
    return {
        "people": people,
        "floor": pass_,
        "ours": ours,
        "processor": busy,
        "ratio": busy / pass_,
        "whole": best(lambda: fit(answers, settings), 1),
        "steps": found.test.iterations,
        "worst_slope": worst,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def peer() -> dict[str, Any] | None:
    """girth's marginal estimation of PEER people; its time grows linearly. None where it is not installed."""
    if importlib.util.find_spec("girth") is None:
        return None
    from girth import twopl_mml  # type: ignore[import-not-found]

    slopes, intercepts = truth()
    values = simulated(PEER, slopes, intercepts).astype(int).T
    twopl_mml(values[:, :500])
    return {"people": PEER, "seconds": best(lambda: twopl_mml(values), 1)}


def main(sizes: list[int]) -> dict[str, Any]:
    results = [measure(people) for people in sizes]
    other = peer()
    if other is not None:
        same = next((result for result in results if result["people"] == max(sizes)), None)
        other["times_faster"] = other["seconds"] * max(sizes) / PEER / same["ours"] if same else None
    return {"items": ITEMS, "sizes": results, "girth": other, "goal": GOAL}


if __name__ == "__main__":
    print(json.dumps(main([int(size) for size in sys.argv[1:]] or list(SIZES))))
