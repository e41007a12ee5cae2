"""Why no forms are made: a code and its figures; the words are the caller's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Parameter = str | int | float | None


class FormCode(StrEnum):
    """Kinds of refusals, each with the figures of its sentence.

    NO_ROWS; BAD_NUMBER `topic`, `level`, `number` (of items of a row, below 1); BAD_FORMS `forms` (2–26);
    TOO_MANY_ANCHORS `anchors`, `items` (of one form); DUPLICATE_ITEM `key`; BAD_POINTS `key`, `points` (below 1);
    BAD_DIFFICULTY, BAD_DISCRIMINATION `key` (not a finite number; not positive); BAD_EXPOSURE `key`, `exposure`;
    TOO_FEW_ITEMS `topic`, `level` (None: any), `needed`, `there`, `worn` (left out for their exposure).
    """

    NO_ROWS = "no_rows"
    BAD_NUMBER = "bad_number"
    BAD_FORMS = "bad_forms"
    TOO_MANY_ANCHORS = "too_many_anchors"
    DUPLICATE_ITEM = "duplicate_item"
    BAD_POINTS = "bad_points"
    BAD_DIFFICULTY = "bad_difficulty"
    BAD_DISCRIMINATION = "bad_discrimination"
    BAD_EXPOSURE = "bad_exposure"
    TOO_FEW_ITEMS = "too_few_items"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong."""

    code: FormCode
    parameters: dict[str, Parameter] = field(default_factory=dict)


class FormsRefused(Exception):
    """No form was made. `problems` holds at least one; all rows that are short are named together."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.code}: {problem.parameters}" for problem in problems))
        self.problems = tuple(problems)

    @property
    def code(self) -> FormCode:
        return self.problems[0].code
