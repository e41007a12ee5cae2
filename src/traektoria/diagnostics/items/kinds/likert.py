"""A scale of agreement: {"step": 3}, from 1."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from traektoria.diagnostics.items.kinds.protocol import AnswerSheet
from traektoria.diagnostics.items.kinds.shared import Stepped
from traektoria.diagnostics.items.pieces import form_fields as f
from traektoria.diagnostics.items.pieces.content import ItemField, Line
from traektoria.diagnostics.items.pieces.forms import AskedForm, Cleaned, KindForm, Lists, Written


class LikertForm(AskedForm):
    steps = f.lines(
        gettext_lazy("Steps of the scale, each on its line"), hint=gettext_lazy("From the least to the most.")
    )
    scale = f.line(
        gettext_lazy("Scale"),
        required=False,
        most=200,
        hint=gettext_lazy("Items of one scale are counted together."),
    )
    reverse = forms.BooleanField(
        label=gettext_lazy("Reverse: whoever agrees has less of what the scale measures"), required=False
    )


def _agreement() -> str:
    """The usual steps of a scale, a line each."""
    return "\n".join([_("do not agree at all"), _("rather do not agree"), _("rather agree"), _("agree fully")])


class Likert(Stepped):
    """A step on a scale of words; ``reverse`` turns the steps round when the scale is counted."""

    kind: Literal["likert"] = "likert"
    steps: Annotated[tuple[Line, ...], Field(min_length=2, max_length=11), ItemField(gettext_lazy("Steps"))]
    scale: Annotated[str, ItemField(gettext_lazy("Scale"))] = ""
    reverse: Annotated[bool, ItemField(gettext_lazy("Reverse"))] = False

    form = KindForm(
        LikertForm,
        gettext_lazy("A statement, and how far one agrees with it"),
        "sliders-horizontal",
        begin={"steps": _agreement},
    )
    sheet = AnswerSheet.LINE
    rows_name = "steps"

    def rules(self) -> Iterable[str]:
        if self.scale:
            yield _("Scale: %(scale)s.") % {"scale": self.scale}
        if self.reverse:
            yield _("Reverse: the steps are turned round when the scale is counted.")

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.scale, _("turned round") if self.reverse else "")))

    def texts(self) -> Iterable[tuple[str, str]]:
        return [("steps", text) for text in self.steps]

    @classmethod
    def from_form(cls, head: Cleaned, lists: Lists) -> Cleaned:
        return {name: head[name] for name in ("steps", "scale", "reverse")}

    def to_form(self) -> Written:
        return {"steps": "\n".join(self.steps), "scale": self.scale, "reverse": self.reverse}, {}

    def option_texts(self) -> tuple[str, ...]:
        return self.steps

    def counted(self, values: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The mean, as it counts on the scale."""
        steps = [self.scale_value(value) or 0 for value in values]
        return {"mean": round(sum(steps) / len(steps), 6)}

    @property
    def scale_name(self) -> str:
        return self.scale

    @property
    def is_turned(self) -> bool:
        return self.reverse

    def scale_value(self, value: Mapping[str, Any]) -> int | None:
        step = value.get("step")
        if step is None:
            return None
        return len(self.steps) + 1 - int(step) if self.reverse else int(step)
