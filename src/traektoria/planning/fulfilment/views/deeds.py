"""What was done, as pages of lines and of times show it: with the form that takes it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from traektoria.core.forms import WhyForm
from traektoria.planning.fulfilment.models import Deed


@dataclass
class ShownDeed:
    """A deed with its form."""

    deed: Deed
    undo: WhyForm


def undo_form(deed: Deed, data: Any = None) -> WhyForm:
    return WhyForm(data, auto_id=f"undo-{deed.pk}-%s")


def with_forms(deeds: Iterable[Deed]) -> list[ShownDeed]:
    """Those that count."""
    return [ShownDeed(one, undo_form(one)) for one in deeds if one.undone_at is None]
