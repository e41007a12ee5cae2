"""Why a fit is refused: a code and its figures; the words are the caller's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Parameter = str | int | float | tuple[str, ...]


class FitCode(StrEnum):
    """Kinds of refusals. The parameters of each are named in docs/psychometrics.md."""

    EMPTY_FILE = "empty_file"
    UNREADABLE_TEXT = "unreadable_text"
    UNNAMED_COLUMN = "unnamed_column"
    DUPLICATE_COLUMN = "duplicate_column"
    MISSING_COLUMN = "missing_column"
    RAGGED_ROW = "ragged_row"
    NO_ITEMS = "no_items"
    ONE_ITEM = "one_item"
    TOO_FEW_ITEMS = "too_few_items"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    OUT_OF_RANGE = "out_of_range"
    BAD_WEIGHT = "bad_weight"
    TOO_FEW_PEOPLE = "too_few_people"
    TOO_MANY_ITEMS = "too_many_items"
    UNANSWERED_ITEM = "unanswered_item"
    CONSTANT_ITEM = "constant_item"
    NOT_DICHOTOMOUS = "not_dichotomous"
    KEY_WITHOUT_ITEM = "key_without_item"
    ITEM_WITHOUT_KEY = "item_without_key"
    KEY_TWICE = "key_twice"
    BLANK_KEY = "blank_key"
    MISSING_CODE = "missing_code"
    FEW_ANSWERS = "few_answers"
    NO_INFORMATIVE_PERSON = "no_informative_person"
    ILL_CONDITIONED = "ill_conditioned"
    UNKNOWN_GROUP = "unknown_group"
    METHOD_NOT_OFFERED = "method_not_offered"
    GRID_TOO_NARROW = "grid_too_narrow"
    NOT_CONVERGED = "not_converged"
    NOT_DETERMINED = "not_determined"


@dataclass(frozen=True)
class FitProblem:
    """One thing that is wrong, with the figures of its sentence (`row`, `column`, `value`, `n`, `needed` …)."""

    code: FitCode
    parameters: dict[str, Parameter] = field(default_factory=dict)


class FitRefused(Exception):
    """Nothing was estimated. `problems` holds at least one; all of one file's cells are named together."""

    def __init__(self, problems: Sequence[FitProblem]) -> None:
        super().__init__("; ".join(f"{problem.code}: {problem.parameters}" for problem in problems))
        self.problems = tuple(problems)

    @property
    def code(self) -> FitCode:
        return self.problems[0].code


def refused(code: FitCode, **parameters: Parameter) -> FitRefused:
    """A refusal with a single problem, to be raised."""
    return FitRefused([FitProblem(code, parameters)])


class NoteCode(StrEnum):
    """What was done, or should be known, though nothing was refused."""

    REPEATED_PERSONS = "repeated_persons"
    EMPTY_ROWS_LEFT_OUT = "empty_rows_left_out"
    INCOMPLETE_ROWS_LEFT_OUT = "incomplete_rows_left_out"
    NO_COMPLETE_ROWS = "no_complete_rows"
    MISSING_MARGINALISED = "missing_marginalised"
    WEIGHTS_USED = "weights_used"
    NOT_WHOLE_VALUES = "not_whole_values"
    FAR_VALUES = "far_values"
    CATEGORIES_COLLAPSED = "categories_collapsed"
    RARE_CATEGORY = "rare_category"
    FEW_PEOPLE = "few_people"
    EXTREME_SCORES = "extreme_scores"
    NEGATIVE_SLOPE = "negative_slope"
    NO_SPREAD = "no_spread"
    DIF_NEEDS_TWO_GROUPS = "dif_needs_two_groups"
    DIF_NEEDS_RIGHT_WRONG = "dif_needs_right_wrong"
    DIF_GROUPS = "dif_groups"
    ANDERSEN_IMPOSSIBLE = "andersen_impossible"
    ANDERSEN_WITHOUT_ITEMS = "andersen_without_items"
    FEW_ANSWERS = "few_answers"
    NO_ITEM_FIT = "no_item_fit"
    PERSON_COLUMN_FOUND = "person_column_found"
    NOT_ITEMS_LEFT_OUT = "not_items_left_out"
    MISSING_CODES_TAKEN = "missing_codes_taken"
    REVERSED = "reversed"
    KEY_NEVER_CHOSEN = "key_never_chosen"


@dataclass(frozen=True)
class Note:
    """A note with the figures of its sentence."""

    code: NoteCode
    parameters: dict[str, Parameter] = field(default_factory=dict)
