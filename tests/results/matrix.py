"""Results: the coordinator keeps them, heads look at their own school, nobody else sees any."""

from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix import EVERYONE, Entry
from tests.results.samples import WORK, make_dataset, make_file
from tests.world import World
from traektoria.demo.files import specification
from traektoria.people.actor import actor_of
from traektoria.results import waiting_files
from traektoria.results.models import WorkScale

NOBODY = UUID(int=0)
KEEPERS = frozenset({"coordinator"})
FOREIGN_KEEPERS = frozenset({"foreign_coordinator"})
READERS = frozenset({"coordinator", "head", "deputy_head"})
FOREIGN_READERS = frozenset({"foreign_coordinator", "foreign_head"})


def prepare(world: World) -> None:
    """A dataset of the own centre with the head's school in it."""
    world.things["dataset"] = make_dataset(world.own).dataset


def _waiting(world: World) -> dict[str, object]:
    """A file that waits for an answer: it lies in a folder, which no rollback brings back."""
    content, _name = make_file("plain_utf8", seed=2)
    by = actor_of(world.accounts["coordinator"])
    return {"token": waiting_files.keep(content, "таблица.csv", centre_id=world.own.pk, by=by)}


def _dataset(world: World) -> dict[str, int]:
    return {"pk": world.things["dataset"].pk}


def _own(readers: frozenset[str], foreign: frozenset[str], **more: object) -> Entry:
    """One dataset: strangers of the right role get 404, the wrong role 403."""
    return Entry(allowed=readers, forbidden=EVERYONE - readers - foreign, kwargs=_dataset, **more)  # type: ignore[arg-type]


def _with_scale(world: World) -> dict[str, int]:
    """A dataset whose work has a scale of the centre."""
    dataset = world.things["dataset"]
    work = {name: getattr(dataset, name) for name in ("procedure", "year", "subject", "grade")}
    WorkScale.objects.create(centre=dataset.centre, **work, min_3=4, min_4=7, min_5=10)
    return _dataset(world)


CONTENT, NAME = make_file(seed=5)


def _uploaded(world: World) -> dict[str, object]:
    return {"file": SimpleUploadedFile(NAME, CONTENT)}


def _answers(world: World) -> dict[str, object]:
    return {"procedure": "vpr", "year": "2021", "subject": "math", "grade": "4"}


def _specification(world: World) -> dict[str, object]:
    return {"file": SimpleUploadedFile("spec_2021_math_4.xlsx", specification(WORK))}


ENTRIES = {
    "results:dataset_list": Entry(allowed=READERS | FOREIGN_READERS, forbidden=EVERYONE - READERS - FOREIGN_READERS),
    "results:upload": Entry(allowed=KEEPERS | FOREIGN_KEEPERS, forbidden=EVERYONE - KEEPERS - FOREIGN_KEEPERS),
    "results:upload POST": Entry(
        allowed=KEEPERS | FOREIGN_KEEPERS,
        forbidden=EVERYONE - KEEPERS - FOREIGN_KEEPERS,
        method="POST",
        data=_uploaded,
    ),
    "results:upload_answer": Entry(
        allowed=KEEPERS,
        forbidden=EVERYONE - KEEPERS - FOREIGN_KEEPERS,
        kwargs=_waiting,
    ),
    "results:upload_answer POST": Entry(
        allowed=KEEPERS,
        forbidden=EVERYONE - KEEPERS - FOREIGN_KEEPERS,
        kwargs=_waiting,
        method="POST",
        data=_answers,
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
        allowed=KEEPERS | FOREIGN_KEEPERS,
        forbidden=EVERYONE - KEEPERS - FOREIGN_KEEPERS,
        method="POST",
        data=_specification,
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
    "results:scale_enter": _own(KEEPERS, FOREIGN_KEEPERS),
    "results:scale_take_back": Entry(
        allowed=KEEPERS, forbidden=EVERYONE - KEEPERS - FOREIGN_KEEPERS, kwargs=_with_scale, method="POST"
    ),
    "results:scale_enter POST": _own(
        KEEPERS, FOREIGN_KEEPERS, method="POST", data=lambda world: {"min_3": "5", "min_4": "9", "min_5": "14"}
    ),
    "results:dataset_delete": _own(KEEPERS, FOREIGN_KEEPERS, method="POST"),
}
