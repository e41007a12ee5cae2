"""A large file of results is imported by the worker: once, and what it asks is found again."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.results.samples import SITTING, make_file, plain_file, pupils
from tests.world import World
from traektoria.core.errands.execution import do_errand
from traektoria.core.models import Errand, ErrandState
from traektoria.core.registries import errand_kinds
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.results.errands import IMPORT
from traektoria.results.models import Dataset

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = errand_kinds.get(IMPORT)
    assert kind is not None
    monkeypatch.setitem(errand_kinds._items, IMPORT, replace(kind, light=0))


def send(client: Client, content: bytes, name: str) -> str:
    return client.post("/results/upload/", {"file": [SimpleUploadedFile(name, content)]})["Location"]


def test_it_is_imported_once_and_leads_to_its_weak_tasks(
    world: World, as_: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client, (content, name) = as_("coordinator"), make_file()
    with django_capture_on_commit_callbacks(execute=True):
        places = [send(client, content, name) for _press in range(2)]
    assert places[0] == places[1] == f"/work/{Errand.objects.get().pk}/"
    assert not Dataset.objects.exists()
    do_what_is_due()
    dataset = Dataset.objects.get()
    polled = client.get(places[0], headers={"HX-Request": "true"})
    assert polled["HX-Redirect"] == f"/results/{dataset.pk}/"
    row = Errand.objects.get()
    Errand.objects.update(state=ErrandState.RUNNING)  # killed after the import, before its end was written
    do_errand.call(errand=str(row.pk))
    assert Dataset.objects.count() == 1
    assert Errand.objects.get().url == f"/results/{dataset.pk}/"


def test_what_it_does_not_say_is_asked_and_then_it_is_imported(
    world: World, as_: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = as_("coordinator")
    content = plain_file(pupils({"990001": {"5А": 12, "5Б": 12}, "990002": {"5А": 12}}))
    with django_capture_on_commit_callbacks(execute=True):
        send(client, content, "таблица.csv")
    do_what_is_due()
    asked = Errand.objects.get()
    assert (asked.state, asked.asks) == (ErrandState.DONE, True)
    page = client.get(asked.url)
    said = {name: value for name, value in SITTING.items() if name in page.context["form"].fields}
    with django_capture_on_commit_callbacks(execute=True):
        place = client.post(asked.url, said)["Location"]
    assert place.startswith("/work/")
    do_what_is_due()
    assert Dataset.objects.get().subject == "math"
    assert Errand.objects.get(pk=asked.pk).seen_at is not None


def test_what_is_no_table_says_why(world: World, as_: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(as_("coordinator"), b"%PDF-1.4 nothing", "file.xlsx")
    do_what_is_due()
    row = Errand.objects.get()
    assert row.state == ErrandState.FAILED
    assert "file.xlsx" in row.said
