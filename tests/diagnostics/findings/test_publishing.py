"""Published figures of a campaign: they can't be subtracted from each other, and one withdrawal takes nothing away."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.diagnostics.result_factories import fill, make_work, part_of
from tests.factories import make_account, make_centre, make_member
from traektoria.diagnostics.findings.actions.analysis import analyse_campaign, analyse_due
from traektoria.diagnostics.models import (
    Answer,
    BankItem,
    Campaign,
    FormItem,
    PartAnalysis,
    Publication,
    Sitting,
    TopicFinding,
    Uncounted,
)
from traektoria.diagnostics.sittings.actions.participation import withdraw_from_campaign
from traektoria.diagnostics.sittings.queries.participation import by_part, counts_of
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> TutorCentre:
    return make_centre()


def withdraw(sitting: Sitting) -> None:
    person = sitting.participant.person
    account = make_account(person=person)
    withdraw_from_campaign(participant=sitting.participant, by=actor_of(account))


def seen(client: Client, campaign: Campaign) -> list[Any]:
    """All that the coordinator can save of the results, cell by cell."""
    books = (reverse("diagnostics:part_results_xlsx", args=[part_of(campaign).pk]),
             reverse("diagnostics:campaign_topics_xlsx", args=[campaign.pk]))  # fmt: skip
    pages = [load_workbook(BytesIO(client.get(url).content)) for url in books]
    found: list[Any] = [[list(sheet.iter_rows(values_only=True)) for sheet in book] for book in pages]
    items = list(BankItem.objects.order_by("pk").values_list("facility", "rest", "n"))
    asked = [one.asked_words for one in BankItem.objects.order_by("pk")]
    people = campaign.participants.all()
    participation = [counts_of(people), by_part(campaign)]
    return [found, items, asked, participation]


@pytest.mark.once
def test_a_withdrawal_can_not_be_found_by_subtraction(client: Client, centre: TutorCentre) -> None:
    campaign = make_work(centre)
    sittings = fill(campaign, 60)
    analyse_campaign(campaign=campaign, by=None)
    client.force_login(make_member(centre, Role.COORDINATOR))
    before = seen(client, campaign)
    for number, sitting in enumerate(sittings[:9]):
        withdraw(sitting)
        if number in (0, 8):
            analyse_due()
            assert seen(client, campaign) == before
    withdraw(sittings[9])
    analyse_due()
    assert seen(client, campaign) != before
    assert PartAnalysis.objects.get().published["people"] == 50
    assert Publication.objects.count() == 2


@pytest.mark.once
def test_two_small_changes_do_not_add_up_to_a_step_over_an_earlier_state(centre: TutorCentre) -> None:
    """Ten who came are allowed; one of the first who leaves after that is not, though ten differ from the first."""
    campaign = make_work(centre)
    first = fill(campaign, 40)
    analyse_campaign(campaign=campaign, by=None)
    fill(campaign, 12)
    analyse_campaign(campaign=campaign, by=None)
    assert PartAnalysis.objects.get().published["people"] == 52
    withdraw(first[0])
    analyse_due()
    assert PartAnalysis.objects.get().published["people"] == 52


def test_what_is_left_of_the_withdrawn_says_nothing_of_their_answers(centre: TutorCentre) -> None:
    campaign = make_work(centre)
    (gone, *others) = fill(campaign, 30)
    analyse_campaign(campaign=campaign, by=None)
    withdraw(gone)
    kept = dict(Publication.objects.get().people["people"])
    assert kept[gone.participant_id] == {}
    assert all(kept[one.participant_id] for one in others)
    assert not Answer.objects.filter(sitting=gone).exists()


def test_the_conclusions_of_the_others_stay_and_are_counted_again(centre: TutorCentre) -> None:
    campaign = make_work(centre)
    (gone, *others) = fill(campaign, 40)
    analyse_campaign(campaign=campaign, by=None)
    made = PartAnalysis.objects.get().made_at
    withdraw(gone)
    assert set(TopicFinding.objects.values_list("sitting", flat=True)) == {one.pk for one in others}
    assert PartAnalysis.objects.get().made_at == made
    assert (analyse_due(), analyse_due(), Uncounted.objects.count()) == (1, 0, 0)
    assert PartAnalysis.objects.get().content["people"] == 39
    assert set(TopicFinding.objects.values_list("sitting", flat=True)) == {one.pk for one in others}


def test_sheets_typed_in_do_not_count_towards_ten(client: Client, centre: TutorCentre) -> None:
    campaign = make_work(centre)
    sittings = fill(campaign, 18)
    Sitting.objects.filter(pk__in=[one.pk for one in sittings[:9]]).update(on_paper=True)
    analyse_campaign(campaign=campaign, by=None)
    assert PartAnalysis.objects.get().published is None
    client.force_login(make_member(centre, Role.COORDINATOR))
    page = client.get(reverse("diagnostics:part_results", args=[part_of(campaign).pk])).content.decode()
    assert "Сводки ещё не опубликованы" in page
    fill(campaign, 1)
    analyse_campaign(campaign=campaign, by=None)
    assert PartAnalysis.objects.get().published["people"] == 19


def test_an_answer_that_changes_counts_as_another_person(centre: TutorCentre) -> None:
    campaign = make_work(centre)
    sittings = fill(campaign, 60)
    analyse_campaign(campaign=campaign, by=None)
    before = PartAnalysis.objects.get().published
    place = FormItem.objects.order_by("position")[0]
    for number, sitting in enumerate(sittings[:10]):
        Answer.objects.filter(sitting=sitting, form_item=place).update(value={"choice": 2}, score=0)
        if number == 8:
            analyse_campaign(campaign=campaign, by=None)
            assert PartAnalysis.objects.get().published == before
    analyse_campaign(campaign=campaign, by=None)
    assert PartAnalysis.objects.get().published != before


def test_what_was_published_by_an_earlier_rule_is_never_replaced(centre: TutorCentre) -> None:
    """The difference would speak of the few whose conclusion the rule changed, and not of who came or left."""
    campaign = make_work(centre)
    sittings = fill(campaign, 60)
    analyse_campaign(campaign=campaign, by=None)
    analysis = PartAnalysis.objects.get()
    analysis.published["schema"] -= 1
    analysis.save()
    Answer.objects.filter(sitting__in=sittings[:20]).update(value={"choice": 2}, score=0)
    analyse_campaign(campaign=campaign, by=None)
    assert PartAnalysis.objects.get().published == analysis.published
    assert Publication.objects.count() == 1


def test_a_withdrawal_changes_no_list_and_no_number_of_participation(client: Client, centre: TutorCentre) -> None:
    campaign = make_work(centre)
    sittings = fill(campaign, 12)
    client.force_login(make_member(centre, Role.COORDINATOR))
    urls = [reverse(f"diagnostics:{name}", args=[campaign.pk]) for name in ("campaign_detail", "campaign_participants")]

    def read() -> list[str]:
        return [client.get(url).content.decode().split("<main", 1)[1].split("csrfmiddlewaretoken")[0] for url in urls]

    before = read()
    withdraw(sittings[3])
    assert read() == before
