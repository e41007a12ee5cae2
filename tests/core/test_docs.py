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
