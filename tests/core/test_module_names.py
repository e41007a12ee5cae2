"""A module's name says the thing that it holds, not the gesture (STYLE 23). Actions are gestures: theirs is a verb."""

from collections.abc import Iterable
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src/traektoria"
THINGS = {
    "counterbalancing": "who sits which form first, as the field calls it",
    "drafting": "the sub-room of events that are made of what asks for one",
    "founding": "what a centre is founded from, and by whom",
    "marking": "the sub-room of answers that people mark",
    "matching": "a kind of item: pairs",
    "messaging": "the room of letters",
    "numbering": "numbers that Word keeps beside a paragraph (numbering.xml)",
    "observing": "the sub-room of visits to somebody's lesson",
    "ordering": "a kind of item: lines in an order",
    "paging": "a page of a long list",
    "planning": "the room of plans",
    "printing": "what stands on paper",
    "scoring": "points for answers, as the field calls them",
    "serving": "the processes that answer",
    "spelling": "how names are written",
    "templating": "the engine of templates",
    "typesetting": "a paper set by Typst, as the trade calls it",
    "voting": "a vote and what it decides",
    "waiting": "lines of what waits for somebody",
    "wording": "the words in which something is said",
}
"""Last words on -ing that name a thing, and which thing: the same in all rooms."""
GESTURES = {
    "beside",
    "busy",
    "far",
    "free",
    "kept",
    "led",
    "look",
    "looks",
    "lost",
    "named",
    "pasted",
    "said",
    "supported",
    "then",
    "typed",
    "wanted",
    "where",
    "who",
    "written",
}
"""Words on no -ing that name nothing by themselves."""


def last_word(name: str) -> str:
    return name.rpartition("_")[2]


def nameless(paths: Iterable[Path]) -> list[str]:
    """Modules and packages, by their place in the sources, whose names say no thing."""
    return [
        path.as_posix()
        for path in sorted(paths)
        if "actions" not in path.parts[:-1]
        if (last_word(path.stem).endswith("ing") and last_word(path.stem) not in THINGS) or path.stem in GESTURES
    ]


def named(source: Path) -> set[Path]:
    modules = {path.relative_to(source) for path in source.rglob("*.py") if "migrations" not in path.parts}
    return {path.with_suffix("") for path in modules} | {path.parent for path in modules if path.name == "__init__.py"}


def test_a_module_is_named_for_the_thing_it_holds() -> None:
    found = nameless(named(SOURCE))
    assert not found, (
        "name each for the thing that it holds (a noun: «receivers», «new_hour»), or, where its word on -ing is the "
        "trade's own for a thing, say in THINGS which thing it is:\n" + "\n".join(found)
    )


def test_no_thing_is_told_that_no_module_holds() -> None:
    assert set(THINGS) - {last_word(path.stem) for path in named(SOURCE)} == set()


def test_it_finds_them_wherever_they_are() -> None:
    paths = [
        "room/asking",
        "room/queries/file_reading",
        "room/looks",
        "room/asking/views",
        "room/actions/booking",
        "room/waiting",
        "room/errand_waiting",
        "room/string_of",
        "actions",
    ]
    assert nameless(map(Path, paths)) == ["room/asking", "room/looks", "room/queries/file_reading"]
