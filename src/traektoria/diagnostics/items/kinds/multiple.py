"""Several of several: {"choices": [0, 2]}, places in the options."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from traektoria.diagnostics.items.kinds.protocol import AnswerSheet
from traektoria.diagnostics.items.kinds.shared import ByKey
from traektoria.diagnostics.items.kinds.single import SingleForm
from traektoria.diagnostics.items.pieces import form_fields as f
from traektoria.diagnostics.items.pieces import options as o
from traektoria.diagnostics.items.pieces.answers import Value, number, only, places, shuffled
from traektoria.diagnostics.items.pieces.cells import Marks, in_order, joined, listed, marks_in, written
from traektoria.diagnostics.items.pieces.content import ItemField, Option
from traektoria.diagnostics.items.pieces.form_rows import Rows
from traektoria.diagnostics.items.pieces.forms import Cleaned, KindForm, Lists, Written
from traektoria.diagnostics.items.pieces.key import KeyLine, KeyTexts, bare, earns
from traektoria.diagnostics.items.pieces.remark import Remark
from traektoria.diagnostics.items.pieces.view import Fields, PieceRow, ShownChoice, Texts
from traektoria.engines import questionbanks as q


class MultipleForm(SingleForm):
    exact = forms.BooleanField(
        label=gettext_lazy("All or nothing: points only for exactly the right set"), required=False
    )


class MultipleRow(forms.Form):
    mark = forms.BooleanField(label=gettext_lazy("Right"), required=False)
    text = f.words(gettext_lazy("Answer option"), rows=1)
    weight = f.share()
    feedback = f.feedback()


ROWS = Rows(
    "options", MultipleRow, gettext_lazy("Answers to choose from"), gettext_lazy("Answer option"),
    gettext_lazy("Add an answer"),
    hint=gettext_lazy(
        "Tick the right ones. Where no shares are written, they share 100 %, and a wrong one takes as much away."
    ),
    start=5, extra=("weight", "feedback"), plain=True,
)  # fmt: skip


class Multiple(ByKey):
    """``exact``: all or nothing; otherwise the weights are summed up and cut to 0…100 %."""

    kind: Literal["multiple"] = "multiple"
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=30), ItemField(gettext_lazy("Answers"))]
    exact: Annotated[bool, ItemField(gettext_lazy("All or nothing"), asked=False)] = False
    shuffle: Annotated[bool, ItemField(gettext_lazy("Mixed order"), asked=False)] = True

    form = KindForm(
        MultipleForm, gettext_lazy("Several right answers"), "list-checks", (ROWS,), {"max_score": 1, "shuffle": True}
    )
    sheet = AnswerSheet.CROSSES
    file_kind = q.QuestionKind.MULTIPLE
    rows_name = "options"

    def clean(self, given: Mapping[str, Any]) -> Value:
        return only("choices", places(given.get("choices"), len(self.options)))

    def from_post(self, data: QueryDict, prefix: str) -> Value:
        return {"choices": [number(one) for one in data.getlist(f"{prefix}-choices")]}

    def shown_order(self, seed: int) -> list[int]:
        return shuffled(len(self.options), seed) if self.shuffle else list(range(len(self.options)))

    def fields(self, order: list[int], value: Mapping[str, Any], texts: Texts) -> Fields:
        return Fields(texts.choices(self.option_texts(), order, {*value.get("choices", ())}))

    @property
    def ticks_many(self) -> bool:
        return True

    def engine_answer(self, value: Mapping[str, Any]) -> q.scoring.Answer:
        return value.get("choices")

    def engine_rules(self) -> q.Rules:
        return q.Rules(multiple=q.MultipleRule.EXACT if self.exact else q.MultipleRule.SUM)

    def as_question(self, max_score: Decimal) -> q.Question:
        return self.question(q.QuestionKind.MULTIPLE, max_score, options=o.as_options(self.options))

    @classmethod
    def from_question(cls, question: q.Question, score: Decimal) -> dict[str, Any]:
        return {"options": o.from_options(question), "shuffle": True}

    def key_lines(self, key: KeyTexts) -> Iterable[KeyLine]:
        return o.key_lines(self.options, key)

    def key_words(self) -> Iterable[str]:
        return [bare(one.text, self.text_format) for one in self.options if earns(one.weight)]

    def rules(self) -> Iterable[str]:
        if self.exact:
            return [_("All or nothing.")]
        return [_("Shares of what is ticked are added up, from 0 to 100 %.")]

    def told_apart(self) -> Sequence[str]:
        return ()

    def own_remarks(self) -> Iterator[Remark]:
        weights = self._weights()
        if not self.exact and min(weights) == 0 and sum(weights) >= 99:
            words = _(
                "Whoever ticks everything gets the whole mark. Let wrong answers take away, or count all or nothing."
            )
            yield Remark("options", words, serious=False)

    def texts(self) -> Iterable[tuple[str, str]]:
        return o.texts(self.options)

    @classmethod
    def from_form(cls, head: Cleaned, lists: Lists) -> Cleaned:
        number = sum(row["mark"] for row in lists["options"])
        rows = [
            {"text": row["text"], "weight": row["weight"] or _usual(row["mark"], number), "feedback": row["feedback"]}
            for row in lists["options"]
        ]
        return {"options": rows, "shuffle": head["shuffle"], "exact": head["exact"]}

    def to_form(self) -> Written:
        weights = self._weights()
        number = sum(weight > 0 for weight in weights)
        rows = [
            {
                "text": one.text,
                "mark": "on" if weight > 0 else "",
                "weight": "" if str(weight) == _usual(weight > 0, number) else f.written_percent(one.weight),
                "feedback": one.feedback,
            }
            for one, weight in zip(self.options, weights, strict=True)
        ]
        return {"shuffle": self.shuffle, "exact": self.exact}, {"options": rows}

    def _weights(self) -> list[Fraction]:
        return [Fraction(one.weight) for one in self.options]

    def right_choices(self, choices: Sequence[ShownChoice]) -> list[ShownChoice]:
        return [one for one in choices if earns(self.options[one.place].weight)]

    def right_words(self, choices: Sequence[ShownChoice], rows: Sequence[PieceRow]) -> list[str]:
        return ["".join(one.letter for one in self.right_choices(choices))]

    def raw_cell(self, text: str, marks: Marks) -> Value:
        return {"choices": marks_in(text, marks)}

    def write_cell(self, value: Mapping[str, Any], points: Decimal | None, marks: Marks) -> str:
        return joined(sorted(written(value["choices"], marks), key=in_order))

    def cell_hint(self, marks: Marks, max_score: Decimal) -> str:
        return _("letters without spaces: %(letters)s") % {"letters": listed(marks)}

    def option_texts(self) -> tuple[str, ...]:
        return tuple(one.text for one in self.options)

    def picked(self, value: Mapping[str, Any]) -> list[int]:
        return list(value["choices"])


def _usual(right: bool, number: int) -> str:
    """The share where none is written: the right ones make 100 %, a wrong one takes as much away."""
    one = Fraction(100, max(number, 1))
    return str(one if right else -one)
