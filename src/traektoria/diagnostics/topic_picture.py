"""The picture of a group by topic, and topic × school, for planning help and never for comparing schools.

Everything is hidden that would speak of one person: a topic or a school with fewer people than the regulation says, a
school that could be found by subtraction (``engines.disclosure``), and shares so near none or all that they would
speak of everybody: schools have four bands instead of shares.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.typography import figure, percent
from traektoria.diagnostics.enums import Finding
from traektoria.engines.disclosure import decide

Z = 1.96
NEAR = 10.0
BANDS = (
    (75.0, 4, gettext_lazy("three quarters and more")),
    (50.0, 3, gettext_lazy("from a half to three quarters")),
    (25.0, 2, gettext_lazy("from a quarter to a half")),
    (0.0, 1, gettext_lazy("less than a quarter")),
)
JUDGED = (Finding.EXPRESSED, Finding.POSSIBLE, Finding.NO_GROUNDS)

Count = tuple[str, int | None, str, int]
"""(topic, school, finding, people)"""


@dataclass(frozen=True)
class Share:
    """A share of people in per cent; near none and near all it is only said that it is."""

    count: int
    n: int

    @property
    def percent(self) -> float:
        return 100 * self.count / self.n

    @property
    def words(self) -> str:
        if self.percent < NEAR:
            return _("under %(bound)s") % {"bound": percent(NEAR, 0)}
        if self.percent > 100 - NEAR:
            return _("over %(bound)s") % {"bound": percent(100 - NEAR, 0)}
        return percent(self.percent, 0)

    @property
    def interval(self) -> str:
        """95 %, by Wilson; nothing at the ends, where it would say the number."""
        if not NEAR <= self.percent <= 100 - NEAR:
            return ""
        share, n = self.count / self.n, self.n
        middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return f"{figure(100 * (middle - half))}–{figure(100 * (middle + half))}"


@dataclass(frozen=True)
class TopicLine:
    """A topic: ``n`` people of whom something can be said; shares are None where they are too few."""

    topic: str
    n: int
    expressed: Share | None
    possible: Share | None
    calm: Share | None


@dataclass(frozen=True)
class Cell:
    """A school on a topic. ``step`` 1–4 is the band, 0 is hidden."""

    step: int
    words: str
    n: int | None


@dataclass(frozen=True)
class HeatMap:
    """Schools in alphabetical order; only those of which something is shown. ``hidden`` counts the others."""

    schools: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    hidden: int


def topic_lines(counts: Sequence[Count], least: int) -> list[TopicLine]:
    """Topics in alphabetical order."""
    return [_line(topic, _tally(counts, topic), least) for topic in sorted({one[0] for one in counts})]


def _tally(counts: Iterable[Count], topic: str) -> dict[str, int]:
    found = dict.fromkeys(JUDGED, 0)
    for name, _school, finding, people in counts:
        if name == topic and finding in found:
            found[Finding(finding)] += people
    return {finding.value: number for finding, number in found.items()}


def _line(topic: str, found: Mapping[str, int], least: int) -> TopicLine:
    n = sum(found.values())
    if n < least:
        return TopicLine(topic, n, None, None, None)
    return TopicLine(topic, n, *(Share(found[finding], n) for finding in JUDGED))


def heat_map(counts: Sequence[Count], names: Mapping[int, str], least: int) -> HeatMap:
    """Shares of «expressed» by topic and school; ``names`` are those of the schools."""
    order = sorted(names, key=lambda school: (names[school].casefold(), school))
    rows = {topic: _cells(counts, topic, order, least) for topic in sorted({one[0] for one in counts})}
    shown = [place for place in range(len(order)) if any(cells[place].step for cells in rows.values())]
    return HeatMap(
        tuple(names[order[place]] for place in shown),
        tuple((topic, tuple(cells[place] for place in shown)) for topic, cells in rows.items()) if shown else (),
        len(order) - len(shown),
    )


def _cells(counts: Sequence[Count], topic: str, order: Sequence[int], least: int) -> list[Cell]:
    people: dict[int, int] = dict.fromkeys(order, 0)
    expressed = dict(people)
    for name, school, finding, number in counts:
        if name == topic and school in people and finding in {one.value for one in JUDGED}:
            people[school] += number
            expressed[school] += number if finding == Finding.EXPRESSED else 0
    decision = decide({(str(school),): number for school, number in people.items() if number}, minimum=least)
    return [
        _cell(expressed[school], people[school])
        if people[school] and not decision.hides((str(school),))
        else Cell(0, _("hidden"), None)
        for school in order
    ]


def _cell(count: int, n: int) -> Cell:
    share = 100 * count / n
    step, words = next((step, words) for least, step, words in BANDS if share >= least)
    return Cell(step, str(words), n)
