"""The maps of the house name places that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`((?:src|tests)/[^`]+\.(?:py|html|js|css))` \((`\w+`(?:, `\w+`)*)")
PATH = re.compile(r"`((?:src|tests|docs|requirements|\.ci)/[^`*<>… ]+)`")


@pytest.mark.parametrize("document", ["GLOSSARY.md", "docs/map.md", "docs/architecture.md", "docs/testing.md"])
def test_every_path_named_exists(document: str) -> None:
    named = PATH.findall((ROOT / document).read_text())
    assert named or document == "docs/architecture.md"
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_what_the_map_names_in_a_file_stands_in_it() -> None:
    """«`…/policies.py` (`check_open`, `LEAST`)»: a name that was changed leads nowhere."""
    told = NAMED.findall((ROOT / "docs/map.md").read_text())
    pairs = [(path, name) for path, names in told for name in re.findall(r"`(\w+)`", names)]
    assert len(pairs) > 60
    assert [(path, name) for path, name in pairs if not re.search(rf"\b{name}\b", (ROOT / path).read_text())] == []


def test_no_wish_stands_twice_on_the_map() -> None:
    """Lines that came from two branches at once: the second one misleads as soon as one of them is mended."""
    lines = (ROOT / "docs/map.md").read_text().splitlines()
    wishes = [wish for line in lines if line.startswith("| ") and (wish := line.split("|")[1].strip()) != "wish"]
    assert {wish for wish in wishes if wishes.count(wish) > 1} == set()
    heads = [line.split(" is ")[0] for line in lines if line.startswith("`/")]
    assert len(heads) == len(set(heads)), "an address is explained twice"
