"""The bell, wishes, the catalogue, leaving by a link."""

import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.letters import deliver
from tests.messaging.conftest import NEWS, post
from traektoria.messaging.deadlines import SLUG
from traektoria.messaging.enums import State
from traektoria.messaging.kinds import Reader, Told, kinds
from traektoria.messaging.models import Message, Preference
from traektoria.messaging.outbox import Post, post_many
from traektoria.messaging.queries import unread_count
from traektoria.messaging.unsubscribe_links import link
from traektoria.messaging.views import sample_letter
from traektoria.people.models import Account

pytestmark = pytest.mark.django_db


def test_the_bell_shows_what_was_told_and_what_is_not_so_any_more(news: None, tutor: Account, as_: Any) -> None:
    me = tutor.person_id or 0
    post(NEWS, to=me, fact="1", word="раз")
    post(SLUG, to=me, fact="2", kind="routes.due", of="routes.routeitem", object="0", due="2026-01-01")
    page = as_("tutor").get("/messages/").content.decode()
    assert "Новое: раз." in page
    assert "уже сделано или больше не нужно" in page
    assert "Новое" not in as_("teacher").get("/messages/").content.decode()


def test_opening_reads_it_and_leads_there(news: None, tutor: Account, as_: Any) -> None:
    post(NEWS, to=tutor.person_id or 0, fact="1", word="раз")
    row = Message.objects.get()
    assert "1 новое уведомление" in as_("tutor").get("/").content.decode().replace("\xa0", " ")
    assert as_("teacher").post(f"/messages/{row.pk}/open/").status_code == 404
    assert as_("tutor").post(f"/messages/{row.pk}/open/")["Location"] == "/"
    row.refresh_from_db()
    assert row.read_at
    assert "новое уведомление" not in as_("tutor").get("/").content.decode()


def test_what_is_not_so_any_more_can_be_read_away(tutor: Account, as_: Any) -> None:
    """Done from «My day» and not from the bell: the line says nothing any more, and its number must not stay."""
    me = tutor.person_id or 0
    post(SLUG, to=me, fact="2", kind="routes.due", of="routes.routeitem", object="0", due="2026-01-01")
    Message.objects.update(state=State.SENT)
    client = as_("tutor")
    assert "Отметить прочитанными" in client.get("/messages/").content.decode()
    client.post("/messages/read/")
    assert "Отметить прочитанными" not in client.get("/messages/").content.decode()
    assert unread_count(me) == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_bell_asks_as_much_for_one_row_as_for_three(news: None, tutor: Account, as_: Any, number: int) -> None:
    client = as_("tutor")
    post_many(NEWS, [Post(tutor.person_id or 0, str(one), {"word": "раз"}) for one in range(number)])
    client.get("/messages/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/messages/")
    assert len(asked) == 2


def test_wishes_are_kept_and_wrong_ones_are_said(tutor: Account, as_: Any) -> None:
    client, wishes = as_("tutor"), {kind.slug.replace(".", "_"): "week" for kind in kinds if not kind.mandatory}
    assert client.post("/messages/settings/", {**wishes, "begins": "25:00", "ends": "07:00"}).status_code == 422
    assert not Preference.objects.exists()
    assert client.post("/messages/settings/", {**wishes, "begins": "22:00", "ends": "07:00"}).status_code == 302
    assert set(Preference.objects.values_list("person_id", "rhythm")) == {(tutor.person_id, "week")}
    assert 'value="22:00" selected' in client.get("/messages/settings/").content.decode()


def test_all_letters_come_alike_by_one_choice(tutor: Account, as_: Any) -> None:
    client, wishes = as_("tutor"), {kind.slug.replace(".", "_"): "week" for kind in kinds if not kind.mandatory}
    client.post("/messages/settings/", {**wishes, "every": "day", "begins": "22:00", "ends": "07:00"})
    assert set(Preference.objects.values_list("rhythm", flat=True)) == {"day"}
    page = client.get("/messages/settings/").content.decode()
    assert "Виды, которые появятся позже, приходят как обычно" in page
    assert page.count("– одним письмом в день, утром") == len({one.split("_")[0] for one in wishes})
    client.post("/messages/settings/", {**wishes, "events_soon": "never", "begins": "22:00", "ends": "07:00"})
    assert "Мероприятия – по-разному" in client.get("/messages/settings/").content.decode()


def test_one_click_leaves_without_sign_in(news: None, tutor: Account) -> None:
    post(NEWS, to=tutor.person_id or 0, fact="1", word="раз")
    deliver()
    header = str(mail.outbox[0].extra_headers["List-Unsubscribe"])  # type: ignore[attr-defined]
    path = header.strip("<>").removeprefix("https://tutor.example.org")
    stranger = Client(enforce_csrf_checks=True)
    assert "Новости" in stranger.get(path).content.decode()
    assert not Preference.objects.exists(), "a program that follows links switches nothing off"
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert stranger.post(path).status_code == 200
    assert list(Preference.objects.values_list("person_id", "kind", "rhythm")) == [(tutor.person_id, NEWS, "never")]
    assert stranger.post(path[:-4] + "abc/").status_code == 422
    post(NEWS, to=tutor.person_id or 0, fact="2", word="два")
    assert deliver() == (0, 0)


def test_nobody_leaves_what_guards_the_account(tutor: Account) -> None:
    path = link(tutor.person_id or 0, ["people.password_reset"], "")
    assert Client().post(path).status_code == 200
    assert not Preference.objects.exists()


@pytest.mark.parametrize("slug", sorted(kind.slug for kind in kinds))
def test_every_letter_has_its_sample(slug: str) -> None:
    kind = kinds.get(slug)
    assert kind is not None
    sample, letter = kind.sample(), sample_letter(kind)
    assert isinstance(sample, Told)
    assert sample.subject
    assert all(sample.sentences)
    assert sample.path.startswith("/")
    assert letter.text.count(f"{sample.action}:\n") == 1, "one button"
    assert letter.html.count("<td") == 1
    assert str(kind.why) in letter.text
    assert ("Не присылать" in letter.text) != kind.mandatory
    assert ("приходят всегда" in letter.text) == kind.mandatory
    assert not re.search(r"<[a-z]|&\w+;|%\(", letter.text), "plain text"
    assert not re.search(r"[A-Za-z]{4,}", re.sub(r"https?://\S+|ivanova\S*", "", letter.text)), "in Russian"


def test_every_kind_answers_for_each_message() -> None:
    """What is gone is told of to nobody, and nothing fails."""
    reader = Reader(0, "", ZoneInfo("Europe/Moscow"))
    facts = {
        "account": 0, "status": 0, "participant": 0, "end": "2026-01-01", "due": "2026-01-01",
        "kind": "no", "of": "no", "object": "0", "request": 0, "hour": 0, "what": "no", "state": "no",
        "booking": 0, "date": 0, "absence": 0, "audit": 0, "card": 0,
        "event": 0, "enrolment": 0, "seat": 0, "start": "2026-01-01T10:00:00+00:00",
    }  # fmt: skip
    for kind in kinds:
        rows = [Message(pk=number, kind=kind.slug, address="nobody@example.org", facts=facts) for number in (1, 2)]
        assert len(list(kind.tell(rows, reader))) == 2


def test_the_catalogue_shows_all(as_: Any) -> None:
    page = as_("coordinator").get("/messages/letters/").content.decode()
    assert [kind.slug for kind in kinds if str(kind.label) not in page] == []
