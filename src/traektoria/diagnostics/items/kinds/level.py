"""A level by descriptors: {"step": 3}, from 1."""

from collections.abc import Iterable
from typing import Annotated, Literal

from django import forms
from django.utils.translation import gettext_lazy
from pydantic import Field

from traektoria.diagnostics.items.kinds.protocol import AnswerSheet
from traektoria.diagnostics.items.kinds.shared import Stepped
from traektoria.diagnostics.items.pieces import form_fields as f
from traektoria.diagnostics.items.pieces.content import ItemField, Line
from traektoria.diagnostics.items.pieces.form_rows import Rows
from traektoria.diagnostics.items.pieces.forms import AskedForm, Cleaned, KindForm, Lists, Written


class LevelRow(forms.Form):
    descriptor = f.line(gettext_lazy("Level"))
    example = f.words(gettext_lazy("Example"), rows=1, required=False, most=2_000)


ROWS = Rows(
    "marks", LevelRow, gettext_lazy("Levels"), gettext_lazy("Level"), gettext_lazy("Add a level"),
    hint=gettext_lazy("From the lowest to the highest."), start=3,
)  # fmt: skip


class LevelMark(Stepped):
    """A level with a descriptor and an example for each step (forms of observation, self-assessment)."""

    kind: Literal["level"] = "level"
    descriptors: Annotated[tuple[Line, ...], Field(min_length=2, max_length=11), ItemField(gettext_lazy("Levels"))]
    examples: Annotated[tuple[str, ...], ItemField(gettext_lazy("Examples"))] = ()

    form = KindForm(
        AskedForm,
        gettext_lazy("Levels with descriptions and examples: observation, self-assessment"),
        "chart-no-axes-column-increasing",
        (ROWS,),
    )
    sheet = AnswerSheet.LINE
    rows_name = "marks"
    observed = True

    @property
    def examples_shown(self) -> tuple[str, ...]:
        return self.examples

    def rules(self) -> Iterable[str]:
        return ()

    def texts(self) -> Iterable[tuple[str, str]]:
        return [("marks", text) for text in self.descriptors]

    @classmethod
    def from_form(cls, head: Cleaned, lists: Lists) -> Cleaned:
        rows = lists["marks"]
        examples = [row["example"] for row in rows]
        return {"descriptors": [row["descriptor"] for row in rows], "examples": examples if any(examples) else []}

    def to_form(self) -> Written:
        examples = [*self.examples, *[""] * len(self.descriptors)]
        rows = [{"descriptor": text, "example": examples[at]} for at, text in enumerate(self.descriptors)]
        return {}, {"marks": rows}

    def option_texts(self) -> tuple[str, ...]:
        return self.descriptors
