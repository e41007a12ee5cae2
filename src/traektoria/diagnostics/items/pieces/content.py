"""Pieces of which the contents of items are made, and the weights and numbers in them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Percent = Annotated[str, StringConstraints(pattern=r"^-?\d{1,5}(/\d{1,5})?$")]
"""An exact weight in percent: «100», «-50», «100/3»."""


class Part(BaseModel):
    """A strict, frozen piece."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


@dataclass(frozen=True)
class ItemField:
    """What every field of an item says of itself. ``label``: what differs between two versions. ``asked``: False for
    what two questions may differ in and still be one (``items.digest``). ``picture``: it holds the name of a picture,
    which must be there."""

    label: Any  # lazy string
    asked: bool = True
    picture: bool = False


class Option(Part):
    """Something to choose; ``weight`` is its share of the points in percent."""

    text: Text
    weight: Percent = "0"
    feedback: str = ""


class Accepted(Part):
    """An accepted form of a short answer; ``*`` stands for any run of characters."""

    text: Line
    weight: Percent = "100"
    feedback: str = ""


class Range(Part):
    """Accepted numbers, both ends included."""

    low: Decimal
    high: Decimal
    weight: Percent = "100"
    feedback: str = ""

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.low > self.high:
            raise ValueError("range_order")
        return self


ANY_NUMBER: Final = Decimal(10) ** 12
"""«Any number» of a file: a range up to this on both sides."""


def is_any_number(one: Range) -> bool:
    """Whether the range stands for any number; nobody is ever shown its ends."""
    return one.low <= -ANY_NUMBER and one.high >= ANY_NUMBER


class Pair(Part):
    left: Text
    right: Text


class Criterion(Part):
    """К1 … Кn of an extended answer, with what each number of points means."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    title: Line
    most: Annotated[Decimal, Field(gt=0, le=100)]
    descriptors: tuple[Line, ...] = ()
