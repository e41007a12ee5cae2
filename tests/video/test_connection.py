"""The server of a centre: written down and checked in the browser; its secret is found nowhere afterwards."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse

from tests.routes.route_factories import actor
from tests.video.doubles import BbbDouble, JitsiDouble, serving
from tests.video.factories import connected
from tests.world import World
from traektoria.core.errors import Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.video.actions.connecting import WantedServer, check_connection, save_connection
from traektoria.video.models import VideoConnection
from traektoria.video.queries import server_of
from traektoria.video.sealed_secrets import seal, unseal

SECRET = "особо-Секретное-слово-77"


@pytest.fixture
def bbb(settings: Any) -> Iterator[BbbDouble]:
    with serving(BbbDouble(secret=SECRET)) as double:
        settings.VIDEO_HOSTS = list(double.trusted)
        yield double


def _page(world: World) -> str:
    return reverse("video:connection", args=[world.own.pk])


def _sent(double: BbbDouble, **changes: str) -> dict[str, str]:
    return {"server": "bbb", "address": double.address, "app": "", "secret": double.secret, **changes}


def test_a_server_is_written_down_and_answers(world: World, as_: Any, bbb: BbbDouble) -> None:
    client: Client = as_("coordinator")
    assert client.post(_page(world), _sent(bbb)).status_code == 302
    assert client.post(reverse("video:connection_check", args=[world.own.pk])).status_code == 302
    shown = client.get(_page(world)).content.decode()
    assert "Связь есть" in shown
    row = VideoConnection.objects.get()
    assert (row.trouble, row.digest) == ("", "sha256")


def test_an_old_server_is_found_out(world: World, bbb: BbbDouble) -> None:
    bbb.old = True
    row = check_connection(connection=connected(world, bbb), by=actor(world, "coordinator"))
    assert (row.trouble, row.digest) == ("", "sha1")


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("checksum", "секрет не подошёл"), ("error", "отвечает ошибкой"), ("page", "отвечает что-то другое"),
        ("redirect", "отправляет на другой адрес"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words(world: World, as_: Any, bbb: BbbDouble, mode: str, words: str) -> None:
    connected(world, bbb)
    bbb.mode = mode
    as_("coordinator").post(reverse("video:connection_check", args=[world.own.pk]))
    shown = as_("coordinator").get(_page(world)).content.decode()
    assert words in shown
    assert "Связи нет" in shown


def test_a_private_address_is_not_asked_unless_the_administrator_allows_it(world: World, bbb: BbbDouble) -> None:
    row = connected(world, bbb)
    with override_settings(VIDEO_HOSTS=[]):
        row = check_connection(connection=row, by=actor(world, "coordinator"))
        with pytest.raises(Invalid, match="TRAEKTORIA_VIDEO_HOSTS"):
            connected(world, bbb)
    assert row.trouble == "address"
    assert bbb.calls == []


def test_an_empty_secret_keeps_the_old_one_but_not_for_another_host(world: World, bbb: BbbDouble) -> None:
    connected(world, bbb)
    by, same = actor(world, "coordinator"), WantedServer("bbb", f"{bbb.address}api", record=True)
    row = save_connection(centre=world.own, wanted=same, by=by)
    assert unseal(row.secret, world.own.pk) == SECRET
    assert row.record
    with pytest.raises(Invalid, match="секрет"):
        save_connection(centre=world.own, wanted=WantedServer("bbb", "https://evil.example.org/bigbluebutton/"), by=by)
    assert VideoConnection.objects.get().address == f"{bbb.address}api"


def test_saved_twice_it_is_saved_once(world: World) -> None:
    connected(world)
    row = VideoConnection.objects.get()
    row.checked_at = row.centre.regulations.get().approved_at
    row.save()
    connected(world)
    assert VideoConnection.objects.get().checked_at is not None
    assert AuditEvent.objects.filter(event="video.connect").count() == 1


def test_a_coordinator_of_another_centre_keeps_out(world: World, as_: Any) -> None:
    row = connected(world)
    with pytest.raises(Refused):
        check_connection(connection=row, by=actor(world, "foreign_coordinator"))
    assert as_("foreign_coordinator").get(_page(world)).status_code == 404
    assert as_("administrator").get(_page(world)).status_code == 200


def test_what_is_sealed_for_one_centre_opens_for_no_other() -> None:
    sealed = seal(SECRET, 1)
    assert SECRET.encode() not in sealed
    assert unseal(sealed, 1) == SECRET
    assert unseal(sealed, 2) == ""
    with override_settings(SECRET_KEY="another installation"):
        assert unseal(sealed, 1) == ""


def test_a_jitsi_is_checked_too(world: World, settings: Any) -> None:
    with serving(JitsiDouble()) as double:
        settings.VIDEO_HOSTS = list(double.trusted)
        row = check_connection(connection=connected(world, double), by=actor(world, "coordinator"))
    assert row.trouble == ""


def test_the_secret_is_found_nowhere(
    world: World, as_: Any, bbb: BbbDouble, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """In no page of who keeps it, refused forms and troubles among them, no audit line, log, ``repr``, no table."""
    caplog.set_level(logging.DEBUG)
    said = []
    for viewer in ("coordinator", "administrator"):
        client = as_(viewer)
        for data in (_sent(bbb, address="не адрес"), _sent(bbb), _sent(bbb, server="нет такого")):
            said.append(client.post(_page(world), data, follow=True))
        for mode in ("checksum", "error", ""):
            bbb.mode = mode
            said.append(client.post(reverse("video:connection_check", args=[world.own.pk]), follow=True))
        said += [client.get(path) for path in (_page(world), reverse("video:connection_list"), "/people/me/", "/")]
    pages = "".join(
        one.content.decode() + str(one.headers) + str(one.redirect_chain if hasattr(one, "redirect_chain") else "")
        for one in said
    )
    row = VideoConnection.objects.get()
    audit = "".join(f"{one.event}{one.facts}" for one in AuditEvent.objects.all())
    call_command("dumpdata", "video", "core", "people.AccessRecord")
    dumped = capsys.readouterr().out
    server = server_of(row)
    assert SECRET in vars(server).values()
    wanted = WantedServer("bbb", bbb.address, secret=SECRET)
    everything = f"{pages}{audit}{caplog.text}{dumped}{row!r}{row}{wanted!r}{server!r}"
    assert len(pages) > 10_000
    assert SECRET not in everything
