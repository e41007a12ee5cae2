"""Who may open what in the room: events of ``tutor`` in the own centre, in each state."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests.consultations.slot_factories import monday
from tests.events.certificate_factories import SIGNED, background, ended, issued, sheet_picture
from tests.events.door_factories import press
from tests.events.enrolment_factories import registered
from tests.events.event_factories import announced, begun, contest_over, draft, make_attendance, outer, pdf, rules
from tests.events.tutorial_factories import accepted, handed, programme, programme_file, released, tasks, tutorial
from tests.matrix import EVERYONE, Entry, sheet
from tests.planning.audits.audit_factories import photo
from tests.routes.need_factories import person
from tests.routes.route_factories import actor, make_hypothesis
from tests.world import World
from traektoria.engines.doorcodes import SHORT, step_of, wall_code
from traektoria.events.attendance.actions import Mark, mark_people, receive_marks
from traektoria.events.door.papers import keep_photo
from traektoria.events.door.secrets import secret_of
from traektoria.events.enrolment.actions.enrolling import enrol
from traektoria.events.event.actions.dating import hold_date
from traektoria.events.event.actions.materials import add_material
from traektoria.events.event.actions.steps import close_event, propose_event, reopen_event
from traektoria.events.models import Attendance, SelfWork, WorkFile
from traektoria.events.observing.criteria import OURS
from traektoria.events.results.actions import Result, say_result

TEACHERS = {"teacher", "other_teacher", "foreign_teacher"}
HEADS = {"head", "deputy_head", "foreign_head"}
TUTORS = {"tutor", "other_tutor", "foreign_tutor"}
COORDINATORS = {"coordinator", "foreign_coordinator"}
READ = TEACHERS | HEADS | TUTORS | COORDINATORS
OWN = {"teacher", "other_teacher", "head", "deputy_head", "tutor", "other_tutor", "coordinator"}
KEEPERS = TUTORS | COORDINATORS
KEEP = {"tutor", "coordinator"}
APPROVERS = COORDINATORS | {"head", "foreign_head"}


def prepare(world: World) -> None:
    rules(world)
    things = world.things
    things["event"] = announced(world, days=[monday(2), monday(3)], title="Первое")
    things["event_to_fill"] = announced(world, "other_tutor", "tutor", title="Второе", place="зал", days=[monday(5)])
    things["draft_event"] = draft(world, title="Черновик")
    things["proposed_event"] = propose_event(event=draft(world, kind="conference"), by=actor(world, "coordinator"))
    things["topic"] = make_hypothesis(world, person(world, "teacher"), "Второе")
    things["dates"] = list(things["event"].dates.order_by("start"))
    begun_event = announced(world, title="Прошедшее")
    things["begun_date"] = begun(begun_event)
    held = announced(world, title="Проведено")
    hold_date(date=begun(held, 30), by=actor(world, "tutor"))
    things["held_event"] = held
    material = {"time": "before", "title": "Презентация", "link": "https://example.org/1"}
    things["announcement"] = outer(world, by="tutor")
    came = begun(announced(world, title="Были"), 50)
    marks = [Mark(uuid4(), person(world, "teacher").pk, "came", timezone.now())]
    mark_people(date=came, marks=marks, by=actor(world, "tutor"))
    Attendance.objects.update(answer="asked")
    things["attendance"] = Attendance.objects.get()
    things["aside_date"] = _with_marks_aside(world)
    things["lesson"] = begun(announced(world, title="Урок", kind="open_lesson"), 60).event
    for name in ("teacher", "other_teacher"):
        make_attendance(world, things["lesson"], name)
    things["result"] = _result(world, "teacher")
    things["result_to_remove"] = _result(world, "other_teacher")
    things["kept_result"] = _result(world, "tutor", by="coordinator")
    things["contest"] = contest_over(world, "teacher", "other_teacher")
    things["certified_event"] = ended(world, title="С сертификатами")
    rows = {row.kind: row for row in issued(world, things["certified_event"])}
    things["certificate"] = rows["participant"]
    things["background"] = background(world)
    things["to_certify"] = ended(world, title="Ещё без сертификатов")
    things["wall_date"] = begun(announced(world, title="С кодом", places=None), 0.5)
    things["open_date"] = begun(announced(world, title="Идёт"), 1)
    things["sheet_photo"] = keep_photo(date=things["open_date"], file=photo("red"), by=actor(world, "tutor"))
    things["enrolment"] = registered(world, things["event"])
    [things["school_enrolment"]] = enrol(
        event=things["event"], school=world.school, people=[person(world, "other_teacher").pk], by=actor(world, "head")
    )
    _tutorials(world)
    things["material"] = add_material(event=things["event"], by=actor(world, "tutor"), **material)
    things["material_file"] = add_material(event=things["event"], time="before", file=pdf(), by=actor(world, "tutor"))


def _result(world: World, name: str, by: str = "") -> Any:
    facts = Result("prize", timezone.localdate() - timedelta(days=1), file=pdf(name))
    contest, people = world.things["announcement"], [person(world, name).pk]
    return say_result(contest=contest, people=people, result=facts, by=actor(world, by or name))[0]


def _tutorials(world: World) -> None:
    """A programme on the shelf and a tutorial in which ``teacher`` has handed in one work and has one accepted."""
    things, version = world.things, released(world)
    things["programme"] = version.programme
    things["written_programme"] = programme(world, title="Ещё без редакции")
    things["tutorial"] = tutorial(world, "teacher", version=version)
    things["task"], things["accepted_task"] = tasks(things["tutorial"])
    things["work"] = handed(world, things["task"], files=[pdf()])
    things["work_file"] = WorkFile.objects.get()
    things["accepted_work"] = accepted(world, things["accepted_task"])
    things["counted_work"] = things["accepted_work"]
    SelfWork.objects.filter(pk=things["counted_work"].pk).update(answer="asked")
    things["free_task"] = tasks(tutorial(world, version=version, title="Ещё один"))[0]


def _with_marks_aside(world: World) -> Any:
    """A phone sent a mark when the event was closed; then it was opened anew."""
    date = begun(announced(world, title="Открыто заново"), 70)
    hold_date(date=date, by=actor(world, "tutor"))
    event = close_event(event=date.event, by=actor(world, "tutor"))
    marks = [Mark(uuid4(), person(world, "teacher").pk, "came", timezone.now())]
    receive_marks(date=date, marks=marks, by=actor(world, "tutor"))
    reopen_event(event=event, by=actor(world, "coordinator"))
    return date


def _on(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _date(number: int) -> Any:
    return lambda world: {"pk": world.things["dates"][number].pk}


def _why(_world: World) -> dict[str, Any]:
    return {"reason": "Карантин"}


def _form(world: World) -> dict[str, Any]:
    viewer = world.viewer if world.viewer in KEEPERS else "coordinator"
    return sheet(world, viewer, "/events/new/", title="Новое", where="elsewhere", place="методкабинет")


def _edited(world: World) -> dict[str, Any]:
    viewer = world.viewer if world.viewer in KEEP else "coordinator"
    return sheet(world, viewer, f"/events/{world.things['event'].pk}/edit/", title="Другое название")


def _moved(world: World) -> dict[str, Any]:
    return {"scope": "one", "day": monday(4).isoformat(), "start": "12:00", "end": "13:00", "reason": "Занят зал"}


def _keeper(name: str, kwargs: Any, data: Any = None, method: str = "POST") -> dict[str, Entry]:
    """A page with a form, or its post: other people of the centre who keep events get the reason."""
    forbidden = {*(EVERYONE - KEEPERS), "other_tutor"}
    facts = {"method": method, "data": data} if data else {"method": method}
    return {name: Entry(allowed=KEEP, forbidden=forbidden, kwargs=kwargs, **facts)}


_PRIZE = {"place": "prize", "day": "2026-01-15", "own": "on"}


def _prize_of(world: World) -> dict[str, str]:
    """Keepers write it down for somebody."""
    teacher = {"others": person(world, "teacher").full_name} if world.viewer in KEEP else {}
    return {"place": "prize", "day": "2026-01-15", **teacher}


def _visitors(name: str, data: dict[str, str]) -> dict[str, Entry]:
    """A page and its form for who came to the lesson; the others of the centre get the reason."""
    came = {"teacher", "other_teacher"}
    facts = {"allowed": came, "forbidden": {*(EVERYONE - READ), *(OWN - came)}, "kwargs": _on("lesson"), "named": True}
    return {name: Entry(**facts), f"{name} post": Entry(**facts, method="POST", data=lambda _world: data)}


def _led(name: str, data: Any = None, **facts: Any) -> Entry:
    """Of who leads the event and the coordinator; a date of ``things`` under ``name``."""
    posts = {"method": "POST", "data": data} if data else {}
    return Entry(
        allowed=KEEP, forbidden={*(EVERYONE - READ), *(OWN - KEEP)}, kwargs=_on(name), **posts, **facts
    )  # fmt: skip


def _phone(world: World) -> dict[str, Any]:
    return {"device": "d1", "marks": [press(person(world, "teacher").pk)]}


def _code(world: World) -> dict[str, Any]:
    """Of the wall, to type."""
    return {"code": wall_code(secret_of(world.things["wall_date"]), step_of(timezone.now()), SHORT)}


def _scanned(world: World) -> dict[str, Any]:
    return {"pk": world.things["wall_date"].pk, "code": "ABCDEFGHJKMNPQ"}


def _comers(others: set[str] | frozenset[str] = frozenset(), why: str = "") -> dict[str, str]:
    return {"tutor": "leads it", **dict.fromkeys(others, why)}


def _several(world: World) -> dict[str, Any]:
    """A head ticks teachers of the school, who keeps the event writes a surname."""
    person = world.accounts["teacher"].person
    assert person is not None
    return {"people": person.pk} if world.viewer in HEADS else {"others": person.full_name}


def _signed(_world: World) -> dict[str, Any]:
    return {"post": SIGNED.post, "name": SIGNED.name}


def _signed_because(_world: World) -> dict[str, Any]:
    return {"post": SIGNED.post, "name": SIGNED.name, "reason": "Опечатка"}


def _named(world: World) -> dict[str, Any]:
    return {**_signed(world), "kind": "speaker", "others": person(world, "teacher").full_name}


def _keeper_of_centre(name: str, kwargs: Any, data: Any = None) -> dict[str, Entry]:
    """As ``_keeper``; everybody else of the centre reads the event and gets the reason."""
    facts = {"method": "POST", "data": data} if data else {"method": "GET"}
    return {name: Entry(allowed=KEEP, forbidden={*(EVERYONE - READ), *(OWN - KEEP)}, kwargs=kwargs, **facts)}


def _outer(_world: World) -> dict[str, Any]:
    day = (timezone.localdate() + timedelta(days=20)).isoformat()
    return {"kind": "conference", "title": "Учитель года", "source": "Институт", "deadline": day, "level": "regional"}


def _put_off(world: World) -> dict[str, Any]:
    return {"wish": f"topic{world.things['topic'].pk}", "offer": f"event{world.things['event_to_fill'].pk}"}


def _nothing(_world: World) -> dict[str, Any]:
    return {}


def _step(name: str, step: str, who: set[str], sees: set[str]) -> Entry:
    return Entry(
        allowed=who, forbidden={*(EVERYONE - READ), *(sees - who)}, kwargs=_on(name), method="POST",
        data=lambda _world: {"step": step},
    )  # fmt: skip


def _module(_world: World) -> dict[str, Any]:
    return {"title": "Третья встреча", "minutes": 90, "days": 7, "effort": 60}


def _of_programme(place: int) -> Any:
    return lambda world: {"pk": world.things["programme"].pk, "place": place}


def _held(_world: World) -> dict[str, Any]:
    days = [monday(week) for week in (11, 12)]
    return {
        "kind": "master_class", "title": "Держим", "where": "elsewhere", "place": "зал", "day": days[0].isoformat(),
        "more_days": f"{days[1]:%d.%m.%Y}", "start": "12:00", "level": "municipal",
        "leaders": person(_world, "tutor").pk,
    }  # fmt: skip


def _task(_world: World) -> dict[str, Any]:
    return {"title": "Ещё задание", "meeting": 1, "days": 7, "minutes": 30}


TUTORIALS: dict[str, Entry] = {
    "events:programme_list": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS),
    "events:programme_new": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS),
    "events:programme_new post": Entry(
        allowed=KEEPERS, forbidden=EVERYONE - KEEPERS, method="POST", data=lambda _world: {"title": "Новая программа"}
    ),
    "events:programme_take": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS),
    "events:programme_take post": Entry(
        allowed=KEEPERS, forbidden=EVERYONE - KEEPERS, method="POST", data=lambda world: {"file": programme_file(world)}
    ),
    "events:programme_file": Entry(
        allowed=KEEP | {"other_tutor"}, forbidden=EVERYONE - KEEPERS, kwargs=_on("programme")
    ),
    "events:programme_detail": Entry(
        allowed=KEEP | {"other_tutor"}, forbidden=EVERYONE - KEEPERS, kwargs=_on("programme")
    ),
    **_keeper("events:programme_edit", _on("programme"), method="GET"),
    **_keeper("events:programme_edit post", _on("programme"), lambda _world: {"title": "Другое название"}),
    **_keeper("events:programme_step", _on("written_programme"), lambda _world: {"step": "release"}),
    **_keeper("events:module_edit", _of_programme(3), method="GET"),
    **_keeper("events:module_edit post", _of_programme(3), _module),
    **_keeper("events:module_remove", _of_programme(2), _nothing),
    "events:programme_hold": Entry(
        allowed=KEEP | {"other_tutor"}, forbidden=EVERYONE - KEEPERS, kwargs=_on("programme")
    ),
    "events:programme_hold post": Entry(
        allowed=KEEP | {"other_tutor"},
        forbidden=EVERYONE - KEEPERS,
        kwargs=_on("programme"),
        method="POST",
        data=_held,
    ),
    "events:event_tasks": Entry(allowed=OWN, forbidden=EVERYONE - READ, kwargs=_on("tutorial")),
    "events:event_progress": _led("tutorial"),
    "events:event_campaigns": Entry(
        allowed={"coordinator"}, forbidden={*(EVERYONE - READ), *(OWN - COORDINATORS)}, kwargs=_on("tutorial")
    ),
    "events:event_campaigns post": Entry(
        allowed={"coordinator"},
        forbidden={*(EVERYONE - READ), *(OWN - COORDINATORS)},
        kwargs=_on("tutorial"),
        method="POST",
        data=_nothing,
        idle={"coordinator": "names none, as before"},
    ),
    **_keeper("events:task_new", _on("tutorial"), method="GET"),
    **_keeper("events:task_new post", _on("tutorial"), _task),
    "events:task_edit": Entry(allowed=KEEP, forbidden=EVERYONE - KEEPERS, kwargs=_on("task")),
    "events:task_edit post": Entry(
        allowed=KEEP, forbidden=EVERYONE - KEEPERS, kwargs=_on("task"), method="POST", data=_task
    ),
    "events:task_remove": Entry(
        allowed=KEEP, forbidden=EVERYONE - KEEPERS, kwargs=_on("free_task"), method="POST", data=_nothing
    ),
    "events:task_detail": Entry(allowed=KEEP | {"teacher"}, forbidden=EVERYONE - READ, kwargs=_on("task"), named=True),
    "events:task_detail post": Entry(
        allowed={"teacher"},
        forbidden={*(EVERYONE - READ), *KEEP},
        kwargs=_on("task"),
        method="POST",
        data=lambda _world: {"text": "Пять задач с ответами"},
        named=True,
    ),
    "events:work_detail": Entry(allowed=KEEP | {"teacher"}, forbidden=EVERYONE - READ, kwargs=_on("work"), named=True),
    "events:work_detail post": Entry(
        allowed=KEEP | {"teacher"},
        forbidden=EVERYONE - READ,
        kwargs=_on("work"),
        method="POST",
        data=lambda _world: {"act": "return", "word": "Добавьте ответы"},
        idle={"teacher": "is led to the page of the task"},
        named=True,
    ),
    "events:work_file": Entry(
        allowed=KEEP | {"teacher"}, forbidden=EVERYONE - READ, kwargs=_on("work_file"), named=True
    ),
    "events:work_file_remove": Entry(
        allowed={"teacher", "coordinator"},
        forbidden={*(EVERYONE - READ), *(KEEP - {"coordinator"})},
        kwargs=_on("work_file"),
        method="POST",
        data=_nothing,
        named=True,
    ),
    "events:work_answer": Entry(
        allowed={"teacher"},
        forbidden={*(EVERYONE - READ), *KEEP},
        kwargs=_on("counted_work"),
        method="POST",
        data=lambda _world: {"answer": "no"},
        named=True,
    ),
    "events:work_reconsider": Entry(
        allowed=KEEP,
        forbidden={*(EVERYONE - READ), "teacher"},
        kwargs=_on("accepted_work"),
        method="POST",
        data=_nothing,
        named=True,
    ),
}
ENTRIES: dict[str, Entry] = {
    **TUTORIALS,
    "events:event_list": Entry(allowed=READ, forbidden=EVERYONE - READ),
    "events:event_detail": Entry(allowed=OWN, forbidden=EVERYONE - READ, kwargs=_on("event")),
    "events:event_detail draft": Entry(allowed=KEEP, forbidden=EVERYONE - READ, kwargs=_on("draft_event")),
    "events:date_detail": Entry(allowed=OWN, forbidden=EVERYONE - READ, kwargs=_date(0)),
    "events:event_ideas": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS),
    "events:people_export": Entry(allowed=KEEP, forbidden={*(EVERYONE - READ), *(OWN - KEEP)}, kwargs=_on("event")),
    "events:people_export file": Entry(
        allowed=KEEP,
        forbidden={*(EVERYONE - READ), *(OWN - KEEP)},
        kwargs=_on("event"),
        query="columns=name&columns=state&form=csv",
    ),
    "events:hours_export": Entry(allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS),
    "events:recommended": Entry(allowed=TEACHERS, forbidden=EVERYONE - TEACHERS),
    "events:put_off": Entry(
        allowed=TEACHERS,
        forbidden=EVERYONE - TEACHERS,
        method="POST",
        data=_put_off,
        not_now={"other_teacher": "the topic is of another teacher", "foreign_teacher": "the topic is of another"},
    ),
    "events:event_new": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS),
    "events:event_new post": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS, method="POST", data=_form),
    **_keeper("events:event_edit", _on("event"), method="GET"),
    **_keeper("events:event_edit post", _on("event"), _edited),
    "events:event_copy": Entry(allowed=KEEP | {"other_tutor"}, forbidden=EVERYONE - KEEPERS, kwargs=_on("event")),
    "events:event_copy post": Entry(
        allowed=KEEP | {"other_tutor"},
        forbidden=EVERYONE - KEEPERS,
        kwargs=_on("event"),
        method="POST",
        data=lambda _world: {"day": monday(9).isoformat()},
    ),
    **_keeper("events:material_new", _on("event"), method="GET"),
    **_keeper(
        "events:material_new post",
        _on("event"),
        lambda _world: {"time": "after", "readers": "centre", "title": "Запись", "link": "https://example.org/2"},
    ),
    **_keeper(
        "events:material_remove",
        lambda world: {"pk": world.things["event"].pk, "material": world.things["material"].pk},
        _nothing,
    ),
    "events:material_file": Entry(
        allowed=KEEP | {"teacher", "other_teacher"},
        forbidden=EVERYONE - READ,
        kwargs=lambda world: {"pk": world.things["event"].pk, "material": world.things["material_file"].pk},
        named=True,
    ),
    **_visitors("events:feedback", {"useful": "yes", "applies": "soon", "change": "nothing"}),
    **_visitors("events:observe", {f"see_{slug}": "clearly" for slug, _title in OURS}),
    "events:feedback_told": _led("lesson"),
    "events:observations": _led("lesson"),
    "events:observations post": _led(
        "lesson", lambda _world: {"item": 1}, not_now={"tutor": "no forms", "coordinator": "no forms"}
    ),
    "events:event_result": Entry(
        allowed=KEEP | {"teacher", "other_teacher"},
        forbidden={*(EVERYONE - READ), "head", "deputy_head", "other_tutor"},
        kwargs=_on("contest"),
        named=True,
    ),
    "events:event_result post": Entry(
        allowed=KEEP | {"teacher", "other_teacher"},
        forbidden={*(EVERYONE - READ), "head", "deputy_head", "other_tutor"},
        kwargs=_on("contest"),
        method="POST",
        data=_prize_of,
        named=True,
    ),
    "events:announcement_result": Entry(allowed=OWN, forbidden=EVERYONE - READ, kwargs=_on("announcement")),
    "events:announcement_result post": Entry(
        allowed=OWN, forbidden=EVERYONE - READ, kwargs=_on("announcement"), method="POST", data=lambda _world: _PRIZE
    ),
    "events:my_results": Entry(allowed=EVERYONE),
    "events:result_file": Entry(allowed={*KEEP, "teacher"}, kwargs=_on("result"), named=True),
    **{
        f"events:result_remove{said}": Entry(
            allowed=allowed,
            forbidden=forbidden,
            kwargs=_on(thing),
            method="POST" if said.endswith("post") else "GET",
            data=lambda _world: {"reason": "Протокол исправлен"},
            named=True,
        )
        for thing, allowed, forbidden, names in (
            ("result_to_remove", {"other_teacher"}, KEEP, ("", " post")),
            ("kept_result", KEEP, set(), (" kept", " kept post")),
        )
        for said in names
    },
    "events:event_step": _step("draft_event", "announce", KEEP, KEEP),
    "events:event_step close": _step("held_event", "close", KEEP, OWN),
    "events:event_approve": Entry(
        allowed={"coordinator"},
        forbidden=EVERYONE - APPROVERS,
        kwargs=_on("proposed_event"),
        method="POST",
        data=_nothing,
    ),
    "events:event_return": Entry(allowed={"coordinator"}, forbidden=EVERYONE - APPROVERS, kwargs=_on("proposed_event")),
    "events:event_return post": Entry(
        allowed={"coordinator"}, forbidden=EVERYONE - APPROVERS, kwargs=_on("proposed_event"), method="POST", data=_why
    ),
    **_keeper("events:event_cancel", _on("event"), method="GET"),
    **_keeper("events:event_cancel post", _on("event"), _why),
    **_keeper("events:date_move", _date(0), method="GET"),
    **_keeper("events:date_move post", _date(0), _moved),
    **_keeper("events:date_drop", _date(1), method="GET"),
    **_keeper("events:date_drop post", _date(1), _why),
    "events:enrol": Entry(
        allowed=OWN,
        forbidden=EVERYONE - READ,
        kwargs=_on("event"),
        method="POST",
        data=lambda _world: {"which": "all"},
        idle={"teacher": "is registered already", "other_teacher": "the school has registered them"},
        not_now={"tutor": "leads it"},
    ),
    "events:enrol_people": Entry(
        allowed=KEEP | {"head", "deputy_head"},
        forbidden={*(EVERYONE - READ), "teacher", "other_teacher", "other_tutor"},
        kwargs=_on("event"),
    ),
    "events:enrol_people post": Entry(
        allowed=KEEP | {"head", "deputy_head", "other_tutor"},
        forbidden={*(EVERYONE - READ), "teacher", "other_teacher"},
        kwargs=_on("event_to_fill"),
        method="POST",
        data=_several,
    ),
    "events:event_people": Entry(allowed=KEEP, forbidden={*(EVERYONE - READ), *(OWN - KEEP)}, kwargs=_on("event")),
    "events:enrolment_leave": Entry(
        allowed={"teacher"},
        forbidden={*(EVERYONE - READ), *KEEP},
        kwargs=_on("enrolment"),
        method="POST",
        data=_nothing,
        named=True,
    ),
    "events:enrolment_remove": Entry(
        allowed=KEEP | {"head", "deputy_head"},
        forbidden={*(EVERYONE - READ), "other_teacher"},
        kwargs=_on("school_enrolment"),
    ),
    "events:enrolment_remove post": Entry(
        allowed=KEEP | {"head", "deputy_head"},
        forbidden={*(EVERYONE - READ), "other_teacher"},
        kwargs=_on("school_enrolment"),
        method="POST",
        data=_why,
        named=True,
    ),
    "events:date_people": Entry(allowed=KEEP, forbidden={*(EVERYONE - READ), *(OWN - KEEP)}, kwargs=_on("open_date")),
    "events:date_people post": Entry(
        allowed=KEEP,
        forbidden={*(EVERYONE - READ), *(OWN - KEEP)},
        kwargs=_on("open_date"),
        method="POST",
        data=lambda world: {"others": person(world, "teacher").full_name},
    ),
    "events:date_door": _led("open_date"),
    "events:date_door post": _led("open_date", lambda world: {"came": person(world, "teacher").pk}),
    "events:date_door_save": _led("open_date", _phone, content_type="application/json"),
    "events:date_door_state": _led("open_date"),
    "events:date_door_settle": _led("aside_date", _nothing),
    "events:date_paper": _led("open_date"),
    "events:date_paper post": _led("open_date", lambda world: {"guests": "Гостев Пётр"}),
    "events:sheet_photo": _led("sheet_photo"),
    "events:sheet_photo_remove": _led("sheet_photo", _nothing),
    "events:date_wall": _led("open_date"),
    "events:date_wall_codes": _led("open_date"),
    "events:date_ticket": Entry(
        allowed={"teacher", "other_teacher"}, forbidden=EVERYONE - READ, kwargs=_date(0), named=True
    ),
    "events:arrive": Entry(allowed=READ, forbidden=EVERYONE - READ),
    "events:arrive post": Entry(
        allowed=READ, forbidden=EVERYONE - READ, method="POST", data=_code, not_now=_comers(READ - OWN, "other centre")
    ),
    "events:arrive_by": Entry(allowed=OWN, forbidden=EVERYONE - READ, kwargs=_scanned),
    "events:arrive_by post": Entry(
        allowed=OWN, forbidden=EVERYONE - READ, kwargs=_scanned, method="POST", data=_code, not_now=_comers()
    ),
    "events:evidence_answer": Entry(
        allowed={"teacher"},
        forbidden=EVERYONE - READ,
        kwargs=_on("attendance"),
        method="POST",
        data=lambda _world: {"answer": "no"},
        named=True,
    ),
    "events:announcement_list": Entry(allowed=READ, forbidden=EVERYONE - READ),
    "events:announcement_detail": Entry(allowed=OWN, forbidden=EVERYONE - READ, kwargs=_on("announcement")),
    "events:announcement_new": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS),
    "events:announcement_new post": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS, method="POST", data=_outer),
    **_keeper("events:announcement_edit", _on("announcement"), method="GET"),
    **_keeper("events:announcement_edit post", _on("announcement"), _outer),
    **_keeper("events:announcement_withdraw", _on("announcement"), method="GET"),
    **_keeper("events:announcement_withdraw post", _on("announcement"), _why),
    **_keeper_of_centre("events:certificate_list", _on("certified_event")),
    **_keeper_of_centre("events:certificate_issue", _on("to_certify"), _signed),
    **_keeper_of_centre("events:certificate_name", _on("to_certify"), _named),
    **_keeper_of_centre(
        "events:certificates_take", lambda world: {"pk": world.things["certified_event"].pk, "form": "zip"}
    ),
    "events:certificate_revise": Entry(
        allowed=KEEP, forbidden={*(EVERYONE - READ), "teacher"}, kwargs=_on("certificate"), named=True
    ),
    "events:certificate_revise post": Entry(
        allowed=KEEP,
        forbidden={*(EVERYONE - READ), "teacher"},
        kwargs=_on("certificate"),
        method="POST",
        data=_signed_because,
        named=True,
    ),
    "events:certificate_revoke": Entry(
        allowed=KEEP, forbidden={*(EVERYONE - READ), "teacher"}, kwargs=_on("certificate"), named=True
    ),
    "events:certificate_revoke post": Entry(
        allowed=KEEP,
        forbidden={*(EVERYONE - READ), "teacher"},
        kwargs=_on("certificate"),
        method="POST",
        data=_why,
        named=True,
    ),
    "events:my_certificates": Entry(allowed=EVERYONE),
    "events:certificate_file": Entry(allowed={*KEEP, "teacher"}, kwargs=_on("certificate"), named=True),
    "events:certificate_badge": Entry(
        allowed={*KEEP, "teacher"},
        kwargs=lambda world: {"pk": world.things["certificate"].pk, "form": "jwt"},
        named=True,
    ),
    "events:badge_keys": Entry(allowed=frozenset(), public=True),
    "events:badge_issuer": Entry(allowed=frozenset(), public=True, kwargs=lambda world: {"centre": world.own.pk}),
    "events:badge_revoked": Entry(allowed=frozenset(), public=True, kwargs=lambda world: {"centre": world.own.pk}),
    "events:background_list": Entry(allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS),
    "events:background_list post": Entry(
        allowed=COORDINATORS,
        forbidden=EVERYONE - COORDINATORS,
        method="POST",
        data=lambda _world: {"name": "Осенний", "file": sheet_picture("#fff0e0")},
    ),
    "events:background_retire": Entry(
        allowed={"coordinator"},
        forbidden=EVERYONE - COORDINATORS,
        kwargs=_on("background"),
        method="POST",
        data=_nothing,
    ),
    "events:background_picture": Entry(
        allowed={"coordinator"}, forbidden=EVERYONE - COORDINATORS, kwargs=_on("background")
    ),
    "events:check": Entry(allowed=frozenset(), public=True),
    "events:check POST": Entry(
        allowed=frozenset(),
        public=True,
        method="POST",
        data=lambda world: {
            "number": world.things["certificate"].full_number,
            "word": world.things["certificate"].word,
        },
        idle=dict.fromkeys([*EVERYONE, "anonymous"], "reads only"),
    ),
    "events:check_result": Entry(
        allowed=frozenset(), public=True, kwargs=lambda world: {"code": world.things["certificate"].code}
    ),
    "events:date_hold": Entry(
        allowed=KEEP,
        forbidden={*(EVERYONE - READ), *(OWN - KEEP)},
        kwargs=_on("begun_date"),
        method="POST",
        data=_nothing,
    ),
}
