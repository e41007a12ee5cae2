"""From a table to the items of a plan: read, corrected, left out, taken once."""

from datetime import date

import pytest

from tests.engines.plantables.word_samples import HEADS
from tests.factories import make_member, make_person
from tests.planning.imports.table_factories import ROWS, TEXT, empty_plan, read_table, word
from tests.planning.plan_factories import approved, draft, open_lessons
from tests.routes.route_factories import actor
from tests.waiting import what_differs
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.people.enums import Role
from traektoria.planning.imports import actions
from traektoria.planning.imports.draft_rows import ROWS as KEPT
from traektoria.planning.imports.draft_rows import DeadlineRead
from traektoria.planning.imports.models import PlanImport
from traektoria.planning.imports.queries import find_import, preview_of
from traektoria.planning.imports.sentences import when_words
from traektoria.planning.models import ItemOccurrence
from traektoria.planning.plans.enums import TermState
from traektoria.planning.plans.queries.past_times import past_times

pytestmark = pytest.mark.django_db


def kept(table):
    return KEPT.validate_python(PlanImport.objects.get(pk=table.pk).rows)


def given(row, **changed):
    names = ("number", "section", "content", "phrase", "who", "direction", "product")
    return {**{name: getattr(row, name) for name in names}, "more": actions.more_of(row), **changed}


def test_a_word_file_is_kept_as_rows_with_what_was_understood(world: World) -> None:
    plan = empty_plan(world)
    table = actions.keep_import(plan=plan, source=word(), name="C:\\Мои\\План.docx", by=actor(world, "coordinator"))
    one, two, three = kept(table)
    assert (table.name, table.kind, table.title) == ("План.docx", "docx", "План работы")
    assert (one.told.standing, one.told.times, len(one.told.dates)) == ("dated", 4, 3)
    assert (two.told.standing, two.is_doubtful) == ("asked", True)
    assert [(who.text, who.role, who.is_known) for who in one.people] == [
        ("методисты", "coordinator", True), ("тьюторы", "tutor", True),
    ]  # fmt: skip
    assert (three.told.times, three.is_doubtful) == (1, False)
    assert plan.items.count() == 0


def test_taken_rows_are_items_with_their_origin_dates_and_people(world: World) -> None:
    plan = empty_plan(world)
    table = actions.keep_import(plan=plan, source=word(), name="План.docx", by=actor(world, "coordinator"))
    actions.take_import(draft=table, by=actor(world, "coordinator"))
    one, two, three = plan.items.order_by("position")
    assert (one.number, one.content, one.phrase, one.who) == ROWS[0]
    assert one.origin == "План.docx, таблица 1, строка 2"
    assert {row.role for row in one.responsible.all()} == {Role.COORDINATOR, Role.TUTOR}
    assert one.occurrences.count() == 4
    assert (two.term, two.phrase) == (TermState.ASKED, "когда получится")
    assert three.occurrences.count() == 1


def test_a_second_press_makes_nothing_twice_and_nothing_of_the_preview_stays(world: World) -> None:
    table = read_table(world)
    for _press in range(2):
        taken = actions.take_import(draft=table, by=actor(world, "coordinator"))
        assert (taken.taken, taken.rows, taken.left) == (3, [], [])
    assert table.plan.items.count() == 3
    assert AuditEvent.objects.filter(event="plan.table_taken").count() == 1


def test_the_same_press_keeps_one_table(world: World) -> None:
    plan, by = empty_plan(world), actor(world, "coordinator")
    first = actions.keep_import(plan=plan, text=TEXT, by=by)
    again = actions.keep_import(plan=plan, text=TEXT, by=by, token=first.pk)
    assert (again.pk, PlanImport.objects.count()) == (first.pk, 1)


def test_a_corrected_row_is_understood_anew(world: World) -> None:
    table = read_table(world)
    row = kept(table)[1]
    actions.change_row(
        draft=table, number=1, given=given(row, phrase="до 1 марта", who="тьюторы"), by=actor(world, "coordinator")
    )
    row = kept(table)[1]
    assert (row.told.standing, row.told.times, row.is_doubtful, row.doubts) == ("dated", 1, False, [])
    assert [who.role for who in row.people] == ["tutor"]
    actions.take_import(draft=table, by=actor(world, "coordinator"))
    assert table.plan.items.get(number="2").phrase == "до 1 марта"


