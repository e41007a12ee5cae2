"""One model of a question, whatever file it came from.

Weights are exact: `Fraction` of a percent (100 is the whole mark, -50 takes half of it away), so that three answers of
33.33333 make one. Texts keep the source of their format; `safe_html.render` shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

WHOLE: Final = Fraction(100)
TRUE: Final = "true"  # texts of the two options of a true/false question; the room words them
FALSE: Final = "false"


class QuestionKind(StrEnum):
    """What is asked for. True/false is `SINGLE` with `Question.true_false`."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SHORT = "short"
    NUMERIC = "numeric"
    MATCHING = "matching"
    ORDERING = "ordering"
    EXTENDED = "extended"
    DESCRIPTION = "description"


class TextFormat(StrEnum):
    """How the texts of a question are written. `MOODLE` is text where simple HTML works and line ends count."""

    PLAIN = "plain"
    HTML = "html"
    MARKDOWN = "markdown"
    MOODLE = "moodle"


class FileFormat(StrEnum):
    """Kinds of files that are read."""

    GIFT = "gift"
    MOODLE_XML = "moodle_xml"
    AIKEN = "aiken"
    TABLE = "table"
    QTI = "qti"


@dataclass(frozen=True, slots=True)
class QuestionOption:
    """One answer to choose, with its weight in percent."""

    text: str
    fraction: Fraction = Fraction(0)
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class AcceptedAnswer:
    """One accepted form of a short answer; `*` stands for any run of characters, `\\*` for an asterisk."""

    text: str
    fraction: Fraction = WHOLE
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class NumericRange:
    """Accepted numbers from `low` to `high`, both ends included; without both, any number."""

    low: Decimal | None
    high: Decimal | None
    fraction: Fraction = WHOLE
    feedback: str = ""

    @property
    def value(self) -> Fraction | None:
        """The middle: the right answer of a number with a tolerance."""
        return None if self.low is None or self.high is None else (Fraction(self.low) + Fraction(self.high)) / 2

    @property
    def tolerance(self) -> Fraction | None:
        """Half of the width."""
        return None if self.low is None or self.high is None else (Fraction(self.high) - Fraction(self.low)) / 2


@dataclass(frozen=True, slots=True)
class MatchingPair:
    """What goes with what; several lefts may share a right."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class MarkingCriterion:
    """A criterion by which people judge an extended answer, e.g. К1; ``descriptors`` say what points are given for."""

    code: str
    title: str
    max_score: Fraction
    descriptors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionPicture:
    """A picture inside the file. Texts refer to it as `@@PLUGINFILE@@/name`."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag; `name` is one of `tags.NAMES` (kes, kt, level, topic, block, source) or "" for a free one."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question; which of the tuples are filled follows from `kind`.

    `number_line` is the 1-based line (the row of a table) where it begins. `distractors` are right sides of a matching
    that go with nothing. `order` is in the right order. `guidance` is for those who judge an extended answer.
    `strict`: a short answer is compared letter by letter.
    """

    kind: QuestionKind
    text: str
    name: str = ""
    text_format: TextFormat = TextFormat.PLAIN
    options: tuple[QuestionOption, ...] = ()
    true_false: bool = False
    pairs: tuple[MatchingPair, ...] = ()
    distractors: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    accepted: tuple[AcceptedAnswer, ...] = ()
    numeric: tuple[NumericRange, ...] = ()
    case_sensitive: bool = False
    strict: bool = False
    criteria: tuple[MarkingCriterion, ...] = ()
    guidance: str = ""
    max_score: Fraction = Fraction(1)
    feedback: str = ""
    tags: tuple[Tag, ...] = ()
    category: str = ""
    external_id: str = ""
    pictures: tuple[QuestionPicture, ...] = ()
    number_line: int = 0

    @property
    def weighted(self) -> tuple[QuestionOption | AcceptedAnswer | NumericRange, ...]:
        """Everything that has a weight and a feedback; of one kind, the others are empty."""
        return (*self.options, *self.accepted, *self.numeric)

    def tagged(self, name: str) -> tuple[str, ...]:
        """The values of the tags of one name, e.g. `tagged("kes")`."""
        return tuple(tag.value for tag in self.tags if tag.name == name)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that its author should look at; a code of `errors.PROBLEM_CODES`, never words.

    `fatal`: the question was not imported; otherwise it was, and this is a warning. `line` is 1-based (the row of a
    table, whose `column` is a letter); `question` is its name or the beginning of its text, `number` its place.
    """

    line: int
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    question: str = ""
    number: int = 0
    fatal: bool = True
    column: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """All that could be read of a file, and all that could not."""

    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    encoding: str
    format: FileFormat
