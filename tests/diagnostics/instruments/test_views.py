"""Pages of instruments: what a coordinator sees and does; the number of queries does not grow."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.diagnostics.bank_forms import EACH
from tests.diagnostics.campaign_factories import make_instrument, make_item
from tests.world import World
from traektoria.diagnostics.models import BankItem, Instrument, InstrumentVersion

As = Callable[[str], Client]
LIST = "/diagnostics/instruments/"


def _version(pk: int, page: str = "") -> str:
    return f"{LIST}versions/{pk}/{page}"


def test_a_questionnaire_is_written_in_a_few_steps(as_: As, world: World) -> None:
    client = as_("coordinator")
    made = client.post(f"{LIST}new/", {"kind": "questionnaire", "title": " Анкета  центра ", "subject": ""})
    version = InstrumentVersion.objects.get(instrument__title="Анкета центра")
    assert made["Location"] == _version(version.pk)
    refused = client.post(_version(version.pk, "publish/"))
    assert refused.status_code == 422
    assert "Добавьте хотя бы одно задание." in refused.content.decode()
    said = {"statements": "Мне легко\n− Мне трудно", "scale": "Опыт", "steps": "нет\nда"}
    assert client.post(_version(version.pk, "statements/"), said).status_code == 302
    assert client.post(_version(version.pk, "questions/"), {"texts": "Чего вы ждёте?", "lines": "3"}).status_code == 302
    page = client.get(_version(version.pk)).content.decode()
    for words in ("Мне трудно", "обратное", "Опыт", "3\xa0вопроса", "Опубликовать версию 1"):
        assert words in page
    assert client.post(_version(version.pk, "publish/")).status_code == 302
    assert "Новая версия" in client.get(_version(version.pk)).content.decode()
    assert BankItem.objects.filter(centre=world.own).count() == 3


@pytest.mark.parametrize(
    ("page", "data", "words"),
    [
        ("statements/", {"statements": "", "steps": "нет\nда"}, "statements"),
        ("statements/", {"statements": "Раз", "steps": "да"}, "от 2 до 11"),
        ("questions/", {"texts": " \n", "lines": "3"}, "texts"),
        ("questions/", {"texts": "я" * 1001, "lines": "3"}, "длиннее"),
        ("pick/", {"form": ""}, "Отметьте хотя бы одно задание."),
        ("settings/", {"minutes": "-1", "pauses": "0"}, "minutes"),
    ],
)
def test_what_is_wrong_is_said_and_kept(as_: As, world: World, page: str, data: dict[str, str], words: str) -> None:
    version = make_instrument(world.own, [], "questionnaire", published=False)
    answer = as_("coordinator").post(_version(version.pk, page), data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_items_are_picked_from_the_bank(as_: As, world: World) -> None:
    version = make_instrument(world.own, [], published=False, settings={"two_forms": True})
    kept, other = make_item(world.own, topic="Углы"), make_item(world.own, topic="Дроби")
    make_item(world.own, "likert")
    make_item(world.own, subject="russian")
    client, page = as_("coordinator"), _version(version.pk, "pick/?form=B")
    shown = client.get(f"{page}&topic=Углы").content.decode()
    assert f'value="{kept.item_id}"' in shown
    assert f'value="{other.item_id}"' not in shown
    assert client.get(page).content.decode().count('name="items"') == 2
    added = client.post(page, {"form": "B", "items": [kept.item_id, other.item_id]})
    assert added["Location"] == _version(version.pk, "#form-B")
    assert version.items.filter(form="B").count() == 2
    assert client.get(page).content.decode().count('name="items"') == 0


def test_move_remove_and_swap(as_: As, world: World) -> None:
    first, second, third = (make_item(world.own, name=name) for name in "абв")
    version = make_instrument(world.own, [first, second], published=False)
    client, row = as_("coordinator"), version.items.all()[0]
    moved = client.post(f"{LIST}items/{row.pk}/move/", {"go": "down"})
    assert moved["Location"] == _version(version.pk, f"#item-{row.pk}")
    assert [one.item_version for one in version.items.all()] == [second, first]
    assert f'value="{third.item_id}"' in client.get(f"{LIST}items/{row.pk}/swap/").content.decode()
    client.post(f"{LIST}items/{row.pk}/swap/", {"item": third.item_id})
    assert [one.item_version for one in version.items.all()] == [second, third]
    assert client.post(f"{LIST}items/{row.pk}/swap/", {"item": second.item_id})["Location"].endswith("/swap/")
    assert client.post(f"{LIST}items/{row.pk}/swap/", {"item": "нет"}).status_code == 404
    client.post(f"{LIST}items/{row.pk}/remove/")
    assert [one.item_version for one in version.items.all()] == [second]


def test_a_newer_text_of_the_bank_is_offered(as_: As, world: World) -> None:
    item = make_item(world.own)
    version = make_instrument(world.own, [item], published=False)
    newer = item.item.versions.create(number=2, content=item.content, max_score=1)
    BankItem.objects.filter(pk=item.item_id).update(current=newer)
    client, row = as_("coordinator"), version.items.get()
    assert "В банке есть новая редакция." in client.get(_version(version.pk)).content.decode()
    client.post(f"{LIST}items/{row.pk}/swap/", {"item": item.item_id})
    assert version.items.get().item_version == newer


def test_settings_are_saved_and_of_a_published_one_only_read(as_: As, world: World) -> None:
    version = make_instrument(world.own, [make_item(world.own)], published=False)
    client, page = as_("coordinator"), _version(version.pk, "settings/")
    data = {"instruction": "Решайте спокойно", "minutes": "45", "pauses": "2", "markers": "2"}
    assert client.post(page, data).status_code == 302
    version.refresh_from_db()
    assert {key: version.settings[key] for key in ("minutes", "pauses", "markers", "show_answers")} == {
        "minutes": 45,
        "pauses": 2,
        "markers": 2,
        "show_answers": False,
    }
    client.post(_version(version.pk, "publish/"))
    assert "только прочитать" in client.get(page).content.decode()
    assert client.post(page, data).status_code == 409
    assert client.get(_version(version.pk, "pick/")).status_code == 409


def test_rename_copy_renew_archive_discard(as_: As, world: World) -> None:
    version = make_instrument(world.own, [make_item(world.own)])
    client, page = as_("coordinator"), f"{LIST}{version.instrument_id}/"
    assert client.post(f"{page}edit/", {"title": "Новое имя", "subject": "math"}).status_code == 302
    assert client.post(f"{page}edit/", {"title": "Имя", "subject": "russian"}).status_code == 422
    assert client.post(f"{page}copy/", {"title": ""}).status_code == 422
    assert client.post(f"{page}copy/", {"title": "Копия"}).status_code == 302
    renewed = client.post(f"{page}renew/")["Location"]
    draft = InstrumentVersion.objects.get(instrument=version.instrument_id, number=2)
    assert renewed == _version(draft.pk)
    shown = client.get(page).content.decode()
    assert shown.index("Версия 2") < shown.index("Версия 1")
    assert "не отличаются" in client.get(_version(draft.pk, "difference/")).content.decode()
    assert client.post(_version(draft.pk, "discard/"))["Location"] == page
    client.post(f"{page}archive/")
    assert Instrument.objects.get(pk=version.instrument_id).archived
    client.get(LIST)
    assert "Новое имя" not in client.get(LIST).content.decode()
    assert "Новое имя" in client.get(f"{LIST}?archived=on&kind=control_work").content.decode()
    client.post(f"{page}archive/", {"back": "1"})
    assert "Новое имя" in client.get(page).content.decode()


@pytest.mark.parametrize("part", ["work", "sheet", "key"])
def test_paper_has_every_kind(as_: As, world: World, part: str) -> None:
    kinds = ("single", "multiple", "short", "numeric", "matching", "ordering", "extended", "description")
    version = make_instrument(world.own, [make_item(world.own, kind) for kind in kinds])
    page = as_("coordinator").get(_version(version.pk, f"print/?part={part}")).content.decode()
    assert ("Код участника" in page, "Проверяющему</p>" in page) == (part == "sheet", part == "key")
    assert ("Москва" in page) == (part == "key")


@pytest.mark.parametrize("page", ["preview/", "print/"])
def test_a_questionnaire_is_previewed_and_printed(as_: As, world: World, page: str) -> None:
    kinds = ("likert", "choice", "open", "level", "description")
    version = make_instrument(world.own, [make_item(world.own, kind, topic="") for kind in kinds], "questionnaire")
    shown = as_("coordinator").get(_version(version.pk, page)).content.decode()
    for words in ("Мне легко", "Дроби", "Чего вы ждёте?", "принята детьми", "Раздел второй"):
        assert words in shown


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("page", ["list", "", "pick/", "plan/", "print/", "preview/"])
def test_queries_do_not_grow(
    as_: As, world: World, page: str, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    items = [make_item(world.own) for _one in range(number)]
    versions = [make_instrument(world.own, items, published=False) for _one in range(number)]
    for _one in range(number):
        make_item(world.own)
    client = as_("coordinator")
    address = LIST if page == "list" else _version(versions[0].pk, page)
    client.get(address)
    with django_assert_max_num_queries(9):
        client.get(address)


def test_an_item_is_written_for_a_draft_and_joins_it(as_: As, world: World) -> None:
    version = make_instrument(world.own, [], published=False, settings={"two_forms": True})
    client, query = as_("coordinator"), f"?for={version.pk}&form=B"
    kinds = client.get(f"/diagnostics/bank/new/{query}").content.decode()
    assert (f"/diagnostics/bank/new/short/?for={version.pk}&amp;form=B" in kinds, "new/likert/" in kinds) == (
        True,
        False,
    )
    page = f"/diagnostics/bank/new/short/{query}"
    answer = client.post(page, {**EACH["short"], "topic": "Сложение", "act": "save"})
    assert answer["Location"] == _version(version.pk)
    added = version.items.get()
    assert (added.form, added.item_version.item.topic) == ("B", "Сложение")
    foreign = as_("foreign_coordinator").get(f"/diagnostics/bank/new/?for={version.pk}").content.decode()
    assert "new/likert/" in foreign
