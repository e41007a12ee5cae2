"""Who may open what of sittings and paper: a work of ``teacher``, entered by the coordinator of their centre."""

from typing import Any

from tests.diagnostics.campaign_factories import make_item
from tests.diagnostics.sitting_factories import Scene, make_scene
from tests.matrix import EVERYONE, Entry
from tests.world import World
from traektoria.diagnostics.models import ItemPicture

MINE = {"teacher"}
KEEPERS = {"coordinator", "foreign_coordinator"}


def prepare_sittings(world: World) -> None:
    scene = make_scene(centre=world.own, account=world.accounts["teacher"])
    paper = make_scene("new", centre=world.own, account=world.accounts["other_teacher"])
    item = make_item(world.own).item
    picture = ItemPicture.objects.create(item=item, name="map.png", file="items/none.png", media_type="image/png")
    world.things |= {"sitting_scene": scene, "paper_scene": paper, "sitting_picture": picture}


def _scene(world: World, name: str = "sitting_scene") -> Scene:
    found = world.things[name]
    assert isinstance(found, Scene)
    return found


def _token(world: World) -> dict[str, Any]:
    return {"token": _scene(world).sitting.token}


def _part(world: World) -> dict[str, Any]:
    return {"pk": _scene(world, "paper_scene").sitting.part_id}


def _sheet(world: World) -> dict[str, Any]:
    return {**_part(world), "sitting": _scene(world, "paper_scene").pk}


def _mine(method: str = "GET", **more: Any) -> Entry:
    return Entry(allowed=MINE, kwargs=_token, method=method, **more)


def _kept(kwargs: Any, method: str = "GET", **more: Any) -> Entry:
    return Entry(allowed={"coordinator"}, forbidden=EVERYONE - KEEPERS, kwargs=kwargs, method=method, **more)


SITTING_ENTRIES = {
    "diagnostics:sitting": _mine(),
    "diagnostics:sitting_start": _mine("POST"),
    "diagnostics:sitting_answer": _mine("POST", data=lambda world: {"item": _scene(world).rows[0].pk}),
    "diagnostics:sitting_save": _mine("POST"),
    "diagnostics:sitting_pause": _mine("POST"),
    "diagnostics:sitting_resume": _mine("POST"),
    "diagnostics:sitting_hand_in": _mine(),
    "diagnostics:sitting_hand_in POST": _mine("POST"),
    "diagnostics:sitting_picture": Entry(
        allowed=set(), kwargs=lambda world: {**_token(world), "pk": world.things["sitting_picture"].pk}
    ),
    "diagnostics:paper": _kept(_part),
    "diagnostics:paper_template": _kept(_part),
    "diagnostics:paper_import": _kept(_part, "POST"),
    "diagnostics:paper_entry": _kept(_sheet),
    "diagnostics:paper_entry POST": _kept(_sheet, "POST"),
    "diagnostics:paper_consent": _kept(_sheet, "POST"),
}
