"""Results: the coordinator keeps them, heads look at their own school, nobody else sees any."""

from uuid import UUID

from tests.matrix import EVERYONE, Entry
from tests.results.making import make_dataset, make_file
from tests.world import World
from traektoria.people.actor import actor_of
from traektoria.results import incoming

NOBODY = UUID(int=0)
KEEPERS = frozenset({"coordinator"})
FOREIGN_KEEPERS = frozenset({"foreign_coordinator"})
READERS = frozenset({"coordinator", "head", "deputy_head"})
FOREIGN_READERS = frozenset({"foreign_coordinator", "foreign_head"})


def prepare(world: World) -> None:
    """A dataset of the own centre with the head's school in it, and a file that waits for an answer."""
    world.things["dataset"] = make_dataset(world.own).dataset
    content, _name = make_file("plain_utf8", seed=2)
    by = actor_of(world.accounts["coordinator"])
    world.things["token"] = incoming.keep(content, "таблица.csv", centre_id=world.own.pk, by=by)


def _dataset(world: World) -> dict[str, int]:
    return {"pk": world.things["dataset"].pk}


def _own(readers: frozenset[str], foreign: frozenset[str], **more: object) -> Entry:
    """One dataset: strangers of the right role get 404, the wrong role 403."""
    return Entry(allowed=readers, forbidden=EVERYONE - readers - foreign, kwargs=_dataset, **more)  # type: ignore[arg-type]


ENTRIES = {
    "results:dataset_list": Entry(allowed=READERS | FOREIGN_READERS, forbidden=EVERYONE - READERS - FOREIGN_READERS),
    "results:upload": Entry(allowed=KEEPERS | FOREIGN_KEEPERS, forbidden=EVERYONE - KEEPERS - FOREIGN_KEEPERS),
    "results:upload POST": Entry(
        allowed=KEEPERS | FOREIGN_KEEPERS, forbidden=EVERYONE - KEEPERS - FOREIGN_KEEPERS, method="POST"
    ),
    "results:upload_answer": Entry(
        allowed=KEEPERS,
        forbidden=EVERYONE - KEEPERS - FOREIGN_KEEPERS,
        kwargs=lambda world: {"token": world.things["token"]},
    ),
    "results:upload_answer POST": Entry(
        allowed=KEEPERS,
        forbidden=EVERYONE - KEEPERS - FOREIGN_KEEPERS,
        kwargs=lambda world: {"token": world.things["token"]},
        method="POST",
    ),
    "results:schools_map": Entry(allowed=KEEPERS | FOREIGN_KEEPERS, forbidden=EVERYONE - KEEPERS - FOREIGN_KEEPERS),
    "results:schools_map POST": Entry(
        allowed=KEEPERS | FOREIGN_KEEPERS,
        forbidden=EVERYONE - KEEPERS - FOREIGN_KEEPERS,
        method="POST",
        data=lambda world: {"code": "sch990002", "school": "none"},
    ),
    "results:specification_upload": Entry(
        allowed=KEEPERS | FOREIGN_KEEPERS, forbidden=EVERYONE - KEEPERS - FOREIGN_KEEPERS
    ),
    "results:specification_upload POST": Entry(
        allowed=KEEPERS | FOREIGN_KEEPERS, forbidden=EVERYONE - KEEPERS - FOREIGN_KEEPERS, method="POST"
    ),
    "results:dataset_detail": _own(READERS, FOREIGN_READERS),
    "results:table_export": _own(READERS, FOREIGN_READERS),
    "results:task_detail": Entry(
        allowed=READERS,
        forbidden=EVERYONE - READERS - FOREIGN_READERS,
        kwargs=lambda world: {**_dataset(world), "position": 1},
    ),
    "results:dataset_dirt": _own(KEEPERS, FOREIGN_KEEPERS),
    "results:dirt_export": _own(KEEPERS, FOREIGN_KEEPERS),
    "results:dataset_delete": _own(KEEPERS, FOREIGN_KEEPERS, method="POST"),
}
