"""Two presses at the same moment on a campaign: one step is made, the other is harmless or says why."""

from decimal import Decimal

import pytest
from django.db import connection

from tests.acceptance.races import together, waiting_for
from tests.diagnostics.campaign_factories import (
    make_answer,
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
)
from tests.diagnostics.result_factories import fill, make_work
from tests.diagnostics.sitting_factories import Scene, make_scene
from tests.factories import make_account
from tests.world import World
from traektoria.core.models import AuditEvent
from traektoria.diagnostics.campaigns.actions.invitations import invite
from traektoria.diagnostics.campaigns.actions.opening import close_campaign, open_campaign
from traektoria.diagnostics.findings.actions.analysis import analyse_campaign, analyse_due
from traektoria.diagnostics.items.pieces.cells import Read
from traektoria.diagnostics.marking.actions import give_points, hand_out_answers
from traektoria.diagnostics.models import (
    Answer,
    Campaign,
    Marking,
    PartAnalysis,
    Participant,
    Publication,
    Sitting,
    TopicFinding,
    Uncounted,
)
from traektoria.diagnostics.paper.actions import enter_paper
from traektoria.diagnostics.sittings.actions.answers import Saved, save_answers
from traektoria.diagnostics.sittings.actions.participation import (
    decline_campaign,
    give_campaign_consent,
    withdraw_from_campaign,
)
from traektoria.diagnostics.sittings.actions.sittings import start_sitting
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


def sat(campaign: Campaign, people: int) -> list[Sitting]:
    """Handed in by people with accounts of their own, counted and published."""
    sittings = fill(campaign, people)
    analyse_campaign(campaign=campaign, by=None)
    return sittings


def test_a_close_a_save_and_a_withdrawal(own_world: World) -> None:
    """Whatever comes first: what was acknowledged and not withdrawn is there, and what is counted knows of it."""
    scene, other = (make_scene(centre=own_world.own) for _number in range(2))
    boss = by(own_world, "coordinator")
    other_row = Participant.objects.get(sittings=other.pk)

    def save(scene: Scene) -> object:
        return save_answers(sitting=scene.sitting, tab="1-a", answers=[scene.given(0, {"choice": 0}, 1)], by=scene.by)

    results = together(
        lambda: close_campaign(campaign=scene.campaign, by=boss),
        lambda: save(scene),
        lambda: close_campaign(campaign=other.campaign, by=boss),
        lambda: save(other),
        lambda: withdraw_from_campaign(participant=other_row, by=other.by),
    )
    assert scene.sitting.state == "expired"
    assert len(scene.kept()) == (1 if isinstance(results[1], Saved) and results[1].kept else 0)
    assert (other.sitting.state, other.kept()) == ("new", [])
    assert Uncounted.objects.filter(campaign=scene.campaign).exists()


def test_withdrawals_while_it_is_counted(own_world: World) -> None:
    """Nothing of those who have withdrawn is written afterwards, and none of two withdrawals undoes the other's."""
    campaign = make_work(own_world.own)
    sittings = sat(campaign, 24)
    gone = sittings[:2]
    leave = [
        lambda row=row: withdraw_from_campaign(  # type: ignore[misc]
            participant=row.participant, by=actor_of(make_account(person=row.participant.person))
        )
        for row in gone
    ]
    got = together(*leave, *[lambda: analyse_campaign(campaign=campaign, by=None)] * 2)
    assert not TopicFinding.objects.filter(sitting__in=gone).exists(), got
    kept = dict(Publication.objects.get().people["people"])
    assert [kept[row.participant_id] for row in gone] == [{}, {}]
    analyse_due()
    assert PartAnalysis.objects.get().content["people"] == 22
    assert TopicFinding.objects.values("sitting").distinct().count() == 22


def test_a_beginning_against_the_closing(own_world: World) -> None:
    """Who slips in is ended before it is counted."""
    scene = make_scene("new", centre=own_world.own)
    boss = by(own_world, "coordinator")
    together(
        lambda: start_sitting(sitting=scene.sitting, by=scene.by),
        lambda: close_campaign(campaign=scene.campaign, by=boss),
    )
    analyse_campaign(campaign=scene.campaign, by=None)
    assert scene.sitting.state in ("new", "expired")


def handed_out(world: World) -> tuple[Scene, Marking]:
    """An extended answer that the tutor is to mark."""
    scene = make_scene("submitted", kinds=["extended"], centre=world.own, campaign={"state": "closed"})
    make_answer(scene.sitting, scene.rows[0], {"text": "Доказано."})
    scene.sitting.part.markers.set([world.accounts["tutor"].person])
    hand_out_answers(campaign=scene.campaign, by=None)
    return scene, Marking.objects.get()


@pytest.mark.parametrize("act", ["withdraw", "hand_out"])
def test_who_marks_is_never_caught_crosswise(own_world: World, act: str) -> None:
    """Who marks locks the answer, then its mark. Who waits for that answer holds no mark of it."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite locks the database, not rows")
    scene, marking = handed_out(own_world)
    row = Participant.objects.get(sittings=scene.pk)
    scene.sitting.part.markers.set([own_world.accounts["other_tutor"].person])
    acts = {
        "withdraw": lambda: withdraw_from_campaign(participant=row, by=scene.by),
        "hand_out": lambda: hand_out_answers(campaign=scene.campaign, by=None),
    }
    with waiting_for(Answer.objects.filter(pk=marking.answer_id), acts[act]):
        assert Marking.objects.select_for_update(nowait=True, of=("self",)).get(pk=marking.pk)
    assert not Marking.objects.filter(pk=marking.pk).exists()


def test_a_mark_against_a_withdrawal_and_the_handing_out(own_world: World) -> None:
    scene, marking = handed_out(own_world)
    row = Participant.objects.get(sittings=scene.pk)
    points = {"К1": Decimal(2), "К2": Decimal(1)}
    together(
        lambda: give_points(marking=Marking.objects.get(pk=marking.pk), points=points, by=by(own_world, "tutor")),
        lambda: hand_out_answers(campaign=scene.campaign, by=None),
        lambda: withdraw_from_campaign(participant=row, by=scene.by),
        lambda: analyse_campaign(campaign=scene.campaign, by=None),
    )
    assert (scene.kept(), Marking.objects.count(), TopicFinding.objects.count()) == ([], 0, 0)


def test_paper_against_withdrawal_and_closing(own_world: World) -> None:
    """Whichever comes first, nothing is kept of who withdrew, and nothing is entered after the closing."""
    campaign, me, keeper = made(own_world, "open"), by(own_world, "teacher"), by(own_world, "coordinator")
    rows = [make_participant(campaign, own_world.accounts[name].person) for name in ("teacher", "other_teacher")]
    part = campaign.parts.select_related("campaign", "version__instrument").get()
    sittings = [Sitting.objects.create(participant=row, part=part) for row in rows]
    answers = {item.pk: Read({"choice": 0}, None) for item in part.version.items.all()}
    together(
        lambda: withdraw_from_campaign(participant=rows[0], by=me),
        *[lambda one=one: enter_paper(sitting=one, answers=answers, by=keeper) for one in sittings],  # type: ignore[misc]
        lambda: close_campaign(campaign=campaign, by=keeper),
    )
    assert not Answer.objects.filter(sitting=sittings[0]).exists()
    assert Sitting.objects.get(pk=sittings[0].pk).state == "new"
    entered = Sitting.objects.get(pk=sittings[1].pk).state == "submitted"
    assert Answer.objects.filter(sitting=sittings[1]).exists() == entered
