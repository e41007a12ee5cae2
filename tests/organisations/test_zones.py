"""Half past eleven in the evening in Moscow is half past one of the next day in Yekaterinburg."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.diagnostics.campaign_factories import make_campaign
from tests.factories import make_account, make_centre, make_member, make_person
from tests.tutors.commission_factories import make_sitting
from tests.tutors.status_factories import make_status
from traektoria.organisations import zones
from traektoria.organisations.models import Municipality, TutorCentre
from traektoria.people.actor import actor_of
from traektoria.people.enums import ConsentKind, Role
from traektoria.people.models import Consent, RoleAssignment
from traektoria.tutors.commission.forms.composition import SessionForm
from traektoria.tutors.models import AgendaItem
from traektoria.tutors.register.tasks import keep_statuses_by_the_clock
from traektoria.tutors.statuses.actions.reminders import keep_statuses_everywhere
from traektoria.tutors.statuses.enums import StatusState

pytestmark = pytest.mark.django_db

MOSCOW, URALS = "Europe/Moscow", "Asia/Yekaterinburg"
EVENING = datetime(2026, 8, 31, 20, 30, tzinfo=UTC)
LAST, FIRST = date(2026, 8, 31), date(2026, 9, 1)
BOTH = pytest.mark.parametrize(("name", "today"), [("", LAST), (MOSCOW, LAST), (URALS, FIRST)])


@pytest.fixture
def evening() -> Iterator[None]:
    """23:30 of 31 August in Moscow, 01:30 of 1 September in Yekaterinburg."""
    with patch("django.utils.timezone.now", return_value=EVENING):
        yield


def centre_in(name: str) -> TutorCentre:
    centre = make_centre()
    Municipality.objects.filter(pk=centre.municipality_id).update(time_zone=name)
    centre.municipality.refresh_from_db()
    return centre


@pytest.mark.parametrize(
    ("code", "name"),
    [("66", URALS), ("89", URALS), ("77", MOSCOW), ("23", MOSCOW), ("2", URALS), ("39", "Europe/Kaliningrad"),
     ("41", "Asia/Kamchatka"), ("99", ""), ("", ""), ("АБ", "")],
)  # fmt: skip
def test_a_region_has_its_usual_zone(code: str, name: str) -> None:
    assert zones.usual_of(code) == name


def test_every_zone_of_the_table_is_known_and_has_a_name() -> None:
    labels = dict(zones.choices())
    assert set(labels) == set(zones.names())
    assert labels[URALS] == "Екатеринбург, UTC+5"
    assert not any(name in label for name, label in labels.items())


@BOTH
def test_today_and_the_school_year_of_a_page_are_those_of_the_centre(evening: None, name: str, today: date) -> None:
    centre, client = centre_in(name), Client()
    client.force_login(make_member(centre, Role.COORDINATOR))
    person = make_member(centre, Role.TEACHER).person
    page = client.get(reverse("people:person_detail", args=[person.pk]))
    assert page.context["today"] == today
    assert ("2026/27" if today == FIRST else "2025/26") in page.content.decode()
    assert timezone.get_current_timezone_name() == timezone.get_default_timezone_name(), "it ends with the request"


@BOTH
def test_a_role_is_in_force_by_the_day_of_its_centre(evening: None, name: str, today: date) -> None:
    centre = centre_in(name)
    account = make_account(make_person())
    for role, start, end in (
        (Role.COMMISSION_MEMBER, date(2020, 9, 1), LAST), (Role.TUTOR, FIRST, None),
        (Role.COORDINATOR, date(2020, 9, 1), None),
    ):  # fmt: skip
        RoleAssignment.objects.create(person=account.person, centre=centre, role=role, start=start, end=end)
    now = Role.TUTOR if today == FIRST else Role.COMMISSION_MEMBER
    assert actor_of(account).roles == {now, Role.COORDINATOR}


def test_a_status_is_over_when_its_last_day_is_over_there(evening: None) -> None:
    rows = {name: make_status(centre_in(name), make_person(), end=LAST) for name in ("", MOSCOW, URALS)}
    assert keep_statuses_everywhere().ended == 1
    assert keep_statuses_everywhere().ended == 0
    for name, row in rows.items():
        row.refresh_from_db()
        assert (row.state == StatusState.ENDED) is (name == URALS)


@BOTH
def test_the_public_register_is_that_of_the_day_there(evening: None, client: Client, name: str, today: date) -> None:
    centre, person = centre_in(name), make_person("Вечерняя")
    make_status(centre, person, end=LAST)
    Consent.objects.create(person=person, centre=centre, kind=ConsentKind.REGISTER, text="", given_at=EVENING)
    page = client.get(reverse("tutors:register", args=[centre.pk])).content.decode()
    assert ("Вечерняя" in page) is (today == LAST)


@pytest.mark.parametrize(("name", "hour"), [("", 6), (MOSCOW, 6), (URALS, 4)])
def test_an_hour_that_is_typed_is_that_of_the_place(name: str, hour: int) -> None:
    with zones.in_time_of(centre_in(name)):
        form = SessionForm({"day": "2026-09-05", "hour": "09:00"})
        assert form.is_valid()
        held = form.facts()["held_at"]
        assert timezone.localtime(held).time() == time(9)
    assert held.astimezone(UTC).hour == hour


@BOTH
def test_no_query_more(evening: None, name: str, today: date, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    account = make_member(centre_in(name), Role.COORDINATOR)
    with django_assert_num_queries(1):
        assert actor_of(account).zone == zones.zone(name)


def test_the_zone_is_chosen_in_the_settings_of_the_centre(client: Client) -> None:
    centre = centre_in("")
    client.force_login(make_member(centre, Role.COORDINATOR))
    address = reverse("organisations:centre_settings")
    assert "Екатеринбург, UTC+5" in client.get(address).content.decode()
    facts = {"name": centre.name, "full_name": "", "founder": ""}
    assert client.post(address, {**facts, "time_zone": URALS}).status_code == 302
    assert Municipality.objects.get(pk=centre.municipality_id).time_zone == URALS
    assert client.post(address, {**facts, "time_zone": "Asia/Nowhere"}).status_code == 422


def two_zones() -> tuple[Client, TutorCentre, TutorCentre]:
    """A coordinator of a centre by Moscow's clock and of one in Yekaterinburg."""
    west, east = centre_in(MOSCOW), centre_in(URALS)
    account = make_member(west, Role.COORDINATOR)
    RoleAssignment.objects.create(
        person=account.person, centre=east, role=Role.COORDINATOR, start=date(2020, 9, 1), end=None
    )
    client = Client()
    client.force_login(account)
    return client, west, east


