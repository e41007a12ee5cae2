"""Paper: letters in cells, the table there and back, one sheet in the browser, a consent signed on paper."""

import io
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.diagnostics.campaign_factories import (
    CONTENTS,
    make_answer,
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.errands import asked, everything_is_long, taken
from tests.factories import make_account, make_centre, make_member, make_person
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import Errand
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.diagnostics.instruments.queries.forms import Entry
from traektoria.diagnostics.items.answers import shown_order
from traektoria.diagnostics.items.content import content_of
from traektoria.diagnostics.items.pieces.cells import Read
from traektoria.diagnostics.items.pieces.view import letter
from traektoria.diagnostics.models import Answer, CampaignPart, Participant, Sitting
from traektoria.diagnostics.paper.actions import enter_paper, record_paper_consent
from traektoria.diagnostics.paper.cells import read_cell, write_cell
from traektoria.diagnostics.paper.errands import TABLE, WRITE
from traektoria.diagnostics.sittings.actions.participation import withdraw_from_campaign
from traektoria.diagnostics.sittings.queries.sittings import PATH
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Purpose, Role
from traektoria.people.models import AccessRecord, Account, Consent, RoleAssignment

MOST = {"extended": Decimal(3), "likert": Decimal(0)}


def entry(kind: str, **content: Any) -> Entry:
    return Entry(7, 1, 1, 1, content_of({**CONTENTS[kind], **content}), MOST.get(kind, Decimal(1)), {})


def marks(one: Entry, places: list[int]) -> str:
    order = shown_order(one.content, one.pk)
    return "".join(letter(order.index(place)) for place in places)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("single", {"choice": 1}),
        ("multiple", {"choices": [0, 2]}),
        ("short", {"text": "=Москва"}),
        ("numeric", {"text": "3,14"}),
        ("matching", {"pairs": [1, None]}),
        ("ordering", {"order": [2, 0, 1]}),
        ("likert", {"step": 4}),
        ("choice", {"choices": [0, 1], "other": "Проценты"}),
        ("choice", {"other": "Проценты"}),
        ("open", {"text": "Советов"}),
        ("level", {"step": 2}),
        ("extended", {"text": "Ответ словами"}),
    ],
)
def test_a_cell_is_read_as_it_is_written(kind: str, value: dict[str, Any]) -> None:
    one = entry(kind)
    assert read_cell(one, write_cell(one, value, None)).value == value


def test_letters_are_those_of_the_printed_form() -> None:
    one = entry("single")
    assert read_cell(one, f" {marks(one, [0]).lower()} ") == Read({"choice": 0}, Decimal("1.000"))
    many = entry("multiple")
    assert read_cell(many, ", ".join(marks(many, [2, 0]))) == Read({"choices": [0, 2]}, Decimal("1.000"))


def test_letters_that_look_the_same_are_taken() -> None:
    one = entry("single")
    assert read_cell(one, "A").value == read_cell(one, "А").value
    assert read_cell(one, "B").value == read_cell(one, "В").value


def test_points_of_an_extended_answer() -> None:
    one = entry("extended")
    read = read_cell(one, "2,5")
    assert (read.points, write_cell(one, read.value, read.points)) == (Decimal("2.5"), "2,5")
    assert read_cell(one, "Решение: 5").points is None


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("single", "Щ"), ("single", "АБ"), ("single", ".."), ("multiple", "АА"), ("matching", "А"), ("matching", "АБВ"),
        ("ordering", "АБ"), ("ordering", "ААБ"), ("likert", "0"), ("likert", "5"), ("likert", "да"),
        ("extended", "4"), ("extended", "-1"), ("extended", "0,0001"), ("choice", "Ж; а"),
    ],
)  # fmt: skip
def test_what_can_t_be_read_is_said(kind: str, cell: str) -> None:
    with pytest.raises(Invalid):
        read_cell(entry(kind), cell)


@pytest.fixture
def stage(db: None) -> "Stage":
    return Stage()


