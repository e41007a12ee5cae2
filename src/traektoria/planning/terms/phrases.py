"""What is understood of a phrase, as plain data: for the command, and whoever shows it."""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from traektoria.engines.deadlines.calendar import Plan
from traektoria.engines.deadlines.date_relations import Clock
from traektoria.engines.deadlines.model import Deadline
from traektoria.engines.deadlines.occurrence import Occurrence
from traektoria.engines.deadlines.paraphrases import paraphrase
from traektoria.engines.deadlines.plan_occurrences import occurrences
from traektoria.engines.deadlines.reader import Phrase, parse, why_not_read
from traektoria.engines.deadlines.reasons import QUESTIONS, Unplaced

IMPLIED = "«Каждый» не сказано, но имеется в виду каждый раз."


def told(text: str, plan: Plan) -> dict[str, Any]:
    """``occurrences`` in the plan, or ``why`` there are none; ``ask``: somebody must say or correct something.

    ``unknown``: words that were not understood, with the characters of ``text`` at which they begin and end."""
    phrase = parse(text)
    if phrase.deadline is None:
        return _asked(phrase)
    found = occurrences(phrase.deadline, plan)
    implied = [IMPLIED] if phrase.implied and "recurring" in _types(phrase.deadline) and found.occurrences else []
    return {
        **_about(phrase),
        "structure": structure(phrase.deadline),
        "paraphrase": paraphrase(phrase.deadline),
        "occurrences": [_occurrence(one) for one in found.occurrences],
        "why": [_why(one) for one in found.why],
        "assumptions": [*implied, *found.assumptions],
        "ask": any(one.reason in QUESTIONS for one in found.why),
        "unknown": [],
    }


def structure(found: Any) -> Any:
    """A deadline as nested lists and dictionaries with a ``type`` each; what is not said is left out."""
    if is_dataclass(found):
        named = {field.name: structure(getattr(found, field.name)) for field in fields(found) if field.compare}
        said = {name: it for name, it in named.items() if it not in (None, [])}
        return {"type": _snake(type(found).__name__), **said}
    if isinstance(found, tuple):
        return [structure(one) for one in found]
    return found.value if isinstance(found, Enum) else found


def _asked(phrase: Phrase) -> dict[str, Any]:
    """Not understood, or in several ways."""
    return {
        **_about(phrase),
        "structure": None,
        "paraphrase": "",
        "occurrences": [],
        "why": [_why(why_not_read(phrase))],
        "assumptions": [],
        "ask": True,
        "choices": [{"paraphrase": paraphrase(one), "structure": structure(one)} for one in phrase.choices],
        "unknown": [{"text": words.text, "start": words.start, "end": words.end} for words in phrase.unknown],
    }


def _about(phrase: Phrase) -> dict[str, Any]:
    return {"text": phrase.text, "kind": phrase.kind.value}


def _why(why: Unplaced) -> dict[str, str]:
    return {"code": why.reason.value, "sentence": why.sentence}


def _occurrence(one: Occurrence) -> dict[str, Any]:
    """``start`` is None where only a last day is said, ``end`` where no last day is."""
    return {
        "start": _iso(one.start),
        "end": _iso(one.end),
        "label": one.label,
        "number": one.number,
        "of": one.of,
        "approximate": one.approximate,
        "note": one.note,
        "time": _time(one.clock),
    }


def _time(clock: Clock | None) -> dict[str, str | None] | None:
    """Of the day, by the wall clock of the place: ``{"start": "14:00", "end": null}``."""
    if clock is None:
        return None
    start, end = (f"{one[0]:02}:{one[1]:02}" if one else None for one in (clock.start, clock.end))
    return {"start": start, "end": end}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _types(deadline: Deadline) -> set[str]:
    parts = getattr(deadline, "parts", (deadline,))
    return {_snake(type(part).__name__) for part in parts}


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
