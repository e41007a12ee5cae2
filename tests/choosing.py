"""Which tests PostgreSQL repeats: those of what a database decides.

The rule reads the sources, so that a new test with a race, a constraint, SQL of its own or a search is not forgotten
(``tests/test_choosing.py`` tests the rule). A lock is none of the signs: alone in its transaction it holds up nobody,
and whether PostgreSQL would take it is asked by each test on SQLite too, as is each value that a row gets
(``tests/as_postgres.py``). Repeated are what is marked ``database``, as the permission matrix, which opens every page
and sends every form; and each test that shows one of ``SIGNS``, or uses something that does: a helper, a fixture or a
constant of its file, or a definition of the product that the file names. Its neighbours in the file are not, nor what
is marked ``once``.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src"
PRODUCT = "traektoria"

#: What a source says where the answer can be another on another database.
SIGNS = {
    "a row that is there already": r"\bIntegrityError\b",
    "refusal of the database": r"\b(?:Operational|Data|Database)Error\b|ignore_conflicts|update_conflicts",
    "which database it is": r"\.vendor\b",
    "SQL of its own": r"\bRawSQL\b|\.cursor\(\)|\.raw\(|\.extra\(|\bstatements\.(?:found|done)|\bRowWriter\(|"
    r"\bjoined_rows import (?:rows_of|numbers)\b",
    "functions and order of the database": r"\((?:Func|Transform|Lookup)\)|\b(?:Lower|Upper|Window|Collate)\(|\bnulls_",
    "inside of JSON": r"\bKeyTransform|\bKT\(|__has_key|__has_any_keys",
    "search": r"/search/|registries import.*\bsearch\b|\.word_search\b|\bsearch_registration\b|__i(?:contains|exact)\b",
    "transactions": r"transaction=True|transactional_db|\bown_world\b",
    "threads": r"\b(?:[Tt]hread\w*|acceptance\.races)\b",
    "migrations": r"\bMigrationExecutor\b|call_command\(\"migrate\"|\.migrations\b",
}
OF_TESTS = {"a row that is there already", "transactions", "threads"}
"""What a test does itself: that an action of the product makes a sentence of such a refusal is the same on both, which
go no further in that transaction (``tests/as_postgres.py``), and a thread of it sees nothing of a test that keeps its
transaction open."""
_ANY = re.compile("|".join(SIGNS.values()))
_OF_THE_PRODUCT = re.compile("|".join(sign for name, sign in SIGNS.items() if name not in OF_TESTS))
MARKED = re.compile(r"\bmark\.(?:database|processes)\b")
PAGES = ("_page", "_pages", "_views")
#: Who acts: nearly every test makes an actor, and so does each request of the matrix.
EVERYWHERE = {"traektoria.people.actor"}


EVERYTHING = "*"
"""The place of what is said for the whole of a file, between its definitions."""


@cache
def is_repeated(test: Path) -> bool:
    """Whether PostgreSQL is asked something of what this file asks."""
    return next(reasons(test), None) is not None


def is_repeated_by_itself(test: Path, name: str = EVERYTHING) -> bool:
    """Whether this test is, without a mark of its own: what pages look like is asked once."""
    if test.stem.endswith(PAGES) or not is_repeated(test):
        return False
    return name == EVERYTHING or bool({name, EVERYTHING} & shows(test).keys())


@cache
def may_be_repeated(test: Path) -> bool:
    """Whether something in this file can be: what the rule sees, or what a mark in it says."""
    return is_repeated_by_itself(test) or MARKED.search(test.read_text(encoding="utf-8")) is not None


def reasons(test: Path) -> Iterator[str]:
    """Names of the signs that something in the file shows, then what it uses of the product that shows some."""
    yield from sorted({reason for name, found in shows(test).items() if _is_asked(name) for reason in found})


def _is_asked(name: str) -> bool:
    return name == EVERYTHING or name.lower().startswith("test")


@cache
def shows(test: Path) -> dict[str, frozenset[str]]:
    """What each definition of a test's file shows of signs: itself, by what it uses of the product, or by what it uses
    of the file (helpers, fixtures, constants); ``EVERYTHING``: what its other lines show."""
    file = Definitions.of(test)
    brought = {name: found for name, found in _brought(file).items() if found}
    shown: dict[str, frozenset[str]] = {}
    for name, text in file.texts.items():
        found = _signs(text) | {reason for used in file.used(name) for reason in brought.get(used, ())}
        if found:
            shown[name] = frozenset(found)
    return file.spread(shown)


def _signs(text: str) -> set[str]:
    return {name for name, sign in SIGNS.items() if re.search(sign, text)} if _ANY.search(text) else set()


def _brought(file: "Definitions") -> dict[str, set[str]]:
    """What each imported name brings: signs that its line shows (a race, a search), or that it has in the product."""
    found: dict[str, set[str]] = {}
    for node, alias in file.imports:
        name, of = bound(alias), node.module if isinstance(node, ast.ImportFrom) else None
        found.setdefault(name, set()).update(_signs(line_of(node, alias)))
        whole = f"{of}.{alias.name}" if of else alias.name
        if not whole.startswith(f"{PRODUCT}."):
            continue
        asked = {alias.name} if not _is_module(whole) else file.asked_of(name) if of else {EVERYTHING}
        places = ((place, signed(place)) for place in _modules(whole) - EVERYWHERE)
        found[name] |= {place for place, of_it in places if asked & of_it or (of_it and EVERYTHING in asked)}
    return found


def bound(alias: ast.alias) -> str:
    """The name by which a file knows what it imports."""
    return alias.asname or alias.name.partition(".")[0]


def line_of(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    return f"from {node.module} import {alias.name}" if isinstance(node, ast.ImportFrom) else f"import {alias.name}"


@cache
def signed(module: str) -> frozenset[str]:
    """The definitions of a module of the product that show a sign, or use one of its own that does."""
    path = SOURCES.joinpath(*module.split("."))
    source = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
    if not source.exists() or not _OF_THE_PRODUCT.search(source.read_text(encoding="utf-8")):
        return frozenset()
    file = Definitions.of(source)
    brought = {bound(alias) for node, alias in file.imports if _OF_THE_PRODUCT.search(line_of(node, alias))}
    shown = {
        name: frozenset({name})
        for name, text in file.texts.items()
        if _OF_THE_PRODUCT.search(text) or file.used(name) & brought
    }
    found = frozenset(file.spread(shown)) | brought
    return found | file.texts.keys() | {EVERYTHING} if EVERYTHING in found else found


class Definitions:
    """What a file defines at its top: the text of each, and the names that it uses. Imports are apart."""

    def __init__(self, text: str) -> None:
        self.texts: dict[str, str] = {}
        self.imports: list[tuple[ast.Import | ast.ImportFrom, ast.alias]] = []
        self._names: dict[str, set[str]] = {}
        self._asked: dict[str, set[str]] = {}
        lines = text.splitlines(keepends=True)
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                self.imports += [(node, alias) for alias in node.names]
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                self._asked.setdefault(node.value.id, set()).add(node.attr)
        for node in tree.body:
            if not isinstance(node, ast.Import | ast.ImportFrom):
                for name in _names_of(node):
                    self._add(name, node, lines)

    @classmethod
    def of(cls, file: Path) -> "Definitions":
        return cls(file.read_text(encoding="utf-8"))

    def _add(self, name: str, node: ast.stmt, lines: list[str]) -> None:
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
        self.texts[name] = self.texts.get(name, "") + "".join(lines[first - 1 : node.end_lineno])
        used = self._names.setdefault(name, set())
        for one in ast.walk(node):
            if isinstance(one, ast.Name):
                used.add(one.id)
            elif isinstance(one, ast.arg):
                used.add(one.arg)
            elif isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value.isidentifier():
                used.add(one.value)
            elif isinstance(one, ast.Import | ast.ImportFrom):
                used |= set(map(bound, one.names))

    def used(self, name: str) -> set[str]:
        return self._names[name]

    def asked_of(self, module: str) -> set[str]:
        """What the file asks of an imported module by its name; all where it only hands it on."""
        return self._asked.get(module) or {EVERYTHING}

    def spread(self, shown: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        """Also to what uses it, however far."""
        found = dict(shown)
        again = True
        while again:
            again = False
            for name, used in self._names.items():
                more = found.get(name, frozenset()).union(*(found[one] for one in used if one != name and one in found))
                if more and more != found.get(name):
                    found[name], again = more, True
        return found


def _names_of(node: ast.stmt) -> list[str]:
    """The names that a statement at the top gives; what gives none, or is asked of each test, is of the whole file."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [EVERYTHING] if "autouse" in "".join(map(ast.dump, node.decorator_list)) else [node.name]
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]
        return [EVERYTHING] if not names or "pytestmark" in names else names
    return [EVERYTHING]


