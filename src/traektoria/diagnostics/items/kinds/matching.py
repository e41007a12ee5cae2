"""Matching: {"pairs": [1, null, 0]}, for each left side a place in ``rights``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from django import forms
from django.http import QueryDict
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from traektoria.diagnostics.items.kinds.protocol import AnswerSheet
from traektoria.diagnostics.items.kinds.shared import ByKey
from traektoria.diagnostics.items.pieces import form_fields as f
from traektoria.diagnostics.items.pieces.answers import Value, number, place, shuffled, wrong
from traektoria.diagnostics.items.pieces.cells import Marks, each_marked, joined, listed, written
from traektoria.diagnostics.items.pieces.content import ItemField, Pair, Text
from traektoria.diagnostics.items.pieces.form_rows import Rows
from traektoria.diagnostics.items.pieces.forms import Cleaned, KindForm, Lists, ScoredForm, Written
from traektoria.diagnostics.items.pieces.key import KeyLine, KeyTexts, bare
from traektoria.diagnostics.items.pieces.remark import Remark
from traektoria.diagnostics.items.pieces.view import Fields, PieceRow, ShownChoice, Texts
from traektoria.engines import questionbanks as q


class MatchingForm(ScoredForm):
    whole = forms.BooleanField(
        label=gettext_lazy("All or nothing: points only when all pairs are right"), required=False
    )


class PairRow(forms.Form):
    left = f.words(gettext_lazy("What"), rows=1)
    right = f.words(gettext_lazy("goes with what"), rows=1)


PAIRS = Rows(
    "pairs", PairRow, gettext_lazy("Pairs"), gettext_lazy("Pair"), gettext_lazy("Add a pair"),
    hint=gettext_lazy("Each left side gets its right one."), start=3,
)  # fmt: skip
SPARE = Rows(
    "distractors", f.TextRow, gettext_lazy("Spare right sides"), gettext_lazy("Spare one"),
    gettext_lazy("Add a spare one"),
    hint=gettext_lazy("They go with nothing, so that the last pair is not guessed."), start=1, plain=True,
)  # fmt: skip


class Matching(ByKey):
    kind: Literal["matching"] = "matching"
    pairs: Annotated[tuple[Pair, ...], Field(min_length=2, max_length=20), ItemField(gettext_lazy("Pairs"))]
    distractors: Annotated[tuple[Text, ...], ItemField(gettext_lazy("Spare right sides"))] = ()
    whole: Annotated[bool, ItemField(gettext_lazy("All or nothing"), asked=False)] = False

    form = KindForm(
        MatchingForm, gettext_lazy("What goes with what"), "arrow-left-right", (PAIRS, SPARE), {"max_score": 1}
    )
    sheet = AnswerSheet.PAIRS
    file_kind = q.QuestionKind.MATCHING
    rows_name = "pairs"

    def clean(self, given: Mapping[str, Any]) -> Value:
        raw = given.get("pairs")
        if raw in (None, "", []):
            return {}
        if not isinstance(raw, list) or len(raw) != len(self.pairs):
            raise wrong()
        count = len(rights(self))
        places = [place(one, count) for one in raw]
        return {} if all(one is None for one in places) else {"pairs": places}

    def from_post(self, data: QueryDict, prefix: str) -> Value:
        return {"pairs": [number(data.get(f"{prefix}-pair-{at}")) for at in range(len(self.pairs))]}

    def is_complete(self, value: Mapping[str, Any]) -> bool:
        return None not in value.get("pairs", [None])

    def shown_order(self, seed: int) -> list[int]:
        return shuffled(len(rights(self)), seed)

    def fields(self, order: list[int], value: Mapping[str, Any], texts: Texts) -> Fields:
        given = value.get("pairs") or [None] * len(self.pairs)
        lefts = [texts.row(at, one.left, given[at]) for at, one in enumerate(self.pairs)]
        return Fields(texts.choices(rights(self), order, set()), tuple(lefts))

    def engine_answer(self, value: Mapping[str, Any]) -> q.scoring.Answer:
        sides = rights(self)
        return ["" if at is None else sides[at] for at in value.get("pairs", [])]

    def engine_rules(self) -> q.Rules:
        return q.Rules(matching=q.PartsRule.ALL if self.whole else q.PartsRule.SHARE)

    def as_question(self, max_score: Decimal) -> q.Question:
        pairs = tuple(q.MatchingPair(one.left, one.right) for one in self.pairs)
        return self.question(q.QuestionKind.MATCHING, max_score, pairs=pairs, distractors=self.distractors)

    @classmethod
    def from_question(cls, question: q.Question, score: Decimal) -> dict[str, Any]:
        pairs = [{"left": one.left, "right": one.right} for one in question.pairs]
        return {"pairs": pairs, "distractors": list(question.distractors)}

    def key_lines(self, key: KeyTexts) -> Iterable[KeyLine]:
        for one in self.pairs:
            yield KeyLine(mark_safe(f"{key.html(one.left)} → {key.html(one.right)}"))
        yield from (KeyLine(key.html(text), right=False) for text in self.distractors)

    def key_words(self) -> Iterable[str]:
        return [f"{bare(one.left, self.text_format)} → {bare(one.right, self.text_format)}" for one in self.pairs]

    def rules(self) -> Iterable[str]:
        return [_("All or nothing.") if self.whole else _("Points for each right pair.")]

    def told_apart(self) -> Sequence[str]:
        return [one.left for one in self.pairs]

    def own_remarks(self) -> Iterator[Remark]:
        known = {one.right for one in self.pairs}
        spare = next((text for text in self.distractors if text in known), "")
        if spare:
            words = _("“%(text)s” goes with something already: it can't be a spare one.") % {"text": spare[:60]}
            yield Remark("distractors", words)

    def texts(self) -> Iterable[tuple[str, str]]:
        for at, one in enumerate(self.pairs):
            yield f"pairs-{at}-left", one.left
            yield f"pairs-{at}-right", one.right
        yield from ((f"distractors-{at}-text", text) for at, text in enumerate(self.distractors))

    @classmethod
    def from_form(cls, head: Cleaned, lists: Lists) -> Cleaned:
        pairs = [{"left": row["left"], "right": row["right"]} for row in lists["pairs"]]
        return {"pairs": pairs, "distractors": [row["text"] for row in lists["distractors"]], "whole": head["whole"]}

    def to_form(self) -> Written:
        pairs = [{"left": one.left, "right": one.right} for one in self.pairs]
        return {"whole": self.whole}, {"pairs": pairs, "distractors": [{"text": text} for text in self.distractors]}

    def right_words(self, choices: Sequence[ShownChoice], rows: Sequence[PieceRow]) -> list[str]:
        marks = {one.place: one.letter for one in choices}
        order = [marks[rights(self).index(one.right)] for one in self.pairs]
        return [", ".join(f"{number}–{mark}" for number, mark in enumerate(order, start=1))]

    def raw_cell(self, text: str, marks: Marks) -> Value:
        return {"pairs": each_marked(text, marks, len(self.pairs))}

    def write_cell(self, value: Mapping[str, Any], points: Decimal | None, marks: Marks) -> str:
        return joined(written(value["pairs"], marks))

    def cell_hint(self, marks: Marks, max_score: Decimal) -> str:
        return _("a letter for each left side, in their order, «-» for none: %(letters)s") % {"letters": listed(marks)}

    def option_texts(self) -> tuple[str, ...]:
        return ()

    def picked(self, value: Mapping[str, Any]) -> list[int]:
        return []


def rights(content: Matching) -> tuple[str, ...]:
    """Right sides to choose from, each once: those of the pairs, then those that go with nothing."""
    return tuple(dict.fromkeys([*(pair.right for pair in content.pairs), *content.distractors]))