def test_a_row_left_out_stays_out_until_it_is_wanted(world: World) -> None:
    table, by = read_table(world), actor(world, "coordinator")
    actions.leave_row(draft=table, number=0, out=True, by=by)
    actions.leave_row(draft=table, number=1, out=True, by=by)
    actions.leave_row(draft=table, number=1, out=False, by=by)
    actions.take_import(draft=table, by=by)
    assert [one.number for one in table.plan.items.order_by("position")] == ["2", "3"]


def test_a_row_found_right_is_asked_about_no_more(world: World) -> None:
    table = read_table(world)
    actions.approve_row(draft=table, number=1, by=actor(world, "coordinator"))
    assert preview_of(PlanImport.objects.get(pk=table.pk), "look", None).looks == 0


def test_a_row_that_is_a_section_holds_the_rows_below(world: World) -> None:
    text = "\n".join("\t".join(row) for row in (HEADS, ROWS[0], ("", "Экспертиза.", "", ""), *ROWS[1:]))
    table = read_table(world, text=text)
    number = next(at for at, row in enumerate(kept(table)) if row.content == "Экспертиза.")
    actions.hold_as_section(draft=table, number=number, by=actor(world, "coordinator"))
    assert [row.section for row in kept(table)] == ["", "Экспертиза.", "Экспертиза."]
    actions.take_import(draft=table, by=actor(world, "coordinator"))
    assert [one.heading and one.heading.title for one in table.plan.items.order_by("position")] == [
        None,
        *["Экспертиза."] * 2,
    ]


def test_a_section_comes_without_the_number_that_the_plan_gives_it(world: World) -> None:
    text = "\t".join(HEADS) + "\n2. Экспертиза\n2.1.\tУрок\tмай\tтьюторы\n"
    table = read_table(world, text=text)
    assert [(row.number, row.section) for row in kept(table)] == [("2.1.", "2. Экспертиза")]
    actions.take_import(draft=table, by=actor(world, "coordinator"))
    item = table.plan.items.get()
    assert (item.number, item.heading.title if item.heading else "") == ("2.1", "Экспертиза")


def test_columns_that_no_plan_has_go_to_the_content(world: World) -> None:
    heads, row = "Мероприятие\tФорма\tСрок\tПримечание", "Семинар\tочно\tмай\tзал 3"
    table = read_table(world, text=f"{heads}\n{row}\n")
    assert kept(table)[0].extra == [("Форма", "очно"), ("Примечание", "зал 3")]
    actions.take_import(draft=table, by=actor(world, "coordinator"))
    assert table.plan.items.get().content == "Семинар\nФорма: очно\nПримечание: зал 3"


def test_a_person_of_the_centre_is_found_in_any_case_and_a_foreign_one_is_not(world: World) -> None:
    ours, theirs = make_person("Рощина", "Ольга", "Павловна"), make_person("Крылова", "Анна", "Ильинична")
    make_member(world.own, Role.TUTOR, person=ours)
    make_member(world.foreign, Role.TUTOR, person=theirs)
    rows = "1\tСеминар\tмай\tРощиной О. П.\n2\tУрок\tиюнь\tКрылова А. И.\n"
    table = read_table(world, text="\t".join(HEADS) + "\n" + rows)
    assert [(row.people[0].person, row.people[0].is_known) for row in kept(table)] == [(ours.pk, True), (0, False)]
    actions.take_import(draft=table, by=actor(world, "coordinator"))
    assert [one.person_id for one in table.plan.items.get(number="1").responsible.all()] == [ours.pk]
    assert not table.plan.items.get(number="2").responsible.exists()