class Stage:
    """A work with three tasks on paper for three teachers; the third has not agreed."""

    def __init__(self) -> None:
        self.centre = make_centre()
        self.account: Account = make_member(self.centre, Role.COORDINATOR)
        items = [make_item(self.centre, kind) for kind in ("single", "short", "extended")]
        self.campaign = make_campaign(self.centre, [make_instrument(self.centre, items)])
        self.part = CampaignPart.objects.get()
        people = [make_participant(self.campaign, consented=number < 2) for number in range(3)]
        self.sittings = [make_sitting(one, state="new") for one in people]
        self.rows = list(self.part.version.items.order_by("position"))

    @property
    def by(self) -> Actor:
        return actor_of(self.account)

    def client(self, account: Account | None = None) -> Client:
        browser = Client()
        browser.force_login(account or self.account, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    def sitting(self, number: int) -> Sitting:
        return Sitting.objects.select_related(*PATH).get(pk=self.sittings[number].pk)

    def code(self, number: int) -> str:
        return f"{self.sittings[number].participant_id:06d}"

    def table(self, *rows: list[Any]) -> SimpleUploadedFile:
        book = openpyxl.Workbook()
        book.active.title = "Ответы"
        for row in [["Код", "Участник", "Вариант", "1", "2", "3"], *rows]:
            book.active.append(row)
        target = io.BytesIO()
        book.save(target)
        return SimpleUploadedFile("ответы.xlsx", target.getvalue())

    def load(self, *rows: list[Any]) -> Any:
        return self.client().post(f"/diagnostics/paper/{self.part.pk}/import/", {"file": self.table(*rows)})

    def write(self, preview: Any) -> Any:
        sealed = {"sealed": preview.context["seal"]}
        return self.client().post(f"/diagnostics/paper/{self.part.pk}/import/", sealed)


def test_the_table_there_and_back(stage: Stage) -> None:
    taken = stage.client().get(f"/diagnostics/paper/{stage.part.pk}/template.xlsx")
    page = openpyxl.load_workbook(io.BytesIO(taken.content)).worksheets[0]
    assert [cell.value for cell in page[1]][3:] == ["1", "2", "3"]
    assert sorted(page.cell(row, 1).value for row in (2, 3)) == sorted(map(stage.code, (0, 1)))
    assert page.max_row == 3
    preview = stage.load([stage.code(0), "", "", "А", "Москва", 2], [int(stage.code(1)), "", "", "", "Ъ=1", None])
    assert (preview.status_code, Answer.objects.count()) == (200, 0)
    stage.write(preview)
    assert [(one.state, one.on_paper) for one in map(stage.sitting, range(3))] == [
        ("submitted", True), ("submitted", True), ("new", False)
    ]  # fmt: skip
    points = dict(Answer.objects.filter(sitting=stage.sittings[0]).values_list("form_item", "score"))
    assert (points[stage.rows[1].pk], points[stage.rows[2].pk]) == (Decimal(1), Decimal(2))


def test_a_table_of_many_is_written_by_the_worker_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    everything_is_long(WRITE, monkeypatch)
    preview = stage.load([stage.code(0), "", "", "А", "Москва", 2], [stage.code(1), "", "", "", "Москва", None])
    with django_capture_on_commit_callbacks(execute=True):
        answers = [stage.write(preview) for _press in range(2)]
    row = Errand.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/work/{row.pk}/"}
    assert not Answer.objects.exists()
    do_what_is_due()
    row.refresh_from_db()
    assert (row.state, row.said) == ("done", "Записано 2\xa0бланка.")
    assert row.url == f"/diagnostics/paper/{stage.part.pk}/"
    assert [one.state for one in map(stage.sitting, range(3))] == ["submitted", "submitted", "new"]


def test_a_table_that_waits_for_the_worker_meets_the_right_of_that_moment(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    everything_is_long(WRITE, monkeypatch)
    with django_capture_on_commit_callbacks(execute=True):
        stage.write(stage.load([stage.code(0), "", "", "А", "Москва", 2]))
    RoleAssignment.objects.filter(person=stage.account.person).update(end=timezone.localdate() - timedelta(days=1))
    do_what_is_due()
    assert (Errand.objects.get().state, Answer.objects.exists()) == ("failed", False)


def sheet_is_corrected(stage: Stage) -> None:
    """By the coordinator, in the browser, while a table with «Москва» waits."""
    corrected = {stage.rows[1].pk: Read({"text": "Пермь"}, Decimal(0))}
    enter_paper(sitting=stage.sitting(0), answers=corrected, by=stage.by)


def town(stage: Stage) -> str:
    return str(Answer.objects.get(sitting=stage.sittings[0], form_item=stage.rows[1]).value["text"])


def test_a_preview_does_not_overwrite_what_was_corrected_since(stage: Stage) -> None:
    preview = stage.load([stage.code(1), "", "", "А"], [stage.code(0), "", "", "А", "Москва", 2])
    sheet_is_corrected(stage)
    answer = stage.client().post(
        f"/diagnostics/paper/{stage.part.pk}/import/", {"sealed": preview.context["seal"]}, follow=True
    )
    assert f"Бланк с кодом {stage.code(0)} с тех пор изменён" in answer.content.decode()
    assert (town(stage), stage.sitting(1).on_paper) == ("Пермь", False), "everything or nothing"
    stage.write(stage.load([stage.code(0), "", "", "А", "Москва", 2]))
    assert town(stage) == "Москва", "who has seen the new one may replace it"


def test_a_table_sent_once_more_to_the_worker_does_not_undo_a_correction(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    everything_is_long(WRITE, monkeypatch)
    preview = stage.load([stage.code(0), "", "", "А", "Москва", 2])
    for corrected, outcome in [(False, "done"), (False, "done"), (True, "failed")]:
        if corrected:
            sheet_is_corrected(stage)
        with django_capture_on_commit_callbacks(execute=True):
            stage.write(preview)
        do_what_is_due()
        row = Errand.objects.get()
        assert row.state == outcome, row.said
    assert (town(stage), "с тех пор изменён" in row.said) == ("Пермь", True)


def test_who_has_left_since_the_preview_is_not_passed_over_in_silence(stage: Stage) -> None:
    preview = stage.load([stage.code(0), "", "", "А"], [stage.code(1), "", "", "А"])
    withdraw_from_campaign(
        participant=stage.sitting(1).participant, by=actor_of(make_account(stage.sitting(1).participant.person))
    )
    answer = stage.client().post(
        f"/diagnostics/paper/{stage.part.pk}/import/", {"sealed": preview.context["seal"]}, follow=True
    )
    assert "1 человек из этой таблицы больше не участвует" in answer.content.decode().replace("\xa0", " ")
    assert not Answer.objects.exists()


def test_a_sheet_erased_and_agreed_to_anew_is_no_sheet_of_the_preview(stage: Stage) -> None:
    stage.write(stage.load([stage.code(0), "", "", "А", "Пермь", 2]))
    preview = stage.load([stage.code(0), "", "", "А", "Москва", 2])
    first = stage.sitting(0).participant
    withdraw_from_campaign(participant=first, by=actor_of(make_account(first.person)))
    Participant.objects.filter(pk=first.pk).update(declined_at=None, consent=None)
    record_paper_consent(participant=stage.sitting(0).participant, signed=timezone.localdate(), by=stage.by)
    stage.write(preview)
    assert not Answer.objects.exists()


def test_a_table_to_fill_in_is_made_anew_after_a_correction(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    stage.write(stage.load([stage.code(0), "", "", "А", "Москва", 2]))
    everything_is_long(TABLE, monkeypatch)
    url = f"/diagnostics/paper/{stage.part.pk}/template.xlsx"
    row = asked(stage.client(), url, django_capture_on_commit_callbacks)
    assert stage.client().get(url)["Location"] == f"/work/{row.pk}/"
    sheet_is_corrected(stage)
    assert stage.client().get(url).status_code == 200, "offered anew"


def test_a_table_made_before_a_consent_was_withdrawn_is_not_given(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    stage.write(stage.load([stage.code(0), "", "", "А", "Москва", 2]))
    everything_is_long(TABLE, monkeypatch)
    url = f"/diagnostics/paper/{stage.part.pk}/template.xlsx"
    row = asked(stage.client(), url, django_capture_on_commit_callbacks)
    looks = AccessRecord.objects.filter(subject_kind="diagnostics.paper", purpose=Purpose.EXPORT)
    assert taken(stage.client(), row).status_code == 200
    first = stage.sitting(0).participant
    assert list(looks.values_list("person_id", flat=True)) == [first.person_id]
    withdraw_from_campaign(participant=first, by=actor_of(make_account(first.person)))
    assert taken(stage.client(), row).status_code == 403
    Participant.objects.filter(pk=first.pk).update(declined_at=None, consent=None)
    record_paper_consent(participant=stage.sitting(0).participant, signed=timezone.localdate(), by=stage.by)
    assert taken(stage.client(), row).status_code == 403, "they agreed anew, what was erased stays erased"
    assert looks.count() == 1


def test_the_same_table_again_changes_nothing_and_another_corrects(stage: Stage) -> None:
    row = [stage.code(0), "", "", "А", "Москва", 2]
    stage.write(stage.load(row))
    before = list(Answer.objects.values_list("pk", "value", "sequence", "score"))
    again = stage.load(row)
    assert again.context["plan"].counts == {"new": 0, "changed": 0, "same": 1}
    stage.write(again)
    assert list(Answer.objects.values_list("pk", "value", "sequence", "score")) == before
    stage.write(stage.load([stage.code(0), "", "", "А", "", 3]))
    assert [one.value for one in Answer.objects.order_by("form_item")][1:] == [{}, {"text": "—"}]
    assert Answer.objects.get(form_item=stage.rows[2]).score == 3


def test_the_same_answer_keeps_its_points_whatever_the_key_would_say_today(stage: Stage) -> None:
    row = [stage.code(0), "", "", "А", "MOCKBA", 2]
    stage.write(stage.load(row))
    answers = Answer.objects.filter(form_item=stage.rows[1])
    assert answers.get().score == 1
    answers.update(score=0)
    again = stage.load(row)
    assert again.context["plan"].counts == {"new": 0, "changed": 0, "same": 1}
    stage.write(again)
    assert answers.get().score == 0


def test_every_wrong_cell_is_named_and_nothing_is_written(stage: Stage) -> None:
    make_sitting(make_participant(stage.campaign), stage.part)
    running = f"{Participant.objects.last().pk:06d}"  # type: ignore[union-attr]
    refused = stage.load(
        [stage.code(0), "", "", "Ж", "Москва", 9],
        ["999999", "", "", "А"],
        [stage.code(2), "", "", "А"],
        [running, "", "", "А"],
        [stage.code(0), "", "", "А"],
        [stage.code(1), "", "", "", "=1+1"],
    )
    assert refused.status_code == 422
    cells = [line.split(":")[0].split()[-1] for line in refused.context["plan"].problems]
    assert cells == ["D2", "F2", "A3", "A4", "A5", "A6", "E7"]
    assert (refused.context["seal"], Answer.objects.count()) == ("", 0)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04", "а;б\n1;2".encode()])
def test_what_is_no_table_is_said(stage: Stage, content: bytes) -> None:
    file = SimpleUploadedFile("ответы.xlsx", content)
    answer = stage.client().post(f"/diagnostics/paper/{stage.part.pk}/import/", {"file": file})
    assert answer.status_code == 422


def test_a_seal_is_for_one_work_only(stage: Stage) -> None:
    seal = stage.load([stage.code(0), "", "", "А"]).context["seal"]
    other = make_campaign(stage.centre, [make_instrument(stage.centre, [make_item(stage.centre)])])
    part = CampaignPart.objects.get(campaign=other)
    for sealed in (seal, seal[:-1], "х"):
        assert stage.client().post(f"/diagnostics/paper/{part.pk}/import/", {"sealed": sealed}).status_code == 302
    assert Answer.objects.count() == 0


def test_one_sheet_in_the_browser(stage: Stage) -> None:
    first, second, third = (row.pk for row in stage.rows)
    page = f"/diagnostics/paper/{stage.part.pk}/sheets/{stage.sittings[0].pk}/"
    sent = {f"i{first}-choice": "0", f"i{second}-text": "Пермь", f"i{third}-cell": "9"}
    assert (stage.client().post(page, sent).status_code, Answer.objects.count()) == (422, 0)
    stage.client().post(page, {**sent, f"i{third}-cell": "1"})
    assert list(Answer.objects.order_by("form_item").values_list("score", flat=True)) == [1, 0, 1]
    shown = stage.client().get(page).content.decode()
    assert ("Пермь" in shown, shown.count("checked")) == (True, 1)
    assert stage.client().get(f"/diagnostics/paper/{stage.part.pk}/").status_code == 200
    sheets = AccessRecord.objects.filter(subject_kind="diagnostics.paper")
    assert set(sheets.values_list("person_id", flat=True)) == {stage.sittings[0].participant.person_id}


def test_only_for_those_who_agreed_and_not_over_the_browser(stage: Stage) -> None:
    with pytest.raises(Refused) as refusal:
        enter_paper(sitting=stage.sitting(2), answers={}, by=stage.by)
    assert refusal.value.code == "consent"
    Sitting.objects.filter(pk=stage.sittings[0].pk).update(state="running", running_since=timezone.now())
    make_answer(stage.sittings[0], stage.rows[0], {"choice": 1})
    with pytest.raises(Conflict) as conflict:
        enter_paper(sitting=stage.sitting(0), answers={}, by=stage.by)
    assert conflict.value.code == "in_browser"
    with pytest.raises(Refused):
        enter_paper(sitting=stage.sitting(1), answers={}, by=actor_of(make_member(stage.centre, Role.TUTOR)))


def test_a_consent_signed_on_paper(stage: Stage) -> None:
    page = f"/diagnostics/paper/{stage.part.pk}/sheets/{stage.sittings[2].pk}/consent/"
    future = timezone.localdate() + timedelta(days=1)
    assert stage.client().post(page, {"signed": future.isoformat()}).status_code == 422
    for _press in range(2):
        assert stage.client().post(page, {"signed": timezone.localdate().isoformat()}).status_code == 302
    given = Consent.objects.get(person=stage.sittings[2].participant.person)
    assert (given.about, stage.sitting(2).participant.consent) == (f"campaign {stage.campaign.pk}", given)
    declined = make_participant(stage.campaign, make_person(), consented=False, declined_at=timezone.now())
    with pytest.raises(Refused):
        record_paper_consent(participant=declined, signed=timezone.localdate(), by=stage.by)


def _sizes() -> list[tuple[str, int]]:
    most = {"single": 30, "multiple": 30, "choice": 60, "matching": 40, "ordering": 20, "likert": 11, "level": 11}
    return [(kind, size) for kind, top in most.items() for size in range(2, top + 1)]


def _of_size(kind: str, size: int) -> Entry:
    options = [{"text": f"вариант {number}", "weight": "100" if number == 0 else "0"} for number in range(size)]
    words = [f"строка {number}" for number in range(size)]
    content: dict[str, Any] = {
        "single": {"options": options},
        "multiple": {"options": options},
        "choice": {"options": options, "many": True, "other": size % 2 == 0},
        "matching": {
            "pairs": [{"left": f"л{at}", "right": words[at]} for at in range(min(size, 20))],
            "distractors": words[20:],
        },
        "ordering": {"order": words},
        "likert": {"steps": words},
        "level": {"descriptors": words},
    }
    return entry(kind, **content[kind])


def _answers(kind: str, size: int, dice: Random) -> list[dict[str, Any]]:
    own: list[dict[str, Any]] = [
        {"other": "Дома"}, {"other": "А27"}, {"other": "АБ; В"}, {"choices": [0, size - 1], "other": "27"}
    ]  # fmt: skip
    some = sorted(dice.sample(range(size), dice.randint(1, size)))
    whole = dice.sample(range(size), size)
    lefts = min(size, 20)
    found: dict[str, list[dict[str, Any]]] = {
        "single": [{"choice": place} for place in range(size)],
        "multiple": [{"choices": some}, {"choices": [0, size - 1]}, {"choices": list(range(size))}],
        "choice": [
            {"choices": some}, {"choices": [0, size - 1]}, {"choices": list(range(size))},
            *(own if size % 2 == 0 else []),
        ],
        "matching": [
            {"pairs": [dice.randrange(size) for _left in range(lefts)]},
            {"pairs": [None, *[size - 1] * (lefts - 1)]},
        ],
        "ordering": [{"order": whole}, {"ranks": [None, *range(2, size + 1)]} if size > 1 else {"order": [0]}],
        "likert": [{"step": step} for step in range(1, size + 1)],
        "level": [{"step": step} for step in range(1, size + 1)],
    }  # fmt: skip
    return found[kind]


def test_whatever_is_chosen_comes_back_from_its_cell() -> None:
    """Each kind with each number of options: what is written in the cell is read as the same answer."""
    dice = Random(1)
    for kind, size in _sizes():
        one = _of_size(kind, size)
        for value in _answers(kind, size, dice):
            cell = write_cell(one, value, None)
            assert read_cell(one, cell).value == value, (kind, size, cell)


@pytest.mark.parametrize("text", ["5", "2,5", "-1", "«5»", "1e3", "5 кг", "Ответ: 5", "=1+1", "'5", "0"])
def test_words_of_an_extended_answer_are_no_points(text: str) -> None:
    one = entry("extended")
    read = read_cell(one, write_cell(one, {"text": text}, None))
    assert (read.value, read.points) == ({"text": text}, None)


@pytest.mark.parametrize("cell", ["А99", "99", "АЩ", "27 А 99", "А;Б", "0", "!", "А-Б", "аб27"])
def test_marks_that_are_none_are_never_taken_for_words(cell: str) -> None:
    known = {"А;Б": {"choices": [0], "other": "Б"}}
    one = entry("choice", options=[{"text": f"{number}"} for number in range(5)], other=True)
    if cell in known:
        assert read_cell(one, cell).value == known[cell]
        return
    with pytest.raises(Invalid):
        read_cell(one, cell)


def test_numbers_after_the_last_letter(stage: "Stage") -> None:
    one = entry("choice", options=[{"text": f"{number}"} for number in range(60)], other=True)
    assert read_cell(one, "А27").value == {"choices": [0, 26]}
    assert read_cell(one, "А, 27 60; Дома").value == {"choices": [0, 26, 59], "other": "Дома"}
