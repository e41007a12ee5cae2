"""A person's name in cases: by the rules of the engine, or as written by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from traektoria.engines.declension import Case, FullName, NameGender, decline
from traektoria.people.models import Person

CASE_LABELS: dict[Case, Any] = {
    Case.GENITIVE: _("genitive (whose? of whom?)"),
    Case.DATIVE: _("dative (to whom?)"),
    Case.ACCUSATIVE: _("accusative (whom?)"),
    Case.INSTRUMENTAL: _("instrumental (by whom?)"),
    Case.PREPOSITIONAL: _("prepositional (about whom?)"),
}


@dataclass(frozen=True)
class NameInCase:
    """``certain`` is false where a person should look before it is printed."""

    label: Any
    text: str
    certain: bool
    by_hand: bool


def name_of(person: Person, overrides: Mapping[str, str] | None = None) -> FullName:
    """The engine's name of a person; ``overrides`` stand in for those that are kept."""
    kept = person.name_cases if overrides is None else overrides
    by_hand = {Case(case): text for case, text in kept.items() if case in set(Case) and text.strip()}
    gender = NameGender(person.gender) if person.gender else None
    return FullName(person.surname, person.given, person.patronymic, gender, by_hand)


def name_in_cases(person: Person, overrides: Mapping[str, str] | None = None) -> list[NameInCase]:
    """The five oblique cases, as documents will print them."""
    name = name_of(person, overrides)
    declined = {case: decline(name, case) for case in CASE_LABELS}
    return [
        NameInCase(label, declined[case].text, declined[case].certain, case in name.overrides)
        for case, label in CASE_LABELS.items()
    ]
