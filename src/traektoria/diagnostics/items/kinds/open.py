"""An answer in one's own words: {"text": "…"}; nobody gives points."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from django import forms
from django.utils.translation import gettext_lazy
from pydantic import Field

from traektoria.diagnostics.items.kinds.protocol import AnswerSheet
from traektoria.diagnostics.items.kinds.shared import Typed, Unmarked
from traektoria.diagnostics.items.pieces.content import ItemField
from traektoria.diagnostics.items.pieces.forms import AskedForm, Cleaned, KindForm, Lists, Written


class OpenForm(AskedForm):
    lines = forms.IntegerField(
        label=gettext_lazy("Lines for the answer"),
        min_value=1,
        max_value=20,
        widget=forms.NumberInput({"class": "short"}),
    )


class Open(Typed, Unmarked):
    kind: Literal["open"] = "open"
    lines: Annotated[int, Field(ge=1, le=20), ItemField(gettext_lazy("Lines for the answer"))] = 3

    form = KindForm(
        OpenForm,
        gettext_lazy("A question answered in one's own words; nobody gives points"),
        "message-square",
        begin={"lines": 3},
    )
    sheet = AnswerSheet.LINE
    own_words = True

    def rules(self) -> Iterable[str]:
        return ()

    def told_apart(self) -> Sequence[str]:
        return ()

    def texts(self) -> Iterable[tuple[str, str]]:
        return ()

    @classmethod
    def from_form(cls, head: Cleaned, lists: Lists) -> Cleaned:
        return {"lines": head["lines"]}

    def to_form(self) -> Written:
        return {"lines": self.lines}, {}

    @property
    def ruled_lines(self) -> int:
        return self.lines
