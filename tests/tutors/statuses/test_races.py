"""Two presses at once: one status, one signature."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import OperationalError, connections

from tests.factories import make_centre, make_member, make_person
from tests.tutors.orders.test_orders import SIGNATURE, drafted, make_applicant, school_centre
from tests.tutors.status_factories import make_admitted
from traektoria.core.errors import DomainError
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.tutors.models import StatusTerm, TutorStatus
from traektoria.tutors.orders import actions as orders
from traektoria.tutors.statuses.actions.statuses import end_status, grant_status
from traektoria.tutors.statuses.enums import BasisKind

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 9, 1)


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Run all at once; «done» or the code of the refusal of each."""
    gate, told = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=20)
            act()
            told.append("done")
        except DomainError as refusal:
            told.append(refusal.code)
        except OperationalError:
            told.append("busy")  # SQLite gives up waiting for the other writer
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def test_two_grants_make_one_status() -> None:
    application = make_admitted(make_centre(), make_person())

    def grant() -> None:
        grant_status(application=application, basis=BasisKind.ENTRY, basis_text="запись", start=DAY, by=None)

    told = at_once(grant, grant)
    assert told.count("done") == 1
    assert (TutorStatus.objects.count(), StatusTerm.objects.count(), RoleAssignment.objects.count()) == (1, 1, 1)


def test_an_order_is_signed_once() -> None:
    _centre, head = school_centre()
    order = drafted(make_applicant(_centre), head)

    def sign() -> None:
        orders.sign_order(order=order, by=head, **SIGNATURE)

    assert at_once(sign, sign).count("done") == 1
    assert TutorStatus.objects.count() == 1


def test_one_number_for_two_orders() -> None:
    centre, head = school_centre()
    first, second = (drafted(make_applicant(centre, surname=name), head) for name in ("Иванова", "Петрова"))
    told = at_once(
        lambda: orders.sign_order(order=first, by=head, **SIGNATURE),
        lambda: orders.sign_order(order=second, by=head, **SIGNATURE),
    )
    assert told.count("done") == 1
    assert TutorStatus.objects.count() == 1


def test_end_pressed_twice() -> None:
    centre = make_centre()
    by = actor_of(make_member(centre, Role.COORDINATOR))
    application = make_admitted(centre, make_person())
    status = grant_status(application=application, basis=BasisKind.ENTRY, basis_text="", start=DAY, by=None)
    told = at_once(*[lambda: end_status(status=status, reason="уехала", by=by)] * 2)
    assert told.count("done") == 1
