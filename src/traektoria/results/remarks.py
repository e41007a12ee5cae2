"""Remarks on a file: kinds of dirt in words, with their cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from traektoria.engines.results.dirt import INFORMATION
from traektoria.results.models import Dataset
from traektoria.results.sheets import TableSheet
from traektoria.results.wording import DIRT


@dataclass(frozen=True)
class Remark:
    """One kind: how many cells, and the first of them (sheet, row, column, value)."""

    kind: str
    count: int
    cells: Sequence[Mapping[str, Any]] = ()

    @property
    def title(self) -> Any:
        return DIRT[self.kind][0]

    @property
    def meaning(self) -> Any:
        return DIRT[self.kind][1]

    @property
    def is_fault(self) -> bool:
        """Normal in any file, or something to look at?"""
        return self.kind not in INFORMATION


def remarks_of(dataset: Dataset, cells: Mapping[str, Sequence[Mapping[str, Any]]] | None = None) -> list[Remark]:
    """All kinds of the dataset in the engine's order."""
    return [Remark(kind, count, (cells or {}).get(kind, ())) for kind, count in dataset.dirt.items() if kind in DIRT]


def remarks_sheet(remarks: Sequence[Remark]) -> TableSheet:
    """A row a cell, for those who correct the file."""
    columns = (_("Remark"), _("What we did"), _("Sheet"), _("Row"), _("Column"), _("As written"))
    rows = tuple(
        (str(remark.title), str(remark.meaning), cell["sheet"], cell["row"], cell["column"], cell["value"])
        for remark in remarks
        for cell in remark.cells
    )
    return TableSheet(_("Remarks"), columns, rows)
