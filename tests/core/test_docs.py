"""The maps of the house name places that exist."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`((?:src|tests)/[^`]+\.(?:py|html|js|css))` \((`\w+`(?:, `\w+`)*)")
PATH = re.compile(r"`((?:src|tests|docs|requirements|\.ci)/[^`*<>… ]+)`")
MODULE = re.compile(r"`([a-z]\w*(?:[./]\w+)+)`")
"""`engines/waiting_list`, `core.kept_columns.KeptText`, `actions/booking.py`."""
FOREIGN = ("request", "scipy", "threading", "gc", "trans_real", "timezone", "urls", "connections", "support")
"""First words of names that are Django's, Python's, a library's, of a chapter of the regulation."""
NO_MODULES = {"participants.parquet", "answers.parquet", "meta.json", "bbb.local"}


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


def test_modules_and_what_stands_in_them_are_called_what_documents_call_them() -> None:
    """Where a module gets another name, the decisions that name it are told. A slug («tutors.queue») is found in the
    sources instead."""
    places = _by_their_ends()
    sources = "\n".join(path.read_text() for path in (ROOT / "src").rglob("*.py"))
    named = [(path.name, name) for path in _documents() for name in MODULE.findall(path.read_text())]
    ours = [(path, name) for path, name in named if name not in NO_MODULES and name.split(".")[0] not in FOREIGN]
    assert len(ours) > 1_000
    dangling = [one for one in ours if not _stands(one[1], places) and f'"{one[1]}"' not in sources]
    assert dangling == []


def _documents() -> Iterator[Path]:
    yield from (ROOT / "docs").glob("*.md")
    yield from (ROOT / "docs/adr").glob("*.md")
    yield from (ROOT / "src").rglob("README.md")


def _by_their_ends() -> dict[str, list[Path]]:
    """Files and folders by each end of their path, with and without the kind: «wishes», «bookings/wishes.py» …"""
    found = defaultdict(list, {"pyproject": [ROOT / "pyproject.toml"], "pyproject.toml": [ROOT / "pyproject.toml"]})
    for path in (one for folder in ("src", "tests", "docs") for one in (ROOT / folder).rglob("*")):
        for called in {path.relative_to(ROOT), path.relative_to(ROOT).with_suffix("")}:
            for start in range(len(called.parts)):
                found["/".join(called.parts[start:])].append(path)
    return found


def _stands(name: str, places: dict[str, list[Path]]) -> bool:
    whole = name.replace(".", "/")
    if name in places or whole in places:
        return True
    where, _slash, what = whole.rpartition("/")
    files = [file for path in places.get(where, ()) for file in (path.glob("*.py") if path.is_dir() else [path])]
    return any(re.search(rf"\b{what}\b", file.read_text()) for file in files if file.suffix == ".py")
