"""Which tests PostgreSQL repeats: those of what a database decides.

The rule reads the sources, so that a new test with a race, a constraint, SQL of its own or a search is not forgotten
(``tests/test_choosing.py`` tests the rule). A lock is none of the signs: alone in its transaction it holds up nobody,
and whether PostgreSQL would take it is asked by each test on SQLite too (``tests/as_postgres.py``). Repeated are the
acceptance tests, which open every page and send every form; what is marked ``database``; and each file that shows one
of ``SIGNS`` or imports a module that shows one. What is marked ``once`` is not.
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
    "refusal of the database": r"\b(?:Integrity|Operational|Data|Database)Error\b|ignore_conflicts|update_conflicts",
    "which database it is": r"\.vendor\b",
    "SQL of its own": r"\bRawSQL\b|\.cursor\(\)|\.raw\(|\.extra\(",
    "functions and order of the database": r"\((?:Func|Transform|Lookup)\)|\b(?:Lower|Upper|Window|Collate)\(|\bnulls_",
    "inside of JSON": r"\bKeyTransform|\bKT\(|__has_key|__has_any_keys",
    "text that a database refuses": r"\\0|\\x00|\\u0000|\\ud8|[Aa]wkward",
    "search": r"/search/|registries import.*\bsearch\b|core\.finding\b|\bsearch_registration\b|__i(?:contains|exact)\b",
    "transactions": r"transaction=True|transactional_db|\bown_world\b",
    "threads": r"\b(?:[Tt]hread\w*|racing)\b",
    "migrations": r"\bMigrationExecutor\b|call_command\(\"migrate\"|\.migrations\b",
}
OF_TESTS = {"text that a database refuses", "transactions", "threads"}
"""What a test does itself: a NUL in the product parts two texts or shows a file's kind, and a thread of it sees nothing
of a test that keeps its transaction open."""
_OF_THE_PRODUCT = re.compile("|".join(sign for name, sign in SIGNS.items() if name not in OF_TESTS))
MARKED = re.compile(r"\bmark\.(?:database|processes)\b")
PAGES = ("_page", "_pages", "_views")
#: Who acts: nearly every test makes an actor, and so does each request of the matrix.
EVERYWHERE = {"traektoria.people.actor"}


@cache
def is_repeated(test: Path) -> bool:
    """Whether PostgreSQL is asked what this file asks."""
    return "acceptance" in test.parts or next(reasons(test), None) is not None


def is_repeated_by_itself(test: Path) -> bool:
    """Without a mark of its own: what pages look like is asked once."""
    return not test.stem.endswith(PAGES) and is_repeated(test)


@cache
def may_be_repeated(test: Path) -> bool:
    """Whether something in this file can be: all of it, or what a mark in it says."""
    return is_repeated_by_itself(test) or MARKED.search(test.read_text(encoding="utf-8")) is not None


def reasons(test: Path) -> Iterator[str]:
    """Names of the signs that the file shows, or its name, then the modules it imports that show some."""
    text = f"{test.name}\n{test.read_text(encoding='utf-8')}"
    yield from (name for name, sign in SIGNS.items() if re.search(sign, text))
    yield from sorted(module for module in imported(test) - EVERYWHERE if shows_a_sign(module))


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


@cache
def shows_a_sign(module: str) -> bool:
    path = SOURCES.joinpath(*module.split("."))
    file = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
    return file.exists() and _OF_THE_PRODUCT.search(file.read_text(encoding="utf-8")) is not None


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


def _home_of(name: str, package: str, init: Path) -> str:
    """The module from which a package has a name."""
    for node in ast.parse(init.read_text(encoding="utf-8")).body if init.exists() else ():
        if isinstance(node, ast.ImportFrom) and name in {alias.asname or alias.name for alias in node.names}:
            return f"{package}.{node.module}" if node.level else str(node.module)
    return package
