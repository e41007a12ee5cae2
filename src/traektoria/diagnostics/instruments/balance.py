"""How equal two forms are, in words a coordinator can act on; what is not known is said, not guessed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.figures import figure
from traektoria.diagnostics.instruments.blueprint import candidates_of, parts_of_a_point
from traektoria.diagnostics.instruments.composition import Composition
from traektoria.diagnostics.instruments.item_kinds import form_name
from traektoria.engines.forms.balance import Comparison, balance_of

ALIKE, CLOSE = 0.1, 0.3
"""Differences of mean difficulty in logits: up to the first nobody notices it, from the second on it matters."""
MIDDLE_SLOPE = 0.25
"""By how much of a point a logit changes the chance of a right answer in the middle of the scale."""


@dataclass(frozen=True)
class BalanceCell:
    """One form on one topic: ``mean`` is None where no difficulty is known."""

    items: int
    points: Decimal
    mean: float | None
    unknown: int


@dataclass(frozen=True)
class BalanceLine:
    """A topic, or the whole work (``topic`` is empty)."""

    topic: str
    cells: tuple[BalanceCell, ...]
    difference: float | None


@dataclass(frozen=True)
class BalanceReport:
    """``kind`` is the look of the notice: success, info, warning."""

    kind: str
    sentences: tuple[str, ...]
    lines: tuple[BalanceLine, ...]


def balance_report(found: Composition) -> BalanceReport | None:
    """The report on the forms as they are now; None where there are no two forms with items."""
    if len(found.forms) < 2 or not all(part.asked for part in found.forms):
        return None
    items = list({row.item.pk: row.item for row in found.rows}.values())
    known = {one.key: one for one in candidates_of(items)}
    drawn = [
        (part.form, [known[str(row.item.pk)] for row in part.rows if str(row.item.pk) in known]) for part in found.forms
    ]
    if not all(rows for _form, rows in drawn):
        return None
    balance = balance_of(drawn)
    parts = parts_of_a_point(items)
    whole = _line(balance.whole, parts)
    both = zip(whole.cells, found.forms, strict=True)
    cells = tuple(replace(cell, items=own.asked, points=own.points) for cell, own in both)
    lines = (*(_line(one, parts) for one in balance.topics), replace(whole, cells=cells))
    kind, sentences = _said(balance.whole, lines[-1])
    return BalanceReport(kind, tuple(sentences), lines)


def _line(compared: Comparison, parts: int) -> BalanceLine:
    cells = tuple(BalanceCell(one.items, Decimal(one.points) / parts, one.mean, one.unknown) for one in compared.forms)
    return BalanceLine(compared.topic or "", cells, compared.difference)


def _said(whole: Comparison, line: BalanceLine) -> tuple[str, list[str]]:
    kind, sentences = _difficulty(whole)
    if len({(cell.items, cell.points) for cell in line.cells}) == 1:
        sentences.insert(0, _("The forms have equal numbers of items and points."))
    else:
        kind = "warning"
        sentences.insert(0, _("The forms have different numbers of items or points."))
    return kind, [*sentences, *_unknown(whole)]


def _difficulty(whole: Comparison) -> tuple[str, list[str]]:
    gap = whole.difference
    if gap is None:
        return "info", [_("Whether they are equally difficult is not known yet.")]
    harder = max(whole.forms, key=lambda one: one.mean or 0.0).form
    share = {"form": form_name(harder), "n": figure(max(1, 100 * MIDDLE_SLOPE * gap))}
    if gap < ALIKE:
        return "success", [_("They are equally difficult, as far as it is known.")]
    if gap < CLOSE:
        said = _("%(form)s is a little harder: by about %(n)s right answers of a hundred.")
        return "info", [said % share]
    said = _(
        "%(form)s is clearly harder: by about %(n)s right answers of a hundred. "
        "Make the forms anew, swap items, or add items to the bank."
    )
    return "warning", [said % share]


def _unknown(whole: Comparison) -> Sequence[str]:
    total = sum(one.items for one in whole.forms)
    if not whole.unknown:
        return []
    words = ngettext(
        "The difficulty of %(n)s item of %(total)s is not known: it appears after the first campaign.",
        "The difficulty of %(n)s items of %(total)s is not known: it appears after the first campaign.",
        whole.unknown,
    )
    return [words % {"n": whole.unknown, "total": total}]
