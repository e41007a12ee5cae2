"""Writing items of every kind in the browser; nothing typed is lost, nothing senseless is saved."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.diagnostics.bank_forms import EACH, rows, single
from tests.factories import make_centre, make_member
from traektoria.diagnostics.models import BankItem, ItemPicture
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def centre() -> TutorCentre:
    return make_centre()


@pytest.fixture
def coordinator(centre: TutorCentre, client: Client) -> Client:
    client.force_login(make_member(centre, Role.COORDINATOR))
    return client


def add(client: Client, kind: str, sent: dict[str, Any]) -> Any:
    return client.post(reverse("diagnostics:bank_add", args=[kind]), sent)


def save(client: Client, item: BankItem, sent: dict[str, Any]) -> Any:
    return client.post(reverse("diagnostics:bank_edit", args=[item.pk]), sent)


def only(client: Client, kind: str, sent: dict[str, Any]) -> BankItem:
    """The item that was written."""
    assert add(client, kind, sent).status_code == 302
    return BankItem.objects.select_related("current").latest("pk")


def content(item: BankItem) -> dict[str, Any]:
    assert item.current is not None
    stored: dict[str, Any] = item.current.content
    return stored


@pytest.mark.parametrize("kind", EACH)
def test_every_kind_is_saved_and_opened_unchanged(coordinator: Client, kind: str) -> None:
    """Saving what the form shows makes no new version."""
    item = only(coordinator, kind, EACH[kind])
    page = coordinator.get(reverse("diagnostics:bank_edit", args=[item.pk]))
    sent = fields_of(page.context["editor"])
    assert save(coordinator, item, sent).status_code == 302
    assert item.versions.count() == 1
    assert coordinator.get(reverse("diagnostics:bank_item", args=[item.pk])).status_code == 200


def fields_of(editor: Any) -> dict[str, Any]:
    """What a browser would send back of the form."""
    sent: dict[str, Any] = {"seen": editor.state.seen, "held-n": "0"}
    forms = [editor.head, editor.look, editor.tags, *(form for one in editor.lists.values() for form in one.forms)]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value not in (None, False, ""):
                sent[bound.html_name] = "on" if value is True else value
    for name, one in editor.lists.items():
        sent[f"{name}-n"] = str(len(one.rows))
        if one.spec.radio:
            sent[f"{name}-mark"] = next((str(row["at"]) for row in one.shown() if row["right"]), "")
    return sent


def test_what_is_stored(coordinator: Client) -> None:
    multiple = content(only(coordinator, "multiple", EACH["multiple"]))
    assert [one["weight"] for one in multiple["options"]] == ["50", "-50", "50"]
    numeric = only(coordinator, "numeric", EACH["numeric"])
    assert numeric.current is not None
    assert numeric.current.max_score == Decimal("1.5")
    assert content(numeric)["ranges"][0] | {"feedback": ""} == {
        "low": "3.13",
        "high": "3.15",
        "weight": "100",
        "feedback": "",
    }
    assert content(numeric)["ranges"][1]["weight"] == "100/3"
    extended = only(coordinator, "extended", EACH["extended"])
    assert extended.current is not None
    assert extended.current.max_score == Decimal("3.5")
    assert [one["code"] for one in content(extended)["criteria"]] == ["К1", "К5"]
    assert content(extended)["criteria"][0]["descriptors"] == ["2: всё верно", "1: недочёт"]


def test_tags_and_the_name(coordinator: Client) -> None:
    tags = {"subject": "math", "topic": " Дроби ", "level": "basic", "kes": "1.2", "block": "subject", "source": "ОГЭ"}
    item = only(coordinator, "single", single(r"Найдите \(x^2\) при x = 3", **tags))
    assert (item.name, item.topic, item.level, item.kes) == ("Найдите x² при x = 3", "Дроби", "basic", "1.2")
    assert "найдите" in item.search_text
    page = coordinator.get(reverse("diagnostics:bank_add", args=["single"]), {"like": str(item.pk)})
    assert 'value="Дроби"' in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("single", {"text": ""}, "Напишите текст задания"),
        ("single", {"options-mark": ""}, "Ни один ответ не отмечен"),
        ("single", rows("options", {"text": "21"}) | {"options-mark": "0"}, "хотя бы 2"),
        ("single", {"options-1-text": "21"}, "повторяется"),
        ("single", {"options-1-weight": "много"}, "Напишите число от −100 до 100"),
        ("single", {"text": r"Найдите \(\frac{1\)"}, "не сходятся скобки"),
        ("single", {"options-1-text": r"\(\foo\)"}, r"неизвестная команда \foo"),
        ("single", {"text": "На рисунке @@PLUGINFILE@@/map.png"}, "Рисунка «map.png» нет"),
        ("single", {"max_score": "0"}, "Напишите число не меньше"),
        ("multiple", {"options-0-mark": "", "options-2-mark": ""}, "Ни один ответ не отмечен"),
        ("multiple", {"options-0-weight": "30"}, "100 %"),
        ("short", {"accepted-1-text": "Москва"}, "дважды"),
        ("numeric", {"ranges-0-number": "три"}, "не число"),
        ("matching", {"distractors-0-text": "9"}, "уже стоит в паре"),
        ("ordering", {"order-2-text": "1"}, "дважды"),
        ("extended", {"criteria-1-code": "К1"}, "дважды"),
        ("likert", {"steps": "да"}, "хотя бы 2"),
    ],
)
def test_senseless_is_said_and_kept(coordinator: Client, kind: str, change: dict[str, str], said: str) -> None:
    answer = add(coordinator, kind, {**EACH[kind], "topic": "Моя тема", **change})
    text = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 422
    assert said in text
    assert 'value="Моя тема"' in text
    assert not BankItem.objects.exists()


def test_rows_are_added_moved_and_taken_out_without_saving(coordinator: Client) -> None:
    def press(act: str, **more: str) -> Any:
        answer = add(coordinator, "single", single("Черновик", 1, **more, act=act))
        assert answer.status_code == 200
        editor = answer.context["editor"]
        assert editor.state.fields["text"] == "Черновик"
        return [(row.get("text", ""), row.get("mark", "")) for row in editor.state.rows["options"]]

    assert press("add:options") == [("21", ""), ("14", "on"), ("7", ""), ("", "")]
    assert press("up:options:1") == [("14", "on"), ("21", ""), ("7", "")]
    assert press("down:options:1") == [("21", ""), ("7", ""), ("14", "on")]
    assert press("remove:options:0") == [("14", "on"), ("7", "")]
    assert len(press("remove:options:99")) == 3
    assert len(press("up:nothing:1")) == 3
    assert not BankItem.objects.exists()


def test_preview_saves_nothing(coordinator: Client) -> None:
    answer = add(coordinator, "single", single(r"Чему равно \(2^3\)?", act="preview"))
    assert answer.status_code == 200
    assert "<msup>" in answer.content.decode()
    assert not BankItem.objects.exists()


def test_a_change_is_a_new_version_and_tags_are_not(coordinator: Client) -> None:
    item = only(coordinator, "single", single())
    save(coordinator, item, single(topic="Таблица умножения"))
    item.refresh_from_db()
    assert (item.versions.count(), item.topic) == (1, "Таблица умножения")
    save(coordinator, item, single("Сколько будет 3 · 7?", topic="Таблица умножения"))
    item.refresh_from_db()
    assert item.versions.count() == 2
    text = coordinator.get(reverse("diagnostics:bank_version", args=[item.pk, 1])).content.decode()
    assert "<del>Чему равно " in text
    assert "<ins>Сколько будет " in text


def test_two_at_once(coordinator: Client) -> None:
    """The second is told, keeps what was typed, and writes it over knowingly."""
    item = only(coordinator, "single", single())
    seen = coordinator.get(reverse("diagnostics:bank_edit", args=[item.pk])).context["editor"].state.seen
    assert save(coordinator, item, single("Первый успел", seen=seen)).status_code == 302
    second = save(coordinator, item, single("Второй пишет", seen=seen))
    assert second.status_code == 409
    assert "Второй пишет" in second.content.decode()
    assert item.versions.count() == 2
    again = second.context["editor"].state.seen
    assert save(coordinator, item, single("Второй пишет", seen=again)).status_code == 302
    assert item.versions.count() == 3


def picture(name: str = "План школы.png", data: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_picture_waits_for_saving(coordinator: Client) -> None:
    """It is named in the text, and a mistake elsewhere does not lose it."""
    first = add(coordinator, "single", single("", -1, act="save", picture=picture(), picture_alt="План"))
    assert first.status_code == 422
    state = first.context["editor"].state
    held = state.held[0]
    assert (held.name, held.alt) == ("План-школы.png", "План")
    assert state.fields["text"] == "@@PLUGINFILE@@/План-школы.png"
    sent = {"held-n": "1", "held-0-token": held.token, "held-0-name": held.name, "held-0-alt": "План школы"}
    item = only(coordinator, "single", single("Где вход?\n@@PLUGINFILE@@/План-школы.png", **sent))
    kept = ItemPicture.objects.get(item=item)
    assert (kept.alt, kept.media_type) == ("План школы", "image/png")
    page = coordinator.get(reverse("diagnostics:bank_item", args=[item.pk])).content.decode()
    assert f'<img src="{reverse("diagnostics:item_picture", args=[kept.pk])}" alt="План школы">' in page
    shown = coordinator.get(reverse("diagnostics:item_picture", args=[kept.pk]))
    assert (shown.content, shown["Content-Type"], shown["X-Content-Type-Options"]) == (PNG, "image/png", "nosniff")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"picture": picture("x.png", b"<svg onload=alert(1)>"), "picture_alt": "x"},
            "Такой рисунок здесь не покажется",
        ),
        ({"picture": picture("x.png", PNG + bytes(5 * 2**20)), "picture_alt": "x"}, "больше 5 МБ"),
        ({}, "Сначала выберите файл"),
    ],
)
def test_no_picture(coordinator: Client, given: dict[str, Any], said: str) -> None:
    answer = add(coordinator, "single", single(act="picture", **given))
    assert said in answer.content.decode().replace("\xa0", " ")


def test_a_picture_without_words_is_not_saved(coordinator: Client) -> None:
    answer = add(coordinator, "single", single(picture=picture()))
    assert answer.status_code == 422
    assert "Опишите, что изображено" in answer.content.decode()


def test_held_pictures_of_others_are_not_taken(coordinator: Client) -> None:
    forged = {"held-n": "1", "held-0-token": "x", "held-0-name": "a.png", "held-0-alt": "a"}
    answer = add(coordinator, "single", single(**forged))
    assert answer.status_code == 422
    assert "ждал слишком долго" in answer.content.decode()


def test_words_of_a_picture(coordinator: Client, centre: TutorCentre) -> None:
    item = only(coordinator, "single", single())
    row = ItemPicture.objects.create(item=item, name="a.png", media_type="image/png", file="items/none.png")
    url = reverse("diagnostics:bank_picture", args=[row.pk])
    assert coordinator.post(url, {"alt": ""}).status_code == 422
    assert coordinator.post(url, {"alt": "График"}).status_code == 302
    row.refresh_from_db()
    assert row.alt == "График"
    lost = coordinator.get(reverse("diagnostics:item_picture", args=[row.pk]))
    assert lost.status_code == 410  # a file that is not there is told in a sentence


def test_an_incomplete_page_is_refused(coordinator: Client) -> None:
    sent = single()
    del sent["options-n"]
    assert add(coordinator, "single", sent).status_code == 422
    assert coordinator.get(reverse("diagnostics:bank_add", args=["nonsense"])).status_code == 404


def test_the_button_of_a_picture_puts_it_into_the_text(coordinator: Client) -> None:
    answer = add(
        coordinator, "single", single("Где вход?", act="picture", picture=picture("a.png"), picture_alt="План")
    )
    assert answer.status_code == 200
    assert "Где вход?\n\n@@PLUGINFILE@@/a.png</textarea>" in answer.content.decode()
