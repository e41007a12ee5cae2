"""The door of an event, for tests of the room."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from traektoria.events.models import EventDate


def press(who: int | tuple[str, str], said: str = "came", at: datetime | None = None, key: UUID | None = None) -> Any:
    """A mark as a phone sends it; ``who``: a person's number, or name and school of a guest."""
    guest = {"guest": {"name": who[0], "work": who[1]}} if isinstance(who, tuple) else {"person": who}
    moment = at or timezone.now()
    return {"key": str(key or uuid4()), "said": said, "at": int(moment.timestamp() * 1000), **guest}


def send(client: Client, date: EventDate, marks: Iterable[Any], device: str = "d1") -> Any:
    """The answer of the server, read."""
    body = json.dumps({"device": device, "marks": list(marks)})
    reply = client.post(f"/events/dates/{date.pk}/door/save/", body, content_type="application/json")
    return reply.json() | {"status": reply.status_code}
