"""Figures are rounded in one place: half up, once, and nowhere else in what people see."""

import ast
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.utils import translation
from openpyxl import load_workbook

from tests import sources
from traektoria.core import figures
from traektoria.results.sheets import TableSheet, as_xlsx

SOURCES = Path(figures.__file__).parents[1]
HERE = {"engines/figures.py", "core/figures.py"}

COMPUTES = {
    "demo/": "invents answers and files",
    "diagnostics/findings/analysis/": "stores shares with six digits",
    "engines/charts/svg.py": "coordinates of a drawing",
    "engines/criteria/service.py": "cuts full months off, never rounds",
    "engines/deficits/group_suggestions.py": "steadies distances before they are compared",
    "engines/deficits/mastery.py": "hashes what was answered",
    "engines/disclosure/audit.py": "whole numbers out of a solver of floats",
    "engines/papers/sheet.py": "millimetres of a paper",
    "engines/psychometrics/": "reports for programs keep their digits",
    "engines/questionbanks/numbers.py": "exact fractions behind rounded percents, and files of other systems",
    "engines/results/tables/evidence.py": "basis points inside a query",
    "engines/tables/": "reads a workbook as the spreadsheet shows it",
    "diagnostics/items/kinds/protocol.py": "thousandths of a point, as they are kept",
    "diagnostics/items/kinds/extended.py": "asks whether a number has more than three digits",
    "diagnostics/items/kinds/likert.py": "stores a mean with six digits",
    "diagnostics/marking/policies.py": "the mean of two markers, as it is kept",
    "diagnostics/bank/file_report.py": "a report for programs",
    "routes/route/deadlines.py": "days of a calendar",
}
"""Places that round but show nothing of it, and why. Each must still round: an idle entry fails."""

OLD_SPEC = re.compile(r"%(\(\w+\))?[-+0#]*\d*\.\d+[feg]|\{\w*:[^}%\s]*(\.\d+|[fFeEgG])%?\}")
ROUNDS = {"round", "rint", "around", "quantize", "floatformat", "filesizeformat"}


def roundings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Lines that round or write a number with fewer digits."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in ROUNDS:
                yield node.lineno, f"{name}("
            if name == "format" and node.args[1:] and _is_rounding(_text(node.args[1])):
                yield node.lineno, "format("
        elif isinstance(node, ast.FormattedValue) and node.format_spec and _is_rounding(_text(node.format_spec)):
            yield node.lineno, f":{_text(node.format_spec)}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and OLD_SPEC.search(node.value):
            yield node.lineno, repr(node.value[:40])


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(_text(part) if isinstance(part, ast.Constant) else "0" for part in getattr(node, "values", []))


def _is_rounding(spec: str) -> bool:
    return bool(re.search(r"(\.\d+|[fFeEgG%])$", spec)) and "%" not in spec[:-1]


def found() -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for name, tree in sources.trees().items():
        if name in HERE or "/migrations/" in name:
            continue
        lines = [f"{line}: {what}" for line, what in roundings(tree)]
        if lines:
            said[name] = lines
    return said


def test_nothing_shown_is_rounded_elsewhere() -> None:
    rounding = found()
    allowed = {name: [prefix for prefix in COMPUTES if name.startswith(prefix)] for name in rounding}
    assert {name: rounding[name] for name, ways in allowed.items() if not ways} == {}
    idle = set(COMPUTES) - {way for ways in allowed.values() for way in ways}
    assert not idle, "these round nothing any more"


@pytest.mark.parametrize(
    "line",
    [
        "round(x)", "f'{x:.1f}'", "f'{x:.0f} %'", "f'{x:,.2f}'", "f'{x:.1%}'", "f'{x:.{n}f}'", "format(x, '.2f')",
        "'%.1f' % x", "'%(n).1f' % x", "'{:.2f}'.format(x)", "'{0:.1f}'.format(x)", "'{x:g}'.format(x=x)",
        "x.quantize(y)", "np.round(x)", "x.round(1)", "f'{x:g}'", "f'{x:f}'", "f'{x:.2}'",
    ],
)  # fmt: skip
def test_the_search_sees(line: str) -> None:
    assert list(roundings(ast.parse(line)))


