"""The published picture of a group by topic, and topic × school, for planning help and never for comparing schools.

What may be said was decided when it was published (``analysis.disclosed_topics``): a share has at least so many people
in it, and so many outside of it; here it only gets its words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.figures import interval, percent, share_interval
from traektoria.diagnostics.findings.enums import Finding

BANDS = (
    (75.0, 4, gettext_lazy("three quarters and more")),
    (50.0, 3, gettext_lazy("from a half to three quarters")),
    (25.0, 2, gettext_lazy("from a quarter to a half")),
    (0.0, 1, gettext_lazy("less than a quarter")),
)
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class PeopleShare:
    """A share of people in per cent."""

    count: int
    n: int

    @property
    def percent(self) -> Fraction:
        """Exact: whoever shows it rounds it once."""
        return Fraction(100 * self.count, self.n)

    @property
    def words(self) -> str:
        return percent(self.percent, 0)

    @property
    def ends(self) -> tuple[float, float]:
        """95 %, by Wilson, in per cent."""
        return share_interval(self.count / self.n, self.n)

    @property
    def interval(self) -> str:
        return interval(self.ends)


@dataclass(frozen=True)
class TopicLine:
    """A topic: ``n`` people whose work asked about it; a share is None where it is hidden."""

    topic: str
    n: int
    expressed: PeopleShare | None
    possible: PeopleShare | None
    calm: PeopleShare | None
    little: PeopleShare | None

    @property
    def shares(self) -> tuple[PeopleShare | None, ...]:
        return (self.expressed, self.possible, self.calm, self.little)

    @property
    def is_hidden(self) -> bool:
        return not any(self.shares)


@dataclass(frozen=True)
class SchoolCell:
    """A school on a topic. ``step`` 1–4 is the band, 0 is hidden."""

    step: int
    words: str
    n: int | None


@dataclass(frozen=True)
class HeatMap:
    """Schools in alphabetical order; only those of which something is shown. ``hidden`` counts the others."""

    schools: tuple[str, ...]
    rows: tuple[tuple[str, tuple[SchoolCell, ...]], ...]
    hidden: int


def topic_lines(topics: Figures) -> list[TopicLine]:
    """Topics in alphabetical order."""
    return [_line(one["topic"], one["n"], one["counts"]) for one in topics["lines"]]


def _line(topic: str, n: int, counts: Mapping[str, int | None]) -> TopicLine:
    names = (Finding.EXPRESSED, Finding.POSSIBLE, Finding.NO_GROUNDS, Finding.LITTLE_DATA)
    shares = [None if (count := counts.get(name)) is None else PeopleShare(count, n) for name in names]
    return TopicLine(topic, n, *shares)


def heat_map(topics: Figures, names: Mapping[int, str]) -> HeatMap:
    """Shares of «expressed» by topic and school; ``names`` are those of the schools."""
    found = topics["map"]
    places = [place for place, school in enumerate(found["schools"]) if school in names]
    order = sorted(places, key=lambda place: (names[found["schools"][place]].casefold(), found["schools"][place]))
    rows = tuple((one["topic"], tuple(_cell(one["cells"][place]) for place in order)) for one in found["rows"])
    return HeatMap(tuple(names[found["schools"][place]] for place in order), rows if order else (), found["hidden"])


def _cell(counts: Sequence[int] | None) -> SchoolCell:
    if counts is None:
        return SchoolCell(0, _("hidden"), None)
    share = 100 * counts[0] / counts[1]
    step, words = next((step, words) for least, step, words in BANDS if share >= least)
    return SchoolCell(step, str(words), counts[1])
