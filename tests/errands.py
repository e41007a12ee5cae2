"""A file that is asked for by its address: at once where it is short, by the worker where it is long."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

from traektoria.core.models import Errand
from traektoria.core.registries import errand_kinds
from traektoria.core.tasks.worker import do_what_is_due


def cells_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    return {page.title: list(page.iter_rows(values_only=True)) for page in load_workbook(BytesIO(content))}


def everything_is_long(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = errand_kinds.get(slug)
    assert kind is not None
    monkeypatch.setitem(errand_kinds._items, slug, replace(kind, light=-1))


def asked(client: Client, url: str, capture: Any) -> Errand:
    """The offer was accepted and the worker has done it. ``capture``: django_capture_on_commit_callbacks."""
    offer = client.get(url)
    assert offer.status_code == 200
    assert not Errand.objects.exists(), "reading writes nothing"
    with capture(execute=True):
        client.post("/work/ask/", {"seal": offer.context["seal"]})
    do_what_is_due()
    return Errand.objects.get()


def taken(client: Client, row: Errand) -> Any:
    return whole(client.post(f"/work/{row.pk}/file/"))


def whole(answer: Any) -> Any:
    """With the content of a file that comes bit by bit."""
    if not answer.streaming:
        return answer
    return HttpResponse(answer.getvalue(), status=answer.status_code, headers=dict(answer.headers))
