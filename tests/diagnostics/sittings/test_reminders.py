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
from tests.letters import deliver
from tests.world import World
from traektoria.core.errors import Conflict, Refused
from traektoria.diagnostics.findings.actions.hourly import Outcome, keep_campaigns
from traektoria.diagnostics.models import Campaign, Participant
from traektoria.diagnostics.sittings.actions.reminders import mark_unfinished, remind_before_the_end
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
    mark_unfinished(campaign, by(world))
    assert deliver() == (1, 0)
    mark_unfinished(campaign, by(world))
    assert deliver() == (0, 0)
    assert [one.to for one in mail.outbox] == [["teacher2@example.org"]]
    assert list(Participant.objects.filter(reminded_at__isnull=False)) == [rows[2]]
    Participant.objects.update(reminded_at=timezone.now() - timedelta(hours=23))
    mark_unfinished(campaign, by(world))
    assert deliver() == (1, 0)


def test_a_letter_does_not_name_the_diagnostics(world: World) -> None:
    campaign, _rows = going(world)
    mark_unfinished(campaign, by(world))
    deliver()
    assert campaign.title not in mail.outbox[0].body + mail.outbox[0].subject
    assert "отказаться" in mail.outbox[0].body


@pytest.mark.parametrize("change", ["declined", "submitted", "closed"])
def test_who_has_done_or_declined_meanwhile_is_not_reminded(world: World, change: str) -> None:
    campaign, rows = going(world)
    mark_unfinished(campaign, by(world))
    if change == "declined":
        Participant.objects.update(declined_at=timezone.now())
    elif change == "submitted":
        rows[0].sittings.update(state="submitted")
    else:
        Campaign.objects.update(state="closed")
    assert deliver() == (0, 0)
    assert mail.outbox == []


def test_nobody_else_reminds_and_not_of_what_is_over(world: World) -> None:
    campaign, _rows = going(world)
    for viewer in ("foreign_coordinator", "head", "tutor"):
        with pytest.raises(Refused):
            mark_unfinished(campaign, by(world, viewer))
    Campaign.objects.update(state="closed")
    with pytest.raises(Conflict):
        mark_unfinished(campaign, by(world))
    assert deliver() == (0, 0)


def test_the_clock_reminds_once_near_the_end(world: World) -> None:
    now = timezone.now()
    going(world, end=now + timedelta(days=4))
    remind_before_the_end(now)
    assert deliver() == (0, 0)
    Campaign.objects.update(end=now + timedelta(days=2, hours=20))
    for _hour in range(2):
        remind_before_the_end(now)
    assert deliver() == (1, 0)


def test_the_clock_closes_what_is_over(world: World) -> None:
    going(world, start=timezone.now() - timedelta(days=3), end=timezone.now() - timedelta(hours=1))
    assert keep_campaigns() == Outcome(closed=1, counted=0, forgotten=0)
    assert Campaign.objects.get().state == "closed"


def test_pressed_again_the_page_says_how_far_the_letters_are(world: World, as_: Any) -> None:
    campaign, _rows = going(world, 2)
    address, page = f"/diagnostics/campaigns/{campaign.pk}/remind/", as_("coordinator")
    assert "Письма отправляются" in page.post(address, follow=True).content.decode()
    assert mail.outbox == [], "the page does not wait for letters"
    deliver()
    assert "Все письма отправлены" in page.post(address, follow=True).content.decode()
