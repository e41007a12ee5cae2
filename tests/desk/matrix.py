"""Everybody who is signed in has a desk; what goes on in the background the administrator sees."""

from typing import Any
from uuid import UUID

from django_tasks_db.models import DBTaskResult

from tests.matrix import EVERYONE, Entry
from tests.world import World
from traektoria.core.letters import send_letters

ADMINISTRATORS = {"administrator"}


def _done(world: World) -> dict[str, Any]:
    row = DBTaskResult.objects.get(pk=UUID(send_letters.enqueue().id))
    row.set_successful(None)
    return {"pk": row.pk}


ENTRIES = {
    "desk:home": Entry(allowed=EVERYONE),
    "desk:search": Entry(allowed=EVERYONE),
    "desk:background": Entry(allowed=ADMINISTRATORS, forbidden=EVERYONE - ADMINISTRATORS),
    "desk:background_repeat": Entry(
        allowed=ADMINISTRATORS, forbidden=EVERYONE - ADMINISTRATORS, method="POST", kwargs=_done
    ),
}
