"""A choice without a right answer: {"choices": [1], "other": "…"}."""

import re
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
from traektoria.diagnostics.items.kinds.shared import Unmarked
from traektoria.diagnostics.items.markup import plain_text
from traektoria.diagnostics.items.pieces import form_fields as f
from traektoria.diagnostics.items.pieces.answers import Value, number, only, places, words, wrong
from traektoria.diagnostics.items.pieces.cells import Marks, joined, listed, marks_in, written
from traektoria.diagnostics.items.pieces.content import ItemField, Option
from traektoria.diagnostics.items.pieces.form_rows import Rows
from traektoria.diagnostics.items.pieces.forms import AskedForm, Cleaned, KindForm, Lists, Written
from traektoria.diagnostics.items.pieces.view import Fields, Texts

_WORD = re.compile(r"[^\W\d_]{3,}")


class ChoiceForm(AskedForm):
    many = forms.BooleanField(label=gettext_lazy("Several may be ticked"), required=False)
    other = forms.BooleanField(label=gettext_lazy("Offer a line for an answer of one's own"), required=False)
    difficulties = forms.BooleanField(
        label=gettext_lazy("The answers are topics: what is ticked is a difficulty that the teacher names"),
        required=False,
    )


ROWS = Rows(
    "options", f.TextRow, gettext_lazy("Answers to choose from"), gettext_lazy("Answer option"),
    gettext_lazy("Add an answer"), start=4, plain=True,
)  # fmt: skip


class Choice(Unmarked):
    """A choice without a right answer; ``other`` offers a line of one's own.

    ``difficulties``: the options are topics, and what is ticked is a difficulty that the teacher names.
    """

    kind: Literal["choice"] = "choice"
    options: Annotated[tuple[Option, ...], Field(min_length=1, max_length=60), ItemField(gettext_lazy("Answers"))]
    many: Annotated[bool, ItemField(gettext_lazy("Several may be ticked"))] = False
    other: Annotated[bool, ItemField(gettext_lazy("Answer of one's own"))] = False
    difficulties: Annotated[bool, ItemField(gettext_lazy("Answers are difficulties"))] = False

    form = KindForm(
        ChoiceForm, gettext_lazy("A question of a questionnaire with answers to choose from"), "list", (ROWS,)
    )
    sheet = AnswerSheet.LINE
    rows_name = "options"

    def clean(self, given: Mapping[str, Any]) -> Value:
        ticked = places(given.get("choices"), len(self.options))
        other = words(given.get("other")) if self.other else ""
        if len(ticked) + bool(other) > 1 and not self.many:
            raise wrong()
        return only("choices", ticked) | only("other", other)

    def from_post(self, data: QueryDict, prefix: str) -> Value:
        """A line of one's own; where one thing is chosen, it counts when its circle is."""
        ticked, text = data.getlist(f"{prefix}-choices"), data.get(f"{prefix}-other", "")
        other = text if self.many or not ticked or "other" in ticked else ""
        return {"choices": [number(one) for one in ticked if one != "other"], "other": other}

    def shown_order(self, seed: int) -> list[int]:
        return list(range(len(self.options)))

    def fields(self, order: list[int], value: Mapping[str, Any], texts: Texts) -> Fields:
        return Fields(texts.choices(self.option_texts(), order, {*value.get("choices", ())}))

    @property
    def ticks_many(self) -> bool:
        return self.many

    def rules(self) -> Iterable[str]:
        return [_("What is ticked is a difficulty that the teacher names.")] if self.difficulties else []

    @property
    def notes(self) -> tuple[str, ...]:
        return (_("difficulties are named here"),) if self.difficulties else ()

    def told_apart(self) -> Sequence[str]:
        return self.option_texts()

    def texts(self) -> Iterable[tuple[str, str]]:
        return [(f"options-{at}-text", one.text) for at, one in enumerate(self.options)]

    @classmethod
    def from_form(cls, head: Cleaned, lists: Lists) -> Cleaned:
        flags = {name: head[name] for name in ("many", "other", "difficulties")}
        return {"options": [{"text": row["text"]} for row in lists["options"]], **flags}

    def to_form(self) -> Written:
        head = {"many": self.many, "other": self.other, "difficulties": self.difficulties}
        return head, {"options": [{"text": one.text} for one in self.options]}

    def raw_cell(self, text: str, marks: Marks) -> Value:
        """Letters, words of one's own after a semicolon; where words are allowed, only words too, if no marks."""
        head, mark, tail = text.partition(";")
        try:
            choices = marks_in(head, marks) if head.strip() else []
        except Invalid:
            if not self.other or mark or not _WORD.search(text):
                raise
            choices, tail = [], text
        if len(choices) + bool(tail.strip()) > 1 and not self.many:
            raise Invalid(_("One answer is wanted, «%(text)s» has several.") % {"text": text[:20]}, code="several")
        return {"choices": choices, "other": tail.strip()}

    def write_cell(self, value: Mapping[str, Any], points: Decimal | None, marks: Marks) -> str:
        ticked, own = joined(written(value.get("choices", ()), marks)), value.get("other", "")
        return f"{ticked}; {own}".strip() if own else ticked

    def cell_hint(self, marks: Marks, max_score: Decimal) -> str:
        line = _("; after a semicolon words of one's own") if self.other else ""
        return _("letters: %(letters)s") % {"letters": listed(marks)} + line

    def option_texts(self) -> tuple[str, ...]:
        return tuple(one.text for one in self.options)

    def picked(self, value: Mapping[str, Any]) -> list[int]:
        return list(value.get("choices", ()))

    def counted(self, values: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """How many wrote a line of their own."""
        return {"other": sum(1 for value in values if value.get("other"))}

    @property
    def excludes(self) -> bool:
        return not (self.many or self.other)

    @property
    def offers_other(self) -> bool:
        return self.other

    @property
    def names_difficulties(self) -> bool:
        return self.difficulties

    def difficulties_in(self, value: Mapping[str, Any]) -> list[str]:
        if not self.difficulties:
            return []
        ticked = [plain_text(self.options[at].text, self.text_format) for at in value.get("choices", [])]
        return [*ticked, *filter(None, [value.get("other", "")])]
