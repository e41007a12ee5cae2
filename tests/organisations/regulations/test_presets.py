"""The five presets: each is whole, rests on its source key by key, and holds the facts of its system."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from traektoria.organisations.regulations.contents import PRESETS, content_of, preset, preset_names
from traektoria.organisations.regulations.criteria import Document, Fact, Group, Judged, Threshold, leaves, walk
from traektoria.organisations.regulations.schema import (
    Every,
    Form,
    Majority,
    MemberKind,
    Mode,
    Party,
    Procedure,
    Rules,
)

NAMES = ["balta", "gelendzhik", "kushchevskaya", "tbilisskaya", "yamal"]
SAID = re.compile(r"  # (seed, |в источнике нет)\S*")


def slugs(rows: Any) -> list[str]:
    return [row.slug for row in rows]


def every(rows: Any) -> dict[str, Every]:
    return {row.slug: row.every for row in rows}


def plan_of(rules: Rules) -> list[tuple[str, str]]:
    """(section, deadline) of each measure."""
    return [(section.slug, measure.when) for section in rules.plan for measure in section.measures]


def test_there_are_five_presets() -> None:
    assert preset_names() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_survives_the_database(name: str) -> None:
    assert Rules.model_validate(content_of(preset(name))) == preset(name)


@pytest.mark.parametrize("name", NAMES)
def test_each_key_says_where_it_comes_from(name: str) -> None:
    text = (PRESETS / f"{name}.yaml").read_text(encoding="utf-8")
    lines = text.splitlines()
    silent = {lines[line] for line in key_lines(yaml.compose(text)) if not SAID.search(lines[line])}
    assert silent == set()
    assert [line for line in lines if line.strip() and line[0] != "#" and not SAID.search(line)] == []


def key_lines(node: yaml.Node) -> Iterator[int]:
    """The line of each key, at any depth."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.start_mark.line
            yield from key_lines(value)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from key_lines(one)


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_names_every_field_of_its_parts(name: str) -> None:
    """What is silent in the source is said to be silent: nothing hangs on a default that nobody sees."""
    content = yaml.safe_load((PRESETS / f"{name}.yaml").read_text(encoding="utf-8"))
    assert set(content) == set(Rules.model_fields)
    for part in ("about", "status", "support", "diagnostics"):
        assert set(content[part]) == set(Rules.model_fields[part].annotation.model_fields)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_rests_on_acts_in_force(name: str) -> None:
    basis = " ".join(preset(name).about.basis)
    assert "273-ФЗ" in basis
    assert "779" in basis
    assert "156-ФЗ" in basis
    assert not re.search(r"53н|1726-р|996-р|423-р|\b582\b|\b831\b", basis)


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_is_a_rule_of_any_year(name: str) -> None:
    """A year stands only in the date of an act: what the source says of its own year is no rule of another one."""
    acts = re.compile(r"\b\d{2}\.\d{2}\.(19|20)\d{2}\b")
    texts = list(_texts(content_of(preset(name))))
    assert any(acts.search(text) for text in texts)
    assert [text for text in texts if re.search(r"(19|20)\d{2}", acts.sub("", text))] == []


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", NAMES)
def test_a_teacher_and_a_tutor_agree_a_route(name: str) -> None:
    assert preset(name).support.agreed_by == (Party.TEACHER, Party.TUTOR)
    assert slugs(preset(name).support.stages) == ["organisational", "design", "control"]
    assert all(stage.artefacts for stage in preset(name).support.stages)
    assert preset(name).status.criteria.slug == "status"


@pytest.mark.parametrize("name", NAMES)
def test_judged_criteria_say_what_points_mean(name: str) -> None:
    judged = [one for one in leaves(preset(name).status.criteria) if isinstance(one, Judged)]
    assert all([step.points for step in one.descriptors] == [0, 1, 2] and one.pass_points == 1 for one in judged)


