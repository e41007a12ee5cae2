"""The public register: nobody without consent, nothing but name, subjects and term."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.errands import asked, cells_of, everything_is_long, taken
from tests.factories import make_centre, make_member, make_person
from tests.tutors.status_factories import make_status
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import ConsentKind, Role
from traektoria.people.models import Account, Consent
from traektoria.tutors.models import TutorStatus
from traektoria.tutors.register.errands import REGISTER
from traektoria.tutors.statuses.enums import StatusState

pytestmark = pytest.mark.django_db


def make_tutor(centre: TutorCentre, surname: str = "Иванова") -> tuple[TutorStatus, Account]:
    account = make_member(centre, Role.TUTOR, person=make_person(surname))
    assert account.person is not None
    return make_status(centre, account.person), account


def consented(status: TutorStatus) -> Consent:
    return Consent.objects.create(
        person=status.person, centre=status.centre, kind=ConsentKind.REGISTER, text="согласна"
    )


def page(client: Client, centre: TutorCentre) -> str:
    answer = client.get(reverse("tutors:register", args=[centre.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_empty_without_consent(client: Client) -> None:
    centre = make_centre()
    make_tutor(centre)
    text = page(client, centre)
    assert "Иванова" not in text
    assert "Реестр пуст" in text


def test_given_and_withdrawn_at_once(client: Client) -> None:
    centre = make_centre()
    status, account = make_tutor(centre)
    client.force_login(account)
    client.post(reverse("tutors:register_consent", args=[status.pk]))
    assert Consent.objects.get(person=status.person).text.startswith("Даю согласие")
    stranger = Client()
    text = page(stranger, centre)
    assert "Иванова" in text
    assert "математика" in text
    client.post(reverse("tutors:register_withdraw", args=[status.pk]))
    assert "Иванова" not in page(stranger, centre)
    assert Consent.objects.get(person=status.person).withdrawn_at is not None


@pytest.mark.parametrize(
    "fields",
    [
        {"state": StatusState.SUSPENDED, "suspended_from": date(2026, 1, 1)},
        {"state": StatusState.ENDED, "ended_on": date(2026, 1, 1)},
        {"end": date(2026, 1, 1)},
        {"start": date(2090, 1, 1), "end": None},
    ],
)
def test_only_in_force(client: Client, fields: dict[str, object]) -> None:
    centre = make_centre()
    status, _account = make_tutor(centre)
    consented(status)
    TutorStatus.objects.filter(pk=status.pk).update(**fields)
    assert "Иванова" not in page(client, centre)


def test_other_centres_are_not_shown(client: Client) -> None:
    centre, other = make_centre(), make_centre("Другой")
    consented(make_tutor(centre)[0])
    assert "Иванова" not in page(client, other)
    assert client.get(reverse("tutors:register", args=[10**9])).status_code == 404


def test_nobody_consents_for_another(client: Client) -> None:
    centre = make_centre()
    status, _account = make_tutor(centre)
    client.force_login(make_member(centre, Role.COORDINATOR))
    assert client.post(reverse("tutors:register_consent", args=[status.pk])).status_code == 404
    assert not Consent.objects.exists()


def test_the_file_computes_nothing(client: Client) -> None:
    centre = make_centre()
    consented(make_tutor(centre, "=HYPERLINK(1)")[0])
    client.force_login(make_member(centre, Role.COORDINATOR))
    answer = client.get(reverse("tutors:register_export", args=[centre.pk]))
    cells = load_workbook(io.BytesIO(answer.content)).active
    assert cells is not None
    first = cells["A2"]
    assert (first.value, first.data_type) == ("=HYPERLINK(1) Мария Петровна", "s")
    assert [cell.value for cell in cells[2]][2:] == ["01.09.2025", "31.08.2028"]


def test_a_term_that_begins_and_ends_today(client: Client) -> None:
    centre = make_centre()
    status, _account = make_tutor(centre)
    consented(status)
    today = timezone.localdate()
    TutorStatus.objects.filter(pk=status.pk).update(start=today, end=today)
    assert "Иванова" in page(client, centre)
    TutorStatus.objects.filter(pk=status.pk).update(start=today - timedelta(days=2), end=today - timedelta(days=1))
    assert "Иванова" not in page(client, centre)


def test_a_long_register_is_made_by_the_worker_and_given_while_all_stand_in_it(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    centre = make_centre()
    consents = [consented(make_tutor(centre, surname)[0]) for surname in ("Иванова", "Петрова")]
    client.force_login(make_member(centre, Role.COORDINATOR))
    url = reverse("tutors:register_export", args=[centre.pk])
    at_once = cells_of(client.get(url).content)
    everything_is_long(REGISTER, monkeypatch)
    row = asked(client, url, django_capture_on_commit_callbacks)
    assert (cells_of(taken(client, row).content), row.rows) == (at_once, 2)
    Consent.objects.filter(pk=consents[0].pk).update(withdrawn_at=timezone.now())
    assert taken(client, row).status_code == 403
