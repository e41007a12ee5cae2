"""What the statistics of an item say, in figures and words. Nothing is said of too few people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from traektoria.core.figures import figure, percent, share_interval, whole
from traektoria.diagnostics.bank.models import BankItem
from traektoria.diagnostics.bank.queries import ENOUGH_PEOPLE, ItemRow

_WEAK: Final = 0.2
_HARD, _EASY = 0.2, 0.9


def is_suspicious(item: BankItem | ItemRow) -> bool:
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
    low, high = map(figure, share_interval(item.facility, item.n))
    return Statistics(
        item.n,
        percent(100 * item.facility, 0),
        _("from %(low)s to %(high)s %%") % {"low": low, "high": high},
        _number(item.rest),
        _number(item.difficulty),
        _number(item.discrimination),
        tuple(_advice(item)),
    )


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
class OptionShare:
    """How many chose an option."""

    place: int
    number: int
    words: str
    percent: int


def shares_of(published: Mapping[str, Any] | None) -> dict[int, OptionShare]:
    """Place of an option → how many chose it, of what is published of the item; hidden ones are left out."""
    if published is None:
        return {}
    if "options" in published:
        found = [(int(one["option"]), one["n"], one["share"]) for one in published["options"]]
    else:
        people = published["people"]
        found = [(place, n, (n or 0) / people) for place, n in enumerate(published["counts"])]
    return {place: _share(place, n, share) for place, n, share in found if n is not None}


def _share(place: int, chose: int, share: float) -> OptionShare:
    said = whole(100 * share)
    return OptionShare(place, chose, _("%(percent)s %%, people: %(n)s") % {"percent": said, "n": chose}, said)
