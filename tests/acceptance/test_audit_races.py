"""Audits over a dying line, by two people at once, and killed in the middle: one act, one number, nothing doubled."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.acceptance.races import together
from tests.planning.audits.audit_factories import KIND, filled, numbers, photo, planned, signed, with_audits
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errors import DomainError
from traektoria.messaging.models import Message
from traektoria.planning.audits.actions.filling import GivenVerdict, attach_file, save_answers
from traektoria.planning.audits.actions.planning import begin_audit, cancel_audit, change_auditors
from traektoria.planning.audits.actions.replying import ReplyText, close_finding, reply_to_act
from traektoria.planning.audits.actions.signing import Advice, sign_audit
from traektoria.planning.audits.enums import AuditState, FindingState
from traektoria.planning.models import Audit, AuditAnswer, AuditFile, Finding, FindingReply

pytestmark = pytest.mark.django_db(transaction=True)


def sign(audit: Audit, by: Any) -> Callable[[], Audit]:
    advice = {one: Advice("Завести карты") for one in numbers(audit)}
    return lambda: sign_audit(audit=audit, advice=advice, conclusion="", reply_due=None, by=by)


def test_an_act_begun_on_a_device_and_sent_ten_times_from_two_is_one(own_world: World) -> None:
    """4.1: the beginning, answers that were changed and photos, all of it ten times in random order, two devices at
    once; what comes before its beginning is refused and comes again."""
    with_audits(own_world.own)
    token, chance, by = uuid4(), random.Random(41), actor(own_world, "tutor")
    shots = {
        (criterion, color): photo(color, (60, 40)).read()
        for criterion, color in ((1, "red"), (1, "blue"), (2, "green"))
    }

    def begin() -> object:
        return begin_audit(
            centre=own_world.own, school=own_world.school, kind=KIND, day=timezone.localdate(), token=token,
            version=None, by=by,
        )  # fmt: skip

    def answer(given: GivenVerdict) -> object:
        audit = Audit.objects.filter(token=token).first()
        return audit and save_answers(audit=audit, answers=[given], by=by)

    def attach(criterion: int, color: str) -> object:
        audit, file = Audit.objects.filter(token=token).first(), photo(color, (60, 40))
        assert file.read() == shots[criterion, color], "the same shot is the same content"
        file.seek(0)
        return audit and attach_file(audit=audit, criterion=criterion, file=file, by=by)

    said = [
        GivenVerdict(number, verdict, note=f"{verdict} {device}", device=device, sequence=1_000 * turn + place)
        for place, device in enumerate(("phone", "tablet"))
        for number in (1, 2, 3)
        for turn, verdict in ((1, "no"), (2, "partly"), (3, "yes"))
    ]
    act: list[Callable[[], object]] = [begin, *(lambda one=one: answer(one) for one in said)]  # type: ignore[misc]
    act += [lambda one=one: attach(*one) for one in shots]  # type: ignore[misc]

    def device(seed: int) -> Callable[[], None]:
        order = [one for _time in range(5) for one in chance.sample(act, len(act))]

        def run() -> None:
            for one in order:
                with suppress(DomainError):  # where another device holds the row for too long
                    one()
            for one in act:  # the line has come: what is left is sent once more
                one()

        return run

    together(device(1), device(2))
    audit = Audit.objects.get()
    assert audit.token == token
    assert sorted(AuditAnswer.objects.values_list("criterion", "verdict")) == [(1, "yes"), (2, "yes"), (3, "yes")]
    assert sorted(AuditFile.objects.values_list("criterion", flat=True)) == [1, 1, 2]
    assert all(one.file.storage.exists(one.file.name) for one in AuditFile.objects.all())


def test_four_presses_sign_once_and_tell_once(own_world: World) -> None:
    audit, by = filled(own_world, "no yes"), actor(own_world, "tutor")
    got = together(*[sign(audit, by)] * 4)
    assert not [one for one in got if isinstance(one, DomainError)]
    assert Finding.objects.count() == 1
    told = Message.objects.filter(kind="planning.audit_signed").values_list("person_id", flat=True)
    assert len(told) == len(set(told))
    assert Audit.objects.get().act_number == 1


def test_acts_signed_at_once_have_numbers_of_their_own(own_world: World) -> None:
    audits, by = [filled(own_world, "yes") for _time in range(4)], actor(own_world, "tutor")
    together(*[sign(audit, by) for audit in audits])
    assert sorted(Audit.objects.values_list("act_number", flat=True)) == [1, 2, 3, 4]


def test_two_auditors_fill_one_audit(own_world: World) -> None:
    audit = planned(own_world)
    people = [own_world.accounts[one].person_id or 0 for one in ("tutor", "other_tutor")]
    change_auditors(audit=audit, auditors=people, by=actor(own_world, "coordinator"))
    calls = [
        lambda who=who, number=number: save_answers(  # type: ignore[misc]
            audit=audit, answers=[GivenVerdict(number, "yes", device=who, sequence=number)], by=actor(own_world, who)
        )
        for number in numbers(audit)
        for who in ("tutor", "other_tutor")
    ]
    got = together(*calls)
    assert not [one for one in got if isinstance(one, DomainError)]
    assert sorted(AuditAnswer.objects.values_list("criterion", flat=True)) == numbers(audit)
    assert Audit.objects.get().state == AuditState.GOING


def test_signed_while_it_is_cancelled_filled_and_given_to_others(own_world: World) -> None:
    audit, by = filled(own_world, "no yes"), actor(own_world, "tutor")
    other = [own_world.accounts["other_tutor"].person_id or 0]
    together(
        sign(audit, by),
        lambda: cancel_audit(audit=audit, reason="Карантин", by=actor(own_world, "coordinator")),
        lambda: save_answers(audit=audit, answers=[GivenVerdict(1, "yes", device="late", sequence=1)], by=by),
        lambda: change_auditors(audit=audit, auditors=other, by=actor(own_world, "coordinator")),
    )
    row = Audit.objects.get()
    assert row.state in (AuditState.SIGNED, AuditState.CANCELLED, AuditState.GOING)
    found = Finding.objects.filter(audit=row)
    if row.is_signed:
        wanting = AuditAnswer.objects.filter(audit=row, verdict="no").values_list("criterion", flat=True)
        assert list(found.values_list("criterion", flat=True)) == list(wanting)
    else:
        assert not found.exists()


def test_the_school_answers_while_the_finding_is_closed(own_world: World) -> None:
    act = signed(own_world)
    finding, head, tutor = act.findings.get(), actor(own_world, "head"), actor(own_world, "tutor")
    said = {finding.pk: ReplyText("objected", "Карты есть")}
    together(
        *[lambda: reply_to_act(audit=act, replies=said, by=head)] * 2,
        *[lambda: close_finding(finding=finding, state=FindingState.MENDED, note="Видели", by=tutor)] * 2,
    )
    assert FindingReply.objects.count() <= 1
    assert Finding.objects.get().state == FindingState.MENDED


KILLED = """
import os, signal, sys
import django
django.setup()
from tests.planning.audits.audit_factories import numbers
from traektoria.people.actor import actor_of
from traektoria.people.models import Account
from traektoria.planning.audits.actions import signing
from traektoria.planning.models import Audit
signing.tell_signed = lambda audit: os.kill(os.getpid(), signal.SIGKILL)
audit, by = Audit.objects.get(), actor_of(Account.objects.get(pk=int(sys.argv[1])))
advice = {one: signing.Advice("Завести карты") for one in numbers(audit)}
signing.sign_audit(audit=audit, advice=advice, conclusion="", reply_due=None, by=by)
"""


def test_killed_while_signing_nothing_is_half_signed(own_world: World) -> None:
    """SIGKILL after the findings are written and before the commit; the next press signs whole."""
    audit = filled(own_world, "no yes")
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}"
    if connection.vendor != "sqlite":
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    environment = {**os.environ, "DATABASE_URL": url, "TESTS_SECRET": settings.SECRET_KEY,
                   "DJANGO_SETTINGS_MODULE": "tests.settings"}  # fmt: skip
    command = [sys.executable, "-c", KILLED, str(own_world.accounts["tutor"].pk)]
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL
    row = Audit.objects.get()
    assert (row.state, row.act_number, row.printed) == (AuditState.GOING, None, {})
    assert not Finding.objects.exists()
    sign(audit, actor(own_world, "tutor"))()
    assert Finding.objects.count() == 1
    assert Audit.objects.get().act_number == 1
