"""Reminders: not twice a day, not to those who declined, letters where mail goes out; the clock."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from tests.diagnostics.campaign_factories import (
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.factories import make_account
from tests.world import World
from traektoria.core.errors import Conflict, Refused
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.diagnostics.findings.actions.hourly import Outcome, keep_campaigns
from traektoria.diagnostics.models import Campaign, Participant
from traektoria.diagnostics.sittings.actions import reminders
from traektoria.diagnostics.sittings.actions.reminders import (
    Letters,
    ask_to_remind,
    remind_before_the_end,
    remind_unfinished,
)
from traektoria.people.actor import Actor, actor_of


def by(world: World, viewer: str = "coordinator") -> Actor:
    return actor_of(world.accounts[viewer])


def going(world: World, number: int = 1, **fields: Any) -> tuple[Campaign, list[Participant]]:
    """People with addresses who have not begun."""
    campaign = make_campaign(world.own, [make_instrument(world.own, [make_item(world.own)])], **fields)
    rows = []
    for place in range(number):
        row = make_participant(campaign, consented=False)
        account = make_account(row.person)
        account.email = f"teacher{place}@example.org"
        account.save()
        make_sitting(row, state="new")
        rows.append(row)
    return campaign, rows


def test_only_those_who_may_be_reminded_are(world: World) -> None:
    campaign, rows = going(world, 3)
    Participant.objects.filter(pk=rows[0].pk).update(declined_at=timezone.now())
    rows[1].sittings.update(state="submitted")
    assert remind_unfinished(campaign=campaign, by=by(world)) == Letters(sent=1)
    assert remind_unfinished(campaign=campaign, by=by(world)) == Letters()
    assert [one.to for one in mail.outbox] == [["teacher2@example.org"]]
    assert campaign.title in mail.outbox[0].body
    assert list(Participant.objects.filter(reminded_at__isnull=False)) == [rows[2]]
    Participant.objects.update(reminded_at=timezone.now() - timedelta(hours=23))
    assert remind_unfinished(campaign=campaign, by=by(world)) == Letters(sent=1)


def test_nobody_else_reminds_and_not_of_what_is_over(world: World) -> None:
    campaign, _rows = going(world)
    for viewer in ("foreign_coordinator", "head", "tutor"):
        with pytest.raises(Refused):
            remind_unfinished(campaign=campaign, by=by(world, viewer))
    Campaign.objects.update(state="closed")
    with pytest.raises(Conflict):
        remind_unfinished(campaign=campaign, by=by(world))
    assert mail.outbox == []


def test_letters_of_many_go_out_by_the_command(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "AT_ONCE", 1)
    campaign, _rows = going(world, 3)
    assert remind_unfinished(campaign=campaign, by=by(world)) == Letters(sent=1)
    assert remind_before_the_end(timezone.now()) == Letters(sent=2)
    assert len({one.to[0] for one in mail.outbox}) == 3


def test_the_command_reminds_once_near_the_end(world: World) -> None:
    now = timezone.now()
    going(world, end=now + timedelta(days=4))
    assert remind_before_the_end(now) == Letters()
    Campaign.objects.update(end=now + timedelta(days=2, hours=20))
    assert remind_before_the_end(now) == Letters(sent=1)
    assert remind_before_the_end(now) == Letters()


def test_a_letter_that_can_not_be_sent_waits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, rows = going(world)

    def broken(*_args: Any, **_more: Any) -> int:
        raise OSError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    assert remind_unfinished(campaign=campaign, by=by(world)) == Letters(failed=1)
    monkeypatch.undo()
    assert remind_before_the_end(timezone.now()) == Letters(sent=1)
    monkeypatch.setattr(reminders, "mail_goes_out", lambda: False)
    Participant.objects.update(letter_at=None)
    assert remind_before_the_end(timezone.now()) == Letters(printed=1)
    assert Participant.objects.get(pk=rows[0].pk).letter_at is None


def test_the_clock_closes_what_is_over(world: World) -> None:
    going(world, start=timezone.now() - timedelta(days=3), end=timezone.now() - timedelta(hours=1))
    assert keep_campaigns() == Outcome(closed=1, counted=0, letters=Letters(), forgotten=0)
    assert Campaign.objects.get().state == "closed"


def test_the_page_does_not_wait_for_letters(world: World, django_capture_on_commit_callbacks: Any) -> None:
    campaign, rows = going(world, 2)
    with django_capture_on_commit_callbacks() as after:
        ask_to_remind(campaign=campaign, by=by(world))
    assert (mail.outbox, Participant.objects.filter(reminded_at__isnull=False).count()) == ([], len(rows))
    for work in after:
        work()
    do_what_is_due()
    assert len(mail.outbox) == len(rows)
