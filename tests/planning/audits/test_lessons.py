"""Lesson calendars of audits (PEERS 4.8): read and counted beside the checklist, contradictions shown and not
corrected, hard topics of the municipality; nothing is a finding without the auditor's press; nothing of a teacher."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import uuid4

import docx
import openpyxl
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.costs import cost_of
from tests.documents.test_card import squeezed
from tests.documents.test_papers import client_of, taken
from tests.errands import everything_is_long
from tests.factories import make_member
from tests.letters import deliver
from tests.planning.audits.audit_factories import filled, planned, with_audits
from tests.results.samples import make_dataset, schools
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import Errand, ErrandState
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.diagnostics.models import Hypothesis
from traektoria.engines.lessons.model import Say, Stated
from traektoria.messaging.models import Message
from traektoria.people.enums import Role
from traektoria.planning.audits.actions import lessons
from traektoria.planning.audits.actions.signing import Advice, sign_audit
from traektoria.planning.audits.errands import READ
from traektoria.planning.audits.queries.lessons import page_of
from traektoria.planning.lessons import topics
from traektoria.planning.lessons.kept_calendar import HardTopic, topics_of
from traektoria.planning.lessons.models import LessonCalendar
from traektoria.planning.lessons.reader import Brought
from traektoria.planning.models import Audit, Finding
from traektoria.planning.personal_data import audits_of
from traektoria.results.models import DatasetSchool
from traektoria.results.tasks import task_facts

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
KIND = "calendar_deficits"
TEXT = "\n".join(
    ["№\tТема урока\tЧасы\tДата", "1\tОбыкновенные дроби\t1\t02.09.2026", "2\tСложение дробей\t1\t06.09.2026",
     "2\tПроценты\t1\t09.09.2026", "Итого\t\t4\t"]
)  # fmt: skip


def brought(**more: Any) -> Brought:
    return Brought("math", 6, **{"letter": "А", "text": TEXT, **more})


def bring(world: World, audit: Audit | None = None, *, by: str = "tutor", **more: Any) -> LessonCalendar:
    row = audit or planned(world, kind=KIND)
    return lessons.bring_calendar(audit=row, brought=brought(**more), by=actor(world, by))


def hard(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    found = [HardTopic(f"1-{at}", one, "ВПР 2026") for at, one in enumerate(words)]
    monkeypatch.setattr("traektoria.planning.lessons.reader.hard_topics", lambda *_args: found)


def test_what_is_counted_is_shown_and_nothing_follows_of_it(
    as_: As, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hard(monkeypatch, "Сложение и вычитание дробей", "Объём прямоугольного параллелепипеда")
    row = bring(world, stated=[Stated(Say.YEAR, Decimal(102))])
    page = page_of(row)
    assert (row.rows, page.hours) == (3, "3")
    assert [one.sentence for one in page.odd] == [
        "Часов по строкам: 3. Заявлено на год: 102.",
        "Часов по строкам: 3. В строке итога: 4.",
        "Номер 2 стоит дважды.",
        "06.09.2026 – воскресенье.",
    ]
    assert page.odd[2].places == "строки 3, 4"
    assert [[text for _place, text in one.found] for one in page.topics] == [["Сложение дробей"], []]
    shown = as_("tutor").get(reverse("planning:lessons_detail", args=[row.pk])).content.decode()
    assert "ВПР 2026" in shown
    assert "похожих строк нет" in shown
    audit = row.audit
    assert not audit.answers.exists()
    assert not Finding.objects.exists()
    audit.refresh_from_db()
    assert audit.state == "planned", "the school may bring it long before"


def test_the_auditor_makes_a_finding_of_it_by_a_press(as_: As, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hard(monkeypatch, "Объём параллелепипеда")
    row = bring(world, filled(world, "no yes", kind=KIND))
    client = as_("tutor")
    said = reverse("planning:lessons_topic", args=[row.pk, "1-0", "no"])
    assert client.post(said).status_code == 302
    to = reverse("planning:lessons_note", args=[row.pk, "odd-0"])
    assert client.post(to, {"note": "x", "concerns": ""}).status_code == 422, "nothing is chosen beforehand"
    form = client.get(to).context["form"].initial
    labels = [label for _number, label in client.get(to).context["form"].fields["criterion"].choices]
    assert all("(сейчас: " in label for label in labels), "what it would take the place of is told"
    other = bring(world, row.audit, letter="Б")
    for _press in range(2):
        told = {**form, "criterion": "2", "verdict": "partly"}
        assert client.post(to, told).status_code == 302
    noted = [client.get(reverse("planning:lessons_detail", args=[one.pk])).context["page"] for one in (row, other)]
    assert [page.odd[0].is_noted for page in noted] == [True, False], "the same sentence of another class is not put"
    answer = row.audit.answers.get(criterion=2)
    assert (answer.verdict, answer.note.count(form["note"])) == ("partly", 1)
    assert "Видели на месте" in answer.note, "what was written before stays"
    assert "строка 5" in answer.concerns
    advice = {one: Advice("Исправить") for one in (1, 2)}
    act = sign_audit(audit=row.audit, advice=advice, conclusion="", reply_due=None, by=actor(world, "tutor"))
    assert {one.criterion for one in act.findings.all()} == {1, 2}
    for refused in (
        lambda: lessons.judge_topic(calendar=row, key="1-0", said="yes", by=actor(world, "tutor")),
        lambda: lessons.drop_calendar(calendar=row, by=actor(world, "tutor")),
        lambda: bring(world, act),
    ):
        with pytest.raises(Conflict):
            refused()


def test_the_school_brings_it_beforehand_and_reads_its_own(as_: As, world: World) -> None:
    audit = planned(world, kind=KIND)
    with_audits(world.own)
    new = reverse("planning:lessons_new", args=[audit.pk])
    told = {"subject": "math", "grade": "6", "letter": "а", "text": TEXT, "week": "", "weeks": "34"}
    answer = as_("head").post(new, told)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    own = LessonCalendar.objects.get()
    assert (own.by_school, str(own)) == (True, "Математика, 6 А")
    assert as_("head").get(new).context["form"]["weeks"].value() is None, "who brings it has not said our figure"
    theirs = bring(world, audit)
    page = as_("head").get(reverse("planning:audit_detail", args=[audit.pk])).content.decode()
    assert reverse("planning:lessons_detail", args=[own.pk]) in page
    assert reverse("planning:lessons_detail", args=[theirs.pk]) not in page, "a draft of the auditors"
    for who, calendar, status in (
        ("head", own, 200), ("head", theirs, 404), ("tutor", own, 200), ("coordinator", theirs, 200),
        ("other_tutor", own, 404), ("foreign_head", own, 404), ("teacher", own, 403),
    ):  # fmt: skip
        found = as_(who).get(reverse("planning:lessons_detail", args=[calendar.pk])).status_code
        assert found == status, (who, calendar.by_school)
    with pytest.raises(Refused):
        lessons.drop_calendar(calendar=own, by=actor(world, "tutor"))
    lessons.drop_calendar(calendar=own, by=actor(world, "head"))
    lessons.drop_calendar(calendar=own, by=actor(world, "head"))
    assert LessonCalendar.objects.get() == theirs


def test_words_of_the_auditors_are_a_draft_until_the_act_is_signed(
    as_: As, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hard(monkeypatch, "Проценты")
    row = bring(world, by="head")
    lessons.judge_topic(calendar=row, key="1-0", said="no", by=actor(world, "tutor"))
    lessons.add_topic(calendar=row, words="Отношения", by=actor(world, "tutor"))
    page = reverse("planning:lessons_detail", args=[row.pk])
    for words in ("нет в КТП", "Отношения"):
        assert words in as_("tutor").get(page).content.decode()
        assert words not in as_("head").get(page).content.decode()
    with pytest.raises(Conflict, match="остаётся"):
        lessons.drop_calendar(calendar=row, by=actor(world, "head"))
    filled(world, "yes", audit=row.audit)
    sign_audit(audit=row.audit, advice={}, conclusion="", reply_due=None, by=actor(world, "tutor"))
    assert "нет в КТП" in as_("head").get(page).content.decode()


def test_a_press_twice_is_one_and_a_topic_by_hand_is_looked_for(world: World) -> None:
    audit, token, by = planned(world, kind=KIND), uuid4(), actor(world, "tutor")
    first, again = (lessons.bring_calendar(audit=audit, brought=brought(), by=by, token=token) for _press in range(2))
    assert first == again
    for words in ("Сложение  дробей", "сложение дробей"):
        first = lessons.add_topic(calendar=first, words=words, by=by)
    topic = topics_of(first)[0]
    assert [one.text for one in topic.likely] == ["Сложение дробей", "Обыкновенные дроби"][: len(topic.likely)]
    assert (len(first.topics), topic.by_hand) == (1, True)
    with pytest.raises(Invalid):
        lessons.judge_topic(calendar=first, key="nothing", said="yes", by=by)


def test_other_kinds_read_no_calendars_and_bad_files_are_refused_in_a_sentence(as_: As, world: World) -> None:
    with pytest.raises(Conflict):
        bring(world, planned(world, kind="exam_cards"))
    audit = planned(world, kind=KIND)
    new = reverse("planning:lessons_new", args=[audit.pk])
    told = {"subject": "math", "grade": "6", "letter": ""}
    for file in (b"\x89PNG123", b"PK\x03\x04broken", "Просто текст".encode()):
        answer = as_("tutor").post(new, {**told, "file": SimpleUploadedFile("КТП.docx", file)})
        assert answer.status_code == 422
    assert not LessonCalendar.objects.exists()


def test_a_document_is_read_and_neither_it_nor_names_in_it_are_kept(as_: As, world: World) -> None:
    paper = docx.Document()
    paper.add_paragraph("Учитель: Петрова А. А., качество знаний 34 %")
    table = paper.add_table(0, 4)
    for line in TEXT.split("\n"):
        for cell, text in zip(table.add_row().cells, line.split("\t"), strict=True):
            cell.text = text
    last = table.add_row().cells
    last[0].merge(last[3]).text = "Учитель Петрова А. А."
    made = BytesIO()
    paper.save(made)
    audit = planned(world, kind=KIND)
    told = {"subject": "math", "grade": "6", "letter": "", "file": SimpleUploadedFile("К.docx", made.getvalue())}
    assert as_("tutor").post(reverse("planning:lessons_new", args=[audit.pk]), told).status_code == 302
    row = LessonCalendar.objects.get()
    assert row.rows == 3
    assert "Петрова" not in repr([row.calendar, row.odd, row.topics])
    shown = as_("tutor").get(reverse("planning:lessons_detail", args=[row.pk])).content.decode()
    assert "Петрова" not in shown
    assert "подпись" in shown


def test_a_large_file_is_read_by_the_worker_once(
    as_: As, world: World, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    everything_is_long(READ, monkeypatch)
    audit, client = planned(world, kind=KIND), as_("tutor")
    new = reverse("planning:lessons_new", args=[audit.pk])

    def send(text: str) -> Any:
        file = SimpleUploadedFile("КТП Ивановой.csv", text.replace("\t", ";").encode())
        return client.post(new, {"subject": "math", "grade": "6", "letter": "а", "week": "5", "file": file})

    with django_capture_on_commit_callbacks(execute=True):
        answers = [send(TEXT) for _press in range(2)]
    errand = Errand.objects.get()
    assert {one.headers["Location"] for one in answers} == {reverse("desk:errand_detail", args=[errand.pk])}
    assert not LessonCalendar.objects.exists()
    assert "Иванов" not in repr(errand.facts)
    do_what_is_due()
    row = LessonCalendar.objects.get()
    errand.refresh_from_db()
    assert (row.rows, row.by_school, errand.url) == (3, False, reverse("planning:lessons_detail", args=[row.pk]))
    with django_capture_on_commit_callbacks(execute=True):
        send("Просто текст")
    do_what_is_due()
    failed = Errand.objects.exclude(pk=errand.pk).get()
    assert (failed.state, LessonCalendar.objects.count()) == (ErrandState.FAILED, 1)


def test_names_of_the_file_of_its_sheets_and_in_rows_are_not_kept(as_: As, world: World) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Иванова 7А"
    for cells in (
        ["№", "Тема урока", "Часы", "Дата", "Учитель"],
        ["Иванова Мария Петровна, 7 Б"], ["1", "Дроби", "1", "02.09", "Иванова М. П."],
        ["2", "", "", "", "Иванова М. П."], ["2", "Доли", "1", "Иванова на замене"], ["2", "Проценты", "1", "07.09"],
    ):  # fmt: skip
        book.active.append(cells)
    book.create_sheet("Петрова").sheet_state = "hidden"
    book["Петрова"].append(["Петрова"])
    made = BytesIO()
    book.save(made)
    audit = planned(world, kind=KIND)
    file = SimpleUploadedFile("КТП Иванова.xlsx", made.getvalue())
    told = {"subject": "math", "grade": "7", "letter": "", "file": file}
    assert as_("tutor").post(reverse("planning:lessons_new", args=[audit.pk]), told).status_code == 302
    row = LessonCalendar.objects.get()
    assert row.rows == 3
    assert not re.search("Иванова|Петрова", repr(LessonCalendar.objects.values().get()))
    shown = as_("tutor").get(reverse("planning:lessons_detail", args=[row.pk])).content.decode()
    assert not re.search("Иванова|Петрова", shown)
    for words in (
        "лист 1, строки 5, 6",
        "лист 1, строка 4: текст вне таблицы",
        "лист 2: скрытый лист",
        "Даты не разобрать",
    ):
        assert words in shown, words
    book.create_sheet("Ещё класс")
    for cells in (["№", "Тема урока", "Часы"], ["1", "Корни", "1"]):
        book["Ещё класс"].append(cells)
    book.save(made := BytesIO())
    told["file"] = SimpleUploadedFile("К.xlsx", made.getvalue())
    refused = as_("tutor").post(reverse("planning:lessons_new", args=[audit.pk]), told)
    assert (refused.status_code, "одного класса" in refused.content.decode()) == (422, True)


@pytest.mark.parametrize(("schools_of_it", "is_shown"), [((1, 2, 3), True), ((1, 2), False)])
def test_hard_topics_are_those_of_a_municipality_with_schools_enough(
    world: World, monkeypatch: pytest.MonkeyPatch, schools_of_it: tuple[int, ...], is_shown: bool
) -> None:
    """What is published of the whole file, in works of the grade and of the one below; a figure of one or two schools
    would be theirs."""
    specs = [replace(one, ability=-2.5) for one in schools(numbers=schools_of_it)]
    make_dataset(world.own, specs=specs)
    monkeypatch.setattr(topics, "task_facts", lambda dataset: [
        replace(one, skill=f"Умение складывать {one.position}") for one in task_facts(dataset)
    ])  # fmt: skip
    tutor, head = actor(world, "tutor"), actor(world, "head")
    found = topics.hard_topics(world.own, "math", 5, 2021, tutor)
    assert bool(found) == is_shown
    assert all(one.source == "ВПР 2021, математика, 4 класс" for one in found)
    assert topics.hard_topics(world.own, "math", 7, 2021, tutor) == []
    assert topics.hard_topics(world.own, "russian", 5, 2021, tutor) == []
    assert topics.hard_topics(world.foreign, "math", 5, 2021, tutor) == []
    assert len(topics.hard_topics(world.own, "math", 5, 2021, head)) == len(found)
    DatasetSchool.objects.filter(code="sch990002").update(school=world.school)
    assert topics.hard_topics(world.own, "math", 5, 2021, head) == [], "but one neighbour: the rest would be theirs"


def test_no_page_act_letter_or_export_of_an_audit_lists_results_of_a_teacher(
    as_: As, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hostile world: the school's teacher has a confirmed problem field with figures of their classes, and so have
    enough others that the topic is known of in the centre."""
    secret, figure = "Тайная трудность учителя", "31,37"
    people = [
        world.accounts["teacher"].person,
        *(make_member(world.own, Role.TEACHER, world.school).person for _one in range(11)),
    ]
    for person in people:
        facts = {"percent": figure, "n": 27, "topic": secret}
        Hypothesis.objects.create(
            centre=world.own, person=person, subject="math", block="subject", topic=secret, origin="by_hand",
            evidence=facts, state="confirmed", decided_at=timezone.now(),
        )  # fmt: skip
    hard(monkeypatch, "Проценты")
    row = bring(world)
    bring(world, row.audit, by="head")
    filled(world, "no yes", audit=row.audit)
    advice = {number: Advice("Исправить") for number in range(1, 20)}
    act = sign_audit(audit=row.audit, advice=advice, conclusion="", reply_due=None, by=actor(world, "tutor"))
    deliver()
    names = [str(person.surname) for person in people[1:] if person]
    addresses = [
        reverse("planning:audit_list"), reverse("planning:finding_list"), reverse("planning:audit_board"),
        *(reverse(f"planning:{name}", args=[act.pk]) for name in ("audit_detail", "audit_past")),
        *(reverse("planning:lessons_detail", args=[one.pk]) for one in LessonCalendar.objects.all()),
        reverse("documents:paper", kwargs={"kind": "audit_act", "pk": act.pk, "form": "docx"}),
    ]  # fmt: skip
    seen = 0
    for who in world.accounts:
        for address in addresses:
            answer = as_(who).get(address)
            content = answer.content if hasattr(answer, "content") else b"".join(answer)
            text = in_words(content)
            seen += answer.status_code == 200
            assert not [one for one in (secret, figure, *names) if one in text], (who, address)
    assert seen > 20
    letters = "".join(one.body + one.subject for one in mail.outbox)
    letters += "".join(str(vars(one)) for one in Message.objects.all())
    assert letters
    assert not [one for one in (secret, figure, "Проценты") if one in letters], "what was found is in no letter"
    taken = str(audits_of(world.accounts["tutor"].person_id or 0)) + "".join(
        str(one.printed) for one in Audit.objects.all()
    )
    assert secret not in taken


