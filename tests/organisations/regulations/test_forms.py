"""Forms made from the schema: the same content comes back, rows are moved as the buttons say, labels are all there."""

from enum import StrEnum
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import override

from traektoria.core.errors import Invalid
from traektoria.organisations.regulations.contents import content_of, preset, preset_names
from traektoria.organisations.regulations.fields import LinesField, NumbersField, WordsField, field_of
from traektoria.organisations.regulations.forms import PartForm
from traektoria.organisations.regulations.labels import LABELS
from traektoria.organisations.regulations.schema import (
    About,
    Checklist,
    CommissionRules,
    Rules,
    StatusRules,
    SupportRules,
)
from traektoria.organisations.regulations.sections import CRITERIA, SECTIONS
from traektoria.organisations.regulations.shapes import keeping, shapes_of, slugs_of
from traektoria.organisations.regulations.typed_part import as_typed, is_blank, press, read


def enumerations() -> set[Any]:
    seen: set[Any] = set()
    parts: list[Any] = [Rules]
    while parts:
        for shape in shapes_of(parts.pop()).values():
            if shape.kind in ("rows", "part") and shape.of not in seen:
                seen.add(shape.of)
                parts.append(shape.of) if hasattr(shape.of, "model_fields") else None
            elif shape.kind in ("choice", "choices") and not isinstance(shape.of, tuple):
                seen.add(shape.of)
    return {one for one in seen if isinstance(one, type) and issubclass(one, StrEnum)}


def test_every_word_of_the_schema_has_a_label() -> None:
    for words in enumerations():
        assert set(LABELS[words]) == set(words)


def test_every_field_of_the_schema_stands_on_one_page() -> None:
    shown = {(*section.path, name) for section in SECTIONS for name in (section.names or shapes_of(section.part))}
    wanted = {
        (name, inside) if shape.kind == "part" else (name,)
        for name, shape in shapes_of(Rules).items()
        for inside in (shapes_of(shape.of) if shape.kind == "part" else [""])
    }
    assert {*shown, ("status", CRITERIA)} == wanted, "criteria have a page of their own"
    assert len(shown) == sum(len(section.names or shapes_of(section.part)) for section in SECTIONS)


@pytest.mark.parametrize("name", preset_names())
def test_content_typed_and_read_is_the_same(name: str) -> None:
    content = content_of(preset(name))
    for section in SECTIONS:
        held = content[section.path[0]] if section.path else content
        form = PartForm(section.part, as_typed(section.part, held, section.names), bound=True, names=section.names)
        assert form.all_valid(), form.mistakes()
        said = form.content()
        assert said == {key: value for key, value in held.items() if key in said}


def test_a_list_without_its_count_is_refused() -> None:
    with pytest.raises(Invalid):
        read(SupportRules, QueryDict("f-group=on"))


def test_more_rows_than_a_page_can_hold_are_cut() -> None:
    assert len(read(Rules, QueryDict("f-partners-n=999999"), ["partners"])["partners"]) == 200


def test_buttons_change_rows_within_rows() -> None:
    raw = as_typed(Rules, content_of(preset("yamal")), ["checklists"])
    first = raw["checklists"][0]
    items = [item["slug"][0] for item in first["items"]]
    place = f"checklists.{first['slug'][0]}.items"
    known = {(place, items[0])}
    assert press(Rules, raw, "down:f-checklists-0-items-0", known) == "f-checklists-0-items-1"
    assert [item["slug"][0] for item in first["items"]][:2] == [items[1], items[0]]
    press(Rules, raw, "remove:f-checklists-0-items-1", known)
    assert len(first["items"]) == len(items)
    press(Rules, raw, "archive:f-checklists-0-items-1", known)
    assert first["items"][1]["archived"] == ["on"]
    press(Rules, raw, "remove:f-checklists-0-items-0", known)
    assert len(first["items"]) == len(items) - 1
    assert press(Rules, raw, "add:f-checklists-0-items", known) == f"f-checklists-0-items-{len(items) - 1}"
    assert (first["items"][-1]["slug"], is_blank(Checklist, as_typed(Checklist, {}))) == (["c1"], True)


@pytest.mark.parametrize(
    "act",
    [
        "", "up", "up:", "up:f", "up:f-x-1", "up:f-partners-99", "up:f-partners-x", "fly:f-partners-0",
        "add:f-partners-0-x", "down:f-partners-0-items-1", "add:f-about",
    ],
)  # fmt: skip
def test_an_unknown_press_changes_nothing(act: str) -> None:
    raw = as_typed(Rules, content_of(preset("yamal")), ["partners"])
    before = repr(raw)
    press(Rules, raw, act, set())
    assert repr(raw) == before


def test_mistakes_stand_at_their_row_with_the_place_in_words() -> None:
    content = content_of(preset("yamal"))["support"]
    raw = as_typed(SupportRules, content)
    raw["stages"][1]["title"] = [""]
    raw["hours_a_teacher"] = ["много"]
    form = PartForm(SupportRules, raw, bound=True)
    assert not form.all_valid()
    assert [mistake.anchor for mistake in form.mistakes()] == ["id_f-hours_a_teacher", "id_f-stages-1-title"]
    assert content["stages"][1]["text"][:10] in form.mistakes()[1].place
    assert form.lists["stages"].rows[1].open
    assert not form.lists["stages"].rows[0].open


def test_numbers_are_written_as_people_write_them() -> None:
    shape = shapes_of(CommissionRules)["quorum"]
    field = field_of("quorum", CommissionRules.model_fields["quorum"], shape)
    with override("ru"):
        assert [field.clean(typed) for typed in ("0,5", "0.5", "1")] == [0.5, 0.5, 1.0]
        assert as_typed(CommissionRules, {"kinds": ["union"], "quorum": 0.5})["quorum"] == ["0,5"]
        for wrong in ("0", "2", "половина", ""):
            with pytest.raises(ValidationError):
                field.clean(wrong)


def test_lines_and_whole_numbers() -> None:
    assert LinesField(line_length=20, required=False).clean("Раз\r\n\r\n  два   три ") == ["Раз", "два три"]
    with pytest.raises(ValidationError, match="четыре"):
        LinesField(line_length=3).clean("четыре")
    assert WordsField().clean("а\r\nб") == "а\nб"
    assert NumbersField(required=False).clean("60, 30;7") == [60, 30, 7]
    assert NumbersField(required=False).clean("") == []
    with pytest.raises(ValidationError, match="60"):
        NumbersField().clean("60 дней")


def test_a_part_that_may_be_absent() -> None:
    assert as_typed(About, content_of(preset("balta"))["about"])["form"] == ["school"]
    post = QueryDict("f-procedure=order&f-name=Тьютор")
    assert read(StatusRules, post)["commission"] is None


def test_content_of_another_preset_keeps_what_was_in_force() -> None:
    old, new = (content_of(preset(name)) for name in ("yamal", "balta"))
    kept = keeping(old, new)
    assert set(slugs_of(kept)) >= set(slugs_of(old)) | set(slugs_of(new))
    Rules.model_validate(kept)
    assert kept["status"]["criteria"]["title"] == new["status"]["criteria"]["title"]
    assert not [row for row in kept["directions"] if not row["archived"] and row not in new["directions"]]
    assert keeping(old, old) == old
