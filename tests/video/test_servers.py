"""The protocols against servers that check them: what is asked, what is understood of each failure, where it may go."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.video.doubles import BbbDouble, JitsiDouble, serving
from traektoria.video.servers import http_get
from traektoria.video.servers.bigbluebutton import BigBlueButton, Digest
from traektoria.video.servers.http_get import fetch, is_public, place_of
from traektoria.video.servers.jitsi import Jitsi
from traektoria.video.servers.protocol import Guest, Room, Trouble, VideoTrouble

BACK = "https://centre.example.org/video/slot/5/"
ROOM = Room("a1" * 16, "Консультация: математика & 100 %", BACK, key="of this room")
TUTOR, TEACHER = Guest("t-1", "Иванова М. П.", moderator=True), Guest("u-2", "О’Нил «Ёж» & Ко")


@pytest.fixture
def bbb() -> Iterator[BbbDouble]:
    with serving(BbbDouble()) as double:
        yield double


@pytest.fixture
def jitsi() -> Iterator[JitsiDouble]:
    with serving(JitsiDouble()) as double:
        yield double


def _bbb(double: BbbDouble, **changes: Any) -> BigBlueButton:
    return BigBlueButton(**{"address": double.address, "secret": double.secret, "trusted": double.trusted, **changes})


def _trouble(call: Any) -> Trouble:
    with pytest.raises(VideoTrouble) as refused:
        call()
    return refused.value.trouble


def _open(url: str) -> str:
    with urlopen(url, timeout=5) as answer:  # noqa: S310 (the double of this machine)
        return str(answer.read().decode())


@pytest.mark.parametrize("tail", ["", "api", "api/"])
def test_bbb_a_meeting_is_made_entered_and_ended(bbb: BbbDouble, tail: str) -> None:
    server = _bbb(bbb, address=bbb.address + tail)
    server.check()
    server.create(ROOM)
    assert not server.is_running(ROOM)
    _open(server.join(ROOM, TUTOR))
    _open(server.join(ROOM, TEACHER))
    assert bbb.inside[ROOM.name] == [("Иванова М. П.", "MODERATOR"), ("О’Нил «Ёж» & Ко", "VIEWER")]
    assert bbb.meetings[ROOM.name]["name"] == ROOM.title
    assert bbb.meetings[ROOM.name]["logoutURL"] == ROOM.back
    assert bbb.meetings[ROOM.name]["record"] == "false"
    assert server.is_running(ROOM)
    server.end(ROOM)
    server.end(ROOM)
    assert not server.is_running(ROOM)


def test_bbb_an_old_server_is_asked_with_sha1_and_passwords(bbb: BbbDouble) -> None:
    bbb.old = True
    assert _trouble(_bbb(bbb).check) == Trouble.SECRET
    server = _bbb(bbb, digest=Digest.SHA1)
    server.create(ROOM)
    _open(server.join(ROOM, TUTOR))
    _open(server.join(ROOM, TEACHER))
    assert [role for _name, role in bbb.inside[ROOM.name]] == ["MODERATOR", "VIEWER"]
    server.end(ROOM)
    assert bbb.meetings == {}


def test_bbb_two_at_once_make_one_meeting(bbb: BbbDouble) -> None:
    failures: list[Exception] = []

    def make() -> None:
        try:
            _bbb(bbb).create(ROOM)
        except VideoTrouble as trouble:
            failures.append(trouble)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == []
    assert list(bbb.meetings) == [ROOM.name]


def test_bbb_who_has_another_secret_can_do_nothing(bbb: BbbDouble) -> None:
    _bbb(bbb).create(ROOM)
    wrong = _bbb(bbb, secret="другой")
    for call in (wrong.check, lambda: wrong.create(ROOM), lambda: wrong.end(ROOM), lambda: wrong.recordings(ROOM)):
        assert _trouble(call) == Trouble.SECRET
    assert "checksumError" in _open(wrong.join(ROOM, TUTOR))
    assert ROOM.name not in bbb.inside


def test_bbb_recordings_are_those_that_are_ready_the_latest_first(bbb: BbbDouble) -> None:
    rows = [(1, "https://bbb.example.org/1", True), (3, "https://bbb.example.org/3?a=1&b=2", True)]
    bbb.recorded[ROOM.name] = [*rows, (2, "https://bbb.example.org/2", False), (4, "javascript:alert(1)", True)]
    assert _bbb(bbb).recordings(ROOM) == ["https://bbb.example.org/3?a=1&b=2", "https://bbb.example.org/1"]
    assert _bbb(bbb).recordings(Room("b" * 32, "")) == []


@pytest.mark.parametrize(
    ("mode", "trouble"),
    [
        ("checksum", Trouble.SECRET), ("not_unique", Trouble.REFUSED), ("error", Trouble.SERVER),
        ("broken", Trouble.UNCLEAR), ("page", Trouble.UNCLEAR), ("swollen", Trouble.UNCLEAR),
        ("huge", Trouble.TOO_LARGE), ("redirect", Trouble.REDIRECT), ("forbidden", Trouble.REFUSED),
    ],
)  # fmt: skip
def test_bbb_each_failure_has_its_name(bbb: BbbDouble, mode: str, trouble: Trouble) -> None:
    bbb.mode = mode
    assert _trouble(lambda: _bbb(bbb).create(ROOM)) == trouble
    assert len(bbb.calls) == 1


@pytest.mark.parametrize("mode", ["slow", "drops"])
def test_a_slow_server_is_waited_for_a_bounded_time(bbb: BbbDouble, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then doesn't prolong it."""
    monkeypatch.setattr(http_get, "SECONDS", 0.6)
    bbb.mode = mode
    assert _trouble(_bbb(bbb).check) == Trouble.TIMEOUT


