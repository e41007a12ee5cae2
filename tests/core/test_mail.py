"""How letters go is read from the environment."""

from typing import Any

import pytest

from traektoria.config.env import WrongSetting
from traektoria.config.mail import NOWHERE, SMTP, Mail, read_mail

NAMES = ("", "_HOST", "_PORT", "_USER", "_PASSWORD", "_TLS", "_FROM")


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: Any) -> None:
    for name in NAMES:
        monkeypatch.delenv(f"TRAEKTORIA_MAIL{name}", raising=False)


def test_without_a_host_there_are_no_letters_not_even_in_the_log() -> None:
    assert read_mail() == Mail(NOWHERE, "localhost", 25, "", "", False, False, "traektoria@localhost")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, (587, True, False)),
        ({"_TLS": "0"}, (25, False, False)),
        ({"_PORT": "465"}, (465, False, True)),
        ({"_PORT": "2525", "_TLS": "0"}, (2525, False, False)),
    ],
)
def test_a_host_means_smtp(monkeypatch: Any, given: dict[str, str], expected: tuple[int, bool, bool]) -> None:
    for name, value in {"_HOST": "mail.example.org", "_USER": "centre@example.org", "_PASSWORD": "s", **given}.items():
        monkeypatch.setenv(f"TRAEKTORIA_MAIL{name}", value)
    mail = read_mail()
    assert (mail.backend, mail.host, mail.user, mail.password) == (SMTP, "mail.example.org", "centre@example.org", "s")
    assert (mail.port, mail.starttls, mail.ssl) == expected
    assert mail.sender == "centre@example.org"


def test_the_sender_is_named(monkeypatch: Any) -> None:
    monkeypatch.setenv("TRAEKTORIA_MAIL_FROM", "Центр <centre@example.org>")
    assert read_mail().sender == "Центр <centre@example.org>"


@pytest.mark.parametrize(("name", "value"), [("_PORT", "smtp"), ("_TLS", "maybe")])
def test_a_wrong_value_stops_the_start(monkeypatch: Any, name: str, value: str) -> None:
    monkeypatch.setenv(f"TRAEKTORIA_MAIL{name}", value)
    with pytest.raises(WrongSetting):
        read_mail()
