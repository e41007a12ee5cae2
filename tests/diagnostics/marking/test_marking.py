"""Marking: who gets which answer, what two marks make, the third marker, what is too late, the pages."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.diagnostics.campaign_factories import (
    make_answer,
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.diagnostics.result_factories import actor_of_role, part_of
from tests.factories import make_centre, make_employment, make_member, make_school
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.findings.actions.analysis import analyse_campaign
from traektoria.diagnostics.items.content import Extended, content_of
from traektoria.diagnostics.marking import actions
from traektoria.diagnostics.marking.agreement import agreement, kappa
from traektoria.diagnostics.marking.policies import clean_points, together
from traektoria.diagnostics.marking.queries import code_of, piles_of, progress_of
from traektoria.diagnostics.models import Answer, Campaign, FormItem, Marking
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Account, RoleAssignment
from traektoria.people.status_roles import bid_due_farewells, close_role

pytestmark = pytest.mark.django_db
GOOD, FAIR, BAD = (
    {"К1": Decimal(2), "К2": Decimal(1)},
    {"К1": Decimal(1), "К2": Decimal(1)},
    {"К1": Decimal(0), "К2": Decimal(0)},
)


@pytest.fixture
def centre() -> TutorCentre:
    return make_centre()


@pytest.fixture
def markers(centre: TutorCentre) -> list[Account]:
    return [make_member(centre, Role.TUTOR) for _number in range(3)]


def work(centre: TutorCentre, markers: list[Account], *, answers: int = 1, by_two: bool = True) -> Campaign:
    """A closed campaign with one extended item, answered by so many people."""
    version = make_instrument(centre, [make_item(centre, "extended")], settings={"markers": 2 if by_two else 1})
    campaign = make_campaign(centre, [version], state=CampaignState.CLOSED)
    part_of(campaign).markers.set([account.person for account in markers])
    item = FormItem.objects.get(version=version)
    for number in range(answers):
        sitting = make_sitting(make_participant(campaign), state=SittingState.SUBMITTED)
        make_answer(sitting, item, {"text": f"Решение {number}"})
    return campaign


def hand_out(campaign: Campaign) -> int:
    return actions.hand_out_answers(campaign=campaign, by=None)


def mark(marking: Marking, points: dict[str, Any]) -> Marking:
    return actions.give_points(marking=marking, points=points, by=actor_for(marking))


def actor_for(marking: Marking) -> Actor:
    return actor_of(marking.marker.account)


def markings() -> list[Marking]:
    return list(Marking.objects.order_by("pk"))


def test_answers_are_shared_evenly_and_once(centre: TutorCentre, markers: list[Account]) -> None:
    campaign = work(centre, markers, answers=6)
    assert hand_out(campaign) == 6
    loads = [Marking.objects.filter(marker=account.person).count() for account in markers]
    assert loads == [4, 4, 4]
    assert hand_out(campaign) == 0
    assert Marking.objects.count() == 12


def test_nobody_gets_their_own_and_the_own_school_comes_last(centre: TutorCentre, markers: list[Account]) -> None:
    campaign = work(centre, markers[:2], by_two=False, answers=0)
    item, school = FormItem.objects.get(), make_school(centre)
    make_employment(markers[0].person, school)
    for fields in ({"person": markers[0].person}, {"school": school}, {"school": school}):
        sitting = make_sitting(make_participant(campaign, **fields), state=SittingState.SUBMITTED)
        make_answer(sitting, item, {"text": "Решение"})
    hand_out(campaign)
    assert [row.marker for row in markings()] == [markers[1].person] * 3
    part_of(campaign).markers.set([markers[0].person])
    hand_out(campaign)
    rows = Marking.objects.order_by("answer")
    assert [(row.marker, row.answer.sitting.participant.school) for row in rows] == [
        (markers[0].person, school), (markers[0].person, school),
    ]  # fmt: skip


def test_what_is_still_written_is_not_handed_out(centre: TutorCentre, markers: list[Account]) -> None:
    campaign = work(centre, markers)
    answer = Answer.objects.get()
    sitting = answer.sitting
    sitting.state, sitting.running_since = SittingState.RUNNING, campaign.start
    sitting.save()
    assert hand_out(campaign) == 0


def test_one_marker_decides_where_one_is_wanted(centre: TutorCentre, markers: list[Account]) -> None:
    hand_out(work(centre, markers, by_two=False))
    mark(markings()[0], FAIR)
    assert Answer.objects.get().score == 2


def test_two_marks_make_the_mean_and_a_half_goes_up(centre: TutorCentre, markers: list[Account]) -> None:
    hand_out(work(centre, markers))
    first, second = markings()
    mark(first, GOOD)
    assert Answer.objects.get().score is None
    mark(second, FAIR)
    assert Answer.objects.get().score == 3
    assert Marking.objects.filter(third=True).count() == 0


def test_a_third_marker_decides_where_two_disagree(centre: TutorCentre, markers: list[Account]) -> None:
    hand_out(work(centre, markers))
    first, second = markings()
    mark(first, GOOD)
    mark(second, BAD)
    third = Marking.objects.get(third=True)
    assert third.marker_id not in {first.marker_id, second.marker_id}
    assert Answer.objects.get().score is None
    with pytest.raises(Conflict, match="третьему"):
        mark(first, FAIR)
    mark(third, FAIR)
    assert Answer.objects.get().score == 2
    mark(third, GOOD)
    assert Answer.objects.get().score == 3


def test_a_third_one_is_asked_as_soon_as_there_is_somebody(centre: TutorCentre, markers: list[Account]) -> None:
    campaign = work(centre, markers[:2])
    hand_out(campaign)
    for row, points in zip(markings(), (GOOD, BAD), strict=True):
        mark(row, points)
    assert not Marking.objects.filter(third=True).exists()
    by = actor_of_role(centre, Role.COORDINATOR)
    people = [account.person for account in markers]
    actions.change_markers(part=part_of(campaign), markers=people, by=by)
    assert Marking.objects.get(third=True).marker == markers[2].person
    actions.change_markers(part=part_of(campaign), markers=people[:2], by=by)
    assert not Marking.objects.filter(third=True).exists()


def test_points_can_be_changed_until_the_figures_are_made(centre: TutorCentre, markers: list[Account]) -> None:
    campaign = work(centre, markers)
    hand_out(campaign)
    first, second = markings()
    mark(first, FAIR)
    mark(first, GOOD)
    mark(second, GOOD)
    assert Answer.objects.get().score == 3
    analyse_campaign(campaign=campaign, by=None)
    with pytest.raises(Conflict, match="рассчитаны"):
        mark(first, FAIR)


def test_a_marker_who_was_taken_off_marks_no_more(centre: TutorCentre, markers: list[Account]) -> None:
    campaign = work(centre, markers)
    hand_out(campaign)
    first = markings()[0]
    part_of(campaign).markers.remove(first.marker)
    with pytest.raises(Refused):
        mark(first, GOOD)
    with pytest.raises(Refused):
        actions.give_points(marking=first, points=GOOD, by=actor_of(markers[1].person.account))


def test_points_that_cannot_be_given() -> None:
    content = content_of({"kind": "extended", "text": "?", "criteria": [{"code": "К1", "title": "Т", "most": "1.5"}]})
    assert isinstance(content, Extended)
    assert clean_points(content, {"К1": Decimal("1.5")}, partial=False) == {"К1": "1.5"}
    assert clean_points(content, {"К1": None}, partial=True) == {}
    for given in (None, Decimal(2), Decimal("0.5")):
        with pytest.raises(Invalid):
            clean_points(content, {"К1": given}, partial=False)
    assert together(content, [{"К1": "1.5"}, {"К1": "0"}]) == Decimal("0.750")


def test_agreement_of_two_markers() -> None:
    pairs = [({"К": "2"}, {"К": "2"})] * 8 + [({"К": "0"}, {"К": "1"})] * 2
    found = agreement(pairs)
    assert (found.n, found.exact, found.near) == (10, 80.0, 100.0)
    assert found.kappa == pytest.approx(0.7561, abs=1e-4)
    assert agreement(pairs[:9]).exact is None
    assert kappa([(1.0, 1.0)] * 10) is None


def test_a_marker_goes_from_answer_to_answer(client: Client, centre: TutorCentre, markers: list[Account]) -> None:
    campaign = work(centre, markers[:1], by_two=False, answers=2)
    hand_out(campaign)
    client.force_login(markers[0])
    assert "0 из 2" in client.get(reverse("diagnostics:marking_list")).content.decode().replace("\xa0", " ")
    page = client.get(reverse("diagnostics:marking_next", args=[part_of(campaign).pk]), follow=True)
    marking = page.context["marking"]
    text = page.content.decode()
    assert code_of(marking) in text
    assert marking.answer.sitting.participant.person.surname not in text
    here = reverse("diagnostics:marking_answer", args=[marking.pk])
    assert client.post(here, {"k0": "1"}, headers={"X-Autosave": "1"}).status_code == 204
    marking.refresh_from_db()
    assert (marking.points, marking.done_at) == ({"К1": "1"}, None)
    assert client.post(here, {"k0": "1"}).status_code == 422
    following = client.post(here, {"k0": "2", "k1": "1", "note": "Хорошо"})
    assert following.url != here
    assert client.post(following.url, {"k0": "2", "k1": "1"}).url == reverse("diagnostics:marking_list")
    assert [pile.left for pile in piles_of(actor_of(markers[0]))] == [0]


def test_the_coordinator_sees_numbers_and_no_answers(
    client: Client, centre: TutorCentre, markers: list[Account], django_assert_max_num_queries: Any
) -> None:
    campaign = work(centre, markers, answers=3)
    client.force_login(make_member(centre, Role.COORDINATOR))
    client.post(reverse("diagnostics:marking_hand_out", args=[campaign.pk]))
    assert Marking.objects.count() == 6
    with django_assert_max_num_queries(25):
        text = client.get(reverse("diagnostics:marking_progress", args=[campaign.pk])).content.decode()
    assert "Решение" not in text
    line = progress_of(part_of(campaign), 2)
    assert (line.answers, line.ready, line.short, line.third) == (3, 0, 0, 0)
    client.post(reverse("diagnostics:part_markers", args=[part_of(campaign).pk]), {"markers": [markers[0].person_id]})
    assert progress_of(part_of(campaign), 2).short == 3


@pytest.mark.parametrize("by_its_date", [False, True])
def test_what_a_marker_who_is_no_tutor_any_longer_has_not_marked_goes_to_the_others(
    centre: TutorCentre, markers: list[Account], by_its_date: bool
) -> None:
    campaign = work(centre, markers[:2], answers=4, by_two=False)
    hand_out(campaign)
    gone = markers[0].person
    assert gone is not None
    if by_its_date:
        today = timezone.localdate()
        over = today - timedelta(days=1)
        RoleAssignment.objects.filter(person=gone).update(start=over - timedelta(days=300), end=over)
        bid_due_farewells(today=today)
    else:
        close_role(person=gone, centre=centre, role=Role.TUTOR, by=None)
    assert set(Marking.objects.values_list("marker", flat=True)) == {markers[1].person_id}
    assert Marking.objects.count() == 4
    assert list(part_of(campaign).markers.all()) == [markers[1].person]