@pytest.mark.parametrize("mode", ["drops", "drips"])
def test_a_server_that_drips_holds_no_thread(bbb: BbbDouble, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status, headers and body byte by byte: when the time is over the line is closed and the thread is free."""
    monkeypatch.setattr(http_get, "SECONDS", 0.6)
    bbb.mode = mode
    assert _trouble(_bbb(bbb).check) == Trouble.TIMEOUT
    assert bbb.left.wait(3), "the line is still open"


def test_another_path_and_another_port_are_told_apart(bbb: BbbDouble) -> None:
    elsewhere = bbb.address.replace("/bigbluebutton/", "/bbb/")
    assert _trouble(_bbb(bbb, address=elsewhere).check) == Trouble.NOT_FOUND
    closed = "http://127.0.0.1:9"
    assert _trouble(_bbb(bbb, address=closed, trusted={"127.0.0.1:9"}).check) == Trouble.UNREACHABLE


def test_what_a_failure_says_holds_neither_secret_nor_address(bbb: BbbDouble) -> None:
    bbb.mode = "error"
    with pytest.raises(VideoTrouble) as refused:
        _bbb(bbb).create(ROOM)
    said = f"{refused.value!r} {refused.value} {refused.value.__cause__!r} {vars(refused.value)}"
    assert bbb.secret not in said
    assert "127.0.0.1" not in said


def test_jitsi_lets_in_who_has_our_token_into_that_room_alone(jitsi: JitsiDouble) -> None:
    server = Jitsi(jitsi.address, jitsi.app, jitsi.secret, jitsi.trusted)
    server.check()
    server.create(ROOM)
    _open(server.join(ROOM, TUTOR))
    _open(server.join(ROOM, TEACHER))
    rooms, users = zip(*jitsi.entered, strict=True)
    assert set(rooms) == {ROOM.name}
    assert [(one["id"], one["name"], one["moderator"]) for one in users] == [
        ("t-1", "Иванова М. П.", True), ("u-2", "О’Нил «Ёж» & Ко", False),
    ]  # fmt: skip
    foreign = server.join(ROOM, TUTOR).replace(f"/{ROOM.name}?", f"/{'c' * 32}?")
    wrong = Jitsi(jitsi.address, jitsi.app, "другой", jitsi.trusted).join(ROOM, TUTOR)
    stale = Jitsi(jitsi.address, jitsi.app, jitsi.secret, jitsi.trusted, clock=lambda: 1_000_000_000).join(ROOM, TUTOR)
    for url in (foreign, wrong, stale):
        with pytest.raises(OSError, match="403"):
            _open(url)


def test_jitsi_without_a_token_has_the_room_in_its_address_and_the_name_behind_it(jitsi: JitsiDouble) -> None:
    jitsi.app = ""
    url = Jitsi(f"{jitsi.address}/", trusted=jitsi.trusted).join(ROOM, TEACHER)
    _open(url)
    assert jitsi.entered == [(ROOM.name, {})]
    address, _mark, hints = url.partition("#")
    assert address == f"{jitsi.address}/{ROOM.name}"
    assert "userInfo.displayName=%22%D0%9E" in hints


def test_jitsi_a_page_that_is_none_is_told(jitsi: JitsiDouble) -> None:
    jitsi.mode = "page"
    assert _trouble(Jitsi(jitsi.address, trusted=jitsi.trusted).check) == Trouble.UNCLEAR


@pytest.mark.parametrize(
    "address",
    [
        "http://meet.example.org/", "https://meet.example.org:8443/", "https://127.0.0.1/", "https://localhost/",
        "https://10.0.0.5/", "https://192.168.1.7/", "https://169.254.169.254/latest/meta-data/", "https://[::1]/",
        "https://[::ffff:10.0.0.1]/", "https://[fd00::1]/", "https://0.0.0.0/", "https://user:pass@meet.example.org/",
        "ftp://meet.example.org/", "file:///etc/passwd", "https:///x", "https://meet.example.org:99999/", "нет адреса",
        "https://2130706433/", "https://0x7f000001/", "https://100.64.0.1/", "https://224.0.0.1/",
    ],
)  # fmt: skip
def test_no_address_of_ones_own_network_is_asked(address: str) -> None:
    assert _trouble(lambda: fetch(address, frozenset())) == Trouble.ADDRESS


def test_the_administrator_allows_a_host_with_its_port() -> None:
    assert place_of("http://bbb.local:8080/x?y=1", {"BBB.local:8080"}).path == "/x?y=1"
    assert place_of("https://bbb.local/", {"bbb.local"}).trusted
    assert not place_of("https://bbb.local/", {"bbb.local:8080"}).trusted
    assert _trouble(lambda: place_of("http://bbb.local:8081/", {"bbb.local:8080"})) == Trouble.ADDRESS
    assert place_of("https://видео.рф/", ()).host == "xn--b1aedk6a.xn--p1ai"


def test_a_name_that_leads_into_ones_own_network_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.1.1.1", 443))]
    monkeypatch.setattr(http_get.socket, "getaddrinfo", lambda *args, **kwargs: rows)
    assert _trouble(lambda: fetch("https://meet.example.org/", frozenset())) == Trouble.ADDRESS


@pytest.mark.parametrize(
    ("number", "public"), [("8.8.8.8", True), ("2002:0a00:0001::", False), ("fe80::1%eth0", False)]
)
def test_public_numbers(number: str, public: bool) -> None:
    assert is_public(number) is public


def test_a_certificate_that_nobody_vouches_for_is_told(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path))
    with serving(BbbDouble(), tls=context) as double:
        assert _trouble(_bbb(double).check) == Trouble.CERTIFICATE
        assert double.calls == []


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = folder / "server.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
