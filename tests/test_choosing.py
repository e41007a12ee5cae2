"""The rule by which PostgreSQL repeats tests sees what a database decides, wherever it is written."""

from pathlib import Path

import pytest

from tests.choosing import ROOT, SIGNS, imported, is_repeated, reasons

TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
SAMPLES = {
    "refusal of the database": "with pytest.raises(IntegrityError):",
    "which database it is": 'if connection.vendor == "sqlite":',
    "SQL of its own": "with connection.cursor() as cursor:",
    "functions and order of the database": 'order_by(Lower("name"))',
    "inside of JSON": 'filter(facts__has_key="a")',
    "text that a database refuses": 'name = "Ива\\0нова"',
    "search": 'client.get("/search/")',
    "transactions": "@pytest.mark.django_db(transaction=True)",
    "threads": "from tests.acceptance.racing import race",
    "migrations": 'call_command("migrate", "core", "0001")',
}


def test_each_sign_has_a_sample() -> None:
    assert SAMPLES.keys() == SIGNS.keys()


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_file_that_shows_a_sign_is_repeated(name: str, tmp_path: Path) -> None:
    file = tmp_path / "test_new.py"
    file.write_text(f"def test_it():\n    {SAMPLES[name].splitlines()[0].rstrip(':')!r}\n", encoding="utf-8")
    assert name in list(reasons(file))
    assert is_repeated(file)


@pytest.mark.parametrize(
    "line",
    [
        "import traektoria.events.event.actions.writing",
        "from traektoria.events.event.actions import writing",
        "from traektoria.events.event import actions",
        "from traektoria.people.staff_table import upload",
        "def test_it():\n    from traektoria.planning.reports.year import report",
    ],
)
def test_a_file_that_imports_what_shows_a_sign_is_repeated(line: str, tmp_path: Path) -> None:
    file = tmp_path / "test_new.py"
    file.write_text(f"{line}\n", encoding="utf-8")
    assert is_repeated(file)


def test_a_name_that_a_package_gives_on_is_looked_for_at_home(tmp_path: Path) -> None:
    file = tmp_path / "test_new.py"
    file.write_text("from traektoria.diagnostics.models import Campaign\n", encoding="utf-8")
    (home,) = imported(file)
    assert home.startswith("traektoria.diagnostics.campaigns.models")


def test_what_asks_no_database_is_not_repeated(tmp_path: Path) -> None:
    file = tmp_path / "test_new.py"
    file.write_text("from traektoria.engines.voting import count\n", encoding="utf-8")
    assert not is_repeated(file)


@pytest.mark.parametrize(
    "line",
    [
        "from traektoria.core.workflow import move",
        "from traektoria.routes.supports.actions import seats",
        "import traektoria.engines.questionbanks.reading",
        "import traektoria.video.servers.fetching",
    ],
)
def test_a_lock_a_thread_and_a_nul_of_the_product_repeat_nothing(line: str, tmp_path: Path) -> None:
    file = tmp_path / "test_new.py"
    file.write_text(f"{line}\n", encoding="utf-8")
    assert not is_repeated(file)


@pytest.mark.parametrize(
    "name", ["core/test_finding.py", "desk/test_search.py", "acceptance/test_races.py", "people/test_awkward_staff.py"]
)
def test_races_search_and_awkward_texts_are_repeated(name: str) -> None:
    assert is_repeated(ROOT / "tests" / name)


def test_the_rule_leaves_something_and_takes_something() -> None:
    taken = sum(map(is_repeated, TESTS))
    assert 50 < taken < len(TESTS) - 50
