"""The rule by which PostgreSQL repeats tests sees what a database decides, wherever it is written."""

from pathlib import Path

import pytest

from tests.choosing import ROOT, SIGNS, imported, is_repeated, is_repeated_by_itself, reasons, shows, signed

TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
SAMPLES = {
    "a row that is there already": "with pytest.raises(IntegrityError):",
    "refusal of the database": "with pytest.raises(DataError):",
    "which database it is": 'if connection.vendor == "sqlite":',
    "SQL of its own": "with connection.cursor() as cursor:",
    "functions and order of the database": 'order_by(Lower("name"))',
    "inside of JSON": 'filter(facts__has_key="a")',
    "search": 'client.get("/search/")',
    "transactions": "@pytest.mark.django_db(transaction=True)",
    "threads": "from tests.acceptance.races import race",
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


USES = [
    "import traektoria.events.event.actions.writing\n\ndef test_it():\n    traektoria.events.event.actions.writing\n",
    "from traektoria.events.event.actions import writing\n\ndef test_it():\n    writing.edit_event()\n",
    "from traektoria.events.event import actions\n\ndef test_it():\n    actions.edit_event()\n",
    "from traektoria.events.event.actions import writing\n\ndef test_it():\n    ask(writing)\n",
    "from traektoria.people.staff_table import plan_staff as plan\n\ndef test_it():\n    plan()\n",
    "from traektoria.organisations.queries import fits\n\ndef test_it():\n    fits()\n",
    "def test_it():\n    from traektoria.planning.reports.year import year_page\n    year_page()\n",
    "from traektoria.people.staff_table import plan_staff\n\ndef table():\n    plan_staff()\n\n"
    "@pytest.fixture\ndef made():\n    table()\n\ndef test_it(made):\n    pass\n",
    "from tests.acceptance.races import race\n\nBOTH = [race]\n\n@parametrize('one', BOTH)\n"
    "def test_it(one):\n    pass\n",
    "from traektoria.people.staff_table import plan_staff\n\n@pytest.fixture(autouse=True)\n"
    "def made():\n    plan_staff()\n"
    "\ndef test_it():\n    pass\n",
]


@pytest.mark.parametrize("text", USES)
def test_what_uses_what_shows_a_sign_is_repeated_and_its_neighbour_not(text: str, tmp_path: Path) -> None:
    file = tmp_path / "test_new.py"
    file.write_text(f"{text}\ndef test_other():\n    assert True\n", encoding="utf-8")
    assert is_repeated_by_itself(file, "test_it")
    assert is_repeated_by_itself(file, "test_other") is ("autouse" in text)


def test_what_a_module_has_besides_repeats_nothing(tmp_path: Path) -> None:
    """Whoever only imports a module of which another part shows a sign."""
    file = tmp_path / "test_new.py"
    file.write_text("from traektoria.results.actions import NOT_THERE\n\ndef test_it():\n    NOT_THERE()\n", "utf-8")
    assert not is_repeated(file)
    assert "map_rest" in signed("traektoria.results.actions")


def test_a_sign_that_stands_for_the_whole_file_repeats_it_whole(tmp_path: Path) -> None:
    file = tmp_path / "test_new.py"
    mark = "pytestmark = pytest.mark.django_db(transaction=True)"
    file.write_text(f"{mark}\n\ndef test_it():\n    pass\n", encoding="utf-8")
    assert is_repeated_by_itself(file, "test_it")
    assert shows(file)


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
        "import traektoria.engines.questionbanks.reader",
        "from traektoria.tutors.register.actions import enter_earlier",
        "import traektoria.video.servers.http_get",
    ],
)
def test_a_lock_a_thread_a_nul_and_a_caught_refusal_of_the_product_repeat_nothing(line: str, tmp_path: Path) -> None:
    file = tmp_path / "test_new.py"
    file.write_text(f"{line}\n", encoding="utf-8")
    assert not is_repeated(file)


@pytest.mark.parametrize(
    "name",
    [
        "core/test_word_search.py",
        "desk/test_search.py",
        "acceptance/test_races.py",
        "acceptance/test_permission_matrix.py",
    ],
)
def test_races_search_and_the_matrix_are_repeated(name: str) -> None:
    assert is_repeated(ROOT / "tests" / name)


def test_the_rule_leaves_something_and_takes_something() -> None:
    taken = sum(map(is_repeated, TESTS))
    assert 50 < taken < len(TESTS) - 50
