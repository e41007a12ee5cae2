"""Two acts that touch one object at the same moment: neither waits for the other, and what is written says both."""

import threading

import pytest
from django.db import connection, transaction

from tests.factories import make_centre, make_member, make_person
from tests.patience import until
from traektoria.core import waiting
from traektoria.core.models import Waiting
from traektoria.people.enums import Role
from traektoria.people.models import Account, Person

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def test_what_two_acts_touch_is_asked_by_whoever_ends_later() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    person = make_person()
    make_member(make_centre(), Role.TEACHER, person=person)
    waiting.renew(person)
    assert Waiting.objects.filter(object_id=str(person.pk)).count() == 1, "cannot sign in"
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def touches_it() -> None:
        try:
            with transaction.atomic():
                waiting.renew_keys(Person, [person.pk])
                begun.set()
                assert go_on.wait(60)
        finally:
            connection.close()

    def gives_a_password() -> None:
        try:
            with transaction.atomic():
                account = Account.objects.get(person=person)
                account.set_password("проверочный-пароль-7")
                account.save()
        finally:
            ended.set()
            connection.close()

    one = threading.Thread(target=touches_it)
    one.start()
    assert begun.wait(60)
    other = threading.Thread(target=gives_a_password)
    other.start()
    until(lambda: Account.objects.exclude(person__isnull=True).exclude(password__startswith="!").exists())
    assert not ended.is_set(), "its act is committed; what waits is asked when the first one ends"
    go_on.set()
    one.join(60)
    other.join(60)
    assert not Waiting.objects.filter(object_id=str(person.pk)).exists()
    assert not list(waiting.differences())
