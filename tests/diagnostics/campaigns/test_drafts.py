"""Preparing a campaign: facts, parts, markers, a copy for the next year, a repeat measurement."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.diagnostics.campaign_factories import make_campaign, make_instrument, make_item, make_participant
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.diagnostics.campaigns.actions import drafts as actions
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.policies.window import a_year_later
from traektoria.diagnostics.campaigns.queries.campaigns import versions_to_sit
from traektoria.diagnostics.models import Campaign
from traektoria.people.actor import Actor, actor_of
from traektoria.people.models import Person

DRAFT, OPEN, CLOSED = CampaignState.DRAFT, CampaignState.OPEN, CampaignState.CLOSED


def by(world: World, viewer: str = "coordinator") -> Actor:
    return actor_of(world.accounts[viewer])


def facts(**fields: Any) -> dict[str, Any]:
    now = timezone.now()
    plain = {
        "title": " Сентябрь ",
        "purpose": "Маршруты",
        "basis": "План",
        "start": now,
        "end": now + timedelta(days=7),
    }
    return {**plain, **fields}


def test_a_draft_is_made_and_changed(world: World) -> None:
    made = actions.create_campaign(centre=world.own, by=by(world), **facts())
    assert (made.title, made.state, made.grace_minutes) == ("Сентябрь", DRAFT, 30)
    actions.change_campaign(campaign=made, grace_minutes=5, by=by(world), **facts(title="Октябрь"))
    made.refresh_from_db()
    assert (made.title, made.grace_minutes) == ("Октябрь", 5)
    with pytest.raises(Invalid):
        actions.create_campaign(centre=world.own, by=by(world), **facts(end=timezone.now() - timedelta(days=1)))
    with pytest.raises(Refused):
        actions.create_campaign(centre=world.own, by=by(world, "foreign_coordinator"), **facts())


def test_what_is_open_is_only_prolonged(world: World) -> None:
    campaign = make_campaign(world.own, [])
    with pytest.raises(Conflict):
        actions.change_campaign(campaign=campaign, grace_minutes=5, by=by(world), **facts())
    with pytest.raises(Invalid):
        actions.prolong_campaign(campaign=campaign, end=campaign.end - timedelta(hours=1), by=by(world))
    later = campaign.end + timedelta(days=1)
    actions.prolong_campaign(campaign=campaign, end=later, by=by(world))
    actions.prolong_campaign(campaign=campaign, end=later, by=by(world))
    assert Campaign.objects.get().end == later
    with pytest.raises(Conflict):
        actions.prolong_campaign(campaign=make_campaign(world.own, [], DRAFT), end=later, by=by(world))


def test_a_published_work_is_added_once(world: World) -> None:
    work, other = (make_instrument(world.own, [make_item(world.own)]) for _number in range(2))
    campaign = make_campaign(world.own, [], DRAFT)
    first = actions.add_part(campaign=campaign, version=work, by=by(world))
    assert actions.add_part(campaign=campaign, version=work, by=by(world)) == first
    assert actions.add_part(campaign=campaign, version=other, by=by(world)).position == 2
    unfit = [
        make_instrument(world.foreign, [make_item(world.foreign)]),
        make_instrument(world.own, [make_item(world.own)], published=False),
        make_instrument(world.own, [make_item(world.own, "level")], "observation"),
    ]
    for version in unfit:
        with pytest.raises(Invalid):
            actions.add_part(campaign=campaign, version=version, by=by(world))
    assert set(versions_to_sit(world.own.pk)) == {work, other}
    actions.remove_part(part=first, by=by(world))
    assert list(campaign.parts.values_list("version", flat=True)) == [other.pk]
    with pytest.raises(Conflict):
        actions.add_part(campaign=make_campaign(world.own, []), version=work, by=by(world))


def test_markers_can_be_named_while_it_goes_on(world: World) -> None:
    work = make_instrument(world.own, [make_item(world.own, "extended")])
    form = make_instrument(world.own, [make_item(world.own, "likert")], "questionnaire")
    campaign = make_campaign(world.own, [work, form], DRAFT)
    part, other = campaign.parts.all()
    people = Person.objects.all()[:2]
    actions.change_part(part=part, adaptive=True, markers=people, by=by(world))
    with pytest.raises(Invalid):
        actions.change_part(part=other, adaptive=True, markers=[], by=by(world))
    Campaign.objects.update(state=OPEN)
    actions.change_part(part=part, adaptive=False, markers=people[:1], by=by(world))
    part.refresh_from_db()
    assert (part.adaptive, part.markers.count()) == (True, 1)
    Campaign.objects.update(state=CLOSED)
    with pytest.raises(Conflict):
        actions.change_part(part=part, adaptive=False, markers=[], by=by(world))


def test_a_copy_is_a_year_later_with_the_newest_versions(world: World) -> None:
    old = make_instrument(world.own, [make_item(world.own)])
    gone = make_instrument(world.own, [make_item(world.own)])
    campaign = make_campaign(world.own, [old, gone], CLOSED)
    campaign.parts.get(version=old).markers.set(Person.objects.all()[:1])
    make_participant(campaign)
    newer = make_instrument(world.own, [make_item(world.own)])
    type(newer).objects.filter(pk=newer.pk).update(instrument=old.instrument, number=2)
    type(gone.instrument).objects.filter(pk=gone.instrument_id).update(archived=True)
    made = actions.copy_campaign(campaign=campaign, by=by(world))
    assert (made.title, made.state, made.start) == (campaign.title, DRAFT, a_year_later(campaign.start))
    assert [(one.version_id, one.markers.count()) for one in made.parts.all()] == [(newer.pk, 1)]
    assert made.participants.count() == 0


def test_a_repeat_has_the_same_works_and_those_who_took_part(world: World) -> None:
    version = make_instrument(world.own, [make_item(world.own)])
    campaign = make_campaign(world.own, [version], CLOSED)
    make_participant(campaign, world.accounts["teacher"].person)
    make_participant(campaign, world.accounts["other_teacher"].person, consented=False)
    now = timezone.now()
    window = {"start": now, "end": now + timedelta(days=3)}
    made = actions.repeat_campaign(campaign=campaign, by=by(world), **window)
    assert (made.follows, made.title) == (campaign, f"{campaign.title}: повторное измерение")
    assert [one.version for one in made.parts.all()] == [version]
    assert list(made.participants.values_list("person", flat=True)) == [world.accounts["teacher"].person_id]
    with pytest.raises(Conflict):
        actions.repeat_campaign(campaign=make_campaign(world.own, []), by=by(world), **window)


def test_a_draft_is_deleted_with_its_list(world: World) -> None:
    campaign = make_campaign(world.own, [], DRAFT)
    make_participant(campaign, consented=False)
    actions.discard_campaign(campaign=campaign, by=by(world))
    assert not Campaign.objects.exists()
    with pytest.raises(Conflict):
        actions.discard_campaign(campaign=make_campaign(world.own, []), by=by(world))


def test_the_day_of_a_leap_year() -> None:
    leap = timezone.make_aware(datetime(2028, 2, 29, 9))
    assert timezone.localtime(a_year_later(leap)).date().isoformat() == "2029-02-28"
