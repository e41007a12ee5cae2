"""A form's way to its action: what the action refuses to take is said at the form, with the values kept."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import BaseForm

from traektoria.core.errors import Conflict, Invalid

Made = TypeVar("Made")


def attempt(form: BaseForm, action: Callable[[], Made]) -> Made | None:
    """Call ``action`` for a valid form; ``Invalid`` becomes an error of the form and None is returned.

    So does a ``Conflict``: what has changed meanwhile is said above what was typed. A conflict of a class of its own is
    raised: whoever made the class shows more than its sentence.
    """
    if not form.is_valid():
        return None
    try:
        return action()
    except (Invalid, Conflict) as refusal:
        if isinstance(refusal, Conflict) and type(refusal) is not Conflict:
            raise
        form.add_error(None, refusal.sentence)
        form.refused_with = refusal.status  # type: ignore[attr-defined]
        return None


def status_of(form: BaseForm) -> int:
    """422 where the form was sent and its values were refused, 409 where something had changed meanwhile."""
    if not (form.is_bound and form.errors):
        return 200
    status: int = getattr(form, "refused_with", 422)
    return status
