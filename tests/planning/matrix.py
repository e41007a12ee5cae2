"""Who may open what in the room: an approved plan of the own centre whose items are of tutors, a draft, a tutor's own
plan that waits for approval, and times in each state. Heads and teachers answer for nothing here."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from tests.consultations.hour_factories import recorded
from tests.matrix import EVERYONE, Entry, sheet
from tests.planning.audits.audit_factories import KIND, filled, numbers, photo, planned, signed
from tests.planning.imports.table_factories import TEXT, read_table
from tests.planning.plan_factories import approved, draft, first_item, open_lessons, times
from tests.planning.selfcards.card_factories import shared, written
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core import school_year
from traektoria.core.shared_forms import stamp
from traektoria.planning.associations.actions import save_association
from traektoria.planning.audits.actions.checklists import add_criterion, begin_edition, publish_edition
from traektoria.planning.audits.actions.filling import attach_file
from traektoria.planning.audits.actions.lessons import add_topic, bring_calendar
from traektoria.planning.fulfilment.actions import doing
from traektoria.planning.fulfilment.actions.deed_files import show_deed
from traektoria.planning.fulfilment.actions.doing import DeedText
from traektoria.planning.lessons.reader import Brought
from traektoria.planning.models import Suggestion
from traektoria.planning.plans.actions.approving import propose_plan
from traektoria.planning.plans.actions.writing import ProposedItem
from traektoria.planning.programmes.actions import Written, begin_programme

TEACHERS = {"teacher", "other_teacher", "foreign_teacher"}
HEADS = {"head", "deputy_head", "foreign_head"}
TUTORS = {"tutor", "other_tutor", "foreign_tutor"}
COORDINATORS = {"coordinator", "foreign_coordinator"}
READ = TEACHERS | HEADS | TUTORS | COORDINATORS
BEGIN = TUTORS | COORDINATORS
WRITERS = READ
"""An association is led by anybody; who is none of the plan's gets no 403 by the role."""
OWN_HEADS = {"head", "deputy_head"}
SEES = {"coordinator", "tutor", "other_tutor"}
DAY = timezone.localdate


def prepare(world: World) -> None:
    year = school_year.this_year()
    plan = approved(world, open_lessons(phrase="еженедельно"), year=year)
    world.things["plan"], world.things["item"] = plan, first_item(plan)
    rows = times(first_item(plan))
    world.things["time"] = rows[0]
    world.things["done_time"], world.things["cancelled_time"] = rows[1], rows[2]
    first_day = min(DAY(), school_year.first_day(year))
    world.things["deed"] = doing.tell_deed(
        occurrence=rows[1], told=DeedText("Урок", first_day), by=actor(world, "tutor")
    )
    world.things["deed_file"] = show_deed(
        deed=world.things["deed"], file=photo(size=(40, 20)), by=actor(world, "tutor")
    )
    doing.cancel_occurrence(occurrence=rows[2], reason="Каникулы", by=actor(world, "coordinator"))
    world.things["table"] = read_table(world)
    world.things["draft"] = draft(world, open_lessons(), ProposedItem("Отчёт", "до мая"), year=year)
    world.things["draft_item"] = world.things["draft"].items.order_by("position")[1]
    world.things["ready"] = draft(world, year=year)
    world.things["own_draft"] = draft(world, by="tutor", year=year)
    rows = [ProposedItem("Консультации", "в течение года", "тьюторы"), ProposedItem("Приём", "по запросу", "тьюторы")]
    told = approved(world, *rows, year=year)
    world.things["told_item"] = told.items.order_by("position")[1]
    mark = {"occurrence": times(first_item(told))[0], "fact_kind": "hours", "fact_id": recorded(world).pk}
    said = {"what": "Консультация", "day": DAY()}
    world.things["suggestion"] = Suggestion.objects.get_or_create(**mark, defaults=said)[0]
    world.things["suggested_time"] = mark["occurrence"]
    coordinator, tutor = actor(world, "coordinator"), actor(world, "tutor")
    world.things["association"] = save_association(
        association=None, centre=world.own, name="РМО учителей математики", subject="math",
        chair=world.accounts["other_teacher"].person_id, members=(), by=coordinator,
    )  # fmt: skip
    written = Written("Программа центра", 2026, 2027, aim="Помогать учителям")
    world.things["programme"] = begin_programme(centre=world.own, own=False, written=written, by=coordinator)
    world.things["own_programme"] = begin_programme(centre=world.own, own=True, written=written, by=tutor)
    prepare_audits(world)
    world.things["own_plan"] = propose_plan(plan=draft(world, by="tutor", year=year), by=actor(world, "tutor"))


