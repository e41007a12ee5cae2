"""Two presses at the same moment on a campaign: one step is made, the other is harmless or says why."""

import pytest

from tests.acceptance.racing import together
from tests.diagnostics.campaign_factories import make_campaign, make_instrument, make_item, make_participant
from tests.world import World
from traektoria.core.models import AuditEvent
from traektoria.diagnostics.actions.campaigns import close_campaign, invite, open_campaign
from traektoria.diagnostics.actions.sittings import start_sitting
from traektoria.diagnostics.actions.works import decline_campaign, give_campaign_consent, withdraw_from_campaign
from traektoria.diagnostics.models import Campaign, Participant, Sitting
from traektoria.people.actor import Actor, actor_of
from traektoria.people.models import Consent

pytestmark = pytest.mark.django_db(transaction=True)


def by(world: World, viewer: str) -> Actor:
    return actor_of(world.accounts[viewer])


def made(world: World, state: str = "draft") -> Campaign:
    return make_campaign(world.own, [make_instrument(world.own, [make_item(world.own)])], state)


def steps(name: str) -> int:
    return AuditEvent.objects.filter(event=f"campaign.{name}").count()


def test_two_invitations_and_two_openings(own_world: World) -> None:
    campaign, me = made(own_world), by(own_world, "coordinator")
    people = [own_world.accounts["teacher"].person_id or 0]
    together(*[lambda: invite(campaign=campaign, people=people, by=me)] * 3)
    assert (Participant.objects.count(), steps("invite")) == (1, 1)
    together(
        *[lambda: open_campaign(campaign=campaign, by=me)] * 2,
        lambda: invite(campaign=campaign, people=people, by=me),
    )
    assert (Sitting.objects.count(), steps("open")) == (1, 1)
    assert Participant.objects.get().order in ("AB", "BA")


def test_consent_against_refusal_and_closing(own_world: World) -> None:
    campaign, me = made(own_world, "open"), by(own_world, "teacher")
    row = make_participant(campaign, own_world.accounts["teacher"].person, consented=False)
    together(
        *[lambda: give_campaign_consent(participant=row, by=me)] * 2,
        lambda: decline_campaign(participant=row, by=me),
        lambda: close_campaign(campaign=campaign, by=by(own_world, "coordinator")),
    )
    row.refresh_from_db()
    campaign.refresh_from_db()
    assert (campaign.state, steps("close")) == ("closed", 1)
    assert (row.consent_id is None) or (row.declined_at is None)
    in_force = list(Consent.objects.filter(withdrawn_at__isnull=True).values_list("pk", flat=True))
    assert in_force == ([row.consent_id] if row.consent_id else [])


def test_withdrawal_against_the_beginning(own_world: World) -> None:
    campaign, me = made(own_world, "open"), by(own_world, "teacher")
    row = make_participant(campaign, own_world.accounts["teacher"].person)
    part = campaign.parts.select_related("campaign", "version__instrument").get()
    sitting = Sitting.objects.create(participant=row, part=part)
    together(
        *[lambda: withdraw_from_campaign(participant=row, by=me)] * 2,
        lambda: start_sitting(sitting=sitting, by=me),
    )
    row.refresh_from_db()
    sitting.refresh_from_db()
    assert (row.consent_id, sitting.state, steps("withdraw")) == (None, "new", 1)
