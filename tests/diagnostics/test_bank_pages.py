"""Pages of the bank: list, item, versions, archive, copy, pictures."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.diagnostics.campaign_factories import CONTENTS, make_instrument, make_item
from tests.factories import make_centre, make_member
from traektoria.diagnostics.models import BankItem
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> TutorCentre:
    return make_centre()


@pytest.fixture
def client_of(centre: TutorCentre, client: Client) -> Client:
    client.force_login(make_member(centre, Role.COORDINATOR))
    return client


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"diagnostics:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("kind", CONTENTS)
def test_item_of_each_kind(client_of: Client, centre: TutorCentre, kind: str) -> None:
    version = make_item(centre, kind)
    text = page(client_of, "bank_item", version.item_id)
    assert str(CONTENTS[kind]["text"]) in text
    edit = page(client_of, "bank_edit", version.item_id)
    assert str(CONTENTS[kind]["text"]) in edit
    assert str(CONTENTS[kind]["text"]) in page(client_of, "bank_version", version.item_id, 1)
    assert page(client_of, "bank_add", kind)


def test_list_filters_and_says_what_to_do_first(client_of: Client, centre: TutorCentre) -> None:
    assert "Банк заданий пуст" in page(client_of, "bank_list")
    first = make_item(centre, topic="Дроби", name="Сложить дроби", n=40, facility=0.45, rest=-0.2, asked=41).item
    make_item(centre, "short", topic="Уравнения", name="Решить", level="high")
    make_instrument(centre, [first.current])
    text = page(client_of, "bank_list", q="дроби")
    assert "Сложить дроби" in text
    assert "Решить" not in text
    assert "сомнительный ключ" in text
    assert "45 %" in text.replace("\xa0", " ")
    assert "По этим условиям ничего нет" in page(client_of, "bank_list", q="зебра")
    assert "Решить" in page(client_of, "bank_list", level="high", kind="short", topic="Уравнения")
    assert "Сложить" in page(client_of, "bank_list", suspicious="on")


def test_archive_copy(client_of: Client, centre: TutorCentre) -> None:
    item = make_item(centre).item
    client_of.post(reverse("diagnostics:bank_archive", args=[item.pk]))
    item.refresh_from_db()
    assert item.archived
    client_of.post(reverse("diagnostics:bank_restore", args=[item.pk]))
    answer = client_of.post(reverse("diagnostics:bank_copy", args=[item.pk]))
    copy = BankItem.objects.exclude(pk=item.pk).get()
    assert answer["Location"] == reverse("diagnostics:bank_edit", args=[copy.pk])
    assert copy.current is not None
    assert copy.current.content == item.versions.get().content
