"""Drafting, doing, course, evidence files and the journal."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from tests.routes.route_factories import (
    TOPICS,
    actor,
    fresh,
    make_draft,
    make_hypothesis,
    make_route_support,
    make_running,
)
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.figures import MEGABYTE
from traektoria.core.files import check_file
from traektoria.core.models import AuditEvent
from traektoria.routes.models import DeficitOutcome, ItemComment, LearningRequest, LearningRoute
from traektoria.routes.route.actions.course import close_route, pause_route, resume_route, stop_route
from traektoria.routes.route.actions.doing import (
    add_file,
    add_link,
    cancel_item,
    comment_on_item,
    finish_item,
    remove_evidence,
    start_item,
    undo_item,
)
from traektoria.routes.route.actions.drafting import draft_route
from traektoria.routes.route.actions.editing import move_item
from traektoria.routes.route.actions.reflection import share_reflection, withdraw_reflection, write_reflection
from traektoria.routes.route.deadlines import is_working, spread
from traektoria.routes.route.draft_rules import SEVERAL
from traektoria.routes.route.enums import DeficitOutcomeKind, ItemState, RouteState
from traektoria.routes.route.queries.journal import readable_by


def test_draft_route_from_the_confirmed_field(world: World) -> None:
    support = make_route_support(world)
    teacher = world.accounts["teacher"].person
    for topic in TOPICS:
        make_hypothesis(world, teacher, topic)
    LearningRequest.objects.create(support=support, person=teacher, text="Хочу научить читать условие")
    route = draft_route(support=support, by=actor(world, "tutor"))
    items = list(route.items.all())
    assert {item.deficit for item in items} == {*TOPICS, SEVERAL.join(TOPICS), ""}
    assert {item.deficit for item in items if item.hypothesis_id} == set(TOPICS)
    assert "Хочу" not in route.goals  # between the teacher and the tutor until the teacher makes it a goal
    assert [item.deadline for item in items] == sorted(item.deadline for item in items)
    assert all(timezone.localdate() <= item.deadline <= route.end for item in items)


def test_draft_route_twice_is_one_route(world: World) -> None:
    route = make_draft(world)
    assert draft_route(support=route.support, by=actor(world, "teacher")) == route
    assert LearningRoute.objects.count() == 1


def test_draft_route_merges_topics_of_a_group(world: World) -> None:
    support = make_route_support(world, "teacher", "other_teacher")
    for viewer in ("teacher", "other_teacher"):
        make_hypothesis(world, world.accounts[viewer].person)
    route = draft_route(support=support, by=actor(world, "tutor"))
    assert len({item.hypothesis_id for item in route.items.all() if item.hypothesis_id}) == 1


@pytest.mark.parametrize("viewer", ["coordinator", "other_tutor", "other_teacher", "head"])
def test_draft_route_is_for_the_parties(world: World, viewer: str) -> None:
    with pytest.raises(Refused):
        draft_route(support=make_route_support(world), by=actor(world, viewer))


def test_draft_route_waits_for_consent(world: World) -> None:
    with pytest.raises(Conflict):
        draft_route(support=make_route_support(world, state="proposed"), by=actor(world, "tutor"))


def test_deadlines_are_spread_over_working_days_outside_of_holidays() -> None:
    holidays = [(date(2026, 10, 24), date(2026, 11, 1))]
    days = spread(date(2026, 9, 1), date(2026, 12, 30), 9, holidays)
    assert days == sorted(days)
    assert all(is_working(day, holidays) for day in days)


def test_item_goes_through_its_states(world: World) -> None:
    tutor = actor(world, "tutor")
    item = make_running(world).items.all()[0]
    assert start_item(item=item, by=tutor).state == ItemState.DOING
    done = finish_item(item=item, by=tutor)
    assert done.done_at is not None
    assert finish_item(item=item, by=tutor).done_at == done.done_at
    assert undo_item(item=item, by=tutor).done_at is None
    with pytest.raises(Invalid):
        cancel_item(item=item, reason="", by=tutor)
    assert cancel_item(item=item, reason="Не нужно", by=tutor).state == ItemState.CANCELLED
    assert AuditEvent.objects.filter(event="item.finish").count() == 1


def test_item_is_done_only_while_the_route_runs(world: World) -> None:
    item = make_draft(world).items.all()[0]
    with pytest.raises(Conflict):
        finish_item(item=item, by=actor(world, "teacher"))


@pytest.mark.parametrize("viewer", ["coordinator", "head", "other_teacher", "other_tutor"])
def test_finish_item_is_for_those_who_work_on_the_route(world: World, viewer: str) -> None:
    with pytest.raises(Refused):
        finish_item(item=make_running(world).items.all()[0], by=actor(world, viewer))


def test_move_item_changes_places_with_its_neighbour(world: World) -> None:
    route = make_draft(world)
    first, second, *_rest = route.items.all()
    move_item(item=second, up=True, by=actor(world, "tutor"))
    assert list(route.items.all())[:2] == [second, first]
    move_item(item=second, up=True, by=actor(world, "tutor"))
    assert list(route.items.all())[:2] == [second, first]


def test_comment_on_item_twice_is_one(world: World) -> None:
    item = make_running(world).items.all()[0]
    for _press in range(2):
        comment_on_item(item=item, text=" Посмотрела ", by=actor(world, "teacher"))
    assert [comment.text for comment in ItemComment.objects.all()] == ["Посмотрела"]


def test_pause_resume_and_stop(world: World) -> None:
    teacher, tutor = actor(world, "teacher"), actor(world, "tutor")
    route = make_running(world)
    with pytest.raises(Invalid):
        pause_route(route=route, reason="", by=tutor)
    assert pause_route(route=route, reason="Сессия", by=teacher).state == RouteState.PAUSED
    with pytest.raises(Conflict):
        finish_item(item=route.items.all()[0], by=tutor)
    assert resume_route(route=route, by=tutor).state == RouteState.RUNNING
    for _press in range(2):
        assert stop_route(route=route, reason="Переезд", by=teacher).state == RouteState.STOPPED
    with pytest.raises(Conflict):
        resume_route(route=route, by=tutor)


def test_close_route_keeps_an_outcome_for_each_deficit(world: World) -> None:
    tutor = actor(world, "tutor")
    route = make_running(world)
    found = {item.hypothesis_id: (DeficitOutcomeKind.PARTLY, "По срезу") for item in route.items.all()}
    found.pop(None)
    with pytest.raises(Conflict):
        close_route(route=route, outcomes=found, conclusion="Итог", by=tutor)
    for item in route.items.all():
        finish_item(item=item, by=tutor)
    with pytest.raises(Invalid):
        close_route(route=route, outcomes={}, conclusion="Итог", by=tutor)
    with pytest.raises(Refused):
        close_route(route=route, outcomes=found, conclusion="Итог", by=actor(world, "teacher"))
    for _press in range(2):
        close_route(route=route, outcomes=found, conclusion="Итог", by=tutor)
    assert fresh(route).state == RouteState.CLOSED
    assert DeficitOutcome.objects.count() == len(TOPICS)
    with pytest.raises(Conflict):
        undo_item(item=route.items.all()[0], by=tutor)


def test_journal_is_private_until_shared(world: World) -> None:
    route, teacher, tutor = make_running(world), actor(world, "teacher"), actor(world, "tutor")
    entry = write_reflection(route=route, text="Не получилось", by=teacher)
    assert write_reflection(route=route, text="Не получилось", by=teacher) == entry
    assert list(readable_by(tutor, route)) == []
    with pytest.raises(Refused):
        share_reflection(entry=entry, by=tutor)
    share_reflection(entry=entry, by=teacher)
    assert list(readable_by(tutor, route)) == [entry]
    withdraw_reflection(entry=entry, by=teacher)
    assert list(readable_by(tutor, route)) == []
    with pytest.raises(Refused):
        write_reflection(route=route, text="За учителя", by=tutor)


def package(*names: str, types: str = "<Types/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


GOOD = {
    "план.pdf": b"%PDF-1.7\n",
    "фото.JPEG": b"\xff\xd8\xff\xe0rest",
    "фото.png": b"\x89PNG\r\n\x1a\nrest",
    "фото.webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "урок.mp4": b"\x00\x00\x00\x18ftypmp42",
    "карта.docx": package("word/document.xml"),
    "таблица.xlsx": package("xl/workbook.xml"),
    "слайды.pptx": package("ppt/presentation.xml"),
}
BAD = {
    "file_kind": ("page.html", b"<html>"),
    "file_kind ": ("pic.svg", b"<svg/>"),
    "file_kind  ": ("run.exe", b"MZ"),
    "file_not_as_named": ("plan.pdf", b"MZ\x90"),
    "file_not_as_named ": ("plan.docx", b"%PDF-1.7"),
    "file_broken": ("plan.docx", b"PK\x03\x04 not a package"),
    "file_broken ": ("plan.docx", package("xl/workbook.xml")),
    "file_broken  ": ("plan.docx", package("word/document.xml", types="application/vnd.macroEnabled")),
    "file_macros": ("plan.docx", package("word/document.xml", "word/vbaProject.bin")),
    "file_empty": ("plan.pdf", b""),
}


@pytest.mark.parametrize("name", GOOD)
def test_evidence_file_is_recognised_by_content(name: str) -> None:
    assert check_file(io.BytesIO(GOOD[name]), name, len(GOOD[name]), MEGABYTE).name == name


@pytest.mark.parametrize("code", BAD)
def test_evidence_file_that_is_not_what_it_says_is_refused(code: str) -> None:
    name, content = BAD[code]
    with pytest.raises(Invalid) as refusal:
        check_file(io.BytesIO(content), name, len(content), MEGABYTE)
    assert refusal.value.code == code.strip()


def test_add_file_once_under_a_random_name(world: World) -> None:
    item, teacher = make_running(world).items.all()[0], actor(world, "teacher")
    first = add_file(item=item, file=ContentFile(GOOD["план.pdf"], name="../план.pdf"), by=teacher)
    again = add_file(item=item, file=ContentFile(GOOD["план.pdf"], name="другое.pdf"), by=teacher)
    assert again == first
    assert first.file_name == "план.pdf"
    assert "план" not in first.file.name
    item.refresh_from_db()
    assert item.state == ItemState.DOING
    with pytest.raises(Refused):
        remove_evidence(evidence=first, by=actor(world, "tutor"))
    remove_evidence(evidence=first, by=teacher)
    assert not item.evidence.exists()


def test_add_link_takes_only_web_addresses(world: World) -> None:
    item, teacher = make_running(world).items.all()[0], actor(world, "teacher")
    with pytest.raises(Invalid):
        add_link(item=item, link="javascript:alert(1)", by=teacher)
    for _press in range(2):
        add_link(item=item, link="https://example.com/урок", by=teacher)
    assert item.evidence.count() == 1


def test_overdue_is_told_in_words(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_running(world)
    route.items.filter(position=1).update(deadline=timezone.localdate() - timedelta(days=3))
    assert "опоздание на 3" in as_("teacher").get(f"/support/routes/{route.pk}/").content.decode().replace("\xa0", " ")
