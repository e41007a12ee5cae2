"""Who may open what of the routes: a running one of ``tutor`` and ``teacher`` in the own centre."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from tests.matrix import EVERYONE, Entry
from tests.routes.route_factories import (
    TOPICS,
    actor,
    fresh,
    make_draft,
    make_hypothesis,
    make_proposed,
    make_running,
)
from tests.world import World
from traektoria.routes.route.actions.agreement import propose_route
from traektoria.routes.route.actions.course import pause_route
from traektoria.routes.route.actions.doing import add_file, finish_item
from traektoria.routes.route.actions.drafting import draft_route
from traektoria.routes.route.actions.editing import open_correction, remove_item
from traektoria.routes.route.actions.reflection import write_reflection
from traektoria.routes.supports.actions.supports import decline_support

WORK = {"tutor", "teacher"}
HEADS = {"head", "deputy_head"}
LOOK = HEADS | {"coordinator"}
TEACHERS = {"teacher", "other_teacher", "foreign_teacher"}
DRAFTERS = TEACHERS | {"tutor", "other_tutor", "foreign_tutor"}
PDF = b"%PDF-1.7 made by a test"
REASON = {"reason": "Так договорились"}


def prepare_route(world: World) -> None:
    """Routes of ``tutor`` and ``teacher`` in each state; of the group only these two are left to agree."""
    if "route" in world.things:
        return
    teacher, tutor = actor(world, "teacher"), actor(world, "tutor")
    route = make_running(world, (*TOPICS, "Проверка ответа"))
    item, planned, done, *_others = route.items.all()
    world.things |= {
        "route": route,
        "item": item,
        "planned_item": planned,
        "done_item": finish_item(item=done, by=teacher),
        "evidence": add_file(item=item, file=ContentFile(PDF, name="карта.pdf"), by=teacher),
        "entry": write_reflection(route=route, text="Дети стали проверять ответ", shared=True, by=teacher),
        "own_entry": write_reflection(route=route, text="Ещё подумаю", shared=False, by=teacher),
        "draft_route": make_draft(world),
        "proposed_route": make_proposed(world),
        "paused_route": pause_route(route=make_running(world, TOPICS[:1]), reason="Отпуск", by=tutor),
        "finished_route": make_running(world, TOPICS[:1]),
        "corrected_route": open_correction(route=make_running(world), by=tutor),
    }
    world.things["draft_item"] = world.things["draft_route"].items.all()[1]
    for one in world.things["finished_route"].items.all():
        finish_item(item=one, by=teacher)
    world.things["removed_item"] = world.things["corrected_route"].items.all()[1]
    remove_item(item=world.things["removed_item"], by=tutor)
    _prepare_group(world)


def _prepare_group(world: World) -> None:
    """A route that ``left`` proposed before they left: the tutor and the teacher have not said their word."""
    group, left = world.things["mixed_group"], world.accounts["left"].person
    group.members.filter(person=left).update(consented_at=timezone.now(), declined_at=None)
    make_hypothesis(world, world.accounts["teacher"].person, "Работа с источником", subject="history")
    route = draft_route(support=group, by=actor(world, "tutor"))
    propose_route(route=fresh(route), by=actor(world, "left"))
    decline_support(support=group, by=actor(world, "left"))
    world.things["group_route"] = fresh(route)


def _of(name: str, **more: Any) -> Any:
    return lambda world: {"pk": world.things[name].pk, **more}


def _support(world: World) -> dict[str, Any]:
    return {"pk": world.things["support"].pk}


def _entry(name: str) -> Any:
    return lambda world: {"pk": world.things["route"].pk, "entry": world.things[name].pk}


def _draft(method: str = "GET", name: str = "draft_route", data: Any = None, **more: Any) -> Entry:
    """Of what was never put forward the heads and the coordinator know nothing."""
    kwargs = _of(name, **more)
    told: set[str] = set() if name.startswith("draft") else {"coordinator"}
    return Entry(allowed=WORK, forbidden=told, kwargs=kwargs, method=method, data=data or (lambda world: {}))


def _work(name: str, method: str = "GET", **more: Any) -> Entry:
    """Only those who work on the route; who sees it otherwise is refused with the reason."""
    data = more.pop("data", {})
    return Entry(allowed=WORK, forbidden=LOOK, kwargs=_of(name, **more), method=method, data=lambda world: data)


def _agreed(**more: Any) -> Entry:
    return Entry(allowed=WORK | HEADS, forbidden={"coordinator"}, kwargs=_of("route", **more))


def _posted(name: str, **data: Any) -> Entry:
    return _work(name, "POST", data=data)


def _header(world: World) -> dict[str, Any]:
    route = world.things["draft_route"]
    return {"title": "Новое имя", "goals": "Читать условие", "start": route.start, "end": route.end}


def _line(world: World) -> dict[str, Any]:
    """A line of the draft."""
    values = {"task": "Посетить урок", "activity_kind": "lesson_visit", "showing_form": "conversation"}
    return {**values, "deadline": world.things["draft_route"].end}


def _later(world: World) -> dict[str, Any]:
    return {"end": world.things["route"].end + timedelta(days=20), **REASON}


def _outcomes(world: World) -> dict[str, Any]:
    ids = world.things["finished_route"].items.values_list("hypothesis", flat=True)
    return {"conclusion": "Получилось", **{f"outcome_{one}": "overcome" for one in ids}}


VERSION = {"version": "1"}
ROUTE_ENTRIES = {
    "routes:mine": Entry(allowed=TEACHERS, forbidden=EVERYONE - TEACHERS),
    "routes:route_list": Entry(allowed=EVERYONE - {"administrator"}, forbidden={"administrator"}),
    "routes:route_draft": Entry(allowed=WORK, forbidden=EVERYONE - DRAFTERS, kwargs=_support, method="POST"),
    "routes:route_detail": Entry(allowed=WORK | LOOK, kwargs=_of("route")),
    "routes:route_detail group": Entry(allowed=WORK | {"coordinator"}, kwargs=_of("group_route")),
    "routes:route_versions": _agreed(),
    "routes:version_difference": _agreed(old=1, new=1),
    "routes:route_history": _agreed(),
    "routes:route_edit": _draft(),
    "routes:route_edit POST": _draft("POST", data=_header),
    "routes:route_goal": Entry(
        allowed={"teacher"}, forbidden={"tutor"}, kwargs=_of("draft_route"), method="POST",
        data=lambda world: {"text": "Научиться вести дискуссию"},
    ),
    "routes:route_correct": _posted("route"),
    "routes:route_uncorrect": _posted("corrected_route"),
    "routes:route_propose": _draft(),
    "routes:route_propose POST": _draft("POST", data=lambda world: {"reason": ""}),
    "routes:route_withdraw": _draft("POST", name="proposed_route"),
    "routes:route_agree": _draft("POST", name="group_route", data=lambda world: VERSION),
    "routes:route_return": _draft(name="group_route"),
    "routes:route_return POST": _draft("POST", name="group_route", data=lambda world: REASON | VERSION),
    "routes:route_pause": _work("route"),
    "routes:route_pause POST": _posted("route", **REASON),
    "routes:route_resume": _work("paused_route"),
    "routes:route_resume POST": _posted("paused_route"),
    "routes:route_extend": _work("route"),
    "routes:route_extend POST": Entry(allowed=WORK, forbidden=LOOK, kwargs=_of("route"), method="POST", data=_later),
    "routes:route_stop": _work("route"),
    "routes:route_stop POST": _posted("route", **REASON),
    "routes:route_close": Entry(allowed={"tutor"}, forbidden=LOOK | {"teacher"}, kwargs=_of("finished_route")),
    "routes:route_close POST": Entry(
        allowed={"tutor"}, forbidden=LOOK | {"teacher"}, kwargs=_of("finished_route"), method="POST", data=_outcomes
    ),
    "routes:route_journal": _work("route"),
    "routes:route_journal POST": Entry(
        allowed={"teacher"}, forbidden=LOOK | {"tutor"}, kwargs=_of("route"), method="POST",
        data=lambda world: {"text": "Сегодня получилось"},
    ),
    "routes:reflection_share": Entry(allowed={"teacher"}, kwargs=_entry("own_entry"), method="POST"),
    "routes:reflection_withdraw": Entry(
        allowed={"teacher"}, forbidden={"tutor"}, kwargs=_entry("entry"), method="POST"
    ),
    "routes:item_add": _draft(),
    "routes:item_add POST": _draft("POST", data=_line),
    "routes:item_detail": _work("item"),
    "routes:item_edit": _draft(name="draft_item"),
    "routes:item_edit POST": _draft("POST", name="draft_item", data=_line),
    "routes:item_remove": _draft("POST", name="draft_item"),
    "routes:item_restore": _posted("removed_item"),
    "routes:item_move": _draft("POST", name="draft_item", direction="up"),
    "routes:item_start": _posted("planned_item"),
    "routes:item_finish": _posted("item"),
    "routes:item_undo": _posted("done_item"),
    "routes:item_cancel": _work("item"),
    "routes:item_cancel POST": _posted("item", **REASON),
    "routes:item_comment": _posted("item", text="Посмотрела"),
    "routes:evidence_add": _work("item"),
    "routes:evidence_add POST": _posted("item", link="https://example.com/b"),
    "routes:evidence_remove": Entry(
        allowed={"teacher"}, forbidden=LOOK | {"tutor"}, kwargs=_of("evidence"), method="POST"
    ),
    "routes:evidence_download": _work("evidence"),
}  # fmt: skip
