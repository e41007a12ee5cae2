"""Who may open what of sittings and paper: a work of ``teacher``, entered by the coordinator of their centre."""

import io
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.diagnostics.campaign_factories import make_item
from tests.diagnostics.sitting_factories import Scene, make_scene
from tests.matrix import EVERYONE, Entry, client_of, sheet
from tests.world import World
from traektoria.diagnostics.models import ItemPicture

MINE = {"teacher"}
KEEPERS = {"coordinator", "foreign_coordinator"}


def prepare_sittings(world: World) -> None:
    scene = make_scene(centre=world.own, account=world.accounts["teacher"])
    paper = make_scene("new", centre=world.own, account=world.accounts["other_teacher"])
    for name, state in (("new", "new"), ("paused", "paused")):
        world.things[f"{name}_scene"] = make_scene(state, centre=world.own, account=world.accounts["teacher"])
    unsigned = make_scene("new", centre=world.own, account=world.accounts["withdrew"], consented=False)
    world.things["unsigned_scene"] = unsigned
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
    return Entry(**{"allowed": MINE, "kwargs": _token, "method": method, **more})


def _of(name: str) -> Any:
    return lambda world: {"token": _scene(world, name).sitting.token}


def _unsigned(world: World) -> dict[str, Any]:
    scene = _scene(world, "unsigned_scene")
    return {"pk": scene.sitting.part_id, "sitting": scene.pk}


def _queue(world: World) -> dict[str, Any]:
    answer = {"item": _scene(world).rows[0].pk, "value": {"choice": 0}, "sequence": 7, "at": 4_000}
    return {"tab": "1-a", "now": 5_000, "answers": [answer]}


def _table(world: World) -> dict[str, Any]:
    """A filled sheet of the one participant, as it was checked a moment ago."""
    code = f"{_scene(world, 'paper_scene').sitting.participant_id:06d}"
    book = openpyxl.Workbook()
    book.active.title = "Ответы"
    for row in (["Код", "Участник", "Вариант", "1", "2", "3"], [code, "", "", "А", "А", "Москва"]):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    client, url = client_of("coordinator", world), reverse("diagnostics:paper_import", kwargs=_part(world))
    preview = client.post(url, {"file": SimpleUploadedFile("ответы.xlsx", target.getvalue())})
    return {"sealed": preview.context["seal"]}


def _today(world: World) -> dict[str, Any]:
    return {"signed": timezone.localdate().isoformat()}


def _filled(world: World) -> dict[str, Any]:
    page = reverse("diagnostics:paper_entry", kwargs=_sheet(world))
    return sheet(world, "coordinator", page)


def _kept(kwargs: Any, method: str = "GET", **more: Any) -> Entry:
    return Entry(allowed={"coordinator"}, forbidden=EVERYONE - KEEPERS, kwargs=kwargs, method=method, **more)


SITTING_ENTRIES = {
    "diagnostics:sitting": _mine(),
    "diagnostics:sitting_start": _mine("POST", kwargs=_of("new_scene")),
    "diagnostics:sitting_answer": _mine("POST", data=lambda world: {"item": _scene(world).rows[0].pk}),
    "diagnostics:sitting_save": _mine("POST", data=_queue, content_type="application/json"),
    "diagnostics:sitting_pause": _mine("POST"),
    "diagnostics:sitting_resume": _mine("POST", kwargs=_of("paused_scene")),
    "diagnostics:sitting_hand_in": _mine(),
    "diagnostics:sitting_hand_in POST": _mine("POST"),
    "diagnostics:sitting_picture": Entry(
        allowed=set(), kwargs=lambda world: {**_token(world), "pk": world.things["sitting_picture"].pk}
    ),
    "diagnostics:paper": _kept(_part),
    "diagnostics:paper_template": _kept(_part),
    "diagnostics:paper_import": _kept(_part, "POST", data=_table),
    "diagnostics:paper_entry": _kept(_sheet),
    "diagnostics:paper_entry POST": _kept(_sheet, "POST", data=_filled),
    "diagnostics:paper_consent": _kept(_unsigned, "POST", data=_today),
}
