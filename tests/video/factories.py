"""Connections and meetings for tests of the room."""

from typing import Any

from tests.routes.route_factories import actor
from tests.video.doubles import BbbDouble, Double
from tests.world import World
from traektoria.organisations.models import TutorCentre
from traektoria.video.actions.connecting import WantedServer, save_connection
from traektoria.video.models import VideoConnection


def connected(world: World, double: Double | None = None, centre: TutorCentre | None = None) -> VideoConnection:
    """The own centre's server: the double, which the administrator must have allowed, or a Jitsi at an address that is
    no public one, so that nobody is ever asked."""
    facts: dict[str, Any] = {"server": "jitsi", "address": "https://192.0.2.7/"}
    if double is not None:
        kind = "bbb" if isinstance(double, BbbDouble) else "jitsi"
        app = getattr(double, "app", "")
        facts = {"server": kind, "address": double.address, "app": app, "secret": double.secret}
    by = actor(world, "coordinator" if centre in (None, world.own) else "foreign_coordinator")
    return save_connection(centre=centre or world.own, wanted=WantedServer(**facts), by=by)
