"""A short answer: {"text": "…"}, compared with accepted forms."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from traektoria.core.text import squash
from traektoria.diagnostics.items.kinds.protocol import AnswerSheet
from traektoria.diagnostics.items.kinds.shared import ByKey, Typed
from traektoria.diagnostics.items.markup import shown
from traektoria.diagnostics.items.pieces import form_fields as f
from traektoria.diagnostics.items.pieces.content import Accepted, ItemField
from traektoria.diagnostics.items.pieces.figures import CELLS
from traektoria.diagnostics.items.pieces.form_rows import Rows
from traektoria.diagnostics.items.pieces.forms import WHOLE, Cleaned, KindForm, Lists, ScoredForm, Written, share_of
from traektoria.diagnostics.items.pieces.key import KeyLine, KeyTexts, earns, with_share
from traektoria.diagnostics.items.pieces.options import weight_of
from traektoria.diagnostics.items.pieces.view import PieceRow, ShownChoice
from traektoria.engines import questionbanks as q


class ShortForm(ScoredForm):
    case_sensitive = forms.BooleanField(label=gettext_lazy("Small and capital letters matter"), required=False)
    strict = forms.BooleanField(
        label=gettext_lazy("Strictly, letter by letter"),
        required=False,
        help_text=gettext_lazy(
            "Otherwise what looks the same is the same: Н2О in Cyrillic and H2O in Latin letters, 3.14 and 3,14, "
            "a minus and a dash, a blank of any width, ё and е."
        ),
    )


class AcceptedRow(forms.Form):
    text = f.line(gettext_lazy("Accepted form"))
    weight = f.share()
    feedback = f.feedback()


ROWS = Rows(
    "accepted", AcceptedRow, gettext_lazy("Accepted answers"), gettext_lazy("Accepted answer"),
    gettext_lazy("Add a form"), hint=gettext_lazy("All forms that count as right; * stands for any letters."),
    start=2, extra=("weight", "feedback"), plain=True,
)  # fmt: skip


class Short(Typed, ByKey):
    """``strict``: letter by letter; otherwise look-alike letters, blanks, dashes and decimal signs do not decide."""

    kind: Literal["short"] = "short"
    accepted: Annotated[
        tuple[Accepted, ...], Field(min_length=1, max_length=50), ItemField(gettext_lazy("Accepted answers"))
    ]
    case_sensitive: Annotated[bool, ItemField(gettext_lazy("Capital letters matter"))] = False
    strict: Annotated[bool, ItemField(gettext_lazy("Letter by letter"), asked=False)] = False

    form = KindForm(
        ShortForm,
        gettext_lazy("A word or an expression, compared with accepted forms"),
        "text-cursor-input",
        (ROWS,),
        {"max_score": 1},
    )
    sheet = AnswerSheet.BOXES
    file_kind = q.QuestionKind.SHORT
    rows_name = "accepted"
    tried_out = True

    def as_question(self, max_score: Decimal) -> q.Question:
        accepted = tuple(q.AcceptedAnswer(one.text, Fraction(one.weight), one.feedback) for one in self.accepted)
        return self.question(
            q.QuestionKind.SHORT, max_score, accepted=accepted, case_sensitive=self.case_sensitive, strict=self.strict
        )

    @classmethod
    def from_question(cls, question: q.Question, score: Decimal) -> dict[str, Any]:
        accepted = [
            {"text": one.text, "weight": weight_of(one.fraction), "feedback": one.feedback} for one in question.accepted
        ]
        return {"accepted": accepted, "case_sensitive": question.case_sensitive, "strict": question.strict}

    def key_lines(self, key: KeyTexts) -> Iterable[KeyLine]:
        return [key.weighted(shown(one.text, "plain"), one.weight, one.feedback) for one in self.accepted]

    def key_words(self) -> Iterable[str]:
        return [with_share(squash(one.text), one.weight) for one in self.accepted if earns(one.weight)]

    def rules(self) -> Iterable[str]:
        if self.strict:
            yield _("Strictly, letter by letter.")
            return
        case = _("Small and capital letters matter.") if self.case_sensitive else ""
        yield case or _("Small and capital letters make no difference.")
        yield _(
            "What looks the same is the same: look-alike letters of both alphabets, ё and е, blanks, dashes, "
            "3.14 and 3,14."
        )

    def told_apart(self) -> Sequence[str]:
        return [one.text for one in self.accepted]

    def texts(self) -> Iterable[tuple[str, str]]:
        return ()

    @classmethod
    def from_form(cls, head: Cleaned, lists: Lists) -> Cleaned:
        rows = [
            {"text": row["text"], "feedback": row["feedback"], "weight": row["weight"] or WHOLE}
            for row in lists["accepted"]
        ]
        return {"accepted": rows, "case_sensitive": head["case_sensitive"], "strict": head["strict"]}

    def to_form(self) -> Written:
        rows = [{"text": one.text, "weight": share_of(one.weight), "feedback": one.feedback} for one in self.accepted]
        return {"case_sensitive": self.case_sensitive, "strict": self.strict}, {"accepted": rows}

    @property
    def boxes(self) -> int:
        return CELLS

    def right_words(self, choices: Sequence[ShownChoice], rows: Sequence[PieceRow]) -> list[str]:
        return [one.text for one in self.accepted if earns(one.weight)]
