"""What is wrong with a regulation, in the words of the person who writes it: where it stands and what to do about it.

pydantic speaks English to programmers; nothing of what it says reaches a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy, ngettext_lazy
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from traektoria.organisations.regulations.places import Path, in_words, quoted, steps

UNKNOWN = gettext_lazy("This can't be read as a part of a regulation. Fill it in anew.")

_EMPTY = gettext_lazy("Fill this in.")
_TEXT = gettext_lazy("This must be a text.")
_WHOLE = gettext_lazy("This must be a whole number.")
_NUMBER = gettext_lazy("This must be a number.")
_YES = gettext_lazy("Say yes or no.")
_LIST = gettext_lazy("This must be a list.")
_PARTS = gettext_lazy("This must be a part with fields of its own.")
_CHOICE = gettext_lazy("Choose one of the values that are offered.")
_KIND = gettext_lazy("Choose the kind of the criterion: a threshold, a document, judged or a group.")
_SIGNS = gettext_lazy("The text has signs that can't be kept. Type it anew.")

SENTENCES: dict[str, Any] = {
    "missing": _EMPTY,
    "extra_forbidden": gettext_lazy("The regulation has no such field. Remove it."),
    "string_type": _TEXT,
    "string_unicode": _SIGNS,
    "string_too_short": _EMPTY,
    "string_too_long": ngettext_lazy(
        "Make it shorter: at most %(max_length)s letter.",
        "Make it shorter: at most %(max_length)s letters.",
        "max_length",
    ),
    "string_pattern_mismatch": gettext_lazy(
        "A name for programs begins with a small Latin letter and goes on with small Latin letters, digits and "
        "underscores, up to 40 signs."
    ),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _YES,
    "bool_parsing": _YES,
    "greater_than": gettext_lazy("The number must be more than %(gt)s."),
    "greater_than_equal": gettext_lazy("The number must be %(ge)s or more."),
    "less_than": gettext_lazy("The number must be less than %(lt)s."),
    "less_than_equal": gettext_lazy("The number must be %(le)s or less."),
    "too_short": ngettext_lazy(
        "There must be at least %(min_length)s row here.",
        "There must be at least %(min_length)s rows here.",
        "min_length",
    ),
    "too_long": ngettext_lazy(
        "There may be at most %(max_length)s row here.",
        "There may be at most %(max_length)s rows here.",
        "max_length",
    ),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "iterable_type": _LIST,
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "union_tag_invalid": _KIND,
    "union_tag_not_found": _KIND,
    "model_type": _PARTS,
    "model_attributes_type": _PARTS,
    "dict_type": _PARTS,
    "none_required": gettext_lazy("Leave this empty."),
    "recursion_loop": gettext_lazy("A group can't be a part of itself."),
}

CODES: dict[str, Any] = {
    "descriptors_order": gettext_lazy("Points go from few to many, and no number of points stands twice."),
    "pass_points_above_scale": gettext_lazy(
        "The points from which the criterion is met are more than the most that can be given."
    ),
    "group_number": gettext_lazy("The group asks for more criteria than there are in it."),
    "commission_rules": gettext_lazy(
        "A commission is described exactly where it decides on the status: fill it in, or choose another procedure."
    ),
    "agreed_by_both": gettext_lazy("A route is always agreed by the teacher and the tutor."),
    "urgent_later": gettext_lazy("An urgent request can't wait longer than an ordinary one."),
    "window_closed": gettext_lazy("Booking must open earlier than it closes."),
    "deficit_above_secure": gettext_lazy(
        "The limit of a deficit must be lower than the one from which a topic is mastered."
    ),
    "possible_above_expressed": gettext_lazy("“Possible” must be said from a lower probability than “expressed”."),
    "group_order": gettext_lazy("The least number of teachers in a group is more than the most."),
    "levels_order": gettext_lazy("The first level begins at 0, and each next one higher than the one before."),
    "slug_twice": gettext_lazy("The name for programs %(slug)s stands twice. Give one of the two another name."),
}


@dataclass(frozen=True)
class Problem:
    """``path`` leads to the field in the content (empty: the whole regulation), ``place`` says the same in words."""

    path: Path
    place: str
    sentence: str


def said(error: ValidationError, content: Any = None) -> list[Problem]:
    """What is wrong, in order. With the ``content`` that was checked, rows are named by their titles."""
    return [_problem(one, content) for one in error.errors(include_url=False)]


def _problem(detail: ErrorDetails, content: Any) -> Problem:
    path = tuple(piece for piece, _words in steps(detail["loc"]))
    return Problem(path, in_words(detail["loc"], content), sentence(detail["type"], detail.get("ctx", {})))


def sentence(kind: str, context: Mapping[str, Any]) -> str:
    """The sentence for a type of error of pydantic, or for a code of our own inside a ``value_error``."""
    if kind == "value_error":
        code, _colon, slug = str(context.get("error", "")).partition(":")
        return str(CODES.get(code, UNKNOWN)) % {"slug": quoted(slug)}
    words = SENTENCES.get(kind, UNKNOWN)
    try:
        return str(words % {name: _shown(value) for name, value in context.items()})
    except KeyError:
        return str(UNKNOWN)


def _shown(value: Any) -> Any:
    """Numbers as people write them; whole ones stay numbers, for the plural hangs on them."""
    return number_format(value) if isinstance(value, float) and not value.is_integer() else _whole(value)


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) else value