def test_yamal_judges_by_nine_criteria() -> None:
    status = preset("yamal").status
    assert status.procedure == Procedure.COMMISSION
    assert status.criteria.rule == "all"
    assert [(one.slug, one.kind) for one in status.criteria.of] == [
        ("region_service", "threshold"),
        ("higher_education", "document"),
        ("tutor_training", "document"),
        ("leading_methodical_work", "judged"),
        ("additional_activities", "group"),
        ("colleagues_growth", "judged"),
        ("open_lessons", "judged"),
        ("network_projects", "judged"),
        ("qualification", "threshold"),
    ]
    nodes = {one.slug: one for one in walk(status.criteria)}
    service, activities, qualification = (
        nodes[slug] for slug in ("region_service", "additional_activities", "qualification")
    )
    assert isinstance(service, Threshold)
    assert (service.fact, service.at_least) == (Fact.REGION_SERVICE, 3)
    assert isinstance(activities, Group)
    assert (activities.rule, activities.number) == ("at_least", 2)
    assert slugs(activities.of) == ["design_work", "research_work", "communication_work"]
    assert isinstance(qualification, Threshold)
    assert (qualification.fact, qualification.at_least) == (Fact.SERVICE, 2)


def test_yamal_has_a_commission_of_five_kinds_of_members() -> None:
    commission = preset("yamal").status.commission
    assert commission is not None
    assert set(commission.kinds) == set(MemberKind)
    assert commission.by_consent == (MemberKind.SCIENCE,)
    assert commission.majority == Majority.PRESENT


def test_yamal_has_its_minimum_directions_banks_and_site() -> None:
    rules = preset("yamal")
    assert rules.about.form == Form.MUNICIPAL_CENTRE
    assert rules.about.site
    assert slugs(rules.directions) == ["information", "organisation", "science_methods", "diagnostics_analysis"]
    assert [(one.slug, one.at_least, one.every) for one in rules.minimum] == [
        ("children_progress", 1, Every.YEAR),
        ("publications", 2, Every.YEAR),
        ("talks", 1, Every.YEAR),
        ("training_events", 1, Every.YEAR),
    ]
    assert slugs(rules.banks) == [
        "aids", "developments", "network_programmes", "electives", "individual_programmes", "leisure_programmes",
    ]  # fmt: skip
    assert "ограниченными возможностями" in " ".join(one.text for one in rules.banks)
    assert slugs(rules.checklists) == ["innovation_product"]
    assert {"regional_centre", "social_partners"} <= set(slugs(rules.partners))
    assert {"partner_resources", "navigation", "product_review"} <= set(slugs(rules.services))
    assert "proposals" in slugs(rules.reports)


def test_balta_appoints_by_an_order() -> None:
    status = preset("balta").status
    education, service = status.criteria.of
    assert (status.procedure, status.commission, status.term_months) == (Procedure.ORDER, None, 0)
    assert status.criteria.rule == "all"
    assert isinstance(education, Document)
    assert (education.slug, education.document) == ("higher_education", "diploma")
    assert "Образование и педагогика" in education.title
    assert isinstance(service, Threshold)
    assert (service.slug, service.fact, service.at_least) == ("service", Fact.SERVICE, 2)


def test_balta_supports_in_three_stages_and_reports_twice_a_year() -> None:
    rules = preset("balta")
    assert rules.about.form == Form.SCHOOL
    assert [one.title for one in rules.support.stages] == ["Организационный", "Проектировочный", "Контрольно-оценочный"]
    assert slugs(rules.about.functions) == ["diagnostic", "design", "implementation", "analytical"]
    assert slugs(rules.documents) == ["programme_and_plan", "route_cards", "monitoring"]
    assert [(one.to, one.every) for one in rules.reports] == [("Педагогический совет", Every.HALF_YEAR)]
    assert rules.support.group
    assert rules.support.period == "в течение периода функционирования муниципальной проектной площадки"
    assert len(rules.support.evidence) == 3
    assert ("control", "два раза в год") in plan_of(rules)


