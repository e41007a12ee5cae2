"""The form of one item: its text, what belongs to its kind, its tags, its pictures. Nothing typed is ever lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from pydantic import ValidationError

from traektoria.diagnostics.bank.forms.items import TagsForm
from traektoria.diagnostics.bank.forms.pictures import Held, read_held
from traektoria.diagnostics.bank.models import BankItem
from traektoria.diagnostics.bank.queries import TAG_FIELDS
from traektoria.diagnostics.items.checks import remarks
from traektoria.diagnostics.items.content import Content, read_content
from traektoria.diagnostics.items.kinds.registry import FORMS, KINDS
from traektoria.diagnostics.items.markup import REFERENCE
from traektoria.diagnostics.items.pieces.form_fields import FORMATS, words, written_points
from traektoria.diagnostics.items.pieces.form_rows import Raw, RowList, press, read_rows
from traektoria.diagnostics.items.questions import name_from


class LookForm(forms.Form):
    """What is seldom needed."""

    text_format = forms.ChoiceField(
        label=gettext_lazy("How the texts are written"),
        choices=FORMATS,
        help_text=gettext_lazy("Holds for the text, the answers and the explanations. Formulas work in all of them."),
    )
    feedback = words(
        gettext_lazy("Explanation after handing in"),
        rows=3,
        required=False,
        hint=gettext_lazy("How it is solved: shown to the teacher with the results, if the work shows answers."),
    )


@dataclass(frozen=True)
class Mistake:
    """A line of the summary: where it leads, what it is about, what to do."""

    anchor: str
    place: str
    sentence: str


@dataclass
class State:
    """What is typed: simple fields, rows, pictures that wait, and the mark of what stood there when it was opened."""

    fields: Any
    rows: dict[str, list[Raw]]
    held: list[Held]
    seen: str = ""


class Editor:
    """``bound``: what is typed is checked; otherwise it is only shown. ``pictures`` are those of the saved item."""

    def __init__(self, kind: str, state: State, *, bound: bool, pictures: Mapping[str, str] | None = None) -> None:
        self.kind, self.spec, self.state, self.bound = kind, FORMS[kind], state, bound
        self.saved_pictures = pictures or {}
        self.head = self._form(self.spec.head)
        self.look = self._form(LookForm)
        self.tags = self._form(TagsForm)
        self.lists = {spec.name: RowList(spec, state.rows[spec.name], bound=bound) for spec in self.spec.lists}
        self.picture_errors: list[str] = []
        self.alt_typed = ""

    def _form(self, made: type[forms.Form]) -> Any:
        if self.bound:
            return made(self.state.fields)
        return made(
            initial={name: _initial(field, self.state.fields, name) for name, field in made.base_fields.items()}
        )

    @property
    def pictures(self) -> dict[str, str]:
        """Name → what it shows, of the saved ones and of those that wait."""
        return {**self.saved_pictures, **{one.name: one.alt for one in self.state.held}}

    def content(self) -> Content | None:
        """What the form asks; None where something is to be put right, and then it is said at the fields."""
        if not self._is_valid():
            return None
        made = self._made()
        if made is None:
            return None
        for remark in remarks(made, self.max_score, self.pictures):
            if remark.serious:
                self.add_error(remark.place, remark.sentence)
        return None if self.mistakes else made

    def _is_valid(self) -> bool:
        for one in self.state.held:
            if not one.alt:
                self.picture_errors.append(_("Say what the picture “%(name)s” shows.") % {"name": one.name})
        checks = [form.is_valid() for form in (self.head, self.look, self.tags, *self.lists.values())]
        return all(checks) and not self.picture_errors

    def _made(self) -> Content | None:
        cleaned = {**self.head.cleaned_data, **self.look.cleaned_data}
        lists = {name: rows.cleaned() for name, rows in self.lists.items()}
        shared = {name: cleaned[name] for name in ("text", "text_format", "feedback")}
        try:
            own = KINDS[self.kind].from_form(cleaned, lists)
            return read_content({"kind": self.kind, **shared, **own})
        except ValidationError as error:
            for one in error.errors():
                self.add_error(*_said(one, self.kind))
            return None

    @property
    def max_score(self) -> Decimal:
        """As it is written; of an extended answer, the sum of its criteria; of what nobody scores, none."""
        if "max_score" in self.head.fields:
            return Decimal(self.head.cleaned_data["max_score"])
        rows = self.lists["criteria"].cleaned() if "criteria" in self.lists else []
        return sum((row["most"] for row in rows), Decimal(0))

    def fields(self) -> dict[str, str]:
        """The tags to write; a name that is left out is the beginning of the text."""
        cleaned: dict[str, str] = self.tags.cleaned_data
        text = self.head.cleaned_data["text"]
        return {**cleaned, "name": cleaned["name"] or name_from(text, self.look.cleaned_data["text_format"])}

    def add_error(self, place: str, sentence: str) -> None:
        """Say it at the field, at the list, or above the form."""
        name, _dash, rest = place.partition("-")
        if place in self.lists:
            self.lists[place].errors.append(sentence)
        elif name in self.lists and rest:
            at, _dash, field = rest.partition("-")
            rows = self.lists[name]
            rows.forms[rows.kept[int(at)]].add_error(field or None, sentence)
        else:
            form = next((form for form in (self.head, self.look, self.tags) if place in form.fields), None)
            (form or self.head).add_error(place if form else None, sentence)

    @property
    def mistakes(self) -> list[Mistake]:
        """Everything that is to be put right, in the order of the page."""
        return [
            *self._of(self.head),
            *self._of_pictures(),
            *self._of_lists(),
            *self._of(self.look),
            *self._of(self.tags),
        ]

    def _of(self, form: forms.Form) -> Iterator[Mistake]:
        if not form.is_bound:
            return
        yield from (Mistake("", "", str(sentence)) for sentence in form.non_field_errors())
        for bound in form:
            yield from (Mistake(bound.id_for_label or "", str(bound.label), str(sentence)) for sentence in bound.errors)

    def _of_pictures(self) -> Iterator[Mistake]:
        yield from (Mistake("pictures", _("Pictures"), sentence) for sentence in self.picture_errors)

    def _of_lists(self) -> Iterator[Mistake]:
        for name, rows in self.lists.items():
            yield from (Mistake(name, str(rows.spec.label), sentence) for sentence in rows.errors)
            for at, form in enumerate(rows.forms):
                for mistake in self._of(form):
                    yield Mistake(mistake.anchor, f"{rows.spec.row_label} {at + 1}", mistake.sentence)


def _initial(field: forms.Field, given: Any, name: str) -> Any:
    return bool(given.get(name)) if isinstance(field, forms.BooleanField) else given.get(name, "")


def _said(error: Any, kind: str) -> tuple[str, str]:
    """Where and what: a limit of the content that the fields themselves do not know."""
    limits = error.get("ctx", {})
    place = KINDS[kind].rows_name
    if error["type"] == "too_short":
        least = int(limits["min_length"])
        words = ngettext("At least %(n)s is needed. Add it.", "At least %(n)s are needed. Add them.", least)
        return place, words % {"n": least}
    if error["type"] == "too_long":
        return place, _("More than %(n)s is too many. Take some out.") % {"n": limits["max_length"]}
    return "", _("This can't be saved as it is: check the texts and the numbers.")


def blank(kind: str, tags: Mapping[str, str] | None = None) -> State:
    """An empty form with the usual values; ``tags`` are taken over from another item."""
    spec = FORMS[kind]
    begin = {name: value() if callable(value) else value for name, value in (spec.begin or {}).items()}
    rows: dict[str, list[Raw]] = {one.name: [{} for _at in range(one.start)] for one in spec.lists}
    return State({"text_format": "plain", **begin, **(tags or {}), "name": ""}, rows, [])


def opened(item: BankItem, content: Content, max_score: Decimal, seen: str) -> State:
    """The item as it stands."""
    head, rows = content.to_form()
    shared = {"text": content.text, "text_format": content.text_format, "feedback": content.feedback}
    tags = {name: getattr(item, name) for name in TAG_FIELDS}
    lists = {one.name: rows.get(one.name, []) for one in FORMS[content.kind].lists}
    return State({**shared, "max_score": written_points(max_score), **head, **tags}, lists, [], seen)


def sent(kind: str, post: QueryDict) -> State:
    """What was sent. Raises ``Invalid`` when the page came without a part of itself."""
    rows = {one.name: read_rows(one, post) for one in FORMS[kind].lists}
    return State(post.copy(), rows, read_held(post), post.get("seen", ""))


def pressed(state: State, act: str) -> str:
    """Change the rows as the button says («up:options:2»); the place to look at, "" for another button."""
    verb, _colon, where = act.partition(":")
    name, _colon, number = where.partition(":")
    if verb not in ("add", "up", "down", "remove") or name not in state.rows:
        return ""
    at = press(state.rows[name], verb, int(number[:4]) if number.isdecimal() else -1)
    return f"{name}-{at}"


def with_picture(state: State, held: Held) -> None:
    """Take the picture along, and name it at the end of the text, from where the author may move it."""
    state.held.append(held)
    text = str(state.fields.get("text", "")).rstrip()
    state.fields["text"] = f"{text}\n\n{REFERENCE}{held.name}".lstrip()