@pytest.mark.parametrize("line", ["f'{day:%d.%m.%Y}'", "f'{at:%H:%M}'", "f'{n:02d}'", "f'{n:,}'", "f'{kind:<10}'"])
def test_the_search_leaves_alone(line: str) -> None:
    assert not list(roundings(ast.parse(line)))


def test_templates_and_scripts_round_nothing() -> None:
    files = [*SOURCES.rglob("templates/**/*.html"), *SOURCES.rglob("templates/**/*.txt"), *SOURCES.rglob("*.typ")]
    wrong = re.compile(r"floatformat|filesizeformat|widthratio|stringformat:\"[^\"]*[feg]\"|calc\.round|\.toFixed")
    assert [path.name for path in files if wrong.search(path.read_text())] == []


HALVES = [
    (12.5, "13"),
    (57.5, "58"),
    (0.5, "1"),
    (2.5, "3"),
    (-0.5, "−1"),
    (-2.5, "−3"),
    (100 * 0.575, "58"),
    (100 * 0.145, "15"),
]


@pytest.mark.parametrize(("value", "said"), HALVES)
def test_a_half_goes_away_from_zero(value: float, said: str) -> None:
    with translation.override("ru"):
        assert figures.figure(value) == said
        assert figures.percent(value, 0) == f"{said}\xa0%"
        assert f"{figures.rounded(value)}".replace("-", "−") == said


def test_every_share_of_a_group_up_to_two_hundred_is_the_same_by_each_way() -> None:
    for whole in range(1, 201):
        for part in range(whole + 1):
            exact = Fraction(100 * part, whole)
            half_up = (200 * part + whole) // (2 * whole)
            assert (
                figures.whole(exact)
                == figures.whole(100 * part / whole)
                == figures.whole(100 * (part / whole))
                == half_up
            )
            assert figures.percent_of(part, whole, 0) == half_up


def test_a_figure_is_never_minus_nothing() -> None:
    with translation.override("ru"):
        assert figures.figure(-0.4) == "0"
        assert figures.signed(-0.4) == "0"
        assert [figures.signed(value) for value in (-0.5, 0.5, 16.4)] == ["−1", "+1", "+16"]


def test_the_size_of_a_file_is_said_in_the_megabytes_of_its_limit() -> None:
    with translation.override("ru"):
        said = [figures.file_size(size) for size in (40 * figures.MEGABYTE, 12_500_000, 640_000, 20)]
    assert said == ["40 МБ", "12,5 МБ", "640 КБ", "1 КБ"]


def test_points_have_the_digits_that_say_something() -> None:
    with translation.override("ru"):
        said = [figures.shortest(value) for value in (2, 2.0, Decimal("2.50"), 1 / 3, Decimal("1E+1"), 0.005)]
    assert said == ["2", "2", "2,5", "0,33", "10", "0,01"]


@pytest.mark.parametrize(("number", "said"), [(11, ""), (12, "от 12"), (19, "от 12"), (20, "от 20"), (36, "от 30")])
def test_whole_tens_from_the_least_group_on(monkeypatch: pytest.MonkeyPatch, number: int, said: str) -> None:
    """Were it twelve, tens would be tens."""
    monkeypatch.setattr(figures, "MINIMUM", 12)
    with translation.override("ru"):
        assert figures.in_tens(number) == said


def test_wilson_is_the_interval_of_the_paper() -> None:
    low, high = figures.wilson(0.5, 10)
    assert (round(low, 4), round(high, 4)) == (0.2366, 0.7634)
    assert figures.wilson(0.0, 20)[0] == 0 == 1 - figures.wilson(1.0, 20)[1]
    assert figures.mean_interval(0.25, 20, 0.25 * 0.75) == pytest.approx(figures.wilson(0.25, 20))


def test_a_workbook_shows_the_digits_it_is_given() -> None:
    sheet = TableSheet("Лист", ("a", "b", "c"), ((Decimal("13"), Decimal("12.5"), Decimal("46.18")),))
    page = load_workbook(io.BytesIO(as_xlsx([sheet]))).worksheets[0]
    assert [(cell.value, cell.number_format) for cell in page[2]] == [(13, "0"), (12.5, "0.0"), (46.18, "0.00")]
