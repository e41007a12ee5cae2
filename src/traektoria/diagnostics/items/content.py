"""What an item asks and how an instrument is sat: ``ItemVersion.content`` and ``InstrumentVersion.settings``.

Questions that are right or wrong are read, scored and written by ``engines.questionbanks``; ``diagnostics.questions``
turns one into the other. A version is never edited, so places in its tuples are names that answers can use. A field
added later gets a default, so that older versions stay readable.
"""

from decimal import Decimal
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, model_validator

from traektoria.core.boxes import readable, sentence
from traektoria.core.errors import Conflict

Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Percent = Annotated[str, StringConstraints(pattern=r"^-?\d{1,5}(/\d{1,5})?$")]
"""An exact weight in percent: «100», «-50», «100/3»."""


class Part(BaseModel):
    """A strict, frozen piece."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


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


class _Asked(Part):
    text: Text
    text_format: Literal["plain", "html", "markdown", "moodle"] = "plain"
    feedback: str = ""


class Single(_Asked):
    kind: Literal["single"] = "single"
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=30)]
    shuffle: bool = True


class Multiple(_Asked):
    """``exact``: all or nothing; otherwise the weights are summed up and cut to 0…100 %."""

    kind: Literal["multiple"] = "multiple"
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=30)]
    exact: bool = False
    shuffle: bool = True


class Short(_Asked):
    """``strict``: letter by letter; otherwise look-alike letters, blanks, dashes and decimal signs do not decide."""

    kind: Literal["short"] = "short"
    accepted: Annotated[tuple[Accepted, ...], Field(min_length=1, max_length=50)]
    case_sensitive: bool = False
    strict: bool = False


class Numeric(_Asked):
    kind: Literal["numeric"] = "numeric"
    ranges: Annotated[tuple[Range, ...], Field(min_length=1, max_length=20)]
    unit: str = ""


class Matching(_Asked):
    kind: Literal["matching"] = "matching"
    pairs: Annotated[tuple[Pair, ...], Field(min_length=2, max_length=20)]
    distractors: tuple[Text, ...] = ()
    whole: bool = False


class Ordering(_Asked):
    kind: Literal["ordering"] = "ordering"
    order: Annotated[tuple[Text, ...], Field(min_length=2, max_length=20)]
    whole: bool = True


class Extended(_Asked):
    """An answer that people judge; ``tolerance`` is how far two markers may differ before a third is asked."""

    kind: Literal["extended"] = "extended"
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=20)]
    guidance: str = ""
    tolerance: Annotated[Decimal, Field(ge=0, le=100)] = Decimal(1)


class Likert(_Asked):
    """A step on a scale of words; ``reverse`` turns the steps round when the scale is counted."""

    kind: Literal["likert"] = "likert"
    steps: Annotated[tuple[Line, ...], Field(min_length=2, max_length=11)]
    scale: str = ""
    reverse: bool = False


class Choice(_Asked):
    """A choice without a right answer; ``other`` offers a line of one's own.

    ``difficulties``: the options are topics, and what is ticked is a difficulty that the teacher names.
    """

    kind: Literal["choice"] = "choice"
    options: Annotated[tuple[Option, ...], Field(min_length=1, max_length=60)]
    many: bool = False
    other: bool = False
    difficulties: bool = False


class Open(_Asked):
    kind: Literal["open"] = "open"
    lines: Annotated[int, Field(ge=1, le=20)] = 3


class LevelMark(_Asked):
    """A level with a descriptor and an example for each step (forms of observation, self-assessment)."""

    kind: Literal["level"] = "level"
    descriptors: Annotated[tuple[Line, ...], Field(min_length=2, max_length=11)]
    examples: tuple[str, ...] = ()


class Description(_Asked):
    kind: Literal["description"] = "description"


class Unreadable(_Asked):
    """Stands for stored content that is none (any more), in its place and with its number: it says so, takes no answer
    and is not scored."""

    kind: Literal["unreadable"] = "unreadable"


Content = Annotated[
    Single
    | Multiple
    | Short
    | Numeric
    | Matching
    | Ordering
    | Extended
    | Likert
    | Choice
    | Open
    | LevelMark
    | Description
    | Unreadable,
    Field(discriminator="kind"),
]


content_adapter: TypeAdapter[Content] = TypeAdapter(Content)
"""Reads ``ItemVersion.content``: ``content_adapter.validate_python(version.content)``."""

SCORED = (Single, Multiple, Short, Numeric, Matching, Ordering)
"""Right or wrong without a person's judgement."""
UNSCORED = (Extended, Likert, Choice, Open, LevelMark, Description, Unreadable)
"""Judged by people, or neither right nor wrong. Together with ``SCORED`` all kinds: the types see to it."""


def content_of(stored: object) -> Content:
    """The content of a stored version; ``Unreadable`` for what is none: one such task never takes a page with it."""
    found: Content | None = readable("task", lambda: content_adapter.validate_python(stored), None)
    return Unreadable(text=sentence()) if found is None else found


def extended_of(stored: object) -> Extended:
    """The content of an answer that people judge. Raises ``Conflict`` for another kind: nothing can be judged then."""
    content = content_of(stored)
    if not isinstance(content, Extended):
        raise Conflict(sentence(), code="unreadable")
    return content


def editable_of(stored: object) -> Content:
    """The content to write on. Raises ``Conflict`` for what can't be read: to save it would lose what is there."""
    content = content_of(stored)
    if isinstance(content, Unreadable):
        raise Conflict(sentence(), code="unreadable")
    return content