def prepare_audits(world: World) -> None:
    """One that is planned, one half filled with a photo, one signed with a finding, one signed without; a draft of the
    next edition with a criterion of its own."""
    world.things["clean_act"] = signed(world, "yes", kind="exam_site")
    world.things["audit"] = planned(world)
    world.things["own_act"] = signed(world, "yes", kind="self_analysis")
    world.things["going"] = filled(world, "no yes unseen", kind="calendar_deficits")
    shot = photo(size=(40, 20))
    world.things["audit_file"] = attach_file(
        audit=world.things["going"], criterion=1, file=shot, by=actor(world, "tutor")
    )
    brought = Brought("math", 7, "А", text=CALENDAR)
    world.things["lessons"] = bring_calendar(audit=world.things["going"], brought=brought, by=actor(world, "tutor"))
    world.things["own_lessons"] = bring_calendar(audit=world.things["going"], brought=brought, by=actor(world, "head"))
    add_topic(calendar=world.things["lessons"], words="Дроби", by=actor(world, "tutor"))
    world.things["shared_card"] = shared(world)
    world.things["card"] = written(world)
    world.things["act"] = signed(world)
    world.things["finding"] = world.things["act"].findings.get()
    keeper = actor(world, "coordinator")
    newer = begin_edition(centre_id=world.own.pk, kind="calendar_deficits", by=keeper)
    publish_edition(version=newer, by=keeper)
    world.things["checklist"] = begin_edition(centre_id=world.own.pk, kind=KIND, by=keeper)
    add_criterion(version=world.things["checklist"], section="Карты", given=CRITERION, by=keeper)
    world.things["checklist"].refresh_from_db()


CALENDAR = "№\tТема урока\tЧасы\tДата\n1\tДроби\t1\t02.09\n1\tПроценты\t1\t03.09\nИтого\t\t3\t"
CRITERION: dict[str, Any] = {
    "title": "Карты обсуждались на объединении", "hint": "", "points": 2, "partly": 1, "yes_looks": "",
    "partly_looks": "", "no_looks": "", "asks_address": False,
}  # fmt: skip


