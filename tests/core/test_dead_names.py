"""No function, class or constant that nobody names: dead code goes."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests import sources

SOURCE = Path(__file__).resolve().parents[2] / "src/traektoria"
READ = {".py", ".html", ".txt", ".js", ".typ", ".csv", ".yaml"}
BY_DJANGO = {"config/settings.py", "config/urls.py", "config/formats/ru/formats.py"}
"""Whose names Django asks for."""
FOR_TESTS = {
    "DJANGO_SAYS": "a test asks whether a new Django says an error that the house does not",
    "UNRECOGNISED_CODES": "a test holds the codes against the sentences",
    "post_change": "what is moved and moved back (hours, events) is one letter: rooms to come tell of it so",
    "periods_for": "the year of one school: drafts of routes ask for the centre's holidays only",
    "CLEAN": "the demonstration without dirt, for comparisons",
}


def _names(tree: ast.Module) -> Iterator[str]:
    """Of the module, but for what a decorator hands on and for Django's own configurations."""
    for node in tree.body:
        if (isinstance(node, ast.FunctionDef) and not node.decorator_list) or (
            isinstance(node, ast.ClassDef) and not node.decorator_list and not node.name.endswith("Config")
        ):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def test_every_name_of_a_module_is_named_somewhere_else() -> None:
    files = [path for path in SOURCE.rglob("*") if path.suffix in READ and "/data/" not in path.as_posix()]
    words = Counter(word for path in files for word in re.findall(r"\w+", path.read_text(errors="replace")))
    dead = [
        f"{place}: {name}"
        for place, tree in sources.trees().items()
        if "/migrations/" not in place and "/data/" not in place and place not in BY_DJANGO
        for name in _names(tree)
        if words[name] == 1 and name not in FOR_TESTS and not name.startswith("__")
    ]
    assert not dead, "nobody names these:\n" + "\n".join(dead)
