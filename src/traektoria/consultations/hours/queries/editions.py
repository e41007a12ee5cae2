"""What an hour said before it was corrected, in words: only the fields that changed, each with its old words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.hours.actions.giving import FEEDBACK, facts_of
from traektoria.consultations.hours.enums import Feedback, HourWay
from traektoria.consultations.hours.models import ConsultationHour
from traektoria.core.labels import text_of
from traektoria.core.typography import ru_day, ru_moment
from traektoria.people.enums import Subject
from traektoria.people.models import Person, short_name

PRIVATE = frozenset({"private_note", FEEDBACK})


@dataclass(frozen=True)
class OldWords:
    """``fields`` are (what it is called, what it said)."""

    number: int
    until: datetime
    fields: list[tuple[str, str]]


def editions_of(hour: ConsultationHour, *, reader: int) -> list[OldWords]:
    """The latest first, as ``reader`` may read them. Three queries."""
    now = _plain(facts_of(hour))
    read = [(one, readable(one.facts, hour, reader, now["teachers"])) for one in hour.editions.order_by("-number")]
    names = _names({pk for _one, facts in read if facts for pk in facts["teachers"]})
    newer, found = now, []
    for one, facts in read:
        if facts is not None:
            changed = [name for name in facts if facts[name] != newer.get(name)]
            fields = [(_label(hour, name), _said(name, facts[name], names)) for name in changed]
            found.append(OldWords(one.number, one.until, fields))
            newer = facts
    return [one for one in found if one.fields]


def readable(
    facts: dict[str, Any], hour: ConsultationHour, reader: int, there: Collection[int]
) -> dict[str, Any] | None:
    """An edition's facts: all for the tutor. A teacher reads what was written of an hour where they were by that
    edition (None of another), not the tutor's own note, and no name of who was taken out (``there`` are those of now).
    """
    if reader == hour.tutor_id:
        return facts
    if reader not in facts["teachers"]:
        return None
    open_to_both = {name: value for name, value in facts.items() if name not in PRIVATE}
    return {**open_to_both, "teachers": [pk for pk in facts["teachers"] if pk in there]}


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}


def _label(hour: ConsultationHour, name: str) -> str:
    if name == "teachers":
        return _("Who was there")
    if name == FEEDBACK:
        return _("How they said it was")
    label = str(hour._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def _said(name: str, value: Any, names: dict[int, str]) -> str:
    if name == "teachers":
        return ", ".join(names.get(pk, "") for pk in value)
    if name == FEEDBACK:
        return ", ".join(f"{names.get(int(pk), '')}: {text_of(Feedback, said)}" for pk, said in value.items())
    if name in ("start", "end"):
        return ru_moment(timezone.localtime(datetime.fromisoformat(value)))
    if name == "next_day":
        return ru_day(date.fromisoformat(value)) if value else "–"
    choices: dict[str, Any] = {"way": HourWay, "subject": Subject}
    return text_of(choices[name], value) if name in choices else str(value) or "–"


def _names(people: set[int]) -> dict[int, str]:
    rows = Person.objects.filter(pk__in=people).values_list("pk", "surname", "given", "patronymic")
    return {pk: short_name(*name) for pk, *name in rows}
