"""Figures of a part as a workbook."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from traektoria.core.figures import rounded
from traektoria.diagnostics.findings.item_report import FormReport, ItemLine
from traektoria.diagnostics.findings.survey_report import Scale, SurveyQuestion
from traektoria.results.sheets import Cell, TableSheet


def part_sheets(
    reports: Sequence[FormReport], questions: Sequence[SurveyQuestion], scales: Sequence[Scale]
) -> list[TableSheet]:
    """A sheet of tasks for each form, one of the options chosen, one of questions and one of scales, where they are."""
    return [sheet for sheet in _sheets(reports, questions, scales) if sheet.rows]


def _sheets(
    reports: Sequence[FormReport], questions: Sequence[SurveyQuestion], scales: Sequence[Scale]
) -> Iterator[TableSheet]:
    for report in reports:
        yield _items(report)
        yield _options(report)
    yield TableSheet(
        _("Questions"), (_("Number"), _("Question"), _("The answer"), _("People"), _("Share, %")),
        tuple(
            (q.number, q.text, step.text, _or_hidden(step.n), _share(step.share)) for q in questions for step in q.rows
        ),
    )  # fmt: skip
    yield TableSheet(
        _("Scales"),
        (_("Scale"), _("Questions"), _("People"), _("Mean"), _("Standard deviation"), _("Alpha"), _("Interval")),
        tuple(
            (s.name, s.items, _or_hidden(s.n), _figure(s.mean), _figure(s.sd), _figure(s.alpha), s.interval)
            for s in scales
        ),
    )  # fmt: skip


def _items(report: FormReport) -> TableSheet:
    columns = (
        _("Number"), _("Task"), _("Topic"), _("People"), _("Completion, %"), _("With the rest"), _("Alpha without it"),
        _("Difficulty"), _("Discrimination"), _("Infit"), _("Outfit"), _("Left out"), _("Not reached"), _("What to do"),
    )  # fmt: skip
    title = _("Tasks, %(form)s") % {"form": report.name} if report.name else _("Tasks")
    return TableSheet(title, columns, tuple(map(_line, report.lines)))


def _line(line: ItemLine) -> tuple[Cell, ...]:
    found = line.figures
    figures = (found["item_rest"], found["alpha_if_deleted"], found.get("difficulty"))
    fit = (found.get("discrimination"), found.get("infit"), found.get("outfit"))
    return (
        found["number"], line.facts.name, line.facts.topic, _or_hidden(found["n"]), _share(line.facility),
        *map(_figure, (*figures, *fit)),
        _or_hidden(found["omitted"]), _or_hidden(found["unreached"]), " ".join(line.advice),
    )  # fmt: skip


def _options(report: FormReport) -> TableSheet:
    title = _("Answers, %(form)s") % {"form": report.name} if report.name else _("Answers chosen")
    columns = (
        _("Number"), _("The answer"), _("Key"), _("People"), _("Share, %"), _("Of the strongest, %"),
        _("Of the weakest, %"),
    )  # fmt: skip
    rows = tuple(
        (
            line.figures["number"], one.text, _("key") if one.is_key else "", _or_hidden(one.n), _share(one.share),
            _share(one.upper), _share(one.lower),
        )
        for line in report.lines
        for one in line.options
    )  # fmt: skip
    return TableSheet(title, columns, rows)


def _or_hidden(number: int | None) -> Cell:
    return _("hidden") if number is None else int(number)


def _share(value: float | None) -> Decimal | None:
    """As the page says it: in whole per cent."""
    return None if value is None else rounded(value)


def _figure(value: float | None) -> Decimal | None:
    return None if value is None else rounded(value, 2)
