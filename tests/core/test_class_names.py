"""A class name has one meaning in one reader's head: in a room it names one class, be it the room's own or one that it
takes from another (STYLE 23)."""

import ast
from collections import defaultdict

from tests import sources

BY_DJANGO = {"Command"}
"""What Django asks each module of ``management/commands`` for."""


class Names:
    """Which classes the modules define, and from where they take the others; ``trees`` by dotted name."""

    def __init__(self, trees: dict[str, ast.Module], packages: set[str]) -> None:
        self.trees = trees
        self.packages = packages
        self.read: dict[str, list[tuple[str, str, str]]] = {}
        self.own = {
            name: {node.name for node in tree.body if isinstance(node, ast.ClassDef)} for name, tree in trees.items()
        }

    def _from(self, module: str, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        above = module.split(".")[: -node.level + (module in self.packages) or None]
        return ".".join([*above, *([node.module] if node.module else [])])

    def _imports(self, module: str) -> list[tuple[str, str, str]]:
        """Module, name there, name here; read once."""
        if module not in self.read:
            self.read[module] = self._written_imports(module)
        return self.read[module]

    def _written_imports(self, module: str) -> list[tuple[str, str, str]]:
        return [
            (self._from(module, node), one.name, one.asname or one.name)
            for node in ast.walk(self.trees[module])
            if isinstance(node, ast.ImportFrom)
            for one in node.names
        ]

    def home(self, module: str, name: str, steps: int = 4) -> tuple[str, str] | None:
        """Where a class is defined, however often it was handed on, and its name there."""
        if name in self.own.get(module, ()):
            return module, name
        if module not in self.trees or not steps:
            return None
        found = (self.home(source, there, steps - 1) for source, there, here in self._imports(module) if here == name)
        return next((one for one in found if one), None)

    def met(self, module: str) -> set[tuple[str, str]]:
        """All classes that a reader of the module meets, with their homes."""
        imports = self._imports(module)
        spaces = {here: f"{source}.{there}" for source, there, here in imports if f"{source}.{there}" in self.trees}
        taken = {self.home(source, there) for source, there, _ in imports} | {
            self.home(spaces[node.value.id], node.attr)
            for node in ast.walk(self.trees[module])
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in spaces
        }
        return {(module, name) for name in self.own[module]} | {one for one in taken if one}


def room(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[1:3] if parts[1:2] == ["engines"] else parts[1:2])


def meetings(trees: dict[str, ast.Module], packages: set[str]) -> list[str]:
    names = Names(trees, packages)
    homes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for module in trees:
        for home, name in names.met(module):
            homes[room(module), name].add(home)
    return [
        f"{where}: {name} is of " + " and of ".join(sorted(found))
        for (where, name), found in sorted(homes.items())
        if len(found) > 1 and name not in BY_DJANGO
    ]


def test_a_class_name_has_one_meaning_in_a_room() -> None:
    read = {place: tree for place, tree in sources.trees().items() if "/migrations/" not in place}
    dotted = {place: f"traektoria/{place}".removesuffix(".py").replace("/", ".") for place in read}
    trees = {dotted[place].removesuffix(".__init__"): tree for place, tree in read.items()}
    packages = {name.removesuffix(".__init__") for name in dotted.values() if name.endswith(".__init__")}
    found = meetings(trees, packages)
    assert not found, "two classes of one name meet:\n" + "\n".join(found)


def test_it_finds_them_however_they_meet() -> None:
    """Both the room's own; one taken from elsewhere under its name, by its module, or handed on by a package."""
    texts = {
        "house.a.one": "class Line: ...",
        "house.a.two": "class Line: ...",
        "house.b": "",
        "house.b.model": "class Row: ...\nclass Cell: ...\nclass Alone: ...",
        "house.c": "from .inner import Cell",
        "house.c.inner": "class Row: ...\nclass Cell: ...",
        "house.c.page": "from house.b import model\nmodel.Row",
        "house.d": "class Cell: ...",
        "house.d.page": "from house.c import Cell as Other\nfrom house.b.model import Alone",
    }
    found = meetings({name: ast.parse(text) for name, text in texts.items()}, {"house.b", "house.c"})
    assert found == [
        "a: Line is of house.a.one and of house.a.two",
        "c: Row is of house.b.model and of house.c.inner",
        "d: Cell is of house.c.inner and of house.d",
    ]
