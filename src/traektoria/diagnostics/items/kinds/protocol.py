"""What each kind of items says of itself. A kind is one module beside this one; ``registry`` knows them all.

The content of an item (``ItemVersion.content``) is an instance of its kind: pieces of data that pydantic reads, and the
answers to everything that anybody asks of a kind. What has no answer here must be said by each kind: mypy finds one
without it where it is made, ``tests/diagnostics/items/test_every_kind.py`` where it is registered. What several kinds
have in common stands in ``shared``.

A version is never edited, so places in tuples are names that answers can use. A field added later gets a default, so
that older versions stay readable. Beside its module a kind has two templates: ``diagnostics/item/<kind>.html`` on the
screen and ``diagnostics/item/paper/<kind>.html`` on paper; and a reader and a writer in ``static/…/sitting.js``.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from traektoria.core.errors import Invalid
from traektoria.diagnostics.items.pieces.answers import Value
from traektoria.diagnostics.items.pieces.cells import Marks, Read
from traektoria.diagnostics.items.pieces.content import Criterion, ItemField, Part, Text
from traektoria.diagnostics.items.pieces.forms import Cleaned, KindForm, Lists, Written
from traektoria.diagnostics.items.pieces.key import KeyLine, KeyTexts
from traektoria.diagnostics.items.pieces.remark import Remark
from traektoria.diagnostics.items.pieces.view import Fields, PieceRow, ShownChoice, Texts
from traektoria.engines import questionbanks as q


class Marked(Enum):
    """Who gives points: the key, people by criteria, nobody."""

    BY_KEY = "by_key"
    BY_PEOPLE = "by_people"
    NOT = "not"


class AnswerSheet(Enum):
    """What the sheet of answers has for an item; the name of its template in ``diagnostics/item/sheet``."""

    CROSSES = "crosses"
    PAIRS = "pairs"
    BOXES = "boxes"
    LINE = "line"
    PAGE = "page"


class Kind(Part, ABC):
    """What any item asks. ``value`` is always a clean answer, {} for none; ``given`` is one as it was sent."""

    text: Annotated[Text, ItemField(gettext_lazy("Text"))]
    text_format: Annotated[
        Literal["plain", "html", "markdown", "moodle"], ItemField(gettext_lazy("Format of the texts"), asked=False)
    ] = "plain"
    feedback: Annotated[str, ItemField(gettext_lazy("Explanation"))] = ""
    kind: str

    named: ClassVar[Mapping[str, ItemField]]
    """Its fields in their order, but for ``kind``."""
    marked: ClassVar[Marked]
    form: ClassVar[KindForm | None]
    """Its form in the bank; None for what nobody writes."""
    sheet: ClassVar[AnswerSheet]
    file_kind: ClassVar[q.QuestionKind | None]
    """What it is in a file of questions; None: no file has such a question, and as a question it is a description."""
    rows_name: ClassVar[str] = "text"
    """Where its answers stand in the form."""
    asks: ClassVar[bool] = True
    """False for a text between questions: it has no number."""
    takes_answer: ClassVar[bool] = True
    own_words: ClassVar[bool] = False
    """A question answered in one's own words, which nobody judges and no figure tells."""
    by_option: ClassVar[bool] = False
    """One option is chosen, so that a work's figures are told by option."""
    tried_out: ClassVar[bool] = False
    """An author may type an answer to see what it brings."""
    observed: ClassVar[bool] = False
    """A level that somebody observed: it may be suggested for the problem field."""
    key_is_ordered: ClassVar[bool] = False

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Raises ``TypeError`` for a field that doesn't say what it is."""
        super().__pydantic_init_subclass__(**kwargs)
        said = {
            name: next((one for one in field.metadata if isinstance(one, ItemField)), None)
            for name, field in cls.model_fields.items()
            if name != "kind"
        }
        silent = [name for name, one in said.items() if one is None]
        if silent:
            raise TypeError(f"{cls.__name__}: no ItemField at {', '.join(silent)}")
        cls.named = {name: one for name, one in said.items() if one is not None}

    # Answers: the first line of its module tells their shape.

    @abstractmethod
    def clean(self, given: Mapping[str, Any]) -> Value:
        """The answer in its shape. Raises ``Invalid`` for one that cannot be given here."""

    @abstractmethod
    def from_post(self, data: QueryDict, prefix: str) -> Value:
        """What a plain form brings, for ``clean``."""

    def as_sent(self, given: Mapping[str, Any]) -> Value:
        """What was sent and can't be taken yet, to be shown once more; {} for what has no place."""
        try:
            return self.clean(given)
        except Invalid:
            return {}

    def is_complete(self, value: Mapping[str, Any]) -> bool:
        """False for no answer, and for one with places left over."""
        return bool(value)

    # On the page

    @abstractmethod
    def shown_order(self, seed: int) -> list[int]:
        """Places of what is chosen from, in the order in which this person sees them; the same for the same seed."""

    @abstractmethod
    def fields(self, order: list[int], value: Mapping[str, Any], texts: Texts) -> Fields:
        """What its templates show."""

    @property
    def ticks_many(self) -> bool:
        """Several may be ticked."""
        return False

    # Points

    @abstractmethod
    def share(self, value: Mapping[str, Any], max_score: Decimal) -> Fraction | None:
        """The share of the points that the answer earns, from 0 to 1; None where no key says it."""

    # Files of questions

    @abstractmethod
    def as_question(self, max_score: Decimal) -> q.Question:
        """For ``engines.questionbanks``, which scores, looks over and writes it."""

    def for_file(self, max_score: Decimal) -> q.Question:
        """As it is written into a file."""
        return self.as_question(max_score)

    @classmethod
    @abstractmethod
    def from_question(cls, question: q.Question, score: Decimal) -> dict[str, Any]:
        """Fields of the content beside those of all kinds; {} where no file has such a question."""

    def question(self, kind: q.QuestionKind, max_score: Decimal, **own: Any) -> q.Question:
        """A question with what all kinds have."""
        return q.Question(
            kind=kind,
            text=self.text,
            text_format=q.TextFormat(self.text_format),
            feedback=self.feedback,
            max_score=Fraction(max_score),
            **own,
        )

    # For the author

    @abstractmethod
    def key_lines(self, key: KeyTexts) -> Iterable[KeyLine]:
        """What is right, line by line; nothing for what is neither right nor wrong."""

    @abstractmethod
    def key_words(self) -> Iterable[str]:
        """The same as bare words, for a line of a list."""

    @abstractmethod
    def rules(self) -> Iterable[str]:
        """How it is marked or counted, a sentence each."""

    @property
    def for_markers(self) -> str:
        """What those who mark read; the teacher never does."""
        return ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a list of a work's items says beside the kind."""
        return ()

    @abstractmethod
    def told_apart(self) -> Sequence[str]:
        """What must not stand there twice; options of choices are looked over by the engine."""

    def own_remarks(self) -> Iterator[Remark]:
        """What an author should correct that only this kind knows."""
        return iter(())

    @abstractmethod
    def texts(self) -> Iterable[tuple[str, str]]:
        """(place in the form, text) of what is shown with formulas and pictures, beside the text of the item."""

    @classmethod
    @abstractmethod
    def from_form(cls, head: Cleaned, lists: Lists) -> Cleaned:
        """Fields of the content from what was typed."""

    @abstractmethod
    def to_form(self) -> Written:
        """The same as it is typed."""

    # On paper

    @property
    def boxes(self) -> int:
        """Boxes for letters or digits on the sheet of answers."""
        return 0

    @property
    def ruled_lines(self) -> int:
        """Lines for an answer in words."""
        return 0

    @property
    def criteria_for_markers(self) -> tuple[Criterion, ...]:
        return ()

    def right_choices(self, choices: Sequence[ShownChoice]) -> list[ShownChoice]:
        """Those that a key on paper tells with their texts."""
        return []

    @abstractmethod
    def right_words(self, choices: Sequence[ShownChoice], rows: Sequence[PieceRow]) -> list[str]:
        """The right answer with the letters of the printed form."""

    @abstractmethod
    def raw_cell(self, text: str, marks: Marks) -> Value:
        """What is written in a cell of a sheet, for ``clean``. Raises ``Invalid`` with what is wrong."""

    @abstractmethod
    def write_cell(self, value: Mapping[str, Any], points: Decimal | None, marks: Marks) -> str:
        """The answer as ``read_cell`` reads it."""

    @abstractmethod
    def cell_hint(self, marks: Marks, max_score: Decimal) -> str:
        """What to write in the cell."""

    def read_cell(self, text: str, marks: Marks, max_score: Decimal) -> Read:
        value = self.clean(self.raw_cell(text, marks))
        return Read(value, self.score(value, max_score))

    def score(self, value: Mapping[str, Any], max_score: Decimal) -> Decimal | None:
        """Points of the answer, to a thousandth; None where no key says them."""
        share = self.share(value, max_score)
        if share is None:
            return None
        return (Decimal(share.numerator) * max_score / Decimal(share.denominator)).quantize(Decimal("0.001"))

    # In the figures of a work or a questionnaire

    @abstractmethod
    def option_texts(self) -> tuple[str, ...]:
        """What is chosen from, in its places; steps of a scale too."""

    @abstractmethod
    def picked(self, value: Mapping[str, Any]) -> list[int]:
        """Places in ``option_texts`` that were chosen."""

    def weights(self) -> list[Fraction]:
        """Of the options, where figures are told by option."""
        return []

    def counted(self, values: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Figures of a question beside the number of each option."""
        return {}

    @property
    def excludes(self) -> bool:
        """Everybody is in one part: not where several may be ticked, or own words stand beside them."""
        return True

    @property
    def offers_other(self) -> bool:
        """A line of one's own stands beside the options."""
        return False

    @property
    def scale_name(self) -> str:
        """The scale on which it counts."""
        return ""

    @property
    def is_turned(self) -> bool:
        """The steps are turned round when the scale is counted."""
        return False

    def scale_value(self, value: Mapping[str, Any]) -> int | None:
        """The step as it counts on the scale, from 1."""
        return None

    @property
    def names_difficulties(self) -> bool:
        return False

    def difficulties_in(self, value: Mapping[str, Any]) -> list[str]:
        """Topics that the teacher names as difficulties."""
        return []
