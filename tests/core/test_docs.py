"""The maps of the house name places that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATH = re.compile(r"`((?:src|tests|docs|requirements|\.ci)/[^`*<>… ]+)`")


@pytest.mark.parametrize("document", ["GLOSSARY.md", "docs/map.md", "docs/architecture.md", "docs/testing.md"])
def test_every_path_named_exists(document: str) -> None:
    named = PATH.findall((ROOT / document).read_text())
    assert named or document == "docs/architecture.md"
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_no_wish_stands_twice_on_the_map() -> None:
    """Lines that came from two branches at once: the second one misleads as soon as one of them is mended."""
    lines = (ROOT / "docs/map.md").read_text().splitlines()
    wishes = [line.split("|")[1].strip() for line in lines if line.startswith("| ")]
    assert {wish for wish in wishes if wishes.count(wish) > 1} == set()
    heads = [line.split(" is ")[0] for line in lines if line.startswith("`/")]
    assert len(heads) == len(set(heads)), "an address is explained twice"
