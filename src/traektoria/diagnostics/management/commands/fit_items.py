"""``traektoria fit_items responses.csv --model ctt|rasch|2pl|pcm|gpcm|grm``: items and people from a table of answers.

The file and the JSON are described in docs/psychometrics.md. A refusal ends with status 2.
"""

import json
import sys
from argparse import ArgumentTypeError
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from traektoria.core.named_files import content_of
from traektoria.diagnostics.findings.fit_sentences import note_sentence, problem_sentence
from traektoria.diagnostics.findings.fit_table import text_table
from traektoria.engines.psychometrics import (
    Columns,
    Fit,
    FitRefused,
    FitSettings,
    Method,
    Model,
    Note,
    as_data,
    check_signs,
    choices_of,
    fit,
    lay_out,
    never_chosen,
    options_of,
    read_key,
    read_sheet,
    refusal_as_data,
    score,
    take,
    turned_round,
    without_signs,
)

REFUSED = 2


class Command(BaseCommand):
    help = "Fit a model to a CSV of answers (one row a person, one column an item); see docs/psychometrics.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("responses", help="the CSV file, or - for the standard input")
        parser.add_argument("--model", required=True, choices=[model.value for model in Model])
        parser.add_argument("--method", default=Method.MML.value, choices=[method.value for method in Method])
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--persons", action="store_true", help="people and their abilities too")
        parser.add_argument("--compare", action="store_true", help="test 2pl against rasch, gpcm against pcm")
        parser.add_argument("--id", dest="person", help="column that names people")
        parser.add_argument("--group", help="column of the group: items are compared between two groups")
        parser.add_argument("--reference", help="the reference group, the first in the alphabet otherwise")
        parser.add_argument("--weights", help="column of the weights of rows")
        parser.add_argument("--items", type=_names, default=(), help="columns to take, with commas; * stands for any")
        parser.add_argument("--ignore", type=_names, default=(), help="columns to leave out, in the same way")
        parser.add_argument("--missing", type=_names, default=(), help="values that stand for no answer: 9,99")
        parser.add_argument("--reverse", type=_names, default=(), help="items scored the other way round: q3,q7")
        parser.add_argument("--key", help="CSV of two columns, item and key: answers are the chosen options")
        parser.add_argument("--min", type=float, dest="low", help="the least an answer can be worth")
        parser.add_argument("--max", type=float, dest="high", help="the most an answer can be worth")
        parser.add_argument("--min-people", type=int, dest="needed", help="instead of the number the model asks for")
        parser.add_argument("--max-iterations", type=_positive, default=500)

    def handle(self, *, responses: str, as_json: bool, **options: Any) -> None:
        try:
            found = _fit(_content(responses), options)
        except FitRefused as refusal:
            if as_json:
                self._write(_refusal(refusal))
            sentences = "\n".join(problem_sentence(problem) for problem in refusal.problems)
            raise CommandError(sentences, returncode=REFUSED) from refusal
        if as_json:
            self._write(_data(found, persons=options["persons"]))
        else:
            self.stdout.write("\n".join(text_table(found)))

    def _write(self, data: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False, allow_nan=False))


def _fit(content: bytes, options: dict[str, Any]) -> Fit:
    sheet = read_sheet(content)
    names = ("person", "group", "weights", "items", "ignore", "missing", "reverse")
    columns = Columns(**{name: options[name] for name in names})
    sheet, layout = without_signs(sheet, lay_out(sheet, columns), columns.missing)
    check_signs(sheet, layout, options["low"], options["high"])
    asked = ("persons", "compare", "max_iterations", "needed", "low", "high", "reference")
    settings = FitSettings(
        Model(options["model"]), Method(options["method"]), **{name: options[name] for name in asked}
    )
    if options["key"] is None:
        answers, said = turned_round(take(sheet, layout), columns.reverse, settings.low, settings.high)
        return _noted(fit(answers, settings), [*layout.notes, *said])
    key = read_key(_content(options["key"]), sheet.columns)
    choices = choices_of(sheet, layout, key)
    scored, said = turned_round(take(sheet, layout, score(choices, key)), columns.reverse, 0.0, 1.0)
    found = fit(scored, settings, options_of(scored, choices, key))
    return _noted(found, [*layout.notes, *said, *never_chosen(choices, key)])


def _noted(found: Fit, notes: list[Note]) -> Fit:
    """What was understood of the table stands before what the engine says of the fit."""
    return replace(found, notes=(*notes, *found.notes))


def _data(found: Fit, *, persons: bool) -> dict[str, Any]:
    data = as_data(found, persons=persons)
    for said, note in zip(data["notes"], found.notes, strict=True):
        said["text"] = note_sentence(note)
    return data


def _refusal(refusal: FitRefused) -> dict[str, Any]:
    data = refusal_as_data(refusal)
    for said, problem in zip(data["error"]["problems"], refusal.problems, strict=True):
        said["text"] = problem_sentence(problem)
    return data


def _content(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    return content_of(Path(name))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(text)
    return int(text)
