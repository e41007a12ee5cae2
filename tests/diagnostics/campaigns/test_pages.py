"""Pages of campaigns: what the coordinator, the head and the invited see; the desk; bounded queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.diagnostics.campaign_factories import (
    make_answer,
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.factories import make_employment, make_member, make_person, make_school
from tests.world import World
from traektoria.core import paging
from traektoria.core.registries import menu, personal_data
from traektoria.desk.waiting import lines_of
from traektoria.diagnostics.campaigns.consent import YEARS_KEPT
from traektoria.diagnostics.models import Campaign, InstrumentVersion, Participant, Sitting
from traektoria.diagnostics.sittings.queries.participation import Counts, declined_number
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Consent, RoleAssignment

As = Callable[[str], Client]
LIST = "/diagnostics/campaigns/"
WORKS = "/diagnostics/works/"


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def work(world: World, **fields: Any) -> InstrumentVersion:
    return make_instrument(world.own, [make_item(world.own)], **fields)


def going(world: World, number: int = 0, **fields: Any) -> Campaign:
    """An open campaign with the teacher and ``number`` others of another school, each with a sitting."""
    campaign = make_campaign(world.own, [work(world, settings={"minutes": 45})], **fields)
    own = make_participant(campaign, world.accounts["teacher"].person, consented=False, school=world.school)
    school = make_school(world.own)
    others = [make_participant(campaign, school=school) for _number in range(number)]
    for row in (own, *others):
        make_sitting(row, state="new")
    return campaign


def lines(world: World, viewer: str) -> list[tuple[str, str, str]]:
    found = lines_of(actor_of(world.accounts[viewer]), timezone.localdate())
    return [(str(line.group), line.what, line.url) for line in found if line.url.startswith("/diagnostics/")]


def test_a_campaign_is_prepared_and_opened_in_the_browser(world: World, as_: As) -> None:
    client, version = as_("coordinator"), work(world)
    assert "Диагностик ещё не было" in page(client, LIST)
    window = {"start_day": "2026-11-01", "start_time": "08:00", "end_day": "2099-11-30", "end_time": "23:59"}
    facts = {"title": "Осень", "purpose": "Маршруты", "basis": "План", "grace_minutes": "15", **window}
    bad = client.post(f"{LIST}new/", {**facts, "end_day": "2026-10-01"})
    assert (bad.status_code, "позже первого" in bad.content.decode()) == (422, True)
    client.post(f"{LIST}new/", facts)
    campaign = Campaign.objects.get()
    assert timezone.localtime(campaign.end).strftime("%H:%M:%S") == "23:59:59"
    url = f"{LIST}{campaign.pk}/"
    assert "Добавьте работу или анкету" in page(client, url)
    client.post(f"{url}parts/", {"version": version.pk})
    assert "1\xa0учителю" in page(client, f"{url}people/")
    client.post(f"{url}people/?subject=russian", {"all": "1"})
    assert campaign.participants.count() == 0
    client.post(f"{url}people/?subject=math", {"person": world.accounts["teacher"].person_id})
    assert "В списке 1\xa0учитель" in page(client, url)
    assert "Соглашаюсь и хочу начать" in page(client, f"{url}preview/")
    client.post(f"{url}open/")
    assert Sitting.objects.filter(participant__person=world.accounts["teacher"].person_id).count() == 1
    assert lines(world, "teacher")[0][1:] == ("Вас приглашают: Осень", f"{WORKS}{campaign.pk}/")


def test_the_invited_read_one_screen_and_decide(world: World, as_: As) -> None:
    campaign, client = going(world), as_("teacher")
    url = f"{WORKS}{campaign.pk}/"
    shown = page(client, url)
    for word in (
        "Кто что увидит",
        "Директор и завуч",
        "Соглашаюсь и хочу начать",
        "Не участвую",
        f"{YEARS_KEPT}\xa0года",
    ):
        assert word in shown
    client.post(f"{url}consent/", {"seal": "other words"})
    assert not Consent.objects.exists()
    seal = shown.split('name="seal" value="')[1].split('"')[0]
    client.post(f"{url}consent/", {"seal": seal})
    client.post(f"{url}consent/", {"seal": seal})
    consent = Consent.objects.get()
    assert f"{YEARS_KEPT}\xa0года" in consent.text
    shown = page(client, url)
    assert "/diagnostics/sittings/" in shown
    assert "Вы ещё не начинали" in shown
    client.post(f"{url}withdraw/")
    assert Participant.objects.get().declined_at is not None
    shown = page(client, WORKS)
    assert ("вы не участвуете" in shown, "Передумать" in shown) == (True, True)
    assert lines(world, "teacher") == []


def test_declined_and_late_look_the_same_to_others(world: World, as_: As) -> None:
    campaign = going(world)
    other = make_participant(campaign, world.accounts["other_teacher"].person, consented=False, school=world.school)
    make_sitting(other, state="new")
    before = {viewer: page(as_(viewer), f"{LIST}{campaign.pk}/{end}") for viewer, end in OTHERS.items()}
    Participant.objects.filter(pk=other.pk).update(declined_at=timezone.now())
    after = {viewer: page(as_(viewer), f"{LIST}{campaign.pk}/{end}") for viewer, end in OTHERS.items()}
    assert [_plain(one) for one in before.values()] == [_plain(one) for one in after.values()]
    assert "не завершено" in after["coordinator"]


OTHERS = {"coordinator": "participants/", "head": "school/", "deputy_head": "school/"}


def _plain(shown: str) -> str:
    """Without the tokens against forged posts."""
    return "\n".join(line for line in shown.splitlines() if "csrf" not in line.casefold())


def test_the_head_sees_participation_of_the_own_school_only(world: World, as_: As) -> None:
    campaign = going(world, 1)
    sitting = Sitting.objects.get(participant__person=world.accounts["teacher"].person_id)
    make_answer(sitting, sitting.part.version.items.get(), {"choice": 0}, score=1)
    shown = page(as_("head"), f"{LIST}{campaign.pk}/school/")
    assert sitting.participant.person.surname in shown
    assert campaign.participants.exclude(person=sitting.participant.person_id).get().person.surname not in shown
    assert as_("head").get(f"{LIST}{campaign.pk}/").status_code == 403
    assert as_("foreign_head").get(f"{LIST}{campaign.pk}/school/").status_code == 404
    Campaign.objects.update(state="draft")
    assert as_("head").get(f"{LIST}{campaign.pk}/school/").status_code == 404


def test_a_head_turns_the_pages_of_the_campaigns_of_the_school(
    world: World, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "ROWS_A_PAGE", 1)
    going(world, title="Первая диагностика", start=timezone.now() - timedelta(days=9))
    going(world, title="Вторая диагностика", start=timezone.now() - timedelta(days=3))
    first, second, past = (page(as_("head"), f"{LIST}?schools={number}") for number in (1, 2, 3))
    assert "Вторая" in first
    assert "Первая" not in first
    assert "schools=2" in first
    assert "Первая" in second
    assert "Вторая" not in second
    assert "schools=2" in past


def test_a_head_of_another_centre_does_not_see_the_same_school(world: World, as_: As) -> None:
    campaign = going(world)
    RoleAssignment.objects.filter(person=world.accounts["foreign_head"].person_id).update(school=world.school)
    assert as_("foreign_head").get(f"{LIST}{campaign.pk}/school/").status_code == 404


def test_refusals_are_a_number_only_where_it_tells_of_nobody(world: World) -> None:
    campaign = make_campaign(world.own, [])
    rows = [make_participant(campaign, consented=False) for _number in range(6)]
    Participant.objects.filter(pk__in=[row.pk for row in rows[:3]]).update(declined_at=timezone.now())
    assert declined_number(campaign, Counts(invited=6)) is None
    assert declined_number(campaign, Counts(invited=12, finished=2)) == 3
    Participant.objects.update(declined_at=timezone.now())
    assert declined_number(campaign, Counts(invited=12, finished=2)) is None


@pytest.mark.parametrize("viewer", ["coordinator", "head", "teacher"])
def test_pages_and_the_desk_ask_as_much_for_many_as_for_few(world: World, as_: As, viewer: str) -> None:
    campaign = going(world, 3)
    extra = {"coordinator": ["", "participants/", "people/"], "head": ["school/"], "teacher": []}[viewer]
    urls = ["/", WORKS, *([LIST] if extra else []), *(f"{LIST}{campaign.pk}/{end}" for end in extra)]
    few = _queries(as_(viewer), urls)
    for _number in range(57):
        school = make_school(world.own) if _number % 10 == 0 else world.school
        person = make_person()
        make_member(world.own, Role.TEACHER, school, person)
        make_employment(person, school)
        make_sitting(make_participant(campaign, person, school=school), state="submitted")
    assert _queries(as_(viewer), urls) == few


def _queries(client: Client, urls: list[str]) -> list[int]:
    client.get("/")
    found = []
    for url in urls:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200, url
        found.append(len(asked))
    return found


def test_lines_of_the_desk(world: World) -> None:
    campaign = going(world, 1)
    own = Participant.objects.get(person=world.accounts["teacher"].person_id)
    url, name = f"{WORKS}{campaign.pk}/", f"Вас приглашают: {campaign.title}"
    assert lines(world, "teacher") == [("soon", name, url)]
    for viewer in ("coordinator", "head", "tutor", "other_teacher", "foreign_coordinator", "administrator"):
        assert lines(world, viewer) == []
    own.reminded_at = timezone.now()
    own.save(update_fields=["reminded_at"])
    assert lines(world, "teacher") == [("today", name, url)]
    own.consent = Consent.objects.create(person=own.person, centre=world.own, kind="diagnostics", text="Да")
    own.reminded_at = None
    own.save(update_fields=["consent", "reminded_at"])
    assert lines(world, "teacher") == [("soon", "Контрольная работа: математика", url)]
    campaign.end = timezone.now() + timedelta(days=2)
    campaign.save(update_fields=["end"])
    assert lines(world, "teacher") == [("today", "Контрольная работа: математика", url)]
    for sitting in Sitting.objects.filter(participant=own):
        sitting.state = "submitted"
        sitting.save(update_fields=["state"])
    assert lines(world, "teacher") == []


def test_one_place_in_the_menu_whatever_the_roles(world: World) -> None:
    teacher = world.accounts["teacher"].person
    found = {
        viewer: [entry.url_name for entry in menu if entry.prefixes == ("/diagnostics/",) and entry.visible(actor)]
        for viewer in ("teacher", "coordinator", "head", "tutor", "administrator")
        if (actor := actor_of(world.accounts[viewer]))
    }
    assert found == {
        "teacher": ["diagnostics:hypothesis_list"],
        "coordinator": ["diagnostics:campaign_list"],
        "head": ["diagnostics:campaign_list"],
        "tutor": ["diagnostics:protocol_list"],
        "administrator": [],
    }
    for role in (Role.TUTOR, Role.COORDINATOR):
        make_member(world.own, role, person=teacher)
    actor = actor_of(world.accounts["teacher"])
    assert len([entry for entry in menu if entry.prefixes == ("/diagnostics/",) and entry.visible(actor)]) == 1


def test_what_is_kept_of_a_person_is_theirs_to_take_away(world: World) -> None:
    going(world)
    sitting = Sitting.objects.get()
    make_answer(sitting, sitting.part.version.items.get(), {"choice": 0})
    kept = personal_data.get("diagnostics.campaigns")
    assert kept
    mine = kept.collect(world.accounts["teacher"].person_id or 0)["campaigns"]
    assert [one["works"][0]["answers"][0]["value"] for one in mine] == [{"choice": 0}]
    assert kept.collect(world.accounts["other_teacher"].person_id or 0)["campaigns"] == []
