"""Everybody has a bell, their own wishes and the catalogue; leaving by a link needs no sign-in."""

from typing import Any

from tests.matrix import EVERYONE, Entry
from tests.world import AWKWARD, World
from traektoria.messaging import unsubscribe_links
from traektoria.messaging.deadlines import SLUG
from traektoria.messaging.models import Message
from traektoria.messaging.queries import optional


def _wishes(world: World) -> dict[str, Any]:
    """Of each kind that the rooms have."""
    rhythms = {kind.slug.replace(".", "_"): "week" for kind in optional()}
    return {**rhythms, "begins": "22:00", "ends": "07:00"}


def _message(world: World) -> dict[str, Any]:
    """To the tutor, of something that waits no more."""
    person = world.accounts["tutor"].person_id
    facts = {"kind": "routes.due", "of": "routes.routeitem", "object": "0", "due": "2026-09-01"}
    row, _is_new = Message.objects.get_or_create(person_id=person, kind=SLUG, fact="1", defaults={"facts": facts})
    return {"pk": row.pk}


def _link(world: World) -> dict[str, Any]:
    person = world.accounts["tutor"].person_id or 0
    return {"code": unsubscribe_links.link(person, [SLUG], "").rstrip("/").rsplit("/", 1)[1]}


def _read(world: World) -> dict[str, Any]:
    _message(world)
    return {}


ENTRIES = {
    "messaging:bell": Entry(allowed=EVERYONE),
    "messaging:bell_read": Entry(
        allowed=EVERYONE,
        method="POST",
        kwargs=_read,
        idle=dict.fromkeys({*EVERYONE, *AWKWARD} - {"tutor"}, "nothing new stands there"),
    ),
    "messaging:message_open": Entry(allowed={"tutor"}, method="POST", kwargs=_message, named=True),
    "messaging:settings": Entry(allowed=EVERYONE),
    "messaging:settings POST": Entry(
        allowed=EVERYONE,
        method="POST",
        data=_wishes,
    ),
    "messaging:catalogue": Entry(allowed=EVERYONE),
    "messaging:unsubscribe": Entry(allowed=EVERYONE, public=True, kwargs=_link),
    "messaging:unsubscribe POST": Entry(allowed=EVERYONE, public=True, method="POST", kwargs=_link),
}
