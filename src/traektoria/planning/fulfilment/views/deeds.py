"""What was done, as pages of lines and of times show it: with the forms that take it back and attach a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from traektoria.planning.fulfilment.forms import DeedFileForm
from traektoria.planning.fulfilment.models import Deed
from traektoria.planning.plans.forms import ReasonForm


@dataclass
class ShownDeed:
    """A deed with its two forms."""

    deed: Deed
    undo: ReasonForm
    attach: DeedFileForm


def undo_form(deed: Deed, data: Any = None) -> ReasonForm:
    return ReasonForm(data, auto_id=f"undo-{deed.pk}-%s")


def file_form(deed: Deed, data: Any = None, files: Any = None) -> DeedFileForm:
    return DeedFileForm(data, files, auto_id=f"file-{deed.pk}-%s")


def with_forms(deeds: Iterable[Deed]) -> list[ShownDeed]:
    """Those that count."""
    return [ShownDeed(one, undo_form(one), file_form(one)) for one in deeds if one.undone_at is None]
