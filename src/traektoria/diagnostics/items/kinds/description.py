"""A text between questions: an instruction, a text that several tasks share. Takes no answer."""

from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext_lazy

from traektoria.diagnostics.items.kinds.shared import Silent
from traektoria.diagnostics.items.pieces.forms import AskedForm, KindForm
from traektoria.engines import questionbanks as q


class Description(Silent):
    kind: Literal["description"] = "description"

    form = KindForm(AskedForm, gettext_lazy("An instruction or a text that several tasks share"), "file-text")
    file_kind = q.QuestionKind.DESCRIPTION
    asks = False

    @classmethod
    def from_question(cls, question: q.Question, score: Decimal) -> dict[str, Any]:
        return {}
