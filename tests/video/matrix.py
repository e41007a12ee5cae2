"""Who sets up a centre's server, and who enters a meeting: that of an answered request of ``head`` for ``teacher``."""

from typing import Any

from tests.consultations.request_factories import school_request, taken
from tests.matrix import EVERYONE, Entry
from tests.routes.route_factories import actor
from tests.video.factories import connected
from tests.world import World
from traektoria.consultations.requests.video import find_meeting
from traektoria.video.actions.entering import give_link

OWNERS = {"coordinator", "foreign_coordinator", "administrator"}
KEEP = {"coordinator", "administrator"}
INVITED = {"tutor", "teacher", "head", "deputy_head"}
LINK = "https://meet.example.org/nasha-vstrecha"


def prepare(world: World) -> None:
    connected(world)
    world.things["meeting"] = taken(world, school_request(world, "teacher", topic="Первая"))
    world.things["linked"] = taken(world, school_request(world, "teacher", topic="Вторая"))
    found = find_meeting(actor(world, "tutor"), world.things["linked"].pk)
    assert found is not None
    give_link(kind="request", meeting=found, link=LINK, by=actor(world, "tutor"))


def _centre(world: World) -> dict[str, Any]:
    return {"pk": world.own.pk}


def _meeting(name: str = "meeting") -> Any:
    return lambda world: {"kind": "request", "pk": world.things[name].pk}


def _server(_world: World) -> dict[str, Any]:
    return {"server": "jitsi", "address": "https://other.example.org/", "app": "centre", "secret": "x" * 20}


def _owned(data: Any = None) -> Entry:
    others = EVERYONE - OWNERS
    return Entry(allowed=KEEP, forbidden=others, kwargs=_centre, method="POST", data=data or (lambda _world: {}))


ENTRIES = {
    "video:connection_list": Entry(allowed=OWNERS, forbidden=EVERYONE - OWNERS),
    "video:connection": Entry(allowed=KEEP, forbidden=EVERYONE - OWNERS, kwargs=_centre),
    "video:connection post": _owned(_server),
    "video:connection_check": _owned(),
    "video:connection_forget": _owned(),
    "video:meeting": Entry(allowed=INVITED | {"coordinator"}, kwargs=_meeting()),
    "video:join": Entry(allowed=INVITED, forbidden={"coordinator"}, kwargs=_meeting("linked"), method="POST"),
    "video:link": Entry(
        allowed={"tutor"},
        forbidden={*(INVITED - {"tutor"}), "coordinator"},
        kwargs=_meeting(),
        method="POST",
        data=lambda _world: {"link": "https://telemost.example.org/j/1"},
    ),
    "video:end": Entry(
        allowed={"tutor"}, forbidden={*(INVITED - {"tutor"}), "coordinator"}, kwargs=_meeting(), method="POST"
    ),
    "video:recordings": Entry(allowed=INVITED, forbidden={"coordinator"}, kwargs=_meeting()),
}
