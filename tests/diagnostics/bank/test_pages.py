"""Pages of the bank: list, item, versions, archive, copy, pictures."""

import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.diagnostics.campaign_factories import (
    CONTENTS,
    make_answer,
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.factories import make_centre, make_member
from traektoria.diagnostics.findings.actions.analysis import analyse_campaign
from traektoria.diagnostics.models import BankItem, ItemPicture, ItemVersion
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Role
from traektoria.people.models import Account

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
    loaded = page(client_of, "bank_list", loaded=f"{first.pk}-{first.pk}")
    assert "Сложить" in loaded
    assert "Решить" not in loaded
    assert "По этим условиям ничего нет" in page(client_of, "bank_list", state="archived")
    assert "Решить" in page(client_of, "bank_list", state="all", subject="nothing that is offered")


def test_a_line_says_what_the_newest_version_asks(client_of: Client, centre: TutorCentre) -> None:
    """What was shown of another content is not shown again, though lines are kept by their content."""
    version = make_item(centre)
    before = page(client_of, "bank_list")
    assert str(CONTENTS["single"]["text"]) in before
    version.content = {**version.content, "text": "Совсем другой вопрос?"}
    version.save()
    after = page(client_of, "bank_list")
    assert "Совсем другой вопрос?" in after
    assert str(CONTENTS["single"]["text"]) not in after


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


def queries(client: Client, name: str, *args: object) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(reverse(f"diagnostics:{name}", args=args)).status_code == 200
    return len(caught)


def test_bounded_queries(client_of: Client, centre: TutorCentre) -> None:
    """The list and an item cost the same at one row and at several."""
    first = make_item(centre)
    make_instrument(centre, [first])
    ItemVersion.objects.update(created_by_id=1)
    queries(client_of, "bank_list")
    before = queries(client_of, "bank_list"), queries(client_of, "bank_item", first.item_id)
    for kind in ("short", "multiple", "likert"):
        make_instrument(centre, [first, make_item(centre, kind)])
    ItemVersion.objects.create(item=first.item, number=2, content=first.content, created_by_id=1)
    assert (queries(client_of, "bank_list"), queries(client_of, "bank_item", first.item_id)) == before


def test_shares_of_enough_people_only(client_of: Client, centre: TutorCentre) -> None:
    """From what is published, so that nobody watches answers coming in one by one; never of fewer than ten."""
    item = make_item(centre, n=9, facility=0.5)
    version = make_instrument(centre, [item])
    campaign = make_campaign(centre, [version], state="closed")
    place = version.items.get()
    for number in range(32):
        sitting = make_sitting(make_participant(campaign), state="submitted")
        make_answer(sitting, place, {"choice": 0 if number % 2 else 1}, score=number % 2)
        if number in (8, 18, 22):
            analyse_campaign(campaign=campaign, by=None)
            text = page(client_of, "bank_item", item.item_id)
            assert not set(re.findall(r"выбрали: (\d+)", text)) - {"0"}
            assert "не меньше 10 человек" in text.replace("\xa0", " ")
    analyse_campaign(campaign=campaign, by=None)
    assert "выбрали: 50 %, человек: 16" in page(client_of, "bank_item", item.item_id).replace("\xa0", " ")


def test_a_picture_is_seen_with_its_item(centre: TutorCentre, client: Client) -> None:
    """By whoever sits, marks, or keeps a protocol; in the form that the person has."""
    one, other = make_item(centre), make_item(centre)
    version = make_instrument(centre, [one], form_b=[other])
    campaign = make_campaign(centre, [version])
    pictures = [picture_of(one.item), picture_of(other.item)]

    def seen(account: Account) -> list[bool]:
        client.force_login(account)
        urls = [reverse("diagnostics:item_picture", args=[picture.pk]) for picture in pictures]
        return [client.get(url).status_code == 200 for url in urls]

    teacher = make_member(centre, Role.TEACHER)
    participant = make_participant(campaign, teacher.person)
    assert seen(teacher) == [False, False]
    make_sitting(participant, form="A")
    assert seen(teacher) == [True, False]
    marker = make_member(centre, Role.TUTOR)
    assert seen(marker) == [False, False]
    campaign.parts.get().markers.add(marker.person)
    assert seen(marker) == [True, True]
    make_instrument(centre, [other], "observation")
    assert seen(make_member(centre, Role.TUTOR)) == [False, True]
    assert seen(make_member(centre, Role.HEAD)) == [False, False]


def picture_of(item: BankItem) -> ItemPicture:
    row = ItemPicture(item=item, name="a.png", media_type="image/png", sha256="0", alt="Точка")
    row.file.save("a.png", ContentFile(b"\x89PNG\r\n\x1a\n"), save=False)
    row.save()
    return row


def test_an_answer_can_be_tried(client_of: Client, centre: TutorCentre) -> None:
    short, number, choice = (make_item(centre, kind) for kind in ("short", "numeric", "single"))
    assert "«MOCKBA»: 1\u00a0балл." in page(client_of, "bank_item", short.item_id, answer=" MOCKBA ")
    assert "«Тверь»: 0\u00a0баллов." in page(client_of, "bank_item", short.item_id, answer="Тверь")
    assert "«3,14»: 1\u00a0балл." in page(client_of, "bank_item", number.item_id, answer="3,14")
    assert "Проверить ответ" in page(client_of, "bank_item", short.item_id, answer=" ")
    assert "Проверить ответ" not in page(client_of, "bank_item", choice.item_id, answer="1")
    assert "&lt;script&gt;" in page(client_of, "bank_item", short.item_id, answer="<script>")
