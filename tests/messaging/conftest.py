"""A kind of message that belongs to no room, told to whoever still has the right to it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest

from tests.world import World
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import Post, post_many
from traektoria.people.models import Account

NEWS, CHANGES = "test.news", "test.changes"


def post(kind: str, /, *, to: int, fact: str, **facts: Any) -> None:
    """Tell one person."""
    post_many(kind, [Post(to, fact, facts)])


def tell(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    for message in messages:
        word = message.facts.get("word", "")
        if word == "fault":
            raise ZeroDivisionError
        has_role = reader.actor is not None and bool(reader.actor.grants)
        yield (
            Told(f"О деле: {word}", (f"Новое: {word}.",), "/", "Открыть")
            if has_role
            else Withheld(UnsentReason.NO_RIGHT)
        )


def _sample() -> Told:
    return Told("О деле", ("Новое.",), "/", "Открыть")


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> None:
    plain: dict[str, Any] = {"why": "вы участвуете.", "tell": tell, "sample": _sample}
    added = {
        NEWS: MessageKind(NEWS, 1, "Новости", **plain),
        CHANGES: MessageKind(CHANGES, 2, "Перемены", settle=timedelta(minutes=10), **plain),
    }
    monkeypatch.setattr(kinds, "_items", {**kinds._items, **added})


@pytest.fixture
def tutor(world: World, settings: Any) -> Account:
    """A person with an address, in an installation that knows its own."""
    settings.ADDRESS = "https://tutor.example.org"
    account = world.accounts["tutor"]
    account.email = "tutor@example.org"
    account.save()
    return account
