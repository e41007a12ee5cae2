"""An extended answer: {"text": "…"}, which people judge by criteria."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from traektoria.core.errors import Invalid
from traektoria.core.figures import rounded
from traektoria.diagnostics.items.kinds.protocol import AnswerSheet, Marked
from traektoria.diagnostics.items.kinds.shared import Typed
from traektoria.diagnostics.items.markup import shown
from traektoria.diagnostics.items.pieces import form_fields as f
from traektoria.diagnostics.items.pieces.answers import MARKED_ON_PAPER
from traektoria.diagnostics.items.pieces.cells import Marks, Read, plain, points_in
from traektoria.diagnostics.items.pieces.content import Criterion, ItemField
from traektoria.diagnostics.items.pieces.figures import points_words
from traektoria.diagnostics.items.pieces.form_rows import Rows
from traektoria.diagnostics.items.pieces.forms import AskedForm, Cleaned, KindForm, Lists, Written
from traektoria.diagnostics.items.pieces.key import KeyLine, KeyTexts
from traektoria.diagnostics.items.pieces.remark import Remark
from traektoria.diagnostics.items.pieces.view import PieceRow, ShownChoice
from traektoria.engines import questionbanks as q


class ExtendedForm(AskedForm):
    guidance = f.words(
        gettext_lazy("For those who mark"),
        rows=4,
        required=False,
        hint=gettext_lazy("The solution and what to look at. Teachers do not see it."),
    )
    tolerance = f.points(
        gettext_lazy("Two markers may differ by, points"),
        least=Decimal(0),
        hint=gettext_lazy("If they differ by more, a third one is asked."),
    )


class CriterionRow(forms.Form):
    code = f.line(gettext_lazy("Code"), required=False, most=20)
    title = f.line(gettext_lazy("What is judged"))
    most = f.points(gettext_lazy("Most points"))
    descriptors = f.lines(
        gettext_lazy("What points are given for"),
        rows=3,
        required=False,
        hint=gettext_lazy("A line for each number of points: “2: everything is right”"),
    )


ROWS = Rows(
    "criteria", CriterionRow, gettext_lazy("Criteria"), gettext_lazy("Criterion"), gettext_lazy("Add a criterion"),
    hint=gettext_lazy("The points of the task are the sum of the criteria. A code left empty becomes К1, К2 …"),
    start=2, extra=("descriptors",), extra_label=gettext_lazy("What points are given for"),
)  # fmt: skip


class Extended(Typed):
    """An answer that people judge; ``tolerance`` is how far two markers may differ before a third is asked."""

    kind: Literal["extended"] = "extended"
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=20), ItemField(gettext_lazy("Criteria"))]
    guidance: Annotated[str, ItemField(gettext_lazy("For those who mark"))] = ""
    tolerance: Annotated[
        Decimal, Field(ge=0, le=100), ItemField(gettext_lazy("Two markers may differ by"), asked=False)
    ] = Decimal(1)

    marked = Marked.BY_PEOPLE
    form = KindForm(
        ExtendedForm,
        gettext_lazy("A solution or a text that people mark by criteria"),
        "file-pen-line",
        (ROWS,),
        {"tolerance": 1},
    )
    sheet = AnswerSheet.PAGE
    file_kind = q.QuestionKind.EXTENDED
    rows_name = "criteria"

    def share(self, value: Mapping[str, Any], max_score: Decimal) -> Fraction | None:
        return None

    def as_question(self, max_score: Decimal) -> q.Question:
        criteria = tuple(
            q.MarkingCriterion(one.code, one.title, Fraction(one.most), one.descriptors) for one in self.criteria
        )
        return self.question(q.QuestionKind.EXTENDED, max_score, criteria=criteria, guidance=self.guidance)

    @classmethod
    def from_question(cls, question: q.Question, score: Decimal) -> dict[str, Any]:
        """Without criteria of its own, the answer is judged as a whole."""
        criteria = [
            {
                "code": one.code or f"К{at}",
                "title": one.title or one.code or f"К{at}",
                "most": most,
                "descriptors": one.descriptors,
            }
            for at, one in enumerate(question.criteria, 1)
            if (most := rounded(max(one.max_score, Fraction(0)), 2)) > 0
        ]
        whole = [{"code": "К1", "title": _("The answer is right and complete"), "most": min(score, Decimal(100))}]
        return {"criteria": criteria or whole, "guidance": question.guidance}

    def key_lines(self, key: KeyTexts) -> Iterable[KeyLine]:
        """«К1. Верно — до 2 баллов», what each number of points means below it."""
        for one in self.criteria:
            descriptors = shown("\n".join(one.descriptors), "plain")
            title = shown(f"{one.code}. {one.title}", "plain")
            yield KeyLine(title, share=points_words(one.most), feedback=descriptors)

    def key_words(self) -> Iterable[str]:
        return [f"{one.code} – {points_words(one.most)}" for one in self.criteria]

    def rules(self) -> Iterable[str]:
        yield _("Markers may differ by %(points)s; if they differ by more, a third one is asked.") % {
            "points": points_words(self.tolerance)
        }

    @property
    def for_markers(self) -> str:
        return self.guidance

    def told_apart(self) -> Sequence[str]:
        return [one.code for one in self.criteria]

    def own_remarks(self) -> Iterator[Remark]:
        if self.tolerance >= sum(one.most for one in self.criteria):
            words = _("With such a difference a third marker would never be asked. Make it less than the most points.")
            yield Remark("tolerance", words, serious=False)

    def texts(self) -> Iterable[tuple[str, str]]:
        return [("guidance", self.guidance)]

    @classmethod
    def from_form(cls, head: Cleaned, lists: Lists) -> Cleaned:
        criteria = [
            {
                "code": row["code"] or f"К{number}",
                "title": row["title"],
                "most": row["most"],
                "descriptors": row["descriptors"],
            }
            for number, row in enumerate(lists["criteria"], start=1)
        ]
        return {"criteria": criteria, "guidance": head["guidance"], "tolerance": head["tolerance"]}

    def to_form(self) -> Written:
        rows = [
            {
                "code": one.code,
                "title": one.title,
                "most": f.written_points(one.most),
                "descriptors": "\n".join(one.descriptors),
            }
            for one in self.criteria
        ]
        return {"guidance": self.guidance, "tolerance": f.written_points(self.tolerance)}, {"criteria": rows}

    @property
    def ruled_lines(self) -> int:
        return 14

    @property
    def criteria_for_markers(self) -> tuple[Criterion, ...]:
        return self.criteria

    def right_words(self, choices: Sequence[ShownChoice], rows: Sequence[PieceRow]) -> list[str]:
        return []

    def read_cell(self, text: str, marks: Marks, max_score: Decimal) -> Read:
        """A bare number is points, everything else the words of the answer."""
        points = points_in(text)
        if points is None:
            return super().read_cell(_unquoted(text), marks, max_score)
        if not 0 <= points <= max_score or points != points.quantize(Decimal("0.001")):
            raise Invalid(_("Points from 0 to %(most)s are wanted.") % {"most": plain(max_score)}, code="points")
        return Read(dict(MARKED_ON_PAPER), points)

    def write_cell(self, value: Mapping[str, Any], points: Decimal | None, marks: Marks) -> str:
        if points is not None and value == MARKED_ON_PAPER:
            return plain(points)
        text = str(value.get("text", ""))
        return f"«{text}»" if points_in(text.strip("«»")) is not None else text

    def cell_hint(self, marks: Marks, max_score: Decimal) -> str:
        return _("points from 0 to %(most)s, or the words of the answer for the markers") % {"most": plain(max_score)}


def _unquoted(text: str) -> str:
    """Words that are a number stand in quotes, for a bare number is points."""
    quoted = text.startswith("«") and text.endswith("»") and points_in(text.strip("«»")) is not None
    return text[1:-1] if quoted else text
