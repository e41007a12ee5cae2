"""The columns of the plan against fact, one a line: of this table the page and the workbook are made.

The paper has heads and widths of its own, a line a column too: ``REPORT`` in ``documents.papers.plans``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traektoria.planning.reports.against_fact import ReportRow


@dataclass(frozen=True)
class ReportColumn:
    """``on_page``: it is there too, with ``fact-<name>`` for its class (its width: ``.plan-fact`` in ``house.css``) and
    ``text`` for its cell, where ``plan_report.html`` has no other words for it."""

    name: str
    head: Any  # lazy string
    text: Callable[[ReportRow], str]
    on_page: bool = False


COLUMNS: Final = (
    ReportColumn("number", _("No."), lambda row: row.number),
    ReportColumn("section", _("Section"), lambda row: row.heading or ""),
    ReportColumn("content", _("What is to be done"), lambda row: row.content, on_page=True),
    ReportColumn("term", _("Deadline"), lambda row: row.phrase, on_page=True),
    ReportColumn("who", _("Responsible"), lambda row: row.who),
    ReportColumn("done", pgettext_lazy("plan", "Done"), lambda row: row.summary, on_page=True),
    ReportColumn(
        "deeds",
        _("What was done"),
        lambda row: "\n".join(f"{one.day:%d.%m.%Y} {one.what}" for one in row.deeds),
        on_page=True,
    ),
    ReportColumn("missed", _("Missed"), lambda row: row.missed_days),
)


def on_page() -> list[tuple[str, str, Callable[[ReportRow], str]]]:
    """Name, head and text of those of the page: what a row asks of a column is worked out once."""
    return [(one.name, str(one.head), one.text) for one in COLUMNS if one.on_page]
