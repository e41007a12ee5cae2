"""What differs between two versions of a regulation."""

from collections.abc import Iterator

from pydantic import BaseModel

from traektoria.organisations.regulations.parts import Named
from traektoria.organisations.regulations.schema import Rules


def kept(old: Rules, new: Rules) -> list[str]:
    """Titles of what stood in ``old`` under a slug and is not in ``new`` at all: it should have been archived.

    A criterion may move to another group; what lives in a list stays in its list.
    """
    there = {key for key, _title in _named(new)}
    return [title for key, title in _named(old) if key not in there]


def _named(rules: Rules) -> Iterator[tuple[tuple[str, str], str]]:
    """((list, slug), title) of everything that has a slug."""
    for name in Rules.model_fields:
        yield from _below(getattr(rules, name), name)


def _below(value: object, place: str) -> Iterator[tuple[tuple[str, str], str]]:
    if isinstance(value, tuple):
        for one in value:
            yield from _below(one, place)
    elif isinstance(value, BaseModel):
        if isinstance(value, Named):
            yield (place, value.slug), value.title
        for name in type(value).model_fields:
            deeper = place if name == "of" else f"{place}.{name}"
            yield from _below(getattr(value, name), deeper)
