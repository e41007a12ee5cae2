"""Group routes from confirmed deficits: what is suggested without names, invitations, the request that follows."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.diagnostics.factories import make_hypothesis
from tests.factories import make_account, make_centre, make_employment, make_member, make_person, make_school
from traektoria.core.errors import Conflict, Refused
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Account
from traektoria.routes.groups import actions
from traektoria.routes.groups.queries import suggested
from traektoria.routes.models import GroupCall, GroupInvitation, SupportNeed

pytestmark = pytest.mark.django_db


def centre_of(teachers: int, *, confirmed: int = 4) -> tuple[TutorCentre, list[Account]]:
    """Teachers of mathematics of one school, of whom some confirmed the same two topics."""
    centre = make_centre()
    school = make_school(centre)
    accounts = [make_member(centre, Role.TEACHER, school) for _number in range(teachers)]
    for account in accounts:
        make_employment(account.person, school, subjects=["math"])
    for account in accounts[:confirmed]:
        for topic in ("Дроби", "Проценты"):
            make_hypothesis(
                centre,
                account.person,
                topic=topic,
                subject="math",
                state=HypothesisState.CONFIRMED,
                decided_at=timezone.now(),
            )
    return centre, accounts


def coordinator(centre: TutorCentre) -> Any:
    return actor_of(make_member(centre, Role.COORDINATOR))


def test_a_group_is_shown_by_topics(client: Client) -> None:
    centre, accounts = centre_of(10)
    (group,) = suggested(centre).groups
    assert (group.subject, set(group.topics), group.shared_by_all) == ("math", {"Дроби", "Проценты"}, 2)
    client.force_login(make_member(centre, Role.COORDINATOR))
    text = client.get(reverse("routes:group_suggestions")).content.decode()
    assert "Проценты" in text
    assert not any(account.person.surname in text for account in accounts)


def test_where_people_could_be_guessed_nothing_is_shown() -> None:
    centre, _accounts = centre_of(9)
    assert (suggested(centre).groups, len(suggested(centre).few)) == ((), 1)


def test_three_are_needed() -> None:
    centre, _accounts = centre_of(10, confirmed=2)
    assert (suggested(centre).groups, suggested(centre).few) == ((), ())


def test_invite_answer_and_look_for_a_tutor() -> None:
    centre, accounts = centre_of(10)
    by = coordinator(centre)
    (group,) = suggested(centre).groups
    call = actions.invite_group(centre=centre, key=group.key, by=by)
    assert actions.invite_group(centre=centre, key=group.key, by=by) == call
    assert GroupInvitation.objects.count() == 4
    assert suggested(centre).groups == ()
    for account in accounts[:3]:
        row = GroupInvitation.objects.get(person=account.person)
        actions.answer_invitation(invitation=row, accept=True, by=actor_of(account))
    last = GroupInvitation.objects.get(person=accounts[3].person)
    actions.answer_invitation(invitation=last, accept=False, by=actor_of(accounts[3]))
    need = actions.ask_for_group(call=call, by=by)
    assert actions.ask_for_group(call=GroupCall.objects.get(), by=by) == need
    assert set(need.teachers.all()) == {account.person for account in accounts[:3]}
    assert (need.number, need.subject, need.school) == (3, "math", None)
    with pytest.raises(Conflict):
        actions.answer_invitation(invitation=last, accept=True, by=actor_of(accounts[3]))


def test_too_few_and_changed_and_forbidden() -> None:
    centre, accounts = centre_of(10)
    by = coordinator(centre)
    with pytest.raises(Conflict):
        actions.invite_group(centre=centre, key="0" * 64, by=by)
    call = actions.invite_group(centre=centre, key=suggested(centre).groups[0].key, by=by)
    with pytest.raises(Conflict, match="0"):
        actions.ask_for_group(call=call, by=by)
    with pytest.raises(Refused):
        actions.ask_for_group(call=call, by=actor_of(accounts[0]))
    row = GroupInvitation.objects.get(person=accounts[0].person)
    with pytest.raises(Refused):
        actions.answer_invitation(invitation=row, accept=True, by=actor_of(accounts[1]))


def test_the_pages(client: Client, django_assert_max_num_queries: Any) -> None:
    centre, accounts = centre_of(10)
    boss = make_member(centre, Role.COORDINATOR)
    client.force_login(boss)
    with django_assert_max_num_queries(30):
        page = client.get(reverse("routes:group_suggestions"))
    (group,) = page.context["found"].groups
    client.post(reverse("routes:group_invite"), {"key": group.key})
    for account in accounts[:3]:
        client.force_login(account)
        row = GroupInvitation.objects.get(person=account.person)
        assert client.get(reverse("routes:group_invitation", args=[row.pk])).status_code == 200
        assert client.post(reverse("routes:group_answer", args=[row.pk]), {"answer": "yes"}).status_code == 302
    client.force_login(boss)
    text = client.get(reverse("routes:group_suggestions")).content.decode()
    assert accounts[0].person.surname in text
    assert accounts[3].person.surname not in text
    offer = client.post(reverse("routes:group_need", args=[GroupCall.objects.get().pk]))
    assert client.get(offer.url).status_code == 200
    assert "Дроби" in client.get(reverse("routes:need_board")).content.decode()
    assert SupportNeed.objects.count() == 1


def test_the_invitation_is_on_the_desk_of_the_invited_alone(client: Client) -> None:
    centre, accounts = centre_of(10)
    actions.invite_group(centre=centre, key=suggested(centre).groups[0].key, by=coordinator(centre))
    row = GroupInvitation.objects.get(person=accounts[0].person)
    page = reverse("routes:group_invitation", args=[row.pk])
    for account, there in ((accounts[0], True), (accounts[5], False)):
        client.force_login(account)
        assert (page in client.get("/").content.decode()) is there
        assert client.get(page).status_code == (200 if there else 404)
    client.force_login(make_account(make_person()))
    assert client.get(page).status_code == 403
