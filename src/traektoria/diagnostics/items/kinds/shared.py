"""What several kinds of items have in common: who marks them, how they are answered."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from inspect import isabstract
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from traektoria.diagnostics.items.kinds.protocol import AnswerSheet, Kind, Marked
from traektoria.diagnostics.items.pieces.answers import Value, number, only, step, words
from traektoria.diagnostics.items.pieces.cells import Marks, step_in
from traektoria.diagnostics.items.pieces.forms import Cleaned, Lists, Written
from traektoria.diagnostics.items.pieces.key import KeyLine, KeyTexts
from traektoria.diagnostics.items.pieces.view import Fields, PieceRow, ShownChoice, Texts, steps
from traektoria.engines import questionbanks as q


class InNoFile(Kind, ABC):
    """No file of questions has such a one; whoever asks for a question gets a text."""

    file_kind: ClassVar[q.QuestionKind | None] = None

    def as_question(self, max_score: Decimal) -> q.Question:
        return self.question(q.QuestionKind.DESCRIPTION, max_score)

    @classmethod
    def from_question(cls, question: q.Question, score: Decimal) -> dict[str, Any]:
        return {}


class ByKey(Kind, ABC):
    """Right or wrong without a person's judgement; the engine scores it as a question."""

    marked = Marked.BY_KEY

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Raises ``TypeError`` for a kind that the engine can't score and that doesn't do it itself."""
        super().__pydantic_init_subclass__(**kwargs)
        if not isabstract(cls) and cls.file_kind is None and cls.share is ByKey.share:
            raise TypeError(f"{cls.__name__}: in no file, so the engine can't score it: say its share")

    @abstractmethod
    def engine_answer(self, value: Mapping[str, Any]) -> q.scoring.Answer:
        """The answer as the engine takes it."""

    def engine_rules(self) -> q.Rules:
        """How a partly right answer is marked."""
        return q.Rules()

    def share(self, value: Mapping[str, Any], max_score: Decimal) -> Fraction | None:
        return q.score(self.as_question(max_score), self.engine_answer(value), self.engine_rules()) or Fraction(0)


class Unmarked(InNoFile, ABC):
    """Neither right nor wrong: there is no key, and no file has such a question but a text between questions."""

    marked = Marked.NOT

    def share(self, value: Mapping[str, Any], max_score: Decimal) -> Fraction | None:
        return None

    def key_lines(self, key: KeyTexts) -> Iterable[KeyLine]:
        return ()

    def key_words(self) -> Iterable[str]:
        return ()

    def right_words(self, choices: Sequence[ShownChoice], rows: Sequence[PieceRow]) -> list[str]:
        return []


class Typed(Kind, ABC):
    """The answer is typed: {"text": "…"}."""

    def clean(self, given: Mapping[str, Any]) -> Value:
        return only("text", words(given.get("text")))

    def from_post(self, data: QueryDict, prefix: str) -> Value:
        return {"text": data.get(f"{prefix}-text", "")}

    def as_sent(self, given: Mapping[str, Any]) -> Value:
        text = given.get("text")
        return {"text": text} if isinstance(text, str) else {}

    def shown_order(self, seed: int) -> list[int]:
        return []

    def fields(self, order: list[int], value: Mapping[str, Any], texts: Texts) -> Fields:
        return Fields()

    def engine_answer(self, value: Mapping[str, Any]) -> q.scoring.Answer:
        return value.get("text")

    def raw_cell(self, text: str, marks: Marks) -> Value:
        return {"text": text}

    def write_cell(self, value: Mapping[str, Any], points: Decimal | None, marks: Marks) -> str:
        return str(value.get("text", ""))

    def cell_hint(self, marks: Marks, max_score: Decimal) -> str:
        return _("the answer as it is written")

    def option_texts(self) -> tuple[str, ...]:
        return ()

    def picked(self, value: Mapping[str, Any]) -> list[int]:
        return []


class Stepped(Unmarked, ABC):
    """A step of a scale is chosen: {"step": 3}, from 1."""

    def clean(self, given: Mapping[str, Any]) -> Value:
        return only("step", step(given.get("step"), len(self.option_texts())))

    def from_post(self, data: QueryDict, prefix: str) -> Value:
        return {"step": number(data.get(f"{prefix}-step"))}

    def shown_order(self, seed: int) -> list[int]:
        return []

    def fields(self, order: list[int], value: Mapping[str, Any], texts: Texts) -> Fields:
        return steps(self.option_texts(), self.examples_shown, value)

    @property
    def examples_shown(self) -> tuple[str, ...]:
        return ()

    def told_apart(self) -> Sequence[str]:
        return self.option_texts()

    def raw_cell(self, text: str, marks: Marks) -> Value:
        return {"step": step_in(text, len(self.option_texts()))}

    def write_cell(self, value: Mapping[str, Any], points: Decimal | None, marks: Marks) -> str:
        return str(value["step"])

    def cell_hint(self, marks: Marks, max_score: Decimal) -> str:
        return _("a number from 1 to %(most)s") % {"most": len(self.option_texts())}

    def picked(self, value: Mapping[str, Any]) -> list[int]:
        return [value["step"] - 1]


class Silent(Unmarked, ABC):
    """Takes no answer: always {}."""

    sheet = AnswerSheet.LINE

    def clean(self, given: Mapping[str, Any]) -> Value:
        return {}

    def from_post(self, data: QueryDict, prefix: str) -> Value:
        return {}

    def shown_order(self, seed: int) -> list[int]:
        return []

    def fields(self, order: list[int], value: Mapping[str, Any], texts: Texts) -> Fields:
        return Fields()

    def rules(self) -> Iterable[str]:
        return ()

    def told_apart(self) -> Sequence[str]:
        return ()

    def texts(self) -> Iterable[tuple[str, str]]:
        return ()

    @classmethod
    def from_form(cls, head: Cleaned, lists: Lists) -> Cleaned:
        return {}

    def to_form(self) -> Written:
        return {}, {}

    def raw_cell(self, text: str, marks: Marks) -> Value:
        return {}

    def write_cell(self, value: Mapping[str, Any], points: Decimal | None, marks: Marks) -> str:
        return ""

    def cell_hint(self, marks: Marks, max_score: Decimal) -> str:
        return _("the answer as it is written")

    def option_texts(self) -> tuple[str, ...]:
        return ()

    def picked(self, value: Mapping[str, Any]) -> list[int]:
        return []
