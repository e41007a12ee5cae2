"""The first step of an installation."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

OPTIONS = {
    "region_code": "22", "region": "Примерский край", "municipality": "Примерский район", "centre": "Тьюторский центр",
    "coordinator": "Выдумкина Ольга Петровна",
}  # fmt: skip


@pytest.mark.django_db
def test_open_centre_twice_is_once(client: Any) -> None:
    said = StringIO()
    call_command("open_centre", **OPTIONS, stdout=said)
    login, password = (re.search(rf"{word}\s+(\S+)", said.getvalue()).group(1) for word in ("login", "password"))  # type: ignore[union-attr]
    assert login == "vydumkina.op"
    assert client.login(username=login, password=password)
    again = StringIO()
    call_command("open_centre", **OPTIONS, stdout=again)
    assert "already" in again.getvalue()