def _on(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _reason(_world: World) -> dict[str, Any]:
    return {"reason": "Решение совета"}


def _act(_world: World) -> dict[str, Any]:
    return {"act": "решением методического совета", "number": "3", "day": DAY().isoformat(), "from_today": "no"}


def _line(_world: World) -> dict[str, Any]:
    return {"content": "Семинар", "phrase": "март", "needs": "1"}


def _edited(world: World) -> dict[str, Any]:
    return sheet(world, "coordinator", reverse("planning:item_edit", kwargs=_on("draft_item")(world)), phrase="май")


def _deed(_world: World) -> dict[str, Any]:
    return {"what": "Открытый урок", "day": DAY().isoformat(), "note": "", "link": ""}


def _moved(_world: World) -> dict[str, Any]:
    return {"day": (DAY() + timedelta(days=20)).isoformat(), "reason": "Карантин"}


def _new(_world: World) -> dict[str, Any]:
    return {"period": f"school-{school_year.this_year()}", "title": "", "start": "empty"}


def _programme(_world: World) -> dict[str, Any]:
    return {"title": "Программа на год", "first": "2026", "last": "2027", "aim": "Помогать"}


def _association(_world: World) -> dict[str, Any]:
    return {"name": "РМО историков", "subject": "history", "chair": "", "members": ""}


PROGRAMMES = HEADS | TUTORS | COORDINATORS


def _get(allowed: set[str], name: str, let_in: set[str] = READ) -> Entry:
    return Entry(allowed=allowed, forbidden=EVERYONE - let_in, kwargs=_on(name))


def _post(allowed: set[str], name: str, data: Any = None, roles: set[str] = WRITERS, **more: Any) -> Entry:
    """``more["known"]``: who sees the object and gets the reason why not."""
    known = more.pop("known", set())
    return Entry(
        allowed=allowed, forbidden=(EVERYONE - roles) | known, kwargs=_on(name), method="POST",
        data=data or (lambda _world: {}), **more,
    )  # fmt: skip


def _fact(world: World) -> dict[str, str]:
    return {"fact": f"hours:{world.things['suggestion'].fact_id}"}


TUTORS_HERE = {"tutor", "other_tutor"}
COORDINATOR = {"coordinator"}
APPROVERS = COORDINATORS | {"head", "foreign_head"}


def _table(**more: Any) -> Any:
    return lambda world: {"token": world.things["table"].pk, **more}


def _nothing(_world: World) -> dict[str, Any]:
    return {}


def _columns(_world: World) -> dict[str, Any]:
    return {"column_0": "number", "column_1": "content", "column_2": "other", "column_3": "responsible"}


def _row(_world: World) -> dict[str, Any]:
    said = {"content": "Круглый стол", "phrase": "до 1 марта", "who": "тьюторы", "number": "2"}
    return {**said, "section": "", "direction": "", "product": "", "more": ""}


def _of_table(data: Any = None, **more: Any) -> Entry:
    return Entry(
        allowed=COORDINATOR,
        forbidden=EVERYONE - WRITERS,
        kwargs=_table(**more),
        method="POST" if data else "GET",
        data=data,
    )


AUDIT_READERS = COORDINATORS | TUTORS | HEADS
AUDITOR = {"tutor"}
NOT_READERS = EVERYONE - AUDIT_READERS


def _of(name: str, **more: Any) -> Any:
    return lambda world: {"pk": world.things[name].pk, **more}


def _audit(
    allowed: set[str],
    name: str,
    data: Any = None,
    known: frozenset[str] = frozenset(),
    roles: set[str] = AUDIT_READERS,
    **more: Any,
) -> Entry:
    """``known``: who sees the audit and may not do this."""
    method = "POST" if data else "GET"
    return Entry(
        allowed=allowed, forbidden=(EVERYONE - roles) | known, kwargs=_of(name, **more), method=method, data=data
    )


def _by_token(name: str) -> Any:
    return lambda world: {"token": world.things[name].token}


def _sending(_world: World) -> dict[str, Any]:
    return {"criterion": "1", "file": photo("blue", (40, 20))}


def _answered(_world: World) -> dict[str, Any]:
    return {"verdict": "partly", "note": "Карты в двух классах", "why": "", "concerns": "9А, 9Б"}


def _calendar(_world: World) -> dict[str, Any]:
    return {"subject": "math", "grade": "7", "letter": "Б", "text": CALENDAR, "week": "", "weeks": ""}


def _noted(_world: World) -> dict[str, Any]:
    return {"criterion": "2", "verdict": "no", "note": "Номер стоит дважды", "concerns": "строка 3"}


def _signed(world: World) -> dict[str, Any]:
    said = {"conclusion": "Карты есть не везде", "reply_due": DAY().isoformat(), "partial": "on"}
    for number in numbers(world.things["going"]):
        said |= {f"advice_{number}": "Завести карты", f"owner_{number}": "", f"due_{number}": DAY().isoformat()}
    return said


def _replied(world: World) -> dict[str, Any]:
    pk = world.things["finding"].pk
    return {f"reply_{pk}": "objected", f"words_{pk}": "Карты лежат в учительской"}


def _planned(world: World) -> dict[str, Any]:
    auditor = world.accounts["other_tutor"].person_id
    return {"school": world.school.pk, "kind": KIND, "day": DAY().isoformat(), "start": "", "auditors": [auditor]}


def _criterion(_world: World) -> dict[str, Any]:
    told = {name: value for name, value in CRITERION.items() if name != "asks_address"}
    return {**told, "section": "Карты"}


def _kind(_world: World) -> dict[str, Any]:
    return {"kind": "self_analysis"}


def _auditors(world: World) -> dict[str, Any]:
    return {"auditors": [world.accounts["other_tutor"].person_id]}


def _begun(world: World) -> dict[str, Any]:
    """As a device sends it; foreign tutors and coordinators get 404 for the centre."""
    said = {"token": str(uuid4()), "centre": world.own.pk, "school": world.school.pk, "kind": KIND}
    return {**said, "day": DAY().isoformat()}


BEGINNERS = TUTORS | COORDINATORS
NOT_THEIRS = dict.fromkeys(("foreign_coordinator", "foreign_tutor"), "the school and the kind are of another centre")


def _card_begun(world: World) -> dict[str, Any]:
    return {"centre": world.own.pk, "school": world.school.pk, "kind": "self_analysis"}


def _said(world: World) -> dict[str, Any]:
    """Another answer than the draft has."""
    return {"seen": stamp(world.things["card"].answers), "verdict_1": "yes", "note_1": "Приказ № 2"}


def _remark(_world: World) -> dict[str, Any]:
    return {"criterion": "1", "words": "Каким приказом?"}


SEES_AUDIT = frozenset({"coordinator", "head", "deputy_head"})
KEEPERS = COORDINATORS
ENTRIES = {
    "planning:audit_list": Entry(allowed=AUDIT_READERS, forbidden=NOT_READERS),
    "planning:audit_board": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS),
    "planning:audit_new": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS),
    "planning:audit_new post": Entry(
        allowed=KEEPERS,
        forbidden=EVERYONE - KEEPERS,
        method="POST",
        data=_planned,
        not_now={"foreign_coordinator": "the school and the kind are of another centre"},
    ),
    "planning:audit_detail": _audit(AUDITOR | SEES_AUDIT, "audit"),
    "planning:audit_detail going": _audit(AUDITOR | SEES_AUDIT, "going"),
    "planning:audit_detail signed": _audit(AUDITOR | SEES_AUDIT, "act"),
    "planning:audit_past": _audit(AUDITOR | SEES_AUDIT, "act"),
    "planning:audit_auditors": _audit(COORDINATOR, "audit", roles=KEEPERS),
    "planning:audit_auditors post": _audit(COORDINATOR, "audit", _auditors, roles=KEEPERS),
    "planning:finding_list": Entry(allowed=AUDIT_READERS, forbidden=NOT_READERS),
    "planning:audit_begin": Entry(allowed=BEGINNERS, forbidden=EVERYONE - BEGINNERS),
    "planning:audit_begin post": Entry(
        allowed=BEGINNERS,
        forbidden=EVERYONE - BEGINNERS,
        method="POST",
        data=lambda world: {"school": world.school.pk, "kind": KIND},
        not_now=NOT_THEIRS,
    ),
    "planning:audit_begin_save": Entry(
        allowed={"coordinator"} | TUTORS_HERE,
        forbidden=EVERYONE - BEGINNERS,
        method="POST",
        data=_begun,
        content_type="application/json",
    ),
    "planning:audit_cancel": _audit(COORDINATOR, "audit", roles=KEEPERS),
    "planning:audit_cancel post": _audit(COORDINATOR, "audit", _reason, roles=KEEPERS),
    "planning:audit_edition": _audit(AUDITOR, "going", _nothing, SEES_AUDIT),
    "planning:audit_fill": _audit(AUDITOR, "going", None, SEES_AUDIT),
    "planning:audit_answer": _audit(AUDITOR, "going", _answered, SEES_AUDIT, number=1),
    "planning:audit_sign": _audit(AUDITOR, "going", None, SEES_AUDIT),
    "planning:audit_sign post": _audit(AUDITOR, "going", _signed, SEES_AUDIT),
    "planning:audit_save": Entry(
        allowed=AUDITOR,
        forbidden=NOT_READERS | SEES_AUDIT,
        kwargs=_by_token("going"),
        method="POST",
        data=lambda _world: {
            "device": "phone",
            "answers": [{"criterion": 1, "sequence": 4_000_000_000_000, "verdict": "yes"}],
        },
        content_type="application/json",
    ),
    "planning:audit_attach": Entry(
        allowed=AUDITOR, forbidden=NOT_READERS | SEES_AUDIT, kwargs=_by_token("going"), method="POST", data=_sending
    ),
    "planning:audit_file": _audit(AUDITOR | COORDINATOR, "audit_file"),
    "planning:audit_file_remove": _audit(AUDITOR, "audit_file", _nothing, frozenset(COORDINATOR)),
    "planning:lessons_new": _audit(AUDITOR | OWN_HEADS, "going", None, frozenset(COORDINATOR)),
    "planning:lessons_new post": _audit(AUDITOR | OWN_HEADS, "going", _calendar, frozenset(COORDINATOR)),
    "planning:lessons_detail": _audit(AUDITOR | COORDINATOR, "lessons"),
    "planning:lessons_detail own": _audit(AUDITOR | COORDINATOR | OWN_HEADS, "own_lessons"),
    "planning:lessons_drop": _audit(AUDITOR, "lessons", _nothing, frozenset(COORDINATOR)),
    "planning:lessons_drop own": _audit(OWN_HEADS, "own_lessons", _nothing, frozenset(COORDINATOR | AUDITOR)),
    "planning:lessons_topic": _audit(AUDITOR, "lessons", _nothing, frozenset(COORDINATOR), key="own-1", said="yes"),
    "planning:lessons_topic_add": _audit(
        AUDITOR, "lessons", lambda _world: {"words": "Проценты"}, frozenset(COORDINATOR)
    ),
    "planning:lessons_note": _audit(AUDITOR, "lessons", None, frozenset(COORDINATOR), what="odd-0"),
    "planning:lessons_note post": _audit(AUDITOR, "lessons", _noted, frozenset(COORDINATOR), what="odd-0"),
    "planning:audit_reply": _audit(OWN_HEADS, "act", _replied, roles=HEADS),
    "planning:audit_read": _audit(OWN_HEADS, "clean_act", _nothing, roles=HEADS),
    "planning:finding_close": _audit(AUDITOR | COORDINATOR, "finding", None, frozenset(OWN_HEADS)),
    "planning:finding_close post": _audit(
        AUDITOR | COORDINATOR,
        "finding",
        lambda _world: {"state": "mended", "note": "Карты заведены"},
        frozenset(OWN_HEADS),
    ),
    "planning:checklist_list": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS),
    "planning:checklist_default": Entry(allowed=COORDINATOR, forbidden=EVERYONE - KEEPERS, kwargs=_kind),
    "planning:checklist_begin": Entry(
        allowed=COORDINATOR, forbidden=EVERYONE - KEEPERS, kwargs=_kind, method="POST", data=_nothing
    ),
    "planning:card_list": Entry(allowed=KEEPERS | HEADS, forbidden=EVERYONE - KEEPERS - HEADS),
    "planning:card_begin": Entry(
        allowed=OWN_HEADS,
        forbidden=EVERYONE - HEADS,
        kwargs=_card_begun,
        method="POST",
        idle=dict.fromkeys(OWN_HEADS, "the draft is there already: it is opened"),
    ),
    "planning:card_detail": _audit(OWN_HEADS, "card"),
    "planning:card_detail shared": _audit(OWN_HEADS | COORDINATOR | AUDITOR, "shared_card"),
    "planning:card_fill": _audit(OWN_HEADS, "card", roles=HEADS),
    "planning:card_fill post": _audit(OWN_HEADS, "card", _said, roles=HEADS),
    "planning:card_share": _audit(OWN_HEADS, "card", _nothing, roles=HEADS),
    "planning:card_drop": _audit(OWN_HEADS, "card", _nothing, roles=HEADS),
    "planning:card_read": _audit(COORDINATOR, "shared_card", _nothing, roles=KEEPERS),
    "planning:card_remark": _audit(COORDINATOR, "shared_card", _remark, roles=KEEPERS),
    "planning:card_compare": _audit(AUDITOR | SEES_AUDIT, "own_act"),
    "planning:checklist_detail": _audit(COORDINATOR, "checklist", roles=KEEPERS),
    "planning:checklist_publish": _audit(COORDINATOR, "checklist", _nothing, roles=KEEPERS),
    "planning:checklist_drop": _audit(COORDINATOR, "checklist", _nothing, roles=KEEPERS),
    "planning:criterion_new": _audit(COORDINATOR, "checklist", roles=KEEPERS),
    "planning:criterion_new post": _audit(COORDINATOR, "checklist", _criterion, roles=KEEPERS),
    "planning:criterion_edit": _audit(COORDINATOR, "checklist", roles=KEEPERS, number=1),
    "planning:criterion_edit post": _audit(COORDINATOR, "checklist", _criterion, roles=KEEPERS, number=1),
    "planning:criterion_drop": _audit(COORDINATOR, "checklist", _nothing, roles=KEEPERS, number=1),
    "planning:criterion_up": _audit(COORDINATOR, "checklist", _nothing, roles=KEEPERS, number=2),
    "planning:import_new": _get(COORDINATOR, "draft", WRITERS),
    "planning:import_new post": _post(COORDINATOR, "draft", lambda _world: {"text": TEXT}),
    "planning:import_detail": _of_table(),
    "planning:import_columns": _of_table(table=0),
    "planning:import_columns post": _of_table(_columns, table=0),
    "planning:import_row": _of_table(place=1),
    "planning:import_row post": _of_table(_row, place=1),
    "planning:import_fate": _of_table(_nothing, place=0, fate="leave"),
    "planning:import_take": _of_table(_nothing),
    "planning:import_drop": _of_table(_nothing),
    "planning:board": Entry(allowed=READ, forbidden=EVERYONE - READ),
    "planning:plan_list": Entry(allowed=READ, forbidden=EVERYONE - READ),
    "planning:plan_new": Entry(allowed=BEGIN, forbidden=EVERYONE - BEGIN),
    "planning:plan_new post": Entry(allowed=BEGIN, forbidden=EVERYONE - BEGIN, method="POST", data=_new),
    "planning:plan_detail": _get(SEES | OWN_HEADS, "plan"),
    "planning:plan_detail draft": _get(COORDINATOR, "draft"),
    "planning:plan_detail own": _get({"coordinator", "tutor"}, "own_plan"),
    "planning:plan_propose": _post(COORDINATOR, "ready"),
    "planning:plan_recall": _post({"tutor"}, "own_plan", known=COORDINATOR),
    "planning:plan_approve": _post(COORDINATOR, "own_plan", _act, roles=APPROVERS),
    "planning:plan_return": _post(COORDINATOR, "own_plan", _reason, roles=APPROVERS),
    "planning:plan_discard": _post(COORDINATOR, "draft"),
    "planning:plan_year": _get(SEES | OWN_HEADS, "plan"),
    "planning:load": Entry(allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS),
    "planning:plan_report": _get(SEES | OWN_HEADS, "plan"),
    "planning:plan_report_file": Entry(allowed=SEES, forbidden=(EVERYONE - READ) | OWN_HEADS, kwargs=_on("plan")),
    "planning:plan_copy": _get(COORDINATOR, "draft", WRITERS),
    "planning:plan_copy post": _post(COORDINATOR, "draft", lambda _world: {"title": "План на другой год"}),
    "planning:item_new": _get(COORDINATOR, "draft", WRITERS),
    "planning:item_new post": _post(COORDINATOR, "draft", _line),
    "planning:item_detail": _get(SEES, "item"),
    "planning:item_edit": _get(COORDINATOR, "draft_item", WRITERS),
    "planning:item_edit amends": Entry(
        allowed=COORDINATOR, forbidden=(EVERYONE - WRITERS) | TUTORS_HERE, kwargs=_on("item")
    ),
    "planning:item_edit post": _post(COORDINATOR, "draft_item", _edited),
    "planning:item_remove": _post(COORDINATOR, "item", _reason, known=TUTORS_HERE),
    "planning:item_detail told": _get(SEES, "told_item"),
    "planning:item_tell": _post(SEES, "told_item", _deed, roles=READ),
    "planning:item_link": _post(SEES, "told_item", _fact, roles=READ),
    "planning:fact_count": _post(SEES, "suggestion", roles=READ),
    "planning:fact_link": _post(SEES, "suggested_time", _fact, roles=READ),
    "planning:fact_dismiss": _post(SEES, "suggestion", roles=READ),
    "planning:item_settle": _post(COORDINATOR, "draft_item", lambda _world: {"reading": "не позднее мая"}),
    "planning:time_detail": _get(SEES, "time"),
    "planning:time_detail done": _get(SEES, "done_time"),
    "planning:deed_tell": _post(SEES, "time", _deed, roles=READ),
    "planning:deed_undo": _post(SEES, "deed", _reason, roles=READ),
    "planning:deed_show": _get(SEES, "deed"),
    "planning:deed_show post": _post(SEES, "deed", lambda _world: {"file": photo("blue", (40, 20))}, roles=READ),
    "planning:deed_file": _get(SEES, "deed_file"),
    "planning:deed_file_remove": _post(SEES, "deed_file", roles=READ),
    "planning:time_move": _post(COORDINATOR, "time", _moved, known=TUTORS_HERE),
    "planning:time_cancel": _post(COORDINATOR, "time", _reason, known=TUTORS_HERE),
    "planning:time_restore": _post(COORDINATOR, "cancelled_time", known=TUTORS_HERE),
    "planning:programme_list": Entry(allowed=PROGRAMMES, forbidden=EVERYONE - PROGRAMMES),
    "planning:programme_new": Entry(allowed=BEGIN, forbidden=EVERYONE - BEGIN),
    "planning:programme_new post": Entry(allowed=BEGIN, forbidden=EVERYONE - BEGIN, method="POST", data=_programme),
    "planning:programme_detail": _get(COORDINATOR, "programme", PROGRAMMES),
    "planning:programme_detail own": _get({"coordinator", "tutor"}, "own_programme", PROGRAMMES),
    "planning:programme_edit": _get(COORDINATOR, "programme", BEGIN),
    "planning:programme_edit post": _post(COORDINATOR, "programme", _programme, roles=BEGIN),
    "planning:programme_approve": _post(COORDINATOR, "programme", _act, roles=APPROVERS),
    "planning:association_list": Entry(allowed=READ, forbidden=EVERYONE - READ),
    "planning:association_new": Entry(allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS),
    "planning:association_new post": Entry(
        allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS, method="POST", data=_association
    ),
    "planning:association_detail": Entry(
        allowed=SEES | OWN_HEADS | {"other_teacher"}, forbidden=EVERYONE - READ, kwargs=_on("association"), named=True
    ),
    "planning:association_edit": _get(COORDINATOR, "association", COORDINATORS),
    "planning:association_edit post": _post(COORDINATOR, "association", _association, roles=COORDINATORS),
    "planning:association_close": _post(COORDINATOR, "association", roles=COORDINATORS),
}
