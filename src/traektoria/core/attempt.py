"""A form's way to its action: what the action refuses to take is said at the form, with the values kept."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import BaseForm

from traektoria.core.errors import Invalid

Made = TypeVar("Made")


def attempt(form: BaseForm, action: Callable[[], Made]) -> Made | None:
    """Call ``action`` for a valid form; ``Invalid`` becomes an error of the form and None is returned."""
    if not form.is_valid():
        return None
    try:
        return action()
    except Invalid as refusal:
        form.add_error(None, refusal.sentence)
        return None


def status_of(form: BaseForm) -> int:
    """422 where the form was sent and refused."""
    return 422 if form.is_bound and form.errors else 200
