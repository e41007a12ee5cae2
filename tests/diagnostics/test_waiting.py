"""What waits in diagnostics is written with each act: after any order of acts the rows are those that would be made
anew, and those who are called by them can act."""

import random
from collections.abc import Callable, Iterable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tests.diagnostics.campaign_factories import make_campaign, make_instrument, make_item
from tests.diagnostics.factories import make_hypothesis
from tests.diagnostics.protocol_factories import make_form
from tests.factories import make_employment
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.core import waiting
from traektoria.core.errors import DomainError
from traektoria.core.registries import DeskLine
from traektoria.desk.waiting import lines_of
from traektoria.diagnostics.campaigns.actions import drafts, invitations, opening
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.findings.actions.analysis import analyse_campaign
from traektoria.diagnostics.marking import actions as marking
from traektoria.diagnostics.models import (
    Campaign,
    CampaignPart,
    Hypothesis,
    InstrumentVersion,
    Marking,
    Participant,
    Protocol,
    Sitting,
)
from traektoria.diagnostics.problem_field.actions import from_campaign, hypotheses, recount
from traektoria.diagnostics.protocols import actions as protocols
from traektoria.diagnostics.sittings.actions import answers, participation, reminders, sittings
from traektoria.people.actor import Actor, actor_of
from traektoria.people.models import Person
from traektoria.routes.actions.supports import end_support
from traektoria.routes.models import TutorSupport

pytestmark = pytest.mark.django_db
TEACHERS, TUTORS = ("teacher", "other_teacher"), ("tutor", "other_tutor")


def actor(world: World, name: str) -> Actor:
    return actor_of(world.accounts[name])


def person(world: World, name: str) -> Person:
    found = world.accounts[name].person
    assert found is not None
    return found


def seen(world: World, name: str) -> dict[str, DeskLine]:
    """Lines of the desk that lead into diagnostics, by their sentence."""
    lines = lines_of(actor(world, name), timezone.localdate())
    return {line.what: line for line in lines if line.url.startswith("/diagnostics/")}


@pytest.fixture
def prepared(world: World) -> Campaign:
    """A draft of a work with a task that people mark, a questionnaire, markers; a tutor of both teachers; a form."""
    for name in TEACHERS:
        person(world, name).employments.all().delete()
        make_employment(person(world, name), world.school, subjects=["math"])
        make_support(world.own, person(world, "tutor"), person(world, name))
    items = [make_item(world.own, kind) for kind in ("single", "extended")]
    work = make_instrument(world.own, items, settings={"minutes": 45})
    asked = make_instrument(world.own, [make_item(world.own, "choice")], "questionnaire", subject="")
    campaign = make_campaign(world.own, [work, asked], CampaignState.DRAFT)
    first = campaign.parts.get(position=1)
    first.markers.set([person(world, name) for name in TUTORS])
    make_form(world.own)
    return campaign


def _sit(world: World, one: Sitting) -> None:
    """Begins, answers, hands in."""
    by = actor_of(one.participant.person.account)
    sittings.start_sitting(sitting=one, by=by)
    given = [answers.Given(row.pk, _value(row.item_version.item.kind), 1) for row in one.part.version.items.all()]
    answers.save_answers(sitting=one, answers=given, tab="t", by=by)
    sittings.hand_in(sitting=one, by=by)


def _value(kind: str) -> dict[str, Any]:
    return {"single": {"choice": 0}, "extended": {"text": "Решение"}, "choice": {"choices": [0]}}.get(kind, {})


def _acts(world: World, campaign: Campaign) -> Iterable[Callable[[], Any]]:
    """Everything that somebody could do now; a refusal is an act that did not happen."""
    row, by = Campaign.objects.get(pk=campaign.pk), actor(world, "coordinator")
    yield partial(opening.open_campaign, campaign=row, by=by)
    yield partial(opening.close_campaign, campaign=row, by=by)
    yield partial(drafts.prolong_campaign, campaign=row, end=row.end + timedelta(days=1), by=by)
    yield partial(reminders.mark_unfinished, row, by)
    yield partial(marking.hand_out_answers, campaign=row, by=by)
    yield partial(analyse_campaign, campaign=row, by=by)
    yield partial(from_campaign.propose_from_campaign, campaign=row, by=by)
    first = CampaignPart.objects.select_related("campaign", "version").get(campaign=row, position=1)
    yield partial(marking.change_markers, part=first, markers=[person(world, "tutor")], by=by)
    yield partial(marking.take_off_marker, person(world, "other_tutor").pk, None)
    for one in Participant.objects.filter(campaign=row).select_related("campaign__centre", "person__account"):
        own = actor_of(one.person.account)
        yield partial(participation.give_campaign_consent, participant=one, by=own)
        yield partial(participation.decline_campaign, participant=one, by=own)
        yield partial(participation.withdraw_from_campaign, participant=one, by=own)
    for sat in Sitting.objects.filter(participant__campaign=row).select_related(
        "participant__campaign__centre", "participant__person__account", "part__campaign", "part__version__instrument"
    ):
        yield partial(_sit, world, sat)
        yield partial(sittings.start_sitting, sitting=sat, by=actor_of(sat.participant.person.account))
    for mark in Marking.objects.select_related("marker__account"):
        points = {"К1": Decimal(1), "К2": Decimal(1)}
        yield partial(marking.give_points, marking=mark, points=points, by=actor_of(mark.marker.account))
    for found in Hypothesis.objects.select_related("person__account"):
        own = actor_of(found.person.account)
        yield partial(hypotheses.confirm_hypothesis, hypothesis=found, by=own)
        yield partial(hypotheses.discuss_hypothesis, hypothesis=found, by=own)
        yield partial(hypotheses.drop_hypothesis, hypothesis=found, by=own)
        yield partial(hypotheses.reopen_hypothesis, hypothesis=found, by=own)
        if found.dataset_id:
            yield partial(recount.retell, [found.dataset_id], {}, ())
    for kept in Protocol.objects.all():
        tutor, own = actor(world, "tutor"), actor_of(kept.person.account)
        yield partial(protocols.share_protocol, protocol=kept, by=tutor)
        yield partial(protocols.take_back_protocol, protocol=kept, by=tutor)
        yield partial(protocols.confirm_read, protocol=kept, by=own)
        yield partial(protocols.discard_protocol, protocol=kept, by=tutor)
    for support in TutorSupport.objects.filter(state="active"):
        yield partial(end_support, support=support, by=by)


def _begin(world: World, campaign: Campaign) -> None:
    """So far that all of them have something to wait for."""
    by, tutor = actor(world, "coordinator"), actor(world, "tutor")
    people = [person(world, name).pk for name in TEACHERS]
    assert len(invitations.invite(campaign=campaign, people=people, by=by)) == 2
    opening.open_campaign(campaign=campaign, by=by)
    form = InstrumentVersion.objects.get(instrument__kind="observation")
    for name in TEACHERS:
        make_hypothesis(world.own, person(world, name))
        protocols.begin_protocol(
            version=form, person=person(world, name), held_on=timezone.localdate(), about="", by=tutor
        )


@pytest.mark.parametrize("seed", range(8))
def test_after_any_order_of_acts_the_rows_are_as_made_anew(world: World, prepared: Campaign, seed: int) -> None:
    chance = random.Random(seed)
    _begin(world, prepared)
    assert not list(waiting.differences())
    done = 0
    for _step in range(25):
        act = chance.choice(list(_acts(world, prepared)))
        try:
            with transaction.atomic():
                act()
        except DomainError:
            continue
        done += 1
        assert [str(one) for one in waiting.differences()] == [], (seed, act)
    assert done > 5
