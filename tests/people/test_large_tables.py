"""A large table of staff is read and written by the worker: with a preview that is kept, in portions, once."""

from dataclasses import replace
from typing import Any

import pytest
from django.db.models.signals import post_save

from tests.engines.tables.samples import workbook
from tests.factories import make_school
from tests.organisations.test_tables import upload
from tests.world import World
from traektoria.core.models import Errand, ErrandState
from traektoria.core.registries import errand_kinds
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.organisations import imports
from traektoria.organisations.models import ImportDraft
from traektoria.people.models import Person

pytestmark = pytest.mark.django_db
UPLOAD = "/people/import/"
HEAD = ["Фамилия", "Имя", "Отчество", "Школа", "Должность"]
NAMES = ["Анна", "Вера", "Дарья", "Елена", "Зоя"]
TABLE = workbook({"Люди": [HEAD, *(["Примерова", name, "Ивановна", "990101", "учитель"] for name in NAMES)]})
NEW = Person.objects.filter(surname="Примерова")


@pytest.fixture
def centre(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Of every table the worker takes care, two rows at a time."""
    make_school(world.own, "Школа 990101", digits="990101")
    for slug in ("people.staff_read", "people.staff_write"):
        kind = errand_kinds.get(slug)
        assert kind is not None
        monkeypatch.setitem(errand_kinds._items, slug, replace(kind, light=0))
    monkeypatch.setattr(imports, "PORTION", 2)
    monkeypatch.setattr(imports, "BREATH", 0)
    return world.own


def sent(client: Any, capture: Any) -> Errand:
    with capture(execute=True):
        places = [upload(client, TABLE, "staff.xlsx", UPLOAD)["Location"] for _press in range(2)]
    assert places[0] == places[1], "the same file is read once"
    do_what_is_due()
    return Errand.objects.get()


def test_it_is_read_checked_and_written(centre: Any, as_: Any, django_capture_on_commit_callbacks: Any) -> None:
    client = as_("coordinator")
    read = sent(client, django_capture_on_commit_callbacks)
    assert (read.state, read.asks) == (ErrandState.DONE, True)
    assert "Нужен ваш ответ" in client.get("/").content.decode()
    page = client.get(read.url)
    assert page.context["plan"].counts["added"] == 5
    assert page.context["plan"].first_rows[0].title.startswith("Примерова")
    with django_capture_on_commit_callbacks(execute=True):
        places = [client.post(read.url)["Location"] for _press in range(2)]
    assert places[0] == places[1]
    assert NEW.count() == 0
    do_what_is_due()
    assert NEW.count() == 5
    written = Errand.objects.get(kind="people.staff_write")
    assert (written.state, written.url, written.said) == (ErrandState.DONE, read.url, "Записано 5\xa0строк.")
    draft = ImportDraft.objects.get()
    assert (draft.rows, draft.preview) == ([], {}), "nobody's names stay"
    assert "Нужен ваш ответ" not in client.get("/").content.decode()
    assert client.get(read.url).context["written"]["added"] == 5


def test_what_was_broken_off_goes_on(
    centre: Any, as_: Any, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_("coordinator")
    read = sent(client, django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(read.url)

    def killed(sender: Any, instance: Any, **facts: Any) -> None:
        if instance.given == "Дарья":
            raise SystemExit

    post_save.connect(killed, sender=Person)
    try:
        with pytest.raises(SystemExit):
            do_what_is_due()
    finally:
        post_save.disconnect(killed, sender=Person)
    assert NEW.count() == 2, "whole portions only"
    row = Errand.objects.get(kind="people.staff_write")
    assert row.state == ErrandState.RUNNING
    from traektoria.core.errands.execution import do_errand

    do_errand.call(errand=str(row.pk))
    assert NEW.count() == 5
    assert Errand.objects.get(pk=row.pk).attempt == 2


def test_a_table_that_cannot_be_read_says_why(centre: Any, as_: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        upload(as_("coordinator"), b"nothing", "staff.xlsx", UPLOAD)
    do_what_is_due()
    row = Errand.objects.get()
    assert row.state == ErrandState.FAILED
    assert "заголовками" in row.said
