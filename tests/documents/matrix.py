"""Who may take a card, and who may check one: everybody, also without an account."""

from tests.documents.things import make_document
from tests.matrix import EVERYONE, Entry
from tests.routes import matrix as routes
from tests.world import World

OWNERS = {"teacher", "tutor"}


def prepare(world: World) -> None:
    routes.prepare(world)
    world.things["document"] = make_document(world.things["route"])


ENTRIES = {
    "documents:route_card": Entry(allowed=OWNERS, kwargs=lambda world: {"pk": world.things["route"].pk, "form": "pdf"}),
    "documents:verification": Entry(allowed=EVERYONE, public=True),
    "documents:verification_result": Entry(
        allowed=EVERYONE, public=True, kwargs=lambda world: {"code": world.things["document"].code}
    ),
}
