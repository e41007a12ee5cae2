"""What the figures of a dataset stand on, as its import wrote it: which points count, and where the marks come from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.figures import figure, percent
from traektoria.core.typography import short_day
from traektoria.results.models import Dataset
from traektoria.results.scales import described

_ONE_BASIS = 2
"""Since this version of the import marks and scores stand on the same points."""
_COUNTS = {
    "stated": gettext_lazy("Marks and scores stand on the totals that the file states."),
    "sum": gettext_lazy("Marks and scores stand on the sum of the points for the tasks."),
}
_BEFORE = {
    "scale": gettext_lazy("Before, they were given by another scale."),
    "stated": gettext_lazy("Before, they were those of the file."),
    None: gettext_lazy("Before, there were none."),
}


@dataclass(frozen=True)
class Grounds:
    """``differing``: rows in which the stated total and the sum of the tasks are not the same."""

    score_basis: str
    differing: int
    present: int
    mark_basis: str | None
    scale: Mapping[str, Any] | None
    given: Mapping[str, Any] | None
    version: int

    @property
    def one_basis(self) -> bool:
        return self.version >= _ONE_BASIS or self.score_basis == "sum" or not self.differing

    @property
    def points(self) -> str:
        """Which points count, for everybody who sees the figures."""
        if self.one_basis:
            return str(_COUNTS[self.score_basis])
        return _("Marks stand on the totals that the file states, the distribution of scores on the sum of tasks.")

    @property
    def marks(self) -> str:
        """Where the marks come from; without a scale, what is therefore not there."""
        if self.mark_basis is None:
            words = _("We know no scale of this work: there are no marks, nothing to compare with the journal.")
            return f"{words} {self._taken_back}" if self.given else words
        if self.scale is None:
            words = _("Marks are those of the file: we know no scale of this work.")
            return f"{words} {self._since}" if self.given else words
        words = _("Marks are given by the scale: %(scale)s") % {"scale": described(self.scale)}
        return f"{words} {self._since}" if self.given else words

    @property
    def _since(self) -> str:
        """Marks that came after the file: a figure that readers have seen does not change without a word."""
        given = self.given or {}
        day = short_day(date.fromisoformat(given["day"]))
        before = _BEFORE[given["before"] if given["before"] in _BEFORE else None]
        since = _("So they stand since %(day)s.") % {"day": day}
        return f"{since} {before}"

    @property
    def _taken_back(self) -> str:
        day = short_day(date.fromisoformat((self.given or {})["day"]))
        return _("Until %(day)s there were marks by a scale that has been taken back.") % {"day": day}

    @property
    def has_conditions(self) -> bool:
        return bool((self.scale or {}).get("conditions"))

    @property
    def differs(self) -> str:
        """In how many rows the other figure is another, for those who see the file; «» where they agree."""
        if not self.differing:
            return ""
        words = ngettext(
            "Stated total and sum of tasks differ in %(n)s row of %(of)s (%(share)s).",
            "Stated total and sum of tasks differ in %(n)s rows of %(of)s (%(share)s).",
            self.differing,
        )
        return words % {"n": figure(self.differing), "of": figure(self.present), "share": percent(self._percent, 1)}

    @property
    def _percent(self) -> Decimal:
        return Decimal(100 * self.differing) / max(1, self.present)


def grounds_of(dataset: Dataset) -> Grounds:
    """Raises OSError where the files of the dataset are lost."""
    meta = json.loads((dataset.path / "meta.json").read_text(encoding="utf-8"))
    differing = meta.get("differing", meta.get("dirt", {}).get("total_mismatch", 0))
    present = meta.get("rows", {}).get("present", 0)
    return Grounds(
        meta.get("score_basis", "sum"),
        differing,
        present,
        meta.get("mark_basis"),
        meta.get("scale"),
        meta.get("marks_given"),
        meta.get("engine_version", 1),
    )
