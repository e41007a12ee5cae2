"""What is written in a route, one line a field: the table that form, plan, versions, export, page and card go by.

A new field of an item is a column of ``RouteItem`` with its migration, and a line here. It is then in the form, in the
open correction, in what a version keeps and two versions differ in, in what a person takes away, and by its label in
the row of the page and in the card; ``placed`` is for what has a place of its own there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput
from traektoria.core.text import TEXT
from traektoria.core.typography import ru_day
from traektoria.routes.route.enums import ActivityKind, ShowingForm


def _text(**given: Any) -> forms.CharField:
    return forms.CharField(max_length=TEXT, widget=forms.Textarea(attrs={"rows": 2}), **given)


def _of_day(value: Any) -> str:
    return ru_day(value if isinstance(value, date) else date.fromisoformat(value))


@dataclass(frozen=True)
class Field:
    """``label`` stands where versions are compared, "" for what is not told there. ``form`` makes the field of the
    form, ``left`` says on which side of it. ``words``: a value of the snapshot as people read it. ``quoted``: its
    present words are said to a writer who would overwrite them. ``told_of_new``: said of an added item."""

    name: str
    label: Any = ""
    form: Callable[[], forms.Field] | None = None
    left: bool = False
    words: Callable[[Any], str] = str
    day: bool = False
    quoted: bool = False
    told_of_new: bool = False
    exported: bool = True
    placed: bool = False


HEADER: Final = (
    Field("title", _("Title"), quoted=True),
    Field("goals", _("Goals"), quoted=True),
    Field("start", _("Beginning"), words=_of_day, day=True),
    Field("end", _("End"), words=_of_day, day=True),
)
ITEM: tuple[Field, ...] = (
    Field("position", placed=True),
    Field(
        "hypothesis_id",
        form=lambda: forms.TypedChoiceField(label=_("Deficit"), coerce=int, empty_value=None, required=False),
        left=True,
        exported=False,
        placed=True,
    ),
    Field(
        "deficit",
        _("Deficit"),
        lambda: _text(
            label=_("Deficit in words"), required=False, help_text=_("Left empty, it is the chosen deficit.")
        ),
        left=True,
        quoted=True,
        placed=True,
    ),
    Field("task", _("What we do"), lambda: _text(label=_("What we do")), left=True, quoted=True, placed=True),
    Field(
        "activity_kind",
        _("Activity"),
        lambda: forms.ChoiceField(label=_("Activity"), choices=ActivityKind.choices),
        words=lambda value: str(ActivityKind(value).label),
        told_of_new=True,
        placed=True,
    ),
    Field(
        "resource",
        _("Resource"),
        lambda: forms.CharField(label=_("Resource"), max_length=300, required=False),
        quoted=True,
        placed=True,
    ),
    Field(
        "deadline",
        _("Deadline"),
        lambda: forms.DateField(label=_("Deadline"), widget=DayInput),
        words=_of_day,
        day=True,
        told_of_new=True,
        placed=True,
    ),
    Field(
        "expected_result",
        _("Expected result"),
        lambda: _text(label=_("Expected result"), required=False),
        left=True,
        quoted=True,
        told_of_new=True,
        placed=True,
    ),
    Field(
        "showing_form",
        _("Form of showing"),
        lambda: forms.ChoiceField(label=_("How the result is shown"), choices=ShowingForm.choices),
        words=lambda value: str(ShowingForm(value).label),
        placed=True,
    ),
)


def names(fields: Iterable[Field]) -> list[str]:
    return [one.name for one in fields]


def quoted(name: str) -> bool:
    return any(one.quoted for one in (*HEADER, *ITEM) if one.name == name)


def is_day(name: str) -> bool:
    return any(one.day for one in (*HEADER, *ITEM) if one.name == name)


def in_words(one: Field, value: Any) -> str:
    """A value of a plan field as people read it; a day as it is or in ISO."""
    return "" if value in (None, "") else one.words(value)


def words_of(name: str, value: Any) -> str:
    """The same by the name of an item's field."""
    return in_words(next(one for one in ITEM if one.name == name), value)


def without_place(plan: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, words) of what has no place of its own on page and card, from a plan or a snapshot of it."""
    return [(str(one.label), words) for one in ITEM if not one.placed and (words := in_words(one, plan.get(one.name)))]
