"""How marks of an extended answer become its points: when a third marker is asked, what two marks make together."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.figures import rounded
from traektoria.diagnostics.items.kinds.extended import Extended
from traektoria.diagnostics.items.pieces.content import Criterion

EXACT: Final = Decimal("0.001")
Points = Mapping[str, str]
"""Points by the code of the criterion, as they are kept: {"К1": "2", "К2": "0.5"}."""


def steps_of(criterion: Criterion) -> list[Decimal]:
    """What may be given: whole points from 0, and the most where it is not whole."""
    whole = [Decimal(number) for number in range(int(criterion.most) + 1)]
    return whole if criterion.most == int(criterion.most) else [*whole, criterion.most]


def clean_points(content: Extended, given: Mapping[str, Decimal | None], *, partial: bool) -> dict[str, str]:
    """The points as they are kept. Raises ``Invalid`` for a criterion left out (unless ``partial``) or too many."""
    kept: dict[str, str] = {}
    for criterion in content.criteria:
        value = given.get(criterion.code)
        if value is None and not partial:
            raise Invalid(_("Give points by %(code)s too.") % {"code": criterion.code}, code="points_missing")
        if value is not None and value not in steps_of(criterion):
            words = _("By %(code)s from 0 to %(most)s points are given.")
            raise Invalid(words % {"code": criterion.code, "most": criterion.most}, code="points_out_of_range")
        if value is not None:
            kept[criterion.code] = str(value)
    return kept


def total(points: Points) -> Decimal:
    return sum((Decimal(value) for value in points.values()), Decimal(0))


def disagree(content: Extended, first: Points, second: Points) -> bool:
    """The sums differ by more than the tolerance of the item: a third marker is asked."""
    return abs(total(first) - total(second)) > content.tolerance


def together(content: Extended, marks: Sequence[Points]) -> Decimal:
    """The mean of the sums. Where all criteria count in whole points, a half goes up, as at the state exams."""
    mean = sum((total(points) for points in marks), Decimal(0)) / len(marks)
    if all(criterion.most == int(criterion.most) for criterion in content.criteria):
        return rounded(mean)
    return mean.quantize(EXACT, ROUND_HALF_UP)
