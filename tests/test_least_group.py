"""The least group of which figures are shown is one number, and so are the fewest voices that are told: sentences take
them from there, the guide says the same."""

import re
from pathlib import Path

import pytest

import traektoria
from traektoria.diagnostics.bank.queries import ENOUGH_PEOPLE
from traektoria.diagnostics.findings.analysis.item_figures import LEAST_PEOPLE
from traektoria.engines import fewvoices
from traektoria.engines.deficits.proposal import DEFAULT
from traektoria.engines.disclosure import MINIMUM
from traektoria.organisations.regulations.diagnostics_rules import DiagnosticsRules

ROOT = Path(traektoria.__file__).parent
GUIDE = ROOT.parents[1] / "docs" / "guide"
PEOPLE = r"(?:человек|ученик\w+|педагог\w+|участник\w+|учител\w+)"
SAID = re.compile(
    rf"(?:(?:от|меньше|хотя бы|не меньше(?: чем на)?|менее) (?:{MINIMUM}|10|десят[иь])|(?<!\d)10–\d+)\s+{PEOPLE}"
    r"|ответивших не меньше пяти"
)
IN_ENGLISH = re.compile(
    rf"(?:under|fewer than|at least|from) (?:ten|10|{MINIMUM}) (?:pupils|people|teachers)"
    rf"|groups of (?:ten|10|{MINIMUM}) or more|by ten teachers|(?:if|from) five people"
)
NUMBER = re.compile(rf"(?:от|меньше|хотя бы|не меньше|менее|школы и) (\d+)\s+{PEOPLE}")
VOICES = re.compile(r"ответивших не меньше (\w+)")
WORD = re.compile(rf"десят[иь] {PEOPLE}")
RULES = ("engines/disclosure/", "engines/results/tables/publication.py")
"""Where the rule itself is told, for whoever reads the code."""


@pytest.mark.parametrize("ending", ["*.py", "*.html", "*.po"])
def test_no_sentence_has_the_number_of_its_own(ending: str) -> None:
    found = []
    for path in ROOT.rglob(ending):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(RULES):
            text = " ".join(path.read_text(encoding="utf-8").replace('"\n', " ").split())
            found += [f"{name}: {one[0]}" for pattern in (SAID, IN_ENGLISH) for one in pattern.finditer(text)]
    assert found == []


def test_the_guide_says_the_same_number() -> None:
    pages = {path.name: path.read_text(encoding="utf-8") for path in GUIDE.glob("*.md")}
    said = {(name, number) for name, text in pages.items() for number in NUMBER.findall(text)}
    assert len(said) > 4
    assert {number for _name, number in said} == {str(MINIMUM)}
    assert [name for name, text in pages.items() if WORD.search(text)] == []
    assert {number for text in pages.values() for number in VOICES.findall(text)} == {str(fewvoices.FEWEST_VOICES)}


def test_every_rule_goes_by_it() -> None:
    assert DiagnosticsRules().picture_least == LEAST_PEOPLE == ENOUGH_PEOPLE == DEFAULT.minimum == MINIMUM


def test_no_preset_has_the_number_of_its_own() -> None:
    presets = [path.read_text(encoding="utf-8") for path in (ROOT / "organisations/regulations/presets").glob("*.yaml")]
    lines = [line.split("#")[0].strip() for text in presets for line in text.splitlines() if "picture_least" in line]
    assert lines == ["picture_least: least_group"] * len(presets)
