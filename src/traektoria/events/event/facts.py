"""What is written of an event, one line a fact: of this table the form, the row and the copy are made.

A new fact is a column of ``Event`` with its migration, and a line of ``EventFacts``. It is then in the form, written,
changed and copied; what people read of it on the page of the event stands in ``templates/events``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, get_type_hints

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.core.text import squash
from traektoria.events.event.enums import Level, Way
from traektoria.organisations.models import School
from traektoria.organisations.regulations.schema import EventKind, Rules

MOST_PLACES: Final = 5000


def as_it_is(value: Any) -> Any:
    return value


def words_of(values: tuple[str, ...]) -> str:
    """« math physics », so that « math » is found in it."""
    return f" {' '.join(sorted(values))} " if values else ""


def of_words(words: str) -> tuple[str, ...]:
    return tuple(words.split())


@dataclass(frozen=True)
class FactField:
    """``form`` makes the field that asks for it, ``folded`` away where it is rare; None: ``EventForm.facts`` puts it
    together. ``read``: what the field holds as a fact. ``column``: it is a column of the row by its own name, ``kept``
    from a fact and ``told`` as one; else ``actions.writing`` writes it."""

    form: Callable[[], forms.Field] | None = None
    folded: bool = False
    read: Callable[[Any], Any] = as_it_is
    column: bool = True
    kept: Callable[[Any], Any] = as_it_is
    told: Callable[[Any], Any] = as_it_is


def _text(rows: int, **given: Any) -> forms.CharField:
    return forms.CharField(required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **given)


def _number(least: int, most: int, **given: Any) -> forms.IntegerField:
    return forms.IntegerField(min_value=least, max_value=most, required=False, **given)


def _choices(**given: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, **given)


@dataclass(frozen=True)
class EventFacts:
    """Everything that is configured but for the dates: what a copy takes over, and a test compares."""

    kind: Annotated[str, FactField(lambda: forms.ChoiceField(label=_("Kind")), column=False)]
    title: Annotated[str, FactField(lambda: forms.CharField(label=_("Title"), max_length=200), read=squash)]
    leaders: Annotated[
        tuple[int, ...],
        FactField(
            lambda: forms.TypedMultipleChoiceField(
                label=_("Who leads"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
            ),
            column=False,
        ),
    ]
    way: Annotated[str, FactField()] = Way.IN_PERSON
    point: Annotated[ConsultationPoint | None, FactField()] = None
    room: Annotated[PointRoom | None, FactField()] = None
    school: Annotated[School | None, FactField()] = None
    place: Annotated[
        str,
        FactField(
            lambda: forms.CharField(
                label=_("Place in words"), max_length=200, required=False,
                help_text=_("For “elsewhere”, or what to look for."),
            ),
            read=squash,
        ),
    ] = ""  # fmt: skip
    places: Annotated[
        int | None,
        FactField(lambda: _number(1, MOST_PLACES, label=_("Places"), help_text=_("Empty: as many as come."))),
    ] = None
    about: Annotated[str, FactField(lambda: _text(4, label=_("What it is about")), folded=True, read=str.strip)] = ""
    programme: Annotated[
        str,
        FactField(
            lambda: _text(
                5,
                label=_("Programme"),
                help_text=_("A line a step, minutes first: “20 Analysis of a task”. Times are worked out."),
            ),
            folded=True,
            read=str.strip,
        ),
    ] = ""
    subjects: Annotated[
        tuple[str, ...],
        FactField(
            lambda: _choices(label=_("Subjects"), help_text=_("None marked: any.")),
            folded=True, read=tuple, kept=words_of, told=of_words,
        ),
    ] = ()  # fmt: skip
    classes: Annotated[
        str,
        FactField(
            lambda: forms.CharField(
                label=_("Classes"), max_length=60, required=False, help_text=_("For example: 5–6.")
            ),
            folded=True,
            read=squash,
        ),
    ] = ""
    categories: Annotated[
        tuple[str, ...],
        FactField(
            lambda: _choices(label=_("Categories of teachers"), help_text=_("None marked: for all.")),
            folded=True, read=tuple, kept=words_of, told=of_words,
        ),
    ] = ()  # fmt: skip
    level: Annotated[
        str, FactField(lambda: forms.ChoiceField(label=_("Level"), choices=Level.choices), folded=True)
    ] = Level.MUNICIPAL
    per_school: Annotated[
        int | None, FactField(lambda: _number(1, MOST_PLACES, label=_("Places for one school, at most")), folded=True)
    ] = None
    opens_before: Annotated[
        int | None,
        FactField(
            lambda: _number(
                0, 365, label=_("Registration opens, days before"), help_text=_("Empty: as soon as it is announced.")
            ),
            folded=True,
            column=False,
        ),
    ] = None
    closes_before: Annotated[
        int | None,
        FactField(
            lambda: _number(0, 365, label=_("Registration closes, days before"), help_text=_("Empty: when it begins.")),
            folded=True,
            column=False,
        ),
    ] = None
    schools: Annotated[
        tuple[int, ...],
        FactField(
            lambda: forms.CharField(
                label=_("Schools that answer for it"), required=False, max_length=500,
                help_text=_("By name, separated by commas."),
            ),
            folded=True,
            column=False,
        ),
    ] = ()  # fmt: skip


FACTS: Final[Mapping[str, FactField]] = {
    name: hint.__metadata__[0] for name, hint in get_type_hints(EventFacts, include_extras=True).items()
}
COLUMNS_OF_FACTS: Final = {name: one for name, one in FACTS.items() if one.column}


def kinds_of(rules: Rules, *, also: str = "") -> dict[str, EventKind]:
    """Kinds that can be announced under these rules, by slug; ``also``: one that an event has already."""
    return {
        one.slug: one for one in rules.events if (one.announced and not one.archived) or (also and one.slug == also)
    }