def test_whoever_serves_two_zones_sees_and_types_the_hours_of_each(evening: None) -> None:
    """The page of a thing runs by the clock of its centre, whichever centre the header names."""
    client, west, east = two_zones()
    for centre, hour in ((west, "23:30"), (east, "01:30")):
        campaign = make_campaign(centre, [], start=EVENING, end=EVENING.replace(month=9, day=20))
        page = client.get(reverse("diagnostics:campaign_detail", args=[campaign.pk]))
        assert hour in page.content.decode()
    assert timezone.get_current_timezone_name() == timezone.get_default_timezone_name(), "it ends with the request"
    assert not zones.of_centres.get()


def test_a_thing_is_of_the_centre_that_it_was_loaded_with(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    sitting = make_sitting()
    item = AgendaItem.objects.select_related("session__centre").get(pk=sitting.item.pk)
    bare = AgendaItem.objects.get(pk=sitting.item.pk)
    with django_assert_num_queries(0), timezone.override(UTC):
        kept = zones.of_centres.set({sitting.centre.pk: URALS, 0: MOSCOW})
        zones.turn_to(bare)
        assert timezone.get_current_timezone_name() == "UTC"
        zones.turn_to(item)
        assert timezone.get_current_timezone_name() == URALS
        zones.of_centres.reset(kept)


@pytest.mark.parametrize(("moment", "where"), [
    (datetime(2026, 8, 31, 22, 30, tzinfo=UTC), {}),  # 01:30 in Moscow, 03:30 in Yekaterinburg
    (datetime(2026, 9, 1, 1, 30, tzinfo=UTC), {URALS}),  # 04:30 and 06:30
    (datetime(2026, 9, 1, 3, 30, tzinfo=UTC), {URALS, MOSCOW}),
    (datetime(2026, 9, 1, 12, 0, tzinfo=UTC), {URALS, MOSCOW}),  # the hour was missed
])  # fmt: skip
def test_the_work_of_a_day_is_done_where_its_hour_has_come(moment: datetime, where: set[str]) -> None:
    rows = {name: make_status(centre_in(name), make_person(), end=LAST) for name in (MOSCOW, URALS)}
    with patch("django.utils.timezone.now", return_value=moment):
        keep_statuses_by_the_clock.call()
        keep_statuses_by_the_clock.call()
    for name, row in rows.items():
        row.refresh_from_db()
        assert (row.state == StatusState.ENDED) is (name in where)