@cache
def imported(file: Path) -> frozenset[str]:
    """Modules of the product that a file names in its imports; a package of a room means all that it has."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        found |= {module for name in names if name.startswith(f"{PRODUCT}.") for module in _modules(name)}
    return frozenset(found)


def module_of(file: Path) -> str:
    """``src/traektoria/core/text.py`` is ``traektoria.core.text``."""
    return ".".join(file.relative_to(SOURCES).with_suffix("").parts).removesuffix(".__init__")


def _modules(name: str) -> set[str]:
    """The module of an imported name: itself, or the one that it is in; of a package all that it has."""
    path = SOURCES.joinpath(*name.split("."))
    if path.with_suffix(".py").exists():
        return {name}
    if path.is_dir():
        return {module_of(file) for file in path.rglob("*.py") if "migrations" not in file.parts}
    package, _, own = name.rpartition(".")
    home = SOURCES.joinpath(*package.split("."))
    return {_home_of(own, package, home / "__init__.py")} if home.is_dir() else {package}


def _is_module(name: str) -> bool:
    path = SOURCES.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()


def _home_of(name: str, package: str, init: Path) -> str:
    """The module from which a package has a name."""
    for node in ast.parse(init.read_text(encoding="utf-8")).body if init.exists() else ():
        if isinstance(node, ast.ImportFrom) and name in {alias.asname or alias.name for alias in node.names}:
            return f"{package}.{node.module}" if node.level else str(node.module)
    return package
