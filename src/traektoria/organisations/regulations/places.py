"""Where in a regulation something stands, in words: «Статус тьютора → Критерии → «Стаж…» → Не меньше».

A path is what pydantic names: fields, places in lists, and the kind of a criterion between them.
"""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.organisations.regulations.parts import FieldLook, Part
from traektoria.organisations.regulations.schema import Rules

ARROW = " → "
Path = tuple[str | int, ...]
FIELDS = {
    "slug": gettext_lazy("Name for programs"),
    "title": gettext_lazy("Title"),
    "archived": gettext_lazy("In the archive"),
    "kind": gettext_lazy("Kind of criterion"),
    "criteria": gettext_lazy("Criteria"),
    "of": "",  # a criterion in a group is named by itself
    "commission": gettext_lazy("Commission"),
    "descriptors": gettext_lazy("Points and what they mean"),
}
PARTS = {
    "about": gettext_lazy("General"),
    "directions": gettext_lazy("Directions of work"),
    "status": gettext_lazy("Status of a tutor"),
    "support": gettext_lazy("Support of teachers"),
    "diagnostics": gettext_lazy("Diagnostics of teachers"),
    "services": gettext_lazy("Services and consultations"),
    "consulting": gettext_lazy("Requests and booking of consultations"),
    "documents": gettext_lazy("Documents of a tutor"),
    "reports": gettext_lazy("Reports"),
    "audits": gettext_lazy("Looks at the work of schools"),
    "events": gettext_lazy("Forms of work and their rhythm"),
    "event_rules": gettext_lazy("Events: places, marks, what is asked after"),
    "checklists": gettext_lazy("Checklists of experts"),
    "minimum": gettext_lazy("Mandatory minimum"),
    "plan": gettext_lazy("Plan of work"),
    "banks": gettext_lazy("Banks of materials"),
    "partners": gettext_lazy("Partners"),
}
"""What the parts of a whole regulation are called."""
_LONGEST = 80


def label(part: type[Part], name: str) -> str:
    """What the field is called for people; an unknown one as it was written, in quotes."""
    if part is Rules and name in PARTS:
        return str(PARTS[name])
    field = part.model_fields.get(name)
    if field is None:
        return quoted(name)
    shown = next((one.label for one in field.metadata if isinstance(one, FieldLook)), FIELDS.get(name))
    return quoted(name) if shown is None else str(shown)


def quoted(text: str) -> str:
    """The text in quotes, cut where it is long."""
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        whole_words = text[:_LONGEST].rpartition(" ")[0] or text[:_LONGEST]
        text = f"{whole_words.rstrip(',;:—')}…"
    return _("“%(text)s”") % {"text": text}


def member(value: Any, place: int) -> str:
    """A row of a list: by its title where it has one, else by its number from 1."""
    title = value.get("title") if isinstance(value, dict) else value
    return quoted(title) if isinstance(title, str) and title.strip() else _("no. %(number)s") % {"number": place + 1}


def steps(path: Path, content: Any = None) -> Iterator[tuple[str | int, str]]:
    """(piece, words) of the path; kinds of criteria, which people don't see, are left out. ``content`` gives titles."""
    held: Any = Rules
    for piece in path:
        parts = _parts(held)
        kinds = {_kind(one): one for one in parts}
        if isinstance(piece, int):
            held, content = _element(held), _at(content, piece)
            yield piece, member(content, piece)
        elif len(parts) > 1 and piece in kinds:
            held = kinds[piece]
        else:
            part = _meant(parts, content, piece)
            content = _at(content, piece)
            yield piece, label(part, piece) if part else quoted(piece)
            held = part.model_fields[piece].annotation if part and piece in part.model_fields else None


def in_words(path: Path, content: Any = None) -> str:
    """The whole path in words."""
    words = ARROW.join(words for _piece, words in steps(path, content) if words)
    return words or _("The whole regulation")


def _meant(parts: list[type[Part]], content: Any, name: str) -> type[Part] | None:
    """The part that the content is: one of several criteria is told by its kind, else by the field it has."""
    kind = content.get("kind") if isinstance(content, dict) else None
    order = sorted(parts, key=lambda one: (len(parts) > 1 and _kind(one) != kind, name not in one.model_fields))
    return order[0] if order else None


def _kind(part: type[Part]) -> Any:
    field = part.model_fields.get("kind")
    return field.default if field else None


def _parts(held: Any) -> list[type[Part]]:
    """The parts that an annotation allows."""
    if isinstance(held, type):
        return [held] if issubclass(held, Part) else []
    if get_origin(held) is Annotated:
        return _parts(get_args(held)[0])
    if get_origin(held) in (Union, UnionType):
        return [one for option in get_args(held) for one in _parts(option)]
    return []


def _element(held: Any) -> Any:
    return get_args(held)[0] if get_origin(held) is tuple else None


def _at(content: Any, piece: str | int) -> Any:
    try:
        return content[piece]
    except (KeyError, IndexError, TypeError):
        return None
