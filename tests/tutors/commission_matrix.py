"""Who may open what of the commission: a planned session with one item, and an open one with one item."""

from typing import Any

from django.utils import timezone

from tests.matrix import EVERYONE, Entry
from tests.tutors.commission_factories import make_application, make_commission, make_item, make_session
from tests.world import World
from traektoria.tutors.commission.enums import AgendaState, SessionState
from traektoria.tutors.commission.queries.judgements import judged_criteria
from traektoria.tutors.models import Vote
from traektoria.tutors.seats.enums import CommissionState

COORDINATORS = {"coordinator", "foreign_coordinator"}
MEMBERS = {"chair", "secretary"}
OTHERS = EVERYONE - COORDINATORS
MINE = {"allowed": {"coordinator"}, "forbidden": OTHERS | MEMBERS}
PLANS = {"allowed": {"coordinator", *MEMBERS}, "forbidden": OTHERS}
LEADS = {"allowed": MEMBERS, "forbidden": {*OTHERS, "coordinator"}}
VOTES = LEADS


def prepare_commission(world: World) -> None:
    """A commission of ``chair``, ``secretary`` and others with a planned session and an open one that has an item in
    each state; another one that is being formed."""
    if "commission" in world.things:
        return
    commission, members = make_commission(world.own, {name: world.accounts[name] for name in MEMBERS})
    forming, seats = make_commission(world.own, state=CommissionState.FORMING)
    planned = make_session(commission, SessionState.PLANNED, 2)
    opened = make_session(commission, SessionState.OPEN, 1)
    counts = {"for_count": 5, "against_count": 0, "abstained_count": 0, "present_count": 5, "members_count": 5}
    world.things |= {
        "commission": commission, "commission_member": members["fifth"], "planned": planned, "opened": opened,
        "forming": forming, "forming_member": seats["fifth"], "waiting_item": make_item(planned),
        "judging_item": make_item(opened, state=AgendaState.JUDGING),
        "voting_item": make_item(opened, state=AgendaState.VOTING),
        "voted_item": make_item(opened, state=AgendaState.VOTING),
        "counted_item": make_item(opened, state=AgendaState.COUNTED, passed=True, by_chair=False, **counts),
        "decided_item": make_item(
            opened, state=AgendaState.DECIDED, passed=False, granted=False, by_chair=False, reasons="Мало уроков",
            decided_at=timezone.now(), **counts,
        ),
        "to_consider": make_application(world.own),
    }  # fmt: skip
    for name in ("voted_item", "decided_item"):
        Vote.objects.bulk_create(Vote(item=world.things[name], member=one, choice="for") for one in members.values())


def _pk(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _step(name: str, step: str) -> Any:
    return lambda world: {"pk": world.things[name].pk, "step": step}


def _post(name: str, data: Any = None, who: dict[str, Any] = MINE, **fields: Any) -> Entry:
    sent = data if callable(data) else lambda world: data or {}
    return Entry(kwargs=_pk(name), method="POST", data=sent, **who, **fields)


def _agenda(world: World) -> dict[str, Any]:
    return {"application": world.things["to_consider"].pk}


def _points(world: World) -> dict[str, Any]:
    criteria = judged_criteria(world.things["judging_item"].application)
    return {f"points-{one.slug}": one.descriptors[0].points for one in criteria}


def _recusal(world: World) -> dict[str, Any]:
    return {"member": world.things["commission_member"].pk, "reason": "other", "note": "дружим"}


SEAT = {"kind": "methodist", "post": "member", "position": "старший методист"}
FORM = {"name": "Комиссия", "basis": "приказ № 1", "start": "2026-09-01"}
SESSION = {"day": "2026-12-01", "hour": "15:00", "place": "каб. 1"}
MEMBER = {"surname": "Иванова", "given": "Анна", **SEAT}

COMMISSION_ENTRIES: dict[str, Entry] = {
    "tutors:commission_list": Entry(allowed=COORDINATORS | MEMBERS, forbidden=OTHERS),
    "tutors:commission_new": Entry(allowed=COORDINATORS, forbidden=OTHERS),
    "tutors:commission_new POST": Entry(
        allowed=COORDINATORS, forbidden=OTHERS, method="POST", data=lambda world: FORM
    ),
    "tutors:commission_detail": Entry(kwargs=_pk("commission"), **PLANS),
    "tutors:commission_begin": _post("forming", not_now={"coordinator": "another commission of the centre works"}),
    "tutors:commission_dissolve": _post("commission", not_now={"coordinator": "a session of it goes on"}),
    "tutors:commission_dissolve forming": _post("forming", not_now={"coordinator": "it has not begun its work"}),
    "tutors:commission_member_add": Entry(kwargs=_pk("commission"), **MINE),
    "tutors:commission_member_add POST": _post("forming", MEMBER),
    "tutors:commission_member_edit": Entry(kwargs=_pk("commission_member"), **MINE),
    "tutors:commission_member_edit POST": _post("forming_member", SEAT),
    "tutors:commission_member_leave": _post("forming_member"),
    "tutors:session_new": Entry(kwargs=_pk("commission"), **PLANS),
    "tutors:session_new POST": _post("commission", SESSION, PLANS),
    "tutors:session_detail": Entry(kwargs=_pk("opened"), **PLANS),
    "tutors:session_live": Entry(kwargs=_pk("opened"), **PLANS),
    "tutors:session_edit": Entry(kwargs=_pk("planned"), **PLANS),
    "tutors:session_edit POST": _post("planned", SESSION, PLANS),
    "tutors:session_attendance": _post("opened", {"reason": ""}, LEADS),
    "tutors:session_agenda_add": _post("planned", _agenda, PLANS),
    "tutors:session_cancel": _post("planned", {"reason": "Не собрались"}, PLANS),
    "tutors:session_step": Entry(
        kwargs=_step("planned", "open"), method="POST", **LEADS
    ),
    "tutors:session_step sign": Entry(
        kwargs=_step("opened", "sign"), method="POST", not_now=dict.fromkeys(MEMBERS, "the session goes on"), **LEADS
    ),
    "tutors:item_step": Entry(kwargs=_step("waiting_item", "remove"), method="POST", **PLANS),
    "tutors:item_step count": Entry(kwargs=_step("voted_item", "count"), method="POST", **LEADS),
    "tutors:item_step secret": Entry(kwargs=_step("judging_item", "secret"), method="POST", **LEADS),
    "tutors:item_judge": _post("judging_item", _points, VOTES),
    "tutors:item_vote": _post("voting_item", {"choice": "1"}, VOTES),
    "tutors:item_discussion": _post("voting_item", {"text": "Обсудили"}, LEADS),
    "tutors:item_recuse": _post("judging_item", _recusal, LEADS),
    "tutors:item_decide": _post("counted_item", {"reasons": "", "start": "2026-10-01"}, LEADS),
    "tutors:item_postpone": _post("voting_item", {"reason": "Нет"}, LEADS),
    "tutors:item_opinion": _post("decided_item", {"text": "Не согласна"}, VOTES),
}  # fmt: skip
