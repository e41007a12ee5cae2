"""A kind that nobody has heard of is its module: told to the registry, it is read, answered, scored, looked over,
compared and told apart, and left out of files. It is scored, no file has it, it names a picture in a field."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

import pytest
from django import forms
from django.http import QueryDict
from pydantic import Field

from traektoria.diagnostics.bank.file_export import export_of
from traektoria.diagnostics.bank.forms.editor import Editor, blank
from traektoria.diagnostics.bank.item_difference import difference
from traektoria.diagnostics.bank.models import BankItem, ItemVersion
from traektoria.diagnostics.items import answers
from traektoria.diagnostics.items.checks import remarks
from traektoria.diagnostics.items.content import content_of, editable_of
from traektoria.diagnostics.items.digest import likeness
from traektoria.diagnostics.items.kinds.protocol import AnswerSheet, Kind, Marked
from traektoria.diagnostics.items.kinds.registry import FORMS, KINDS
from traektoria.diagnostics.items.kinds.shared import ByKey, InNoFile, Typed
from traektoria.diagnostics.items.kinds.short import Short
from traektoria.diagnostics.items.kinds.unreadable import UnreadableItem
from traektoria.diagnostics.items.pieces.answers import Value, wrong
from traektoria.diagnostics.items.pieces.cells import Marks, Read
from traektoria.diagnostics.items.pieces.content import ItemField, Line
from traektoria.diagnostics.items.pieces.forms import Cleaned, KindForm, Lists, ScoredForm, Written
from traektoria.diagnostics.items.pieces.key import KeyLine, KeyTexts
from traektoria.diagnostics.items.pieces.view import Fields, PieceRow, ShownChoice, Texts

Side = Annotated[int, Field(ge=0, le=100)]


class PointForm(ScoredForm):
    picture = forms.CharField()
    left = forms.IntegerField()
    right = forms.IntegerField()


class Point(InNoFile):
    """A point on a picture: {"x": 40}, in per cent of its width; right between two sides."""

    kind: Literal["point"] = "point"
    picture: Annotated[Line, ItemField("Картинка", picture=True)]
    left: Annotated[Side, ItemField("Левый край")]
    right: Annotated[Side, ItemField("Правый край")]
    zoom: Annotated[bool, ItemField("Лупа", asked=False)] = False

    marked = Marked.BY_KEY
    form = KindForm(PointForm, "Точка на картинке", "circle-dot", (), {"max_score": 1})
    sheet = AnswerSheet.LINE

    def clean(self, given: Mapping[str, Any]) -> Value:
        at = given.get("x")
        if at is None:
            return {}
        if not isinstance(at, int) or not 0 <= at <= 100:
            raise wrong()
        return {"x": at}

    def from_post(self, data: QueryDict, prefix: str) -> Value:
        return {"x": int(data.get(f"{prefix}-x", "0"))}

    def shown_order(self, seed: int) -> list[int]:
        return []

    def fields(self, order: list[int], value: Mapping[str, Any], texts: Texts) -> Fields:
        return Fields()

    def share(self, value: Mapping[str, Any], max_score: Decimal) -> Fraction | None:
        return Fraction(self.left <= value.get("x", -1) <= self.right)

    def key_lines(self, key: KeyTexts) -> Iterable[KeyLine]:
        return ()

    def key_words(self) -> Iterable[str]:
        return [f"{self.left}–{self.right}"]

    def rules(self) -> Iterable[str]:
        return ()

    def told_apart(self) -> Sequence[str]:
        return ()

    def texts(self) -> Iterable[tuple[str, str]]:
        return ()

    @classmethod
    def from_form(cls, head: Cleaned, lists: Lists) -> Cleaned:
        return {name: head[name] for name in ("picture", "left", "right")}

    def to_form(self) -> Written:
        return {"picture": self.picture, "left": self.left, "right": self.right}, {}

    def right_words(self, choices: Sequence[ShownChoice], rows: Sequence[PieceRow]) -> list[str]:
        return []

    def raw_cell(self, text: str, marks: Marks) -> Value:
        return {"x": int(text)}

    def write_cell(self, value: Mapping[str, Any], points: Decimal | None, marks: Marks) -> str:
        return str(value["x"])

    def cell_hint(self, marks: Marks, max_score: Decimal) -> str:
        return ""

    def option_texts(self) -> tuple[str, ...]:
        return ()

    def picked(self, value: Mapping[str, Any]) -> list[int]:
        return []


STORED: dict[str, Any] = {
    "kind": "point", "text": "Где вершина?", "picture": "graph.png", "left": 40, "right": 60, "zoom": False,
}  # fmt: skip
ONE = Decimal(1)


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "point", Point)  # type: ignore[arg-type]
    monkeypatch.setitem(FORMS, "point", Point.form)  # type: ignore[arg-type]


def test_what_is_stored_is_read() -> None:
    assert content_of(STORED) == Point.model_validate(STORED)
    assert editable_of(STORED).kind == "point"
    assert isinstance(content_of(STORED | {"left": 101}), UnreadableItem)


def test_an_answer_in_a_shape_of_its_own_is_taken_and_scored() -> None:
    content = content_of(STORED)
    assert answers.clean(content, {"x": 50, "y": 3}) == {"x": 50}
    assert answers.stored(content, {"x": 500}) == {}
    assert [answers.score(content, {"x": at}, Decimal(2)) for at in (50, 61)] == [2, 0]
    assert content.read_cell("45", [], ONE) == Read({"x": 45}, ONE)


def test_a_picture_that_is_named_in_a_field_must_be_there() -> None:
    content = content_of(STORED)
    assert remarks(content, ONE, {"graph.png": "Парабола"}) == []
    (missing,) = remarks(content, ONE, {"other.png": "Парабола"})
    assert (missing.place, "graph.png" in missing.sentence, missing.serious) == ("picture", True, True)


def test_the_same_question_under_another_name_of_its_picture_is_one() -> None:
    assert likeness(STORED) == likeness(STORED | {"picture": "graph-1.png", "zoom": True})
    assert likeness(STORED) != likeness(STORED | {"left": 41})


def test_two_versions_are_compared_by_all_of_its_fields() -> None:
    new = STORED | {"picture": "graph-1.png", "left": 41, "right": 61, "zoom": True}
    found = difference(ItemVersion(content=STORED, max_score=ONE), ItemVersion(content=new, max_score=ONE))
    assert [one.label for one in found] == ["Картинка", "Левый край", "Правый край", "Лупа"]


def test_a_file_of_questions_leaves_it_out() -> None:
    item = BankItem(name="Вершина", kind="point", current=ItemVersion(content=STORED, max_score=ONE))
    assert export_of([item]).left_out == ("Вершина",)


def test_it_is_written_in_the_editor() -> None:
    state = blank("point")
    state.fields |= {"text": "Где вершина?", "picture": "graph.png", "left": "40", "right": "60", "max_score": "1"}
    editor = Editor("point", state, bound=True, pictures={"graph.png": "Парабола"})
    assert editor.content() == content_of(STORED), editor.mistakes
    editor = Editor("point", state, bound=True)
    assert editor.content() is None
    assert [one.anchor for one in editor.mistakes] == ["id_picture"]


def test_a_field_without_a_label_is_no_field() -> None:
    with pytest.raises(TypeError, match="no ItemField at zoom"):
        type("Bare", (Point,), {"__annotations__": {"zoom": bool}, "zoom": False, "__module__": __name__})


def test_a_kind_that_the_engine_can_not_score_says_its_share() -> None:
    with pytest.raises(TypeError, match="say its share"):
        type("Lost", (Short,), {"file_kind": None, "__module__": __name__})
    own = {"file_kind": None, "share": Point.share, "__module__": __name__}
    assert issubclass(type("Kept", (Short,), own), ByKey)
    assert issubclass(Typed, Kind)
