"""A number: {"text": "…"}, within accepted ranges."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from django import forms
from django.utils.translation import gettext_lazy
from pydantic import Field

from traektoria.diagnostics.items.kinds.protocol import AnswerSheet
from traektoria.diagnostics.items.kinds.shared import ByKey, Typed
from traektoria.diagnostics.items.markup import shown
from traektoria.diagnostics.items.pieces import form_fields as f
from traektoria.diagnostics.items.pieces.content import ANY_NUMBER, ItemField, Range, is_any_number
from traektoria.diagnostics.items.pieces.figures import CELLS, range_words
from traektoria.diagnostics.items.pieces.form_rows import Rows
from traektoria.diagnostics.items.pieces.forms import WHOLE, Cleaned, KindForm, Lists, ScoredForm, Written, share_of
from traektoria.diagnostics.items.pieces.key import KeyLine, KeyTexts, earns, with_share
from traektoria.diagnostics.items.pieces.options import weight_of
from traektoria.diagnostics.items.pieces.view import PieceRow, ShownChoice
from traektoria.engines import questionbanks as q


class NumericForm(ScoredForm):
    unit = f.line(
        gettext_lazy("Unit"),
        required=False,
        most=40,
        hint=gettext_lazy("Shown beside the field: km, %, ₽. The answer is a number only."),
    )


class RangeRow(forms.Form):
    number = f.RangeField(
        label=gettext_lazy("Right number"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    weight = f.share()
    feedback = f.feedback()


ROWS = Rows(
    "ranges", RangeRow, gettext_lazy("Right numbers"), gettext_lazy("Right number"), gettext_lazy("Add a number"),
    hint=gettext_lazy(
        "A number, a number with a tolerance (3.14 ± 0.01), or a range (3..5). Comma and point are the same."
    ),
    start=1, extra=("weight", "feedback"), plain=True,
)  # fmt: skip


class Numeric(Typed, ByKey):
    kind: Literal["numeric"] = "numeric"
    ranges: Annotated[tuple[Range, ...], Field(min_length=1, max_length=20), ItemField(gettext_lazy("Right numbers"))]
    unit: Annotated[str, ItemField(gettext_lazy("Unit"), asked=False)] = ""

    form = KindForm(NumericForm, gettext_lazy("A number, exact or with a tolerance"), "hash", (ROWS,), {"max_score": 1})
    sheet = AnswerSheet.BOXES
    file_kind = q.QuestionKind.NUMERIC
    rows_name = "ranges"
    tried_out = True

    def as_question(self, max_score: Decimal) -> q.Question:
        return self.question(q.QuestionKind.NUMERIC, max_score, numeric=tuple(map(_as_range, self.ranges)))

    @classmethod
    def from_question(cls, question: q.Question, score: Decimal) -> dict[str, Any]:
        return {"ranges": [_from_range(one) for one in question.numeric]}

    def key_lines(self, key: KeyTexts) -> Iterable[KeyLine]:
        return [
            key.weighted(shown(range_words(one, self.unit), "plain"), one.weight, one.feedback) for one in self.ranges
        ]

    def key_words(self) -> Iterable[str]:
        return [with_share(range_words(one, self.unit), one.weight) for one in self.ranges if earns(one.weight)]

    def rules(self) -> Iterable[str]:
        return ()

    def told_apart(self) -> Sequence[str]:
        return ()

    def texts(self) -> Iterable[tuple[str, str]]:
        return ()

    @classmethod
    def from_form(cls, head: Cleaned, lists: Lists) -> Cleaned:
        rows = [
            {
                "low": row["number"][0],
                "high": row["number"][1],
                "weight": row["weight"] or WHOLE,
                "feedback": row["feedback"],
            }
            for row in lists["ranges"]
        ]
        return {"ranges": rows, "unit": head["unit"]}

    def to_form(self) -> Written:
        rows = [
            {"number": f.written_range(one.low, one.high), "weight": share_of(one.weight), "feedback": one.feedback}
            for one in self.ranges
        ]
        return {"unit": self.unit}, {"ranges": rows}

    @property
    def boxes(self) -> int:
        return CELLS

    def right_words(self, choices: Sequence[ShownChoice], rows: Sequence[PieceRow]) -> list[str]:
        return [range_words(one, self.unit) for one in self.ranges if earns(one.weight)]


def _as_range(one: Range) -> q.NumericRange:
    low, high = (None, None) if is_any_number(one) else (one.low, one.high)
    return q.NumericRange(low, high, Fraction(one.weight), one.feedback)


def _from_range(one: q.NumericRange) -> Mapping[str, Any]:
    return {
        "low": -ANY_NUMBER if one.low is None else one.low,
        "high": ANY_NUMBER if one.high is None else one.high,
        "weight": weight_of(one.fraction),
        "feedback": one.feedback,
    }
