"""What every part of the schema is made of: strict frozen models, short texts, slugs, and how a field is shown."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, StringConstraints

KEPT: Final = {"kept": True}
"""The context in which a version of the database is read and written on: what a later release forbids is lifted, never
refused. Forms refuse it where it is typed."""


@dataclass(frozen=True)
class FieldLook:
    """How a field looks in the editor: its label, a hint under it, ``lines`` of a text area (1 is one line)."""

    label: Any  # lazy string
    hint: Any = ""
    lines: int = 1


class Part(BaseModel):
    """A strict, frozen piece of a regulation: an unknown key is an error, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""A stable name for programs: never shown, never changed, taken once in its list."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=3000)]
Optional = Annotated[str, StringConstraints(max_length=300)]


class Named(Part):
    """Something of a list that other records refer to by ``slug``; archived it is kept for them, not offered anew."""

    slug: Slug
    title: Line
    archived: bool = False
