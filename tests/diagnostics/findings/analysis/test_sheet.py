"""The table of answers: what counts 0, what counts as not asked, whose answers are in it."""

import numpy as np
import pytest

from tests.diagnostics.campaign_factories import (
    make_answer,
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.diagnostics.result_factories import RIGHT, make_work, part_of, sit, withdraw
from tests.factories import make_centre
from traektoria.diagnostics.findings.analysis.sheet import read_sheet
from traektoria.diagnostics.models import FormItem
from traektoria.diagnostics.sittings.enums import SittingState

pytestmark = pytest.mark.django_db
NAN = float("nan")


def test_left_out_counts_nothing_and_unreached_counts_as_not_asked() -> None:
    campaign = make_work(make_centre(), items=4)
    sit(campaign, [1, None, 0, None])
    sit(campaign, [1, None, 0, None], state=SittingState.EXPIRED)
    sheet = read_sheet(part_of(campaign))
    np.testing.assert_array_equal(sheet.scores, [[1, 0, 0, 0], [1, 0, 0, NAN]])
    assert (sheet.omitted, sheet.unreached) == ((0, 2, 0, 1), (0, 0, 0, 1))
    assert sheet.left_out == {(0, 1), (0, 3), (1, 1)}


def test_who_is_in_the_table() -> None:
    campaign = make_work(make_centre(), items=2)
    kept = sit(campaign, [1, 0])
    withdraw(sit(campaign, [1, 1]).participant)
    sit(campaign, [None, None])
    make_sitting(make_participant(campaign), part_of(campaign), SittingState.NEW)
    sheet = read_sheet(part_of(campaign))
    assert [row.sitting for row in sheet.rows] == [kept.pk]
    assert (sheet.silent, sheet.waiting) == (1, 0)


def test_two_forms_share_the_columns_of_common_items() -> None:
    centre = make_centre()
    common, only_a, only_b = (make_item(centre) for _number in range(3))
    version = make_instrument(centre, [common, only_a], form_b=[only_b, common])
    campaign = make_campaign(centre, [version], state="closed")
    for form, marks in (("A", [1, 0]), ("B", [0, 1])):
        sitting = make_sitting(make_participant(campaign), state=SittingState.SUBMITTED, form=form)
        for item, mark in zip(FormItem.objects.filter(version=version, form=form), marks, strict=True):
            make_answer(sitting, item, RIGHT, score=mark)
    sheet = read_sheet(part_of(campaign))
    assert [column.version for column in sheet.columns] == [common.pk, only_a.pk, only_b.pk]
    np.testing.assert_array_equal(sheet.scores, [[1, 0, NAN], [1, NAN, 0]])
    assert [sheet.of_form(form) for form in sheet.forms] == [([0], [0, 1]), ([1], [2, 0])]


def test_extended_answers_wait_for_marks_and_points_are_counted_where_nobody_kept_them() -> None:
    centre = make_centre()
    version = make_instrument(centre, [make_item(centre, "extended"), make_item(centre, "short")])
    campaign = make_campaign(centre, [version], state="closed")
    sitting = make_sitting(make_participant(campaign), state=SittingState.SUBMITTED)
    first, second = FormItem.objects.filter(version=version)
    make_answer(sitting, first, {"text": "Пусть x…"})
    make_answer(sitting, second, {"text": "Москва"})
    make_answer(make_sitting(make_participant(campaign), state=SittingState.SUBMITTED), second, {"text": "Тула"})
    sheet = read_sheet(part_of(campaign))
    np.testing.assert_array_equal(sheet.scores, [[NAN, 1], [NAN, 0]])
    assert sheet.waiting == 1


def test_an_adaptive_part_counts_what_was_asked() -> None:
    campaign = make_work(make_centre(), items=4)
    part = part_of(campaign)
    part.adaptive = True
    part.save()
    sitting = sit(campaign, [1, None, 0, None])
    make_answer(sitting, FormItem.objects.get(version=part.version, position=2), {})
    np.testing.assert_array_equal(read_sheet(part).scores, [[1, 0, 0, NAN]])


LETTERS = "Пассажирский поезд вышел из города в полдень. " * 8


@pytest.mark.parametrize(
    ("text", "topic", "before", "shared"),
    [
        (LETTERS, "", 1, True),
        ("<p>Рассмотрите рисунок</p><img src='@@PLUGINFILE@@/a.png' alt='План'>", "", 1, True),
        ("Ответьте на вопросы 2–4.", "Дроби", 1, False),
        (LETTERS, "", 0, False),
        (LETTERS, "Дроби", 0, True),
    ],
    ids=["text", "picture", "instruction", "before all tasks", "before all tasks, of a topic"],
)
def test_tasks_on_one_text(text: str, topic: str, before: int, shared: bool) -> None:
    """They share it up to the next description; an instruction is no text."""
    centre = make_centre()
    tasks = [make_item(centre) for _number in range(before + 2)]
    head = make_item(centre, "description", topic, content={"text": text})
    after = [make_item(centre, "description", content={"text": "Дальше."}), make_item(centre)] if before else []
    version = make_instrument(centre, [*tasks[:before], head, *tasks[before:], *after])
    campaign = make_campaign(centre, [version], state="closed")
    sitting = make_sitting(make_participant(campaign), state=SittingState.SUBMITTED)
    for row in FormItem.objects.filter(version=version).exclude(item_version__item__kind="description"):
        make_answer(sitting, row, RIGHT, score=1)
    texts = {column.version: column.text for column in read_sheet(part_of(campaign)).columns if column.judged}
    assert [texts[one.pk] for one in tasks] == [None] * before + [head.pk if shared else None] * 2
    assert all(texts[one.pk] is None for one in after[1:])
