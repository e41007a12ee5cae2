"""Small words about items: points, tags, rules of marking."""

from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from django.utils.translation import gettext as _

from traektoria.core.figures import figure, places_of
from traektoria.core.typography import counted
from traektoria.diagnostics.items import content as c
from traektoria.engines.questionbanks.numbers import write_decimal


def points_words(number: Decimal) -> str:
    """«2 балла», «0,5 балла»."""
    if number == number.to_integral_value():
        return counted(int(number), "%(n)s point", "%(n)s points")
    return _("%(n)s of a point") % {"n": write_decimal(number).replace(".", ",")}


def range_words(one: c.Range, unit: str = "") -> str:
    """«3,14», «от 3,13 до 3,15 км»; «любое число» for what a file calls so."""
    if c.is_any_number(one):
        return _("any number")
    low, high = (figure(end, places_of(end.normalize())) for end in (one.low, one.high))
    said = low if one.low == one.high else _("from %(low)s to %(high)s") % {"low": low, "high": high}
    return f"{said} {unit}".strip()


def rule_lines(content: c.Content) -> list[str]:
    """How the item is marked or counted, a sentence each."""
    return list(_rules(content))


def _rules(content: c.Content) -> Iterator[str]:
    match content:
        case c.Multiple(exact=True) | c.Matching(whole=True) | c.Ordering(whole=True):
            yield _("All or nothing.")
        case c.Multiple():
            yield _("Shares of what is ticked are added up, from 0 to 100 %.")
        case c.Matching():
            yield _("Points for each right pair.")
        case c.Ordering():
            yield _("Points for neighbours in the right order.")
        case c.Short():
            yield from _compared(content)
        case c.Extended():
            most = points_words(content.tolerance)
            yield _("Markers may differ by %(points)s; if they differ by more, a third one is asked.") % {
                "points": most
            }
        case c.Likert():
            yield from _likert(content)
        case c.Choice():
            if content.difficulties:
                yield _("What is ticked is a difficulty that the teacher names.")
        case c.Single() | c.Numeric() | c.Open() | c.LevelMark() | c.Description() | c.Unreadable():
            return
        case _:
            assert_never(content)


def _compared(content: c.Short) -> Iterator[str]:
    if content.strict:
        yield _("Strictly, letter by letter.")
        return
    case = _("Small and capital letters matter.") if content.case_sensitive else ""
    yield case or _("Small and capital letters make no difference.")
    yield _(
        "What looks the same is the same: look-alike letters of both alphabets, ё and е, blanks, dashes, 3.14 and 3,14."
    )


def _likert(content: c.Likert) -> Iterator[str]:
    if content.scale:
        yield _("Scale: %(scale)s.") % {"scale": content.scale}
    if content.reverse:
        yield _("Reverse: the steps are turned round when the scale is counted.")
