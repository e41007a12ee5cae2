"""The administrator of the installation is appointed on the server."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_person
from traektoria.core.models import AuditEvent
from traektoria.people.enums import Role
from traektoria.people.models import Account, Person, RoleAssignment

pytestmark = pytest.mark.django_db
NAME = "Выдумкина Ольга Петровна"


def appoint(name: str = NAME, **options: str) -> str:
    said = StringIO()
    call_command("appoint_administrator", name, stdout=said, **options)
    return said.getvalue()


def test_a_new_person_signs_in_and_founds_centres(client: Any) -> None:
    login, password = (re.search(rf"{word}\s+(\S+)", said).group(1) for said in [appoint()] for word in WORDS)  # type: ignore[union-attr]
    assert login == "vydumkina.op"
    assert client.login(username=login, password=password)
    account = Account.objects.get()
    assert account.password_given
    role = RoleAssignment.objects.get()
    assert (role.person, role.role, role.centre) == (account.person, Role.ADMINISTRATOR, None)
    assert AuditEvent.objects.filter(event="people.administrator_appointed", object_id=role.pk).count() == 1


WORDS = ("login", "password")


def test_twice_is_once() -> None:
    appoint(email="olga@example.org")
    assert "already" in appoint()
    assert "already" in appoint(email="Olga@example.org")
    assert [model.objects.count() for model in (Person, Account, RoleAssignment)] == [1, 1, 1]  # type: ignore[attr-defined]
    assert AuditEvent.objects.filter(event="people.administrator_appointed").count() == 1


def test_somebody_who_is_known_is_not_made_again() -> None:
    person = make_person(surname="Выдумкина", given="Ольга", patronymic="Петровна")
    appoint("выдумкина ольга петровна")
    assert RoleAssignment.objects.get().person == person


def test_doubts_are_refused() -> None:
    with pytest.raises(CommandError):
        appoint("Выдумкина")
    appoint(email="olga@example.org")
    with pytest.raises(CommandError):
        appoint("Другая Анна Ивановна", email="olga@example.org")
    make_person(surname="Выдумкина", given="Ольга", patronymic="Петровна")
    with pytest.raises(CommandError):
        appoint()
    assert RoleAssignment.objects.count() == 1
