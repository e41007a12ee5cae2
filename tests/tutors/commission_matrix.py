"""Who may open what of the commission: a planned session with one item, and an open one with one item."""

from typing import Any

from tests.matrix import EVERYONE, Entry
from tests.tutors.commission_factories import make_commission, make_item, make_session
from tests.world import World
from traektoria.tutors.enums import ItemState, SessionState

COORDINATORS = {"coordinator", "foreign_coordinator"}
OTHERS = EVERYONE - COORDINATORS
MINE = {"allowed": {"coordinator"}, "forbidden": OTHERS}
NOBODY: dict[str, Any] = {"allowed": set(), "forbidden": {*OTHERS, "coordinator"}}


def prepare_commission(world: World) -> None:
    """Put the objects that the addresses name into ``world.things``."""
    if "commission" not in world.things:
        commission, members = make_commission(world.own)
        planned = make_session(commission, SessionState.PLANNED, 2)
        opened = make_session(commission, SessionState.OPEN, 1)
        world.things |= {
            "commission": commission, "commission_member": members["fifth"], "planned": planned, "opened": opened,
            "waiting_item": make_item(planned), "item": make_item(opened, state=ItemState.VOTING),
        }  # fmt: skip


def _pk(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _step(name: str, step: str) -> Any:
    return lambda world: {"pk": world.things[name].pk, "step": step}


def _post(name: str, data: dict[str, Any] | None = None, who: dict[str, Any] = MINE) -> Entry:
    return Entry(kwargs=_pk(name), method="POST", data=lambda world: data or {}, **who)


SEAT = {"kind": "methodist", "post": "member"}
FORM = {"name": "Комиссия", "basis": "приказ № 1", "start": "2026-09-01"}
SESSION = {"day": "2026-12-01", "hour": "15:00", "place": "каб. 1"}
MEMBER = {"surname": "Иванова", "given": "Анна", **SEAT}

COMMISSION_ENTRIES: dict[str, Entry] = {
    "tutors:commission_list": Entry(allowed=COORDINATORS, forbidden=OTHERS),
    "tutors:commission_new": Entry(allowed=COORDINATORS, forbidden=OTHERS),
    "tutors:commission_new POST": Entry(
        allowed=COORDINATORS, forbidden=OTHERS, method="POST", data=lambda world: FORM
    ),
    "tutors:commission_detail": Entry(kwargs=_pk("commission"), **MINE),
    "tutors:commission_begin": _post("commission"),
    "tutors:commission_dissolve": _post("commission"),
    "tutors:commission_member_add": Entry(kwargs=_pk("commission"), **MINE),
    "tutors:commission_member_add POST": _post("commission", MEMBER),
    "tutors:commission_member_edit": Entry(kwargs=_pk("commission_member"), **MINE),
    "tutors:commission_member_edit POST": _post("commission_member", SEAT),
    "tutors:commission_member_leave": _post("commission_member"),
    "tutors:session_new": Entry(kwargs=_pk("commission"), **MINE),
    "tutors:session_new POST": _post("commission", SESSION),
    "tutors:session_detail": Entry(kwargs=_pk("opened"), **MINE),
    "tutors:session_live": Entry(kwargs=_pk("opened"), **MINE),
    "tutors:session_edit": Entry(kwargs=_pk("planned"), **MINE),
    "tutors:session_edit POST": _post("planned", SESSION),
    "tutors:session_attendance": _post("opened", who=NOBODY),
    "tutors:session_agenda_add": _post("planned"),
    "tutors:session_cancel": _post("planned", {"reason": "Не собрались"}),
    "tutors:session_step": Entry(kwargs=_step("planned", "open"), method="POST", **NOBODY),
    "tutors:session_step sign": Entry(kwargs=_step("opened", "sign"), method="POST", **NOBODY),
    "tutors:item_step": Entry(kwargs=_step("waiting_item", "remove"), method="POST", **MINE),
    "tutors:item_step count": Entry(kwargs=_step("item", "count"), method="POST", **NOBODY),
    "tutors:item_judge": _post("item", {"points-colleagues_growth": "1"}, NOBODY),
    "tutors:item_vote": _post("item", {"choice": "1"}, NOBODY),
    "tutors:item_discussion": _post("item", {"text": "Обсудили"}, NOBODY),
    "tutors:item_recuse": Entry(
        kwargs=_pk("item"), method="POST", **NOBODY,
        data=lambda world: {"member": world.things["commission_member"].pk, "reason": "other", "note": "дружим"},
    ),
    "tutors:item_decide": _post("item", {"reasons": "Нет"}, NOBODY),
    "tutors:item_postpone": _post("item", {"reason": "Нет"}, NOBODY),
    "tutors:item_opinion": _post("item", {"text": "Нет"}, NOBODY),
}  # fmt: skip
