"""Small words about items: points, accepted numbers."""

from decimal import Decimal

from django.utils.translation import gettext as _

from traektoria.core.figures import figure, places_of
from traektoria.core.typography import counted
from traektoria.diagnostics.items.pieces.content import Range, is_any_number
from traektoria.engines.questionbanks.numbers import write_decimal


def points_words(number: Decimal) -> str:
    """«2 балла», «0,5 балла»."""
    if number == number.to_integral_value():
        return counted(int(number), "%(n)s point", "%(n)s points")
    return _("%(n)s of a point") % {"n": write_decimal(number).replace(".", ",")}


def range_words(one: Range, unit: str = "") -> str:
    """«3,14», «от 3,13 до 3,15 км»; «любое число» for what a file calls so."""
    if is_any_number(one):
        return _("any number")
    low, high = (figure(end, places_of(end.normalize())) for end in (one.low, one.high))
    said = low if one.low == one.high else _("from %(low)s to %(high)s") % {"low": low, "high": high}
    return f"{said} {unit}".strip()


CELLS = 17
"""Boxes for a short answer on the sheet, as on the sheets of the state exams."""