def in_words(content: bytes) -> str:
    """Of a document what its parts say."""
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    archive = zipfile.ZipFile(BytesIO(content))
    return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_act_prints_what_was_counted(world: World, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    hard(monkeypatch, "Объём параллелепипеда")
    row = bring(world)
    lessons.judge_topic(calendar=row, key="1-0", said="no", by=actor(world, "tutor"))
    filled(world, "yes", audit=row.audit)
    act = sign_audit(audit=row.audit, advice={}, conclusion="", reply_due=None, by=actor(world, "tutor"))
    text = taken(client_of(world.accounts["head"]), "audit_act", act.pk, form)
    for words in ("Математика, 6 А: строк 3, часов по строкам 3", "Номер 2 стоит дважды", "строки 3, 4",
                  "Объём параллелепипеда", "ВПР 2026", "похожих строк нет"):  # fmt: skip
        assert squeezed(words) in text, words


def test_pages_of_an_audit_cost_the_same_with_one_calendar_and_with_three(as_: As, world: World) -> None:
    audit = planned(world, kind=KIND)
    costs = []
    for times in (1, 2):
        for _time in range(times):
            row = bring(world, audit)
        pages = [reverse("planning:audit_detail", args=[audit.pk]), reverse("planning:lessons_detail", args=[row.pk])]
        costs.append([cost_of(as_("tutor"), page).queries for page in pages])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 20
