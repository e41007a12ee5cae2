"""The rules of diagnostics: defaults for older versions, what is refused, what the paper says."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError as Wrong
from django.utils import translation
from pydantic import ValidationError

from traektoria.engines.disclosure import MINIMUM
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.actions import checked
from traektoria.organisations.regulations.contents import content_of, preset, rules_of
from traektoria.organisations.regulations.diagnostics_rules import DiagnosticsRules
from traektoria.organisations.regulations.errors import said
from traektoria.organisations.regulations.fields import field_of
from traektoria.organisations.regulations.outline import outline
from traektoria.organisations.regulations.queries import part_at
from traektoria.organisations.regulations.schema import Rules
from traektoria.organisations.regulations.shapes import shapes_of


def test_an_older_version_without_the_section_has_its_defaults() -> None:
    content = content_of(preset("yamal"))
    del content["diagnostics"]
    assert Rules.model_validate(content).diagnostics == DiagnosticsRules()
    assert part_at(content, ["diagnostics"]) == {}


def test_presets_hold_the_defaults_and_name_levels() -> None:
    rules = preset("kushchevskaya").diagnostics
    assert rules.model_copy(update={"levels": ()}) == DiagnosticsRules()
    assert [rules.level_of(share) for share in (0.0, 0.599, 0.6, 0.8, 1.0)] == [
        "Нужна поддержка", "Нужна поддержка", "Освоено частично", "Освоено уверенно", "Освоено уверенно",
    ]  # fmt: skip
    assert DiagnosticsRules().level_of(0.9) == ""


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"deficit_below": 80}, "Предел дефицита должен быть ниже предела, с которого тема считается освоенной."),
        ({"possible_from": 95}, "«Возможен» должно говориться от меньшей вероятности, чем «выражен»."),
        ({"group_least": 20}, "Наименьшее число педагогов в группе больше наибольшего."),
        ({"levels": [{"title": "Есть", "at_least": 5}]},
         "Первый уровень начинается с 0, каждый следующий – выше предыдущего."),
        ({"picture_least": 9}, "Нужно число не меньше 10."),
    ],
)  # fmt: skip
def test_what_is_refused(change: dict[str, Any], sentence: str) -> None:
    content = content_of(preset("balta"))
    content["diagnostics"] |= change
    with pytest.raises(ValidationError) as refusal, translation.override("ru"):
        Rules.model_validate(content)
    with translation.override("ru"):
        (problem,) = said(refusal.value, content)
    assert problem.place.startswith("Диагностика педагогов")
    assert problem.sentence == sentence


def test_a_version_kept_with_a_smaller_group_is_read_and_written_on() -> None:
    """After a release in which the least group grew; whoever types a smaller number is refused."""
    content = content_of(preset("balta"))
    content["diagnostics"]["picture_least"] = MINIMUM - 1
    assert rules_of(Regulation(content=content)).diagnostics.picture_least == MINIMUM
    assert checked(content)["diagnostics"]["picture_least"] == MINIMUM
    content["diagnostics"]["picture_least"] = MINIMUM + 5
    assert rules_of(Regulation(content=content)).diagnostics.picture_least == MINIMUM + 5
    field = field_of(
        "picture_least",
        DiagnosticsRules.model_fields["picture_least"],
        shapes_of(DiagnosticsRules)["picture_least"],
    )
    with pytest.raises(Wrong):
        field.clean(str(MINIMUM - 1))


def test_the_paper_says_the_rules() -> None:
    with translation.override("ru"):
        (section,) = [one for one in outline(preset("yamal"), "Центр") if one.slug == "diagnostics"]
    assert section.clauses[0].text == (
        "Тема работы считается освоенной, если её задания, решённые много раз, дали бы 80 % баллов и больше; меньше "
        "60 % – дефицит. Вывод делается о заданиях работы, а не о теме в целом."
    )
    assert "из ста таких выводов верны не меньше 90" in section.clauses[1].text
    assert [len(one.table.rows) for one in section.clauses if one.table] == [3]
