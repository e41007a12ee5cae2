"""Forms of the regulation: made from the schema for its parts; by hand for approval and the choice of a preset."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput
from traektoria.core.text import WORDS
from traektoria.organisations.regulations import places
from traektoria.organisations.regulations.errors import Problem
from traektoria.organisations.regulations.fields import field_of, initial_of, shown
from traektoria.organisations.regulations.parts import Named, Part
from traektoria.organisations.regulations.schema import Rules
from traektoria.organisations.regulations.shapes import Content, Shape
from traektoria.organisations.regulations.typed_part import ROOT, Known, Raw, fields, is_blank

MOST_FLAT = 2


@dataclass(frozen=True)
class Mistake:
    """A line of the summary: where it leads, what it is about, what to do."""

    anchor: str
    place: str
    sentence: str


@dataclass
class Rows:
    """The rows of a list on the form; ``key`` is its name in the form, the label is empty where the page says it.
    ``number`` is that of the clause in the document."""

    key: str
    label: Any
    hint: Any
    part: type[Part]
    rows: list["PartForm"]
    number: str = ""

    @property
    def active(self) -> list["PartForm"]:
        return [row for row in self.rows if not row.archived]

    @property
    def flat(self) -> bool:
        """Rows of two short fields are shown open, others fold."""
        return not issubclass(self.part, Named) and len(self.part.model_fields) <= MOST_FLAT

    @property
    def put_away(self) -> list["PartForm"]:
        return [row for row in self.rows if row.archived]


class PartForm(forms.Form):
    """A part of the regulation with its rows and the parts in it. ``raw`` is what was typed (see ``typed_part``).

    ``known`` are the rows that have been in force: those are archived, others can be taken out. ``number`` of a row is
    that of its clause in the document.
    """

    blank = False
    removable = False
    shown = False
    number = ""

    def __init__(
        self, part: type[Part], raw: Raw, *, bound: bool, known: Known = frozenset(), prefix: str = ROOT,
        place: str = "", names: Collection[str] | None = None,
    ) -> None:  # fmt: skip
        self.part, self.raw, self.known, self.place, self.bound = part, raw, known, place, bound
        self.shapes = fields(part, names)
        plain = {name: shape for name, shape in self.shapes.items() if shape.kind not in ("rows", "part")}
        data: Any = MultiValueDict({f"{prefix}-{name}": raw[name] for name in plain}) if bound else None
        initial = {name: initial_of(shape, raw[name]) for name, shape in plain.items()}
        super().__init__(data, prefix=prefix, initial=initial)
        for name, shape in plain.items():
            self.fields[name] = field_of(name, part.model_fields[name], shape)
        self.lists = {name: self._rows(name, shape) for name, shape in self.shapes.items() if shape.kind == "rows"}
        self.parts = {name: self._part(name, shape) for name, shape in self.shapes.items() if shape.kind == "part"}

    def _rows(self, name: str, shape: Shape) -> Rows:
        said, key = shown(name, self.part.model_fields[name]), f"{self.prefix}-{name}"
        rows = [self._row(shape, raw, f"{key}-{at}", name) for at, raw in enumerate(self.raw[name])]
        label = said.label if self.part is not Rules else places.label(Rules, name) if len(self.shapes) > 1 else ""
        return Rows(key, label, said.hint, shape.of, rows)

    def _row(self, shape: Shape, raw: Raw, prefix: str, name: str) -> "PartForm":
        blank = is_blank(shape.of, raw)
        place = f"{self.place}{name}"
        row = PartForm(
            shape.of, raw, bound=self.bound and not blank, known=self.known, prefix=prefix,
            place=f"{place}.{''.join(raw.get('slug', []))}.",
        )  # fmt: skip
        row.blank, row.removable = blank, (place, row.slug) not in self.known
        return row

    def _part(self, name: str, shape: Shape) -> "PartForm | None":
        raw, key = self.raw[name], f"{self.prefix}-{name}"
        return PartForm(shape.of, raw, bound=self.bound, known=self.known, prefix=key) if raw is not None else None

    @property
    def slug(self) -> str:
        return "".join(self.raw.get("slug", [])[:1])

    @property
    def archived(self) -> bool:
        return bool(self.raw.get("archived"))

    @property
    def named(self) -> bool:
        return issubclass(self.part, Named)

    @property
    def called(self) -> str:
        """What the row is called, as it is typed."""
        return next((text for name in ("title", "text") for text in self.raw.get(name, []) if text.strip()), "")

    @property
    def open(self) -> bool:
        """Unfolded: a new row, one that was asked for, or one with something to put right in it."""
        return self.blank or self.shown or any(form.is_bound and form.errors for form in self.every())

    @property
    def pieces(self) -> Iterator[tuple[str, Any]]:
        """("field", "rows" or "part", what it is) in the order of the page; a part that is not there is left out."""
        for name in self.shapes:
            if name in self.lists:
                yield "rows", self.lists[name]
            elif name not in self.parts:
                yield "field", self[name]
            elif self.parts[name] is not None:
                yield "part", self.parts[name]

    def tell_numbers(self, numbers: Mapping[tuple[str, str], str]) -> None:
        """Put the number of its clause before each label; ``numbers`` by field and slug of the row."""
        for name, field in self.fields.items():
            if number := numbers.get((name, "")):
                field.label = f"{number} {field.label}"
        for name, rows in self.lists.items():
            rows.number = numbers.get((name, ""), "")
            for row in rows.active:
                row.number = numbers.get((name, row.slug), "")
        for name, part in self.parts.items():
            if part is not None:
                part.number = numbers.get((name, ""), "")
                inside = {key.partition(".")[2]: number for (key, _row), number in numbers.items() if "." in key}
                part.tell_numbers({(key, ""): number for key, number in inside.items()})

    def anchor_of(self, name: str, row: str = "") -> str:
        """The id to look at for a field of this form or of a part in it (with a dot), or for a row of a list; the list
        itself where the row is gone."""
        name, dot, inside = name.partition(".")
        part = self.parts.get(name)
        if dot and part:
            return part.anchor_of(inside)
        if name not in self.lists:
            shape = self.shapes.get(name)
            first = "_0" if shape and shape.kind == "choices" else ""
            return f"id_{self.prefix}-{name}{first}" if name in self.fields else f"{self.prefix}-{name}"
        found = self._row_called(name, row)
        return f"id_{found.prefix}-{next(iter(found.fields))}" if found else self.lists[name].key

    def unfold(self, name: str, row: str) -> None:
        """Show the row of a list open."""
        if name in self.lists and (found := self._row_called(name, row)):
            found.shown = True

    def _row_called(self, name: str, slug: str) -> "PartForm | None":
        return next((one for one in self.lists[name].rows if slug and one.slug == slug), None)

    def below(self) -> Iterator["PartForm"]:
        """The forms inside this one that have something in them."""
        yield from (row for rows in self.lists.values() for row in rows.rows if not row.blank)
        yield from (part for part in self.parts.values() if part is not None)

    def every(self) -> Iterator["PartForm"]:
        yield self
        for one in self.below():
            yield from one.every()

    def all_valid(self) -> bool:
        """This form and all inside it; each is asked, so that all mistakes are shown at once."""
        return not [form for form in list(self.every()) if not form.is_valid()]

    def content(self) -> Content:
        """What was filled in, as the content of the regulation; blank rows are left out."""
        said: Content = dict(self.cleaned_data)
        for name, rows in self.lists.items():
            said[name] = [row.content() for row in rows.rows if not row.blank]
        for name, part in self.parts.items():
            said[name] = part.content() if part else None
        return said | {"slug": self.slug, "archived": self.archived} if self.named else said

    def mistakes(self) -> list[Mistake]:
        """Everything to be put right, in the order of the page, each with its place."""
        return [mistake for form in self.every() for mistake in form.own_mistakes()]

    def own_mistakes(self) -> Iterator[Mistake]:
        where = f"«{self.called}», " if self.called and self.prefix != ROOT else ""
        for name, errors in self.errors.items() if self.is_bound else ():
            field = self.fields.get(name)
            anchor = self[name].id_for_label or self[name].auto_id if field else self.prefix
            label = f"{where}{field.label}" if field else where.rstrip(", ")
            yield from (Mistake(str(anchor), str(label), str(error)) for error in errors)

    def say(self, problems: Collection[Problem], path: Collection[str]) -> None:
        """Put what the schema refuses at the row and field that it is about."""
        for problem in problems:
            steps = list(problem.path)
            inside = [str(step) for step in steps[: len(path)]] == list(path)
            self._say(steps[len(path) :] if inside else [], problem)

    def _say(self, steps: list[Any], problem: Problem) -> None:
        form = _below(self, steps)
        if form is not None:
            form[0]._say(form[1], problem)
            return
        name = str(steps[0]) if steps else ""
        if name in self.fields:
            self.add_error(name, problem.sentence)
            return
        place = f"{problem.place}: " if problem.place and not steps else ""
        self.add_error(None, f"{place}{problem.sentence}")


def _below(form: PartForm, steps: list[Any]) -> tuple[PartForm, list[Any]] | None:
    """The form inside to which a path leads, with the rest of the path."""
    name = str(steps[0]) if steps else ""
    if name in form.lists and len(steps) > 1:
        rows = [row for row in form.lists[name].rows if not row.blank]
        at = int(steps[1]) if str(steps[1]).isdecimal() else len(rows)
        return (rows[at], steps[2:]) if at < len(rows) else None
    part = form.parts.get(name)
    return (part, steps[1:]) if part else None


class ApproveForm(forms.Form):
    """From which day the draft is in force, by which document, why it was changed."""

    start = forms.DateField(
        label=_("In force from"), widget=DayInput, initial=timezone.localdate, help_text=_("Today or later.")
    )
    basis = forms.CharField(
        label=_("By which document"), max_length=300,
        help_text=_("For example: order of the education authority of 1 September 2026 No. 145."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("What changed and why"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Stands in the list of versions: those who come after you will understand."),
    )  # fmt: skip
    seen = forms.CharField(max_length=WORDS, required=False, widget=forms.HiddenInput)


class PresetForm(forms.Form):
    """A preset to write the draft anew from; ``named`` gives the choices when the form is made."""

    preset = forms.ChoiceField(
        label=_("Preset"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the samples. You can read each in full first.")},
    )  # fmt: skip

    def __init__(self, *args: Any, named: Callable[[], list[tuple[str, Any]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preset"].choices = named()  # type: ignore[attr-defined]
