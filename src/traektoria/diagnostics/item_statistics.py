"""What the statistics of an item say, in figures and words. Nothing is said of too few people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.typography import figure
from traektoria.diagnostics.content import Choice, Content, Multiple, Single
from traektoria.diagnostics.models import BankItem
from traektoria.diagnostics.queries.bank import ENOUGH_PEOPLE

Z: Final = 1.959963984540054
_WEAK: Final = 0.2
_HARD, _EASY = 0.2, 0.9


def is_suspicious(item: BankItem) -> bool:
    """The stronger fail at it: most often the key is wrong."""
    return item.n >= ENOUGH_PEOPLE and item.rest is not None and item.rest < 0


@dataclass(frozen=True)
class Statistics:
    """What the last analysis says, in figures and words; "" where there is nothing to say."""

    n: int
    completion: str
    interval: str
    rest: str
    difficulty: str
    discrimination: str
    advice: tuple[str, ...]


def statistics_of(item: BankItem) -> Statistics | None:
    """None where too few people are behind it."""
    if item.n < ENOUGH_PEOPLE or item.facility is None:
        return None
    low, high = wilson(item.facility, item.n)
    percent = [figure(100 * value, 0) for value in (low, high)]
    return Statistics(
        item.n,
        f"{figure(100 * item.facility, 0)} %",
        _("from %(low)s to %(high)s %%") % {"low": percent[0], "high": percent[1]},
        _number(item.rest),
        _number(item.difficulty),
        _number(item.discrimination),
        tuple(_advice(item)),
    )


def wilson(share: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share; for parts of points it is no narrower than the true one."""
    middle = share + Z * Z / (2 * n)
    half = Z * (share * (1 - share) / n + Z * Z / (4 * n * n)) ** 0.5
    whole = 1 + Z * Z / n
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def _number(value: float | None) -> str:
    return "" if value is None else figure(value, 2)


def _advice(item: BankItem) -> list[str]:
    said = []
    if is_suspicious(item):
        said.append(_("Those who did the rest well fail here, and the others manage. Look at the key first."))
    elif item.rest is not None and item.rest < _WEAK:
        said.append(_("It hardly tells the prepared from the others. Is the text understood in one way only?"))
    if item.facility is not None and item.facility > _EASY:
        said.append(_("Nearly everybody manages: little is learnt from it."))
    if item.facility is not None and item.facility < _HARD:
        said.append(_("Hardly anybody manages: is it what was taught, and is the key right?"))
    return said


@dataclass(frozen=True)
class Share:
    """How many chose an option."""

    place: int
    number: int
    words: str
    percent: int


def shares_of(content: Content, taken: Mapping[int, int], number: int) -> dict[int, Share]:
    """Place of an option → how many of ``number`` people chose it; {} for too few people and for other kinds."""
    if not isinstance(content, Single | Multiple | Choice) or number < ENOUGH_PEOPLE:
        return {}
    return {place: _share(place, taken.get(place, 0), number) for place in range(len(content.options))}


def _share(place: int, chose: int, number: int) -> Share:
    percent = round(100 * chose / number)
    return Share(
        place, chose, _("%(percent)s %%, %(n)s of %(all)s") % {"percent": percent, "n": chose, "all": number}, percent
    )
