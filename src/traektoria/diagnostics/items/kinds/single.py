"""One of several: {"choice": 0}, a place in the options."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from traektoria.core.errors import Invalid
from traektoria.diagnostics.items.kinds.protocol import AnswerSheet
from traektoria.diagnostics.items.kinds.shared import ByKey
from traektoria.diagnostics.items.pieces import form_fields as f
from traektoria.diagnostics.items.pieces import options as o
from traektoria.diagnostics.items.pieces.answers import Value, number, only, place, shuffled
from traektoria.diagnostics.items.pieces.cells import Marks, listed, marks_in, written
from traektoria.diagnostics.items.pieces.content import ItemField, Option
from traektoria.diagnostics.items.pieces.form_rows import Rows
from traektoria.diagnostics.items.pieces.forms import WHOLE, Cleaned, KindForm, Lists, ScoredForm, Written
from traektoria.diagnostics.items.pieces.key import KeyLine, KeyTexts, bare, earns, with_share
from traektoria.diagnostics.items.pieces.view import Fields, PieceRow, ShownChoice, Texts
from traektoria.engines import questionbanks as q


class SingleForm(ScoredForm):
    shuffle = forms.BooleanField(
        label=gettext_lazy("Show the answers to each person in an order of their own"), required=False
    )


class SingleRow(forms.Form):
    text = f.words(gettext_lazy("Answer option"), rows=1)
    weight = f.share()
    feedback = f.feedback()


ROWS = Rows(
    "options", SingleRow, gettext_lazy("Answers to choose from"), gettext_lazy("Answer option"),
    gettext_lazy("Add an answer"), hint=gettext_lazy("Mark the right one with the circle."),
    radio=gettext_lazy("Right"), start=4, extra=("weight", "feedback"), plain=True,
)  # fmt: skip


class Single(ByKey):
    kind: Literal["single"] = "single"
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=30), ItemField(gettext_lazy("Answers"))]
    shuffle: Annotated[bool, ItemField(gettext_lazy("Mixed order"), asked=False)] = True

    form = KindForm(
        SingleForm,
        gettext_lazy("One right answer of several"),
        "circle-dot",
        (ROWS,),
        {"max_score": 1, "shuffle": True},
    )
    sheet = AnswerSheet.CROSSES
    file_kind = q.QuestionKind.SINGLE
    rows_name = "options"
    by_option = True

    def clean(self, given: Mapping[str, Any]) -> Value:
        return only("choice", place(given.get("choice"), len(self.options)))

    def from_post(self, data: QueryDict, prefix: str) -> Value:
        return {"choice": number(data.get(f"{prefix}-choice"))}

    def shown_order(self, seed: int) -> list[int]:
        return shuffled(len(self.options), seed) if self.shuffle else list(range(len(self.options)))

    def fields(self, order: list[int], value: Mapping[str, Any], texts: Texts) -> Fields:
        return Fields(texts.choices(self.option_texts(), order, {value.get("choice")}))

    def engine_answer(self, value: Mapping[str, Any]) -> q.scoring.Answer:
        return value.get("choice")

    def as_question(self, max_score: Decimal) -> q.Question:
        return self.question(q.QuestionKind.SINGLE, max_score, options=o.as_options(self.options))

    def for_file(self, max_score: Decimal) -> q.Question:
        """«Верно» and «Неверно» in their order are a true/false question."""
        question, keys = self.as_question(max_score), {word: key for key, word in o.truth_words().items()}
        if self.shuffle or sorted(self.option_texts()) != sorted(keys):
            return question
        options = tuple(replace(one, text=keys[one.text]) for one in question.options)
        return replace(question, true_false=True, options=options)

    @classmethod
    def from_question(cls, question: q.Question, score: Decimal) -> dict[str, Any]:
        return {"options": o.from_options(question), "shuffle": not question.true_false}

    def key_lines(self, key: KeyTexts) -> Iterable[KeyLine]:
        return o.key_lines(self.options, key)

    def key_words(self) -> Iterable[str]:
        return [with_share(bare(one.text, self.text_format), one.weight) for one in self.options if earns(one.weight)]

    def rules(self) -> Iterable[str]:
        return ()

    def told_apart(self) -> Sequence[str]:
        return ()

    def texts(self) -> Iterable[tuple[str, str]]:
        return o.texts(self.options)

    @classmethod
    def from_form(cls, head: Cleaned, lists: Lists) -> Cleaned:
        rows = [
            {"text": row["text"], "weight": WHOLE if row["mark"] else row["weight"] or "0", "feedback": row["feedback"]}
            for row in lists["options"]
        ]
        return {"options": rows, "shuffle": head["shuffle"]}

    def to_form(self) -> Written:
        right = next((at for at, one in enumerate(self.options) if one.weight == WHOLE), -1)
        rows = [
            {
                "text": one.text,
                "mark": "on" if at == right else "",
                "weight": "" if at == right or one.weight == "0" else f.written_percent(one.weight),
                "feedback": one.feedback,
            }
            for at, one in enumerate(self.options)
        ]
        return {"shuffle": self.shuffle}, {"options": rows}

    def right_choices(self, choices: Sequence[ShownChoice]) -> list[ShownChoice]:
        """Of those that bring points, the best."""
        weights = self.weights()
        return [one for one in choices if weights[one.place] == max(weights) > 0]

    def right_words(self, choices: Sequence[ShownChoice], rows: Sequence[PieceRow]) -> list[str]:
        return ["".join(one.letter for one in self.right_choices(choices))]

    def raw_cell(self, text: str, marks: Marks) -> Value:
        found = marks_in(text, marks)
        if len(found) > 1:
            raise Invalid(_("One letter is wanted, «%(text)s» has several.") % {"text": text[:20]}, code="several")
        return {"choice": found[0]}

    def write_cell(self, value: Mapping[str, Any], points: Decimal | None, marks: Marks) -> str:
        return written([value["choice"]], marks)[0]

    def cell_hint(self, marks: Marks, max_score: Decimal) -> str:
        return _("one letter: %(letters)s") % {"letters": listed(marks)}

    def option_texts(self) -> tuple[str, ...]:
        return tuple(one.text for one in self.options)

    def picked(self, value: Mapping[str, Any]) -> list[int]:
        return [value["choice"]]

    def weights(self) -> list[Fraction]:
        return [Fraction(one.weight) for one in self.options]