def test_gelendzhik_is_a_voluntary_community_with_principles() -> None:
    rules = preset("gelendzhik")
    assert (rules.about.form, rules.status.procedure) == (Form.COMMUNITY, Procedure.VOLUNTARY)
    assert (len(rules.about.principles), len(rules.about.functions), len(rules.about.tutor_functions)) == (7, 7, 6)
    assert slugs(rules.support.categories)[:2] == ["low_results", "hard_conditions"]
    assert {"cases", "tutorial_programmes"} <= set(slugs(rules.banks))
    assert "network_communities" in slugs(rules.partners)


def test_gelendzhik_plans_in_four_sections() -> None:
    rules = preset("gelendzhik")
    schedule, request = "по отдельному графику", "по запросу ОО"
    assert plan_of(rules) == [
        ("teaching", schedule),
        ("teaching", "1 раз в четверть"),
        ("teaching", schedule),
        ("teaching", schedule),
        ("teaching", schedule),
        ("consulting", request),
        ("consulting", request),
        ("expert", request),
        ("expert", request),
        ("monitoring", "По итогам результатов работ"),
    ]
    assert every(rules.events)["open_lesson"] == Every.QUARTER
    assert slugs(rules.directions) == slugs(rules.plan)


def test_gelendzhik_reviews_by_checklists() -> None:
    lists = preset("gelendzhik").checklists
    assert slugs(lists) == ["work_programme", "lesson_calendar", "lesson_card", "portfolio"]
    assert all("local_act" in slugs(one.items) for one in lists[:3])


def test_kushchevskaya_consults_at_points_and_in_the_hour_of_help() -> None:
    rules = preset("kushchevskaya")
    services = {one.slug: one for one in rules.services}
    assert rules.about.form == Form.CONSULTATION_POINTS
    assert rules.status.procedure == Procedure.VOLUNTARY
    assert {Mode.IN_PERSON, Mode.VIDEO, Mode.GROUP, Mode.INDIVIDUAL} == set(services["consultation"].modes)
    assert services["help_hour"].every == Every.ON_REQUEST
    assert "tutorial" in slugs(rules.events)


def test_kushchevskaya_begins_the_year_with_a_control_work() -> None:
    rules = preset("kushchevskaya")
    rhythm = every(rules.events)
    assert (rhythm["control_work"], rhythm["questionnaire"]) == (Every.YEAR, Every.YEAR)
    assert plan_of(rules)[:3] == [
        ("diagnostics", "традиционно в сентябре"),
        ("diagnostics", "традиционно в сентябре"),
        ("diagnostics", "на учебный год"),
    ]
    assert rules.support.group
    assert rules.support.period == "на учебный год"


def test_tbilisskaya_supports_four_categories_by_a_personified_plan() -> None:
    rules = preset("tbilisskaya")
    assert rules.about.form == Form.CONSULTING_POINT
    assert slugs(rules.support.categories) == ["newcomers", "deepening", "class_or_topic", "low_results"]
    assert rules.support.stages[1].artefacts == ("Персонифицированный план восполнения дефицитов",)
    assert {"deficit_plans", "portfolio_base"} <= set(slugs(rules.documents))
    assert "portfolios" in slugs(rules.banks)


def test_tbilisskaya_audits_four_things() -> None:
    rules = preset("tbilisskaya")
    assert every(rules.audits) == {
        "exam_site": Every.QUARTER,
        "self_analysis": Every.TWO_MONTHS,
        "calendar_deficits": Every.TWO_MONTHS,
        "exam_cards": Every.TWO_MONTHS,
    }
    rhythm = every(rules.events)
    assert {rhythm[slug] for slug in ("master_class", "seminar", "round_table")} == {Every.QUARTER}


def test_tbilisskaya_keeps_the_deadlines_of_its_source() -> None:
    quarter, two_months = "Раз в четверть", "Не реже одного в два месяца"
    assert [when for _section, when in plan_of(preset("tbilisskaya"))] == [
        "Декабрь", "Январь", quarter, quarter, quarter, "В течение года", "В течение года",
        quarter, two_months, two_months, two_months,
    ]  # fmt: skip


def test_an_unknown_preset_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        preset("../secret")
