"""Who may open what of the routes: a running one of ``tutor`` and ``teacher`` in the own centre."""

from typing import Any

from django.core.files.base import ContentFile

from tests.matrix import EVERYONE, Entry
from tests.routes.route_factories import actor, make_running
from tests.world import World
from traektoria.routes.actions.doing import add_file
from traektoria.routes.actions.reflection import write_reflection

WORK = {"tutor", "teacher"}
HEADS = {"head", "deputy_head"}
LOOK = HEADS | {"coordinator"}
TEACHERS = {"teacher", "other_teacher", "foreign_teacher"}
DRAFTERS = TEACHERS | {"tutor", "other_tutor", "foreign_tutor"}
PDF = b"%PDF-1.7 made by a test"
REASON = {"reason": "Так договорились"}


def prepare_route(world: World) -> None:
    if "route" in world.things:
        return
    route = make_running(world)
    teacher = actor(world, "teacher")
    item = route.items.all()[0]
    world.things |= {
        "route": route,
        "item": item,
        "evidence": add_file(item=item, file=ContentFile(PDF), name="карта.pdf", by=teacher),
        "entry": write_reflection(route=route, text="Дети стали проверять ответ", shared=True, by=teacher),
    }


def _of(name: str, **more: Any) -> Any:
    return lambda world: {"pk": world.things[name].pk, **more}


def _support(world: World) -> dict[str, Any]:
    return {"pk": world.things["route"].support_id}


def _entry(world: World) -> dict[str, Any]:
    return {"pk": world.things["route"].pk, "entry": world.things["entry"].pk}


def _work(name: str, method: str = "GET", **more: Any) -> Entry:
    """Only those who work on the route; who sees it otherwise is refused with the reason."""
    data = more.pop("data", {})
    return Entry(allowed=WORK, forbidden=LOOK, kwargs=_of(name, **more), method=method, data=lambda world: data)


def _agreed(**more: Any) -> Entry:
    return Entry(allowed=WORK | HEADS, forbidden={"coordinator"}, kwargs=_of("route", **more))


VERSION = {"version": "1"}
ROUTE_ENTRIES = {
    "routes:mine": Entry(allowed=TEACHERS, forbidden=EVERYONE - TEACHERS),
    "routes:route_list": Entry(allowed=EVERYONE - {"administrator"}, forbidden={"administrator"}),
    "routes:route_draft": Entry(allowed=WORK, forbidden=EVERYONE - DRAFTERS, kwargs=_support, method="POST"),
    "routes:route_detail": Entry(allowed=WORK | LOOK, kwargs=_of("route")),
    "routes:route_versions": _agreed(),
    "routes:version_difference": _agreed(old=1, new=1),
    "routes:route_history": _agreed(),
    "routes:route_edit": _work("route"),
    "routes:route_edit POST": _work("route", "POST"),
    "routes:route_correct": _work("route", "POST"),
    "routes:route_uncorrect": _work("route", "POST"),
    "routes:route_propose": _work("route"),
    "routes:route_propose POST": _work("route", "POST", data=REASON),
    "routes:route_withdraw": _work("route", "POST"),
    "routes:route_agree": _work("route", "POST", data=VERSION),
    "routes:route_return": _work("route"),
    "routes:route_return POST": _work("route", "POST", data=REASON | VERSION),
    "routes:route_pause": _work("route"),
    "routes:route_pause POST": _work("route", "POST", data=REASON),
    "routes:route_resume": _work("route"),
    "routes:route_resume POST": _work("route", "POST"),
    "routes:route_extend": _work("route"),
    "routes:route_extend POST": _work("route", "POST", data=REASON),
    "routes:route_stop": _work("route"),
    "routes:route_stop POST": _work("route", "POST", data=REASON),
    "routes:route_close": Entry(allowed={"tutor"}, forbidden=LOOK | {"teacher"}, kwargs=_of("route")),
    "routes:route_close POST": Entry(
        allowed={"tutor"}, forbidden=LOOK | {"teacher"}, kwargs=_of("route"), method="POST"
    ),
    "routes:route_journal": _work("route"),
    "routes:route_journal POST": Entry(
        allowed={"teacher"}, forbidden=LOOK | {"tutor"}, kwargs=_of("route"), method="POST"
    ),
    "routes:reflection_share": Entry(allowed={"teacher"}, forbidden={"tutor"}, kwargs=_entry, method="POST"),
    "routes:reflection_withdraw": Entry(allowed={"teacher"}, forbidden={"tutor"}, kwargs=_entry, method="POST"),
    "routes:item_add": _work("route"),
    "routes:item_add POST": _work("route", "POST"),
    "routes:item_detail": _work("item"),
    "routes:item_edit": _work("item"),
    "routes:item_edit POST": _work("item", "POST"),
    "routes:item_remove": _work("item", "POST"),
    "routes:item_restore": _work("item", "POST"),
    "routes:item_move": _work("item", "POST", direction="up"),
    "routes:item_start": _work("item", "POST"),
    "routes:item_finish": _work("item", "POST"),
    "routes:item_undo": _work("item", "POST"),
    "routes:item_cancel": _work("item"),
    "routes:item_cancel POST": _work("item", "POST", data=REASON),
    "routes:item_comment": _work("item", "POST", data={"text": "Посмотрела"}),
    "routes:evidence_add": _work("item"),
    "routes:evidence_add POST": _work("item", "POST", data={"link": "https://example.com/b"}),
    "routes:evidence_remove": Entry(
        allowed={"teacher"}, forbidden=LOOK | {"tutor"}, kwargs=_of("evidence"), method="POST"
    ),
    "routes:evidence_download": _work("evidence"),
}
