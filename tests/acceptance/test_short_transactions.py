"""Long work holds nobody up: files are read before a transaction begins, rows are written in portions."""

from typing import Any

import pytest
from django.db import connection

from tests.acceptance.races import together
from tests.results.samples import make_file
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.diagnostics.bank.actions import file_import
from traektoria.diagnostics.models import BankItem
from traektoria.organisations import imports
from traektoria.organisations.models import ImportDraft
from traektoria.organisations.sheets import csv_bytes
from traektoria.people import actions as people
from traektoria.people.models import Person
from traektoria.results import actions as results

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = ["Фамилия", "Имя", "Отчество", "Школа", "Должность", "Предметы"]
SURNAMES = ["Берёзова", "Вишнёва", "Грушева", "Дубова", "Елова"]
STAFF = csv_bytes([HEAD, *([name, "Анна", "Ивановна", "СОШ № 1", "учитель", "математика"] for name in SURNAMES)])
GIFT = "::Сумма:: Сколько будет 2 + 2? { =4 ~5 ~6 }".encode()


def written() -> list[str]:
    return sorted(Person.objects.filter(surname__in=SURNAMES).values_list("surname", flat=True))


def keep(world: World) -> ImportDraft:
    return people.keep_staff_table(
        source=STAFF, file_name="staff.csv", centre=world.own, by=actor(world, "coordinator")
    )


def test_files_are_read_before_the_transaction(own_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def watch(module: Any, name: str) -> None:
        slow = getattr(module, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            assert not connection.in_atomic_block, name
            read.append(name)
            return slow(*args, **kwargs)

        monkeypatch.setattr(module, name, watched)

    watch(imports, "read_table")
    watch(file_import, "parse_file")
    watch(results.engine, "import_dataset")
    by = actor(own_world, "coordinator")
    keep(own_world)
    file_import.import_questions(centre=own_world.own, content=GIFT, name="sum.gift", by=by)
    content, filename = make_file()
    results.import_file(centre=own_world.own, content=content, filename=filename, by=by)
    assert read == ["read_table", "parse_file", "import_dataset"]
    assert BankItem.objects.count() == 1


def test_rows_go_in_portions_between_which_others_write(own_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, seen = keep(own_world), list[int]()

    def breathe(seconds: float) -> None:
        assert not connection.in_atomic_block
        seen.append(len(written()))

    monkeypatch.setattr(imports, "PORTION", 2)
    monkeypatch.setattr("traektoria.organisations.imports.time.sleep", breathe)
    done = people.write_staff_table(token=draft.pk, by=actor(own_world, "coordinator"))
    assert (seen, written()) == ([2, 4], SURNAMES)
    assert (done.outcome["added"], done.rows) == (5, [])


def test_what_was_broken_off_goes_on_where_it_stopped(own_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, by = keep(own_world), actor(own_world, "coordinator")
    monkeypatch.setattr(imports, "PORTION", 2)
    with monkeypatch.context() as dying:
        dying.setattr("traektoria.organisations.imports.time.sleep", lambda seconds: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            people.write_staff_table(token=draft.pk, by=by)
    draft.refresh_from_db()
    assert (draft.position, draft.written_at, len(written())) == (2, None, 2)
    assert people.write_staff_table(token=draft.pk, by=by).outcome["added"] == 5
    assert written() == SURNAMES


def test_two_presses_write_each_row_once(own_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, by = keep(own_world), actor(own_world, "coordinator")
    monkeypatch.setattr(imports, "PORTION", 1)
    together(*[lambda: people.write_staff_table(token=draft.pk, by=by)] * 2)
    assert written() == SURNAMES
