"""Columns that keep what people and programs write: texts of limited length, JSON of a known shape."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, get_origin

from django.db import models
from django.db.models.fields.json import KeyTransform
from pydantic import TypeAdapter, ValidationError

from traektoria.core.boxes import tell
from traektoria.core.text import TEXT

if TYPE_CHECKING:
    _Text = models.TextField[Any, str]
else:
    _Text = models.TextField


class KeptText(_Text):
    """Words of a person, of limited length: eight notes of a million and a half signs made a paper of 36 seconds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": TEXT, **kwargs})

    def deconstruct(self) -> Any:
        """For migrations a plain field: the limit is the form's, not the column's."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, {k: v for k, v in kwargs.items() if k != "max_length"}


class KeptJSON(models.JSONField):
    """``shape`` is a type: ``list[str]``. A value of another shape is told to the log and read as an empty one, so that
    it can't take a page with it. Nothing is written: the row keeps what it has until somebody saves it anew."""

    def __init__(self, *args: Any, shape: Any = Any, **kwargs: Any) -> None:
        self.shape = shape
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """For migrations a plain field: the shape is ours, the column is JSON."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        found = super().from_db_value(value, expression, connection)
        if isinstance(expression, KeyTransform) or value is None:  # nothing is stored, or the row joined is not there
            return found
        try:
            self._adapter.validate_python(found)
        except ValidationError as error:
            tell(str(self), error)
            return self._empty()
        return found

    @cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.shape)

    def _empty(self) -> Any:
        kind = get_origin(self.shape)
        return kind() if kind in (list, dict) else None
