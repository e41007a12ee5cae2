"""What differs between two versions of an instrument, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from traektoria.diagnostics.instruments.composition import Composition, CompositionRow, FormPart
from traektoria.diagnostics.instruments.item_kinds import form_name
from traektoria.diagnostics.instruments.settings import Settings


@dataclass(frozen=True)
class VersionDifference:
    """``sign``: added, removed, changed; a sentence says what."""

    sign: str
    sentence: str


def differences(older: Composition, newer: Composition) -> list[VersionDifference]:
    """Items first, form by form, then settings. Empty: the versions say the same."""
    forms = list(dict.fromkeys(part.form for part in (*newer.forms, *older.forms)))
    found = [line for form in forms for line in _of_form(_rows(older, form), _rows(newer, form), form)]
    return [*found, *_of_settings(older.settings, newer.settings)]


def _rows(found: Composition, form: str) -> dict[int, CompositionRow]:
    parts: list[FormPart] = [part for part in found.forms if part.form == form]
    return {row.item.pk: row for part in parts for row in part.rows}


def _of_form(
    before: dict[int, CompositionRow], after: dict[int, CompositionRow], form: str
) -> Iterator[VersionDifference]:
    for pk, row in after.items():
        if pk not in before:
            yield VersionDifference("added", _said(_("Added: %(item)s"), row, form))
        elif before[pk].form_item.item_version_id != row.form_item.item_version_id:
            yield VersionDifference("changed", _said(_("A newer text: %(item)s"), row, form))
    for pk, row in before.items():
        if pk not in after:
            yield VersionDifference("removed", _said(_("Taken out: %(item)s"), row, form))
    kept_before, kept_after = [pk for pk in before if pk in after], [pk for pk in after if pk in before]
    if kept_before != kept_after:
        yield VersionDifference("changed", _form(_("The order of items is another."), form))


def _said(sentence: str, row: CompositionRow, form: str) -> str:
    return _form(sentence % {"item": f"«{row.item.name}»"}, form)


def _form(sentence: str, form: str) -> str:
    return f"{form_name(form)}. {sentence}" if form else sentence


def _of_settings(before: Settings, after: Settings) -> Iterator[VersionDifference]:
    words = {
        "instruction": _("The instruction is another."),
        "minutes": _("Minutes: %(old)s → %(new)s."),
        "pauses": _("Pauses: %(old)s → %(new)s."),
        "markers": _("Markers of an extended answer: %(old)s → %(new)s."),
        "two_forms": _("Two forms now.") if after.two_forms else _("One form now."),
        "show_answers": _("Right answers are shown after the campaign.")
        if after.show_answers
        else _("Right answers are not shown after the campaign."),
        "scales": _("The scales are others."),
        "blueprint": _("The plan of the work is another."),
    }
    for name, sentence in words.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield VersionDifference(
                "changed", sentence % {"old": old, "new": new} if "%(old)s" in sentence else sentence
            )
