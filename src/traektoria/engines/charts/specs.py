"""What can be drawn. A spec holds figures and words, and nothing about how it looks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

Number = Decimal | int


class ZoneShape(StrEnum):
    """Reading of a dot, told by shape and colour together."""

    ENOUGH = "enough"
    BORDER = "border"
    NOT_ENOUGH = "not_enough"
    NONE = "none"


class StepState(StrEnum):
    """State of one step of a route, told by shape and colour together."""

    DONE = "done"
    ACTIVE = "active"
    LATE = "late"
    WAITING = "waiting"


@dataclass(frozen=True)
class ChartWords:
    """The caller's words around a chart.

    `columns` head the alternative table; `sentence` is a template for one row of the text alternative with the names
    that `as_text` lists; `legend` names the zones, marks or states that the picture uses, by their value ("enough",
    "5", "done"). `hidden` stands in the place of suppressed figures; `decimal` is the decimal separator.
    """

    columns: tuple[str, ...]
    sentence: str
    legend: Mapping[str, str] = field(default_factory=dict)
    hidden: str = "…"
    decimal: str = "."


@dataclass(frozen=True)
class Axis:
    """Ends of the scale of values and the step of its grid."""

    low: int = 0
    high: int = 100
    step: int = 25
    unit: str = "%"


@dataclass(frozen=True)
class Chart:
    """What every chart has: a title and a description for those who do not see it, and words."""

    title: str
    description: str
    words: ChartWords


@dataclass(frozen=True)
class Dot:
    """One row of a dot plot; `value` None means suppressed. `reference` is what it is compared with."""

    label: str
    n: int | None = None
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    reference: Number | None = None
    zone: ZoneShape = ZoneShape.NONE


@dataclass(frozen=True)
class DotPlot(Chart):
    """Values with intervals and a reference mark, one row each.

    Columns: label, value, low, high, reference, n. Legend: the zones, "interval" and "reference".
    """

    rows: tuple[Dot, ...] = ()
    axis: Axis = field(default_factory=Axis)


@dataclass(frozen=True)
class MarksBar:
    """One group: per cent of the marks 2, 3, 4, 5; `percents` None means suppressed."""

    label: str
    n: int | None = None
    percents: tuple[Number, Number, Number, Number] | None = None


@dataclass(frozen=True)
class MarksBars(Chart):
    """Bars of 100 %, small multiples. Columns: label, 2, 3, 4, 5, n. Legend: "2"–"5"."""

    rows: tuple[MarksBar, ...] = ()


@dataclass(frozen=True)
class HistogramBar:
    """One score: how many have it, the mark it gives (None: no scale), and whether that mark begins here."""

    score: int
    n: int
    mark: int | None = None
    boundary: bool = False


@dataclass(frozen=True)
class Histogram(Chart):
    """Distribution of primary scores. Columns: score, n, mark. Legend: "2"–"5"."""

    bars: tuple[HistogramBar, ...] = ()


@dataclass(frozen=True)
class Steps(Chart):
    """Progress along a route: pairs of a label and a state. Columns: step, state. Legend: the states."""

    steps: tuple[tuple[str, StepState], ...] = ()


@dataclass(frozen=True)
class TrendPoint:
    """One moment: its label, value (None: not measured) and interval."""

    label: str
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True)
class Trend(Chart):
    """A value over time with its uncertainty. Columns: label, value, low, high."""

    points: tuple[TrendPoint, ...] = ()
    axis: Axis = field(default_factory=Axis)
