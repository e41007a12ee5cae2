"""What waits in the room after any order of acts is what the room says: passwords, staff, erasures, confirmations."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tests.thoroughness import rounds
from tests.waiting import lines_for, what_differs
from tests.world import World
from traektoria.core.errors import DomainError
from traektoria.core.models import Waiting
from traektoria.people import actions
from traektoria.people.actor import actor_of
from traektoria.people.models import Account, Employment, Person, RoleAssignment
from traektoria.people.own_hand import confirm_hand

pytestmark = pytest.mark.django_db
Act = Callable[[], Any]


def _acts(world: World, chance: random.Random) -> list[Act]:
    by = {name: actor_of(account) for name, account in world.accounts.items()}
    coordinator, today = by["coordinator"], timezone.localdate()
    person = chance.choice(list(Person.objects.order_by("pk")))
    work = person.employments.first()
    dates = {"start": today - timedelta(days=5), "end": chance.choice([None, today + timedelta(days=9)])}
    role = chance.choice(list(RoleAssignment.objects.order_by("pk")))
    account = chance.choice(list(Account.objects.exclude(person=None).order_by("pk")))
    name = {"surname": chance.choice(["Новосёлова", "Кольцова"]), "given": "Ирина", "patronymic": "", "gender": ""}
    work_facts = {"position": "учитель", "category": "", "experience_from": None, "subjects": ["math"]}
    return [
        lambda: actions.add_person(centre=world.own, by=coordinator, **name),
        lambda: actions.save_employment(
            person=person, employment=work, centre=world.own, school=world.school, **work_facts, **dates, by=coordinator
        ),
        lambda: actions.assign_role(
            person=person, role="teacher", centre=world.own, school=world.school, **dates, by=coordinator
        ),
        lambda: actions.end_role(role=role, by=coordinator),
        lambda: actions.open_account(person=person, centre=world.own, by=coordinator),
        lambda: actions.give_password(person=person, centre=world.own, by=coordinator),
        lambda: Account.objects.get(pk=account.pk).save(),
        lambda: actions.request_erasure(by=by[chance.choice(["teacher", "tutor"])]),
        lambda: actions.answer_erasure(person=person, centre=world.own, by=coordinator),
        lambda: confirm_hand(account=account, by=by["head"]),
        lambda: confirm_hand(account=account, by=by["administrator"]),
    ]


@pytest.mark.parametrize("seed", range(rounds(1, 4)))
def test_after_any_order_of_acts_the_rows_are_what_the_room_says(world: World, seed: int) -> None:
    Account.objects.update(last_login=timezone.now())
    chance, done = random.Random(seed), 0
    for _step in range(60):
        act = chance.choice(_acts(world, chance))
        try:
            with transaction.atomic():
                act()
        except (DomainError, Person.DoesNotExist):
            continue
        done += 1
        assert what_differs() == [], (seed, done)
    assert done > 10
    assert Employment.objects.count() > 1


def test_one_who_left_sees_nothing(world: World) -> None:
    account = world.accounts["coordinator"]
    assert lines_for(actor_of(account))
    for role in RoleAssignment.objects.filter(person=account.person):
        role.start = role.end = timezone.localdate() - timedelta(days=1)
        role.save()
    assert lines_for(actor_of(account)) == []


def test_who_was_the_last_to_work_there_leaves_a_line(world: World) -> None:
    by = actor_of(world.accounts["coordinator"])
    assert "people.staff" not in kinds_of(by)
    for work in Employment.objects.filter(school__in=world.own.schools()):
        work.delete()
    assert "people.staff" in kinds_of(by)
    assert what_differs() == []


def kinds_of(actor: Any) -> set[str]:
    rows = Waiting.objects.filter(addressee__in=actor.addresses)
    return set(rows.values_list("kind", flat=True))