def test_what_the_plan_has_already_is_left_out_and_said(world: World) -> None:
    table = read_table(world)
    actions.take_import(draft=table, by=actor(world, "coordinator"))
    again = read_table(world, plan=table.plan)
    assert [(row.there, row.left_out) for row in kept(again)] == [(True, True)] * 3
    with pytest.raises(Invalid, match="Ни одной строки") as refused:
        actions.take_import(draft=again, by=actor(world, "coordinator"))
    assert refused.value.code == "nothing_to_take"


def test_a_row_without_content_or_too_long_is_named_and_nothing_is_taken(world: World) -> None:
    table = read_table(
        world, text=f"{chr(9).join(HEADS)}\n1\tСеминар\tмай\tтьюторы\n2\tУрок\tиюнь\t{'тьюторы, ' * 60}\n"
    )
    with pytest.raises(Invalid, match="строка 3"):
        actions.take_import(draft=table, by=actor(world, "coordinator"))
    assert table.plan.items.count() == 0
    assert PlanImport.objects.get(pk=table.pk).taken_at is None


def test_into_an_approved_plan_it_is_an_amendment_with_a_reason(world: World) -> None:
    plan = approved(world, open_lessons(), year=2025)
    table = read_table(world, plan=plan)
    with pytest.raises(Invalid):
        actions.take_import(draft=table, by=actor(world, "coordinator"))
    actions.take_import(draft=table, by=actor(world, "coordinator"), reason="Решение совета")
    assert [len(one.changes) for one in plan.revisions.all()] == [3]


def test_what_comes_late_into_an_approved_plan_need_not_be_overdue(world: World) -> None:
    plan = approved(world, open_lessons(phrase="по запросу"), year=2025)
    table = read_table(world, plan=plan)
    actions.take_import(draft=table, by=actor(world, "coordinator"), reason="Решение совета", from_today=True)
    assert not past_times(plan, date(2026, 12, 1)).exists()
    assert ItemOccurrence.objects.filter(item__plan=plan, state="cancelled").count() > 3
    assert what_differs() == []


@pytest.mark.parametrize("who", ["tutor", "foreign_coordinator", "head", "teacher"])
def test_who_does_not_write_the_plan_brings_nothing_into_it(world: World, who: str) -> None:
    table = read_table(world)
    for act in (
        lambda: actions.keep_import(plan=table.plan, text=TEXT, by=actor(world, who)),
        lambda: actions.leave_row(draft=table, number=0, out=True, by=actor(world, who)),
        lambda: actions.take_import(draft=table, by=actor(world, who)),
        lambda: actions.drop_import(draft=table, by=actor(world, who)),
    ):
        with pytest.raises(Refused):
            act()
    assert find_import(actor(world, who), table.pk) is None
    assert (table.plan.items.count(), PlanImport.objects.count()) == (0, 1)


def test_a_tutor_brings_a_table_into_their_own_plan(world: World) -> None:
    table = read_table(world, by="tutor")
    actions.take_import(draft=table, by=actor(world, "tutor"))
    assert table.plan.items.count() == 3
    assert find_import(actor(world, "other_tutor"), table.pk) is None


def test_a_table_that_was_taken_or_thrown_away_changes_no_more(world: World) -> None:
    by, table, other = actor(world, "coordinator"), read_table(world), read_table(world)
    actions.take_import(draft=table, by=by)
    actions.drop_import(draft=other, by=by)
    for gone in (table, other):
        with pytest.raises(Conflict):
            actions.leave_row(draft=gone, number=0, out=True, by=by)


def test_a_row_beyond_the_end_is_a_conflict(world: World) -> None:
    with pytest.raises(Conflict):
        actions.leave_row(draft=read_table(world), number=7, out=True, by=actor(world, "coordinator"))


def test_what_cannot_be_read_is_one_sentence_and_nothing_is_kept(world: World) -> None:
    plan = draft(world)
    with pytest.raises(Invalid, match="старого Word") as refused:
        actions.keep_import(
            plan=plan,
            source=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            name="a.docx",
            by=actor(world, "coordinator"),
        )
    assert refused.value.code == "old_word"
    assert PlanImport.objects.count() == 0


