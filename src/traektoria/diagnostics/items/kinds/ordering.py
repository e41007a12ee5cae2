"""Ordering: {"order": [2, 0, 1]}, and while it is not finished {"ranks": [3, null, 1]}: for each line the place from 1
that it was given, twice the same one too."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
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
from traektoria.diagnostics.items.pieces.answers import Value, number, place, placed, shuffled, step, wrong
from traektoria.diagnostics.items.pieces.cells import Marks, each_marked, joined, listed, written
from traektoria.diagnostics.items.pieces.content import ItemField, Text
from traektoria.diagnostics.items.pieces.form_rows import Rows
from traektoria.diagnostics.items.pieces.forms import Cleaned, KindForm, Lists, ScoredForm, Written
from traektoria.diagnostics.items.pieces.key import KeyLine, KeyTexts, bare
from traektoria.diagnostics.items.pieces.view import Fields, PieceRow, ShownChoice, Texts, letter
from traektoria.engines import questionbanks as q


class OrderingForm(ScoredForm):
    whole = forms.BooleanField(label=gettext_lazy("All or nothing: points only for the whole order"), required=False)


ROWS = Rows(
    "order", f.TextRow, gettext_lazy("Steps in the right order"), gettext_lazy("Step"), gettext_lazy("Add a step"),
    hint=gettext_lazy("Teachers see them mixed."), start=3, plain=True,
)  # fmt: skip


class Ordering(ByKey):
    kind: Literal["ordering"] = "ordering"
    order: Annotated[tuple[Text, ...], Field(min_length=2, max_length=20), ItemField(gettext_lazy("Order"))]
    whole: Annotated[bool, ItemField(gettext_lazy("All or nothing"), asked=False)] = True

    form = KindForm(
        OrderingForm,
        gettext_lazy("Steps to put in order"),
        "arrow-down-narrow-wide",
        (ROWS,),
        {"max_score": 1, "whole": True},
    )
    sheet = AnswerSheet.BOXES
    file_kind = q.QuestionKind.ORDERING
    rows_name = "order"
    key_is_ordered = True

    def clean(self, given: Mapping[str, Any]) -> Value:
        return self._ordered(given.get("order")) or self._ranked(given.get("ranks"))

    def _ordered(self, raw: object) -> Value:
        if raw in (None, "", []):
            return {}
        if not isinstance(raw, list) or sorted(map(str, raw)) != sorted(map(str, range(len(self.order)))):
            raise wrong()
        return {"order": [place(one, len(self.order)) for one in raw]}

    def _ranked(self, raw: object) -> Value:
        """Places by line, some left over; a full order is the same as an order."""
        if raw in (None, "", []):
            return {}
        count = len(self.order)
        if not isinstance(raw, list) or len(raw) != count:
            raise wrong()
        ranks = [step(one, count) for one in raw]
        if not any(ranks):
            return {}
        return {"ranks": ranks} if -1 in placed(ranks) else {"order": placed(ranks)}

    def from_post(self, data: QueryDict, prefix: str) -> Value:
        return {"ranks": [number(data.get(f"{prefix}-rank-{at}")) for at in range(len(self.order))]}

    def is_complete(self, value: Mapping[str, Any]) -> bool:
        return "order" in value

    def shown_order(self, seed: int) -> list[int]:
        """Never the right one, where that can be."""
        order = shuffled(len(self.order), seed)
        return order[1:] + order[:1] if order == sorted(order) else order

    def fields(self, order: list[int], value: Mapping[str, Any], texts: Texts) -> Fields:
        ranks = _ranks(value)
        rows = tuple(texts.row(at, self.order[at], ranks.get(at)) for at in value.get("order") or order)
        return Fields((), rows, tuple(range(1, len(rows) + 1)))

    def engine_answer(self, value: Mapping[str, Any]) -> q.scoring.Answer:
        return value.get("order") or placed(value.get("ranks", []))

    def engine_rules(self) -> q.Rules:
        return q.Rules(ordering=q.PartsRule.ALL if self.whole else q.PartsRule.SHARE)

    def as_question(self, max_score: Decimal) -> q.Question:
        return self.question(q.QuestionKind.ORDERING, max_score, order=self.order)

    @classmethod
    def from_question(cls, question: q.Question, score: Decimal) -> dict[str, Any]:
        return {"order": list(question.order)}

    def key_lines(self, key: KeyTexts) -> Iterable[KeyLine]:
        return [KeyLine(key.html(text)) for text in self.order]

    def key_words(self) -> Iterable[str]:
        return [f"{at}) {bare(text, self.text_format)}" for at, text in enumerate(self.order, start=1)]

    def rules(self) -> Iterable[str]:
        return [_("All or nothing.") if self.whole else _("Points for neighbours in the right order.")]

    def told_apart(self) -> Sequence[str]:
        return self.order

    def texts(self) -> Iterable[tuple[str, str]]:
        return [(f"order-{at}-text", text) for at, text in enumerate(self.order)]

    @classmethod
    def from_form(cls, head: Cleaned, lists: Lists) -> Cleaned:
        return {"order": [row["text"] for row in lists["order"]], "whole": head["whole"]}

    def to_form(self) -> Written:
        return {"whole": self.whole}, {"order": [{"text": text} for text in self.order]}

    @property
    def boxes(self) -> int:
        return len(self.order)

    def right_words(self, choices: Sequence[ShownChoice], rows: Sequence[PieceRow]) -> list[str]:
        letters = {row.place: letter(number) for number, row in enumerate(rows)}
        return ["".join(letters[at] for at in range(len(self.order)))]

    def raw_cell(self, text: str, marks: Marks) -> Value:
        """Places of the lines by lines in their places; a line that stands twice is said so."""
        lines = each_marked(text, marks, len(self.order))
        put = [line for line in lines if line is not None]
        if len(set(put)) != len(put):
            raise Invalid(_("A line stands there twice: each letter once, «-» for a place left over."), code="twice")
        return {"ranks": [lines.index(line) + 1 if line in put else None for line in range(len(lines))]}

    def write_cell(self, value: Mapping[str, Any], points: Decimal | None, marks: Marks) -> str:
        return joined(written(value.get("order") or placed(value["ranks"]), marks))

    def cell_hint(self, marks: Marks, max_score: Decimal) -> str:
        return _("the letters of the lines in the right order: %(letters)s") % {"letters": listed(marks)}

    def option_texts(self) -> tuple[str, ...]:
        return ()

    def picked(self, value: Mapping[str, Any]) -> list[int]:
        return []


def _ranks(value: Mapping[str, Any]) -> dict[int, int | None]:
    """The place of each line, as far as it is known."""
    if "order" in value:
        return {at: rank for rank, at in enumerate(value["order"], start=1)}
    return dict(enumerate(value.get("ranks", ())))
