"""Inviting, opening, handing out forms and sittings, closing."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.diagnostics.campaign_factories import make_campaign, make_instrument, make_item
from tests.factories import make_employment, make_member, make_person, make_school
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.diagnostics.campaigns.actions import opening as actions
from traektoria.diagnostics.campaigns.actions.invitations import invite, take_back_invitation
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.queries.obstacles import obstacles
from traektoria.diagnostics.models import Campaign, InstrumentVersion, Participant, Sitting
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Person, RoleAssignment

DRAFT, OPEN, CLOSED = CampaignState.DRAFT, CampaignState.OPEN, CampaignState.CLOSED


def by(world: World, viewer: str = "coordinator") -> Actor:
    return actor_of(world.accounts[viewer])


def two_forms(world: World, subject: str = "math") -> InstrumentVersion:
    items = [make_item(world.own) for _number in range(2)]
    return make_instrument(world.own, items[:1], form_b=items[1:], subject=subject)


def staff(world: World, number: int, subject: str = "math", schools: int = 2) -> list[int]:
    """Teachers of a subject, evenly in new schools of the own centre."""
    places = [make_school(world.own) for _number in range(schools)]
    people = []
    for place in range(number):
        person = make_person()
        make_member(world.own, Role.TEACHER, places[place % schools], person)
        make_employment(person, places[place % schools], subjects=[subject])
        people.append(person.pk)
    return people


def prepared(world: World, people: list[int], version: InstrumentVersion, **fields: object) -> Campaign:
    campaign = make_campaign(world.own, [version], DRAFT, **fields)
    invite(campaign=campaign, people=people, by=by(world))
    return campaign


def forms(campaign: Campaign) -> dict[int, str]:
    return dict(Sitting.objects.filter(part__campaign=campaign).values_list("participant__person", "form"))


def test_those_who_teach_the_subject_are_invited_once(world: World) -> None:
    maths, russian = staff(world, 3), staff(world, 1, "russian")
    campaign = make_campaign(world.own, [two_forms(world)], DRAFT)
    stranger = world.accounts["foreign_teacher"].person_id or 0
    made = invite(campaign=campaign, people=[*maths, *russian, stranger], by=by(world))
    assert sorted(one.person_id for one in made) == sorted(maths)
    assert invite(campaign=campaign, people=maths, by=by(world)) == []
    assert {one.school_id for one in made} == set(
        RoleAssignment.objects.filter(person__in=maths).values_list("school", flat=True)
    )
    assert AuditEvent.objects.filter(event="campaign.invite").count() == 1


def test_only_the_coordinator_of_the_centre_invites_opens_and_closes(world: World) -> None:
    campaign = make_campaign(world.own, [two_forms(world)], DRAFT)
    for viewer in ("foreign_coordinator", "tutor", "teacher", "head", "administrator"):
        for call in (
            lambda one: invite(campaign=campaign, people=[], by=one),
            lambda one: actions.open_campaign(campaign=campaign, by=one),
            lambda one: actions.close_campaign(campaign=campaign, by=one),
        ):
            with pytest.raises(Refused):
                call(by(world, viewer))


def test_opening_hands_out_half_of_each_form_in_each_school(world: World) -> None:
    people = staff(world, 8)
    campaign = prepared(world, people, two_forms(world))
    opened = actions.open_campaign(campaign=campaign, by=by(world))
    assert (opened.state, opened.opened_at is not None) == (OPEN, True)
    drawn = Counter(Participant.objects.values_list("school", "order"))
    assert sorted(drawn.values()) == [2, 2, 2, 2]
    for sitting in Sitting.objects.select_related("participant"):
        assert (sitting.form, sitting.state) == (sitting.participant.order[0], SittingState.NEW)
    assert Sitting.objects.count() == 8
    actions.open_campaign(campaign=campaign, by=by(world))
    assert AuditEvent.objects.filter(event="campaign.open").count() == 1


def test_latecomers_keep_the_balance_and_get_their_sittings(world: World) -> None:
    people = staff(world, 6, schools=1)
    campaign = prepared(world, people[:3], two_forms(world))
    actions.open_campaign(campaign=campaign, by=by(world))
    before = dict(Participant.objects.values_list("person", "order"))
    invite(campaign=campaign, people=people, by=by(world))
    after = dict(Participant.objects.values_list("person", "order"))
    assert {person: after[person] for person in before} == before
    assert Counter(after.values()) == {"AB": 3, "BA": 3}
    assert Sitting.objects.count() == 6


def test_a_repeat_measurement_gives_the_other_form(world: World) -> None:
    people, version = staff(world, 5), two_forms(world)
    first = prepared(world, people[:4], version)
    actions.open_campaign(campaign=first, by=by(world))
    actions.close_campaign(campaign=first, by=by(world))
    first.refresh_from_db()
    second = prepared(world, people, version, follows=first)
    actions.open_campaign(campaign=second, by=by(world))
    earlier, later = forms(first), forms(second)
    assert all({earlier[person], later[person]} == {"A", "B"} for person in people[:4])
    assert later[people[4]] in {"A", "B"}
    third = prepared(world, people[:4], version, follows=second)
    actions.close_campaign(campaign=second, by=by(world))
    actions.open_campaign(campaign=third, by=by(world))
    assert forms(third) == {person: earlier[person] for person in people[:4]}


def test_parts_go_by_subjects_and_the_questionnaire_to_everybody(world: World) -> None:
    maths, russian = staff(world, 2), staff(world, 1, "russian")
    general = make_instrument(world.own, [make_item(world.own, "likert")], "questionnaire", subject="")
    campaign = make_campaign(world.own, [two_forms(world), general], DRAFT)
    invite(campaign=campaign, people=[*maths, *russian], by=by(world))
    actions.open_campaign(campaign=campaign, by=by(world))
    numbers = Counter(Sitting.objects.values_list("participant__person", flat=True))
    assert dict(numbers) == {maths[0]: 2, maths[1]: 2, russian[0]: 1}
    assert set(Sitting.objects.filter(part__version=general).values_list("form", flat=True)) == {""}


def test_who_left_meanwhile_is_not_invited(world: World) -> None:
    people = staff(world, 2)
    campaign = prepared(world, people, two_forms(world))
    yesterday = timezone.localdate() - timedelta(days=1)
    RoleAssignment.objects.filter(person=people[0]).update(end=yesterday)
    actions.open_campaign(campaign=campaign, by=by(world))
    assert list(Participant.objects.values_list("person", flat=True)) == people[1:]
    assert invite(campaign=campaign, people=people, by=by(world)) == []


def test_everything_that_is_missing_is_said_at_once(world: World) -> None:
    extended = make_instrument(world.own, [make_item(world.own, "extended")], settings={"markers": 2})
    unpublished = make_instrument(world.own, [make_item(world.own)], published=False)
    now = timezone.now()
    campaign = make_campaign(
        world.own, [extended, unpublished], DRAFT, start=now - timedelta(days=9), end=now - timedelta(days=2)
    )
    titles = [extended.instrument.title, unpublished.instrument.title]
    assert obstacles(campaign, now) == [
        f"Назовите ещё проверяющих для «{titles[0]}»: не хватает 3 (третий решает, где двое разошлись).",
        f"Сначала опубликуйте «{titles[1]}».",
        "Срок уже прошёл: назначьте последний день позже.",
        "Пригласите тех, для кого эти работы: в списке пока никого нет.",
    ]
    with pytest.raises(Invalid):
        actions.open_campaign(campaign=campaign, by=by(world))
    assert obstacles(make_campaign(world.own, [], DRAFT), now) == ["Добавьте работу или анкету."]
    campaign.parts.get(version=extended).markers.set(Person.objects.all()[:3])
    assert not any("проверяющих" in one for one in obstacles(campaign, now))


def test_closing_ends_what_goes_on_and_counts_its_time(world: World) -> None:
    people = staff(world, 3)
    campaign = prepared(world, people, two_forms(world))
    with pytest.raises(Conflict):
        actions.close_campaign(campaign=campaign, by=by(world))
    actions.open_campaign(campaign=campaign, by=by(world))
    running, paused, _new = Sitting.objects.order_by("pk")
    ago = timezone.now() - timedelta(seconds=90)
    Sitting.objects.filter(pk=running.pk).update(state="running", running_since=ago, seconds=10, started_at=ago)
    Sitting.objects.filter(pk=paused.pk).update(state="paused", seconds=20, started_at=ago)
    closed = actions.close_campaign(campaign=campaign, by=by(world))
    assert (closed.state, closed.closed_at is not None) == (CLOSED, True)
    rows = [(one.state, one.running_since, one.finished_at is not None) for one in Sitting.objects.order_by("pk")]
    assert rows == [("expired", None, True), ("expired", None, True), ("new", None, False)]
    assert [one.seconds // 10 for one in Sitting.objects.order_by("pk")] == [10, 2, 0]
    actions.close_campaign(campaign=campaign, by=by(world))
    with pytest.raises(Conflict):
        invite(campaign=campaign, people=people, by=by(world))


def test_time_closes_after_the_minutes_for_late_answers(world: World) -> None:
    now = timezone.now()
    long_over = make_campaign(world.own, [], OPEN, end=now - timedelta(minutes=40), grace_minutes=30)
    late = make_campaign(world.own, [], OPEN, end=now - timedelta(minutes=10), grace_minutes=30)
    make_campaign(world.own, [], OPEN)
    assert actions.close_due() == 1
    assert list(Campaign.objects.filter(state=CLOSED)) == [long_over]
    with pytest.raises(Conflict):
        actions.close_campaign(campaign=late, by=None)
    assert AuditEvent.objects.filter(event="campaign.lapse", actor_id=None).count() == 1


def test_invitation_is_taken_back_before_the_opening_only(world: World) -> None:
    people = staff(world, 2)
    campaign = prepared(world, people, two_forms(world))
    first = campaign.participants.get(person=people[0])
    take_back_invitation(participant=first, by=by(world))
    assert list(campaign.participants.values_list("person", flat=True)) == people[1:]
    actions.open_campaign(campaign=campaign, by=by(world))
    with pytest.raises(Conflict):
        take_back_invitation(participant=campaign.participants.get(), by=by(world))