def test_columns_that_were_understood_wrongly_are_named_anew(world: World) -> None:
    rows = "Работа\tФорма\tКогда\tКто\nСеминар\tочно\tраз в четверть\tтьюторы\nУрок\tдистанционно\tмай\tметодисты\n"
    table, by = read_table(world, text=rows), actor(world, "coordinator")
    meanings = ["direction", "content", "term", "other"]
    actions.name_columns(draft=table, table=0, meanings=meanings, by=by)
    one, two = kept(table)
    assert (one.content, one.direction, one.phrase, one.who, one.extra) == (
        "очно", "Семинар", "раз в четверть", "", [("Кто", "тьюторы")],
    )  # fmt: skip
    assert (one.told.times, one.people, two.content) == (4, [], "дистанционно")
    actions.name_columns(draft=table, table=0, meanings=["content", "other", "term", "responsible"], by=by)
    one, two = kept(table)
    assert (one.content, one.who, one.direction, one.extra) == ("Семинар", "тьюторы", "", [("Форма", "очно")])
    assert [who.role for who in two.people] == ["coordinator"]


@pytest.mark.parametrize(
    ("meanings", "code"),
    [
        (["content", "content", "term", "other"], "column_twice"),
        (["other", "other", "term", "other"], "column_missing"),
    ],
)
def test_columns_are_named_once_and_one_is_the_content(world: World, meanings: list[str], code: str) -> None:
    table = read_table(world, text="Работа\tФорма\tКогда\tКто\nСеминар\tочно\tмай\tтьюторы\nУрок\tочно\tмай\tтьюторы\n")
    with pytest.raises(Invalid) as refused:
        actions.name_columns(draft=table, table=0, meanings=meanings, by=actor(world, "coordinator"))
    assert refused.value.code == code


def test_a_deadline_from_above_stays_where_no_column_has_one(world: World) -> None:
    table = read_table(
        world, text="Мероприятие\tКто\tПрим.\nСентябрь\nСеминар\tтьюторы\tдо 20 сентября\nУрок\tучителя\t\n"
    )
    assert [(row.phrase, bool(row.term_spot)) for row in kept(table)] == [("Сентябрь", True)] * 2
    meanings = ["content", "responsible", "term"]
    actions.name_columns(draft=table, table=0, meanings=meanings, by=actor(world, "coordinator"))
    assert [(row.phrase, bool(row.term_spot)) for row in kept(table)] == [("до 20 сентября", False), ("Сентябрь", True)]


def test_a_school_that_is_known_answers_for_its_item_and_another_is_asked_about(world: World) -> None:
    plan = empty_plan(world)
    text = (
        "№\tСодержание\tСроки\tОтветственные\n"
        f"1\tКруглый стол\tмарт\tдиректор {world.school.name}\n"
        "2\tСеминар\tмай\tСОШ № 777, тьюторы\n"
        "3\tСовещание\tиюнь\tдиректора школ\n"
    )
    table = actions.keep_import(plan=plan, text=text, by=actor(world, "coordinator"))
    one, two, three = kept(table)
    assert [(who.school, who.is_known) for who in one.people] == [(world.school.pk, True)]
    assert (one.is_doubtful, two.is_doubtful, three.is_doubtful) == (False, True, False)
    page = preview_of(table, "all", 1).page.object_list
    assert page[0].known == world.school.name
    assert "777" in page[1].unknown[0][1]
    actions.take_import(draft=table, by=actor(world, "coordinator"))
    first, second, third = plan.items.order_by("position")
    assert [(row.school_id, row.role) for row in first.responsible.all()] == [(world.school.pk, "")]
    assert [row.role for row in second.responsible.all()] == [Role.TUTOR]
    assert [row.role for row in third.responsible.all()] == [Role.HEAD]
    assert second.who == "СОШ № 777, тьюторы"


def test_one_stretch_is_said_once_however_often_it_counts() -> None:
    """«2 раза в месяц» has September twice; three of eighteen times are told, fifteen are more."""
    told = DeadlineRead("dated", "2 раза в месяц", ["1–30 сентября", "1–30 сентября", "1–31 октября"], 18)
    assert when_words(told) == "2 раза в месяц: 1–30 сентября, 1–31 октября и ещё 15\u00a0раз"
