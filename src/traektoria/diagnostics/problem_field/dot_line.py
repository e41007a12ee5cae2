"""Where the dots of a hypothesis stand on a line from nobody to everybody."""

from dataclasses import dataclass
from typing import Any

from traektoria.diagnostics.findings.enums import of_asked_tasks


@dataclass(frozen=True)
class Picture:
    """Dots and an interval on a line of 0–100 per cent, stretched to 0–400 for drawing.

    Of results the interval is that of the other classes; of a work (``is_work``) it is the person's own, on the tasks
    asked (``of_asked``), or, counted by the earlier rule, on very many such tasks.
    """

    own: float
    rest: float | None
    low: float | None
    high: float | None
    is_work: bool = False
    of_asked: bool = False

    @property
    def width(self) -> float:
        return (self.high or 0) - (self.low or 0)


def results_picture(found: dict[str, Any]) -> Picture | None:
    """Own classes against the others; of a question without an interval."""
    if found.get("completion") is None:
        return None
    rest = found.get("completion_municipality")
    if rest is None or found.get("low") is None:
        return Picture(found["completion"] * 4, None if rest is None else rest * 4, None, None)
    low, high = max(rest + found["low"], 0.0), min(rest + found["high"], 100.0)
    return Picture(found["completion"] * 4, rest * 4, low * 4, high * 4)


def work_picture(found: dict[str, Any]) -> Picture | None:
    """The share of points that is expected on these tasks, with its interval."""
    if found.get("expected") is None or found.get("finding") == "little_data":
        return None
    low, high = found["expected_low"] * 4, found["expected_high"] * 4
    return Picture(found["expected"] * 4, None, low, high, is_work=True, of_asked=of_asked_tasks(found))
