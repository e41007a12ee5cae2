"""The regulation in words: numbers without gaps, nothing of the archive, one text for the page and the paper."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from traektoria.organisations.regulations.contents import content_of, preset
from traektoria.organisations.regulations.outline import WrittenSection, outline
from traektoria.organisations.regulations.schema import Rules

NAMES = ["balta", "gelendzhik", "kushchevskaya", "tbilisskaya", "yamal"]


@pytest.fixture(autouse=True)
def russian() -> Iterator[None]:
    with translation.override("ru"):
        yield


def sections(rules: Rules | str) -> dict[str, WrittenSection]:
    rules = preset(rules) if isinstance(rules, str) else rules
    return {one.slug: one for one in outline(rules, "Тьюторский центр")}


def last(key: str) -> str:
    """The clause itself, without its section and the clauses above it."""
    return key.rpartition(".")[2]


def texts(section: WrittenSection) -> list[str]:
    return [f"{one.number} {one.text}" for one in section.clauses]


def changed(name: str, change: Any) -> Rules:
    content = content_of(preset(name))
    change(content)
    return Rules.model_validate(content)


@pytest.mark.parametrize("name", NAMES)
def test_numbers_go_on_without_gaps(name: str) -> None:
    found = outline(preset(name), "Центр")
    assert [one.number for one in found] == [f"{place}." for place in range(1, len(found) + 1)]
    for section in found:
        assert section.clauses
        last: list[int] = [int(section.number.rstrip(".")), 0]
        for clause in section.clauses:
            number = [int(part) for part in clause.number.rstrip(".").split(".")]
            assert number in ([*last[:2], (last[2] if len(last) > 2 else 0) + 1], [last[0], last[1] + 1])
            last = number
            assert clause.depth == len(number) - 2
        assert len({clause.number for clause in section.clauses}) == len(section.clauses)


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_says_something_and_tables_are_even(name: str) -> None:
    for section in outline(preset(name), "Центр"):
        for clause in section.clauses:
            assert clause.text.strip()
            assert all(item.strip() for item in clause.items)
            if clause.table:
                assert {len(row) for row in clause.table.rows} == {len(clause.table.head)}


def test_yamal_has_its_sections_in_order() -> None:
    assert [f"{one.number} {one.title}" for one in sections("yamal").values()] == [
        "1. Общие положения",
        "2. Цель и задачи",
        "3. Направления работы",
        "4. Статус тьютора",
        "5. Сопровождение педагогов",
        "6. Диагностика педагогов",
        "7. Документы и отчёты",
        "8. Формы работы",
        "9. Экспертиза",
        "10. Обязательный минимум",
        "11. Банки материалов",
        "12. План работы",
        "13. Права и обязанности",
    ]


def test_empty_parts_are_left_out_and_numbers_close_up() -> None:
    found = sections("balta")
    assert list(found) == ["general", "purpose", "status", "support", "diagnostics", "papers", "forms", "plan"]
    assert found["status"].number == "3."


def test_criteria_are_said_with_and_and_or() -> None:
    clauses = {last(one.key): one for one in sections("yamal")["status"].clauses}
    assert clauses["criteria"].text == "Условия присвоения статуса «Тьютор»: нужно всё перечисленное."
    assert f"{clauses['region_service'].number} {clauses['region_service'].text}" == (
        "4.2.1. Стаж в школах автономного округа не менее трёх лет (полных лет работы в школах региона – не меньше 3)."
    )
    activities = clauses["additional_activities"]
    assert activities.text == "Дополнительные виды деятельности: нужно не меньше 2 из перечисленного:"
    assert activities.items[0] == (
        "Проектировочная деятельность (оценивает комиссия; засчитывается с балла 1 из 2)"
    )  # fmt: skip
    assert clauses["points"].table is not None
    assert clauses["points"].table.rows[1] == (
        "Проектировочная деятельность",
        "0 – проектов нет; 1 – участвовал в образовательном проекте и показал свою часть работы; "
        "2 – сам задумал и довёл до итога проект, которым пользуются коллеги",
    )


def test_a_group_in_a_group_is_said_in_one_line() -> None:
    leaf = {"kind": "document", "document": "diploma"}

    def nest(content: Any) -> None:
        content["status"]["criteria"]["of"] = [
            {"kind": "group", "slug": "a", "title": "А", "rule": "all", "of": [
                {"kind": "group", "slug": "b", "title": "Б", "rule": "any", "of": [
                    {"slug": "c", "title": "В", **leaf}, {"slug": "d", "title": "Г", **leaf},
                ]},
            ]},
        ]  # fmt: skip

    clauses = {last(one.key): one for one in sections(changed("balta", nest))["status"].clauses}
    assert clauses["a"].items == ("Б – достаточно одного из перечисленного: В (диплом); Г (диплом)",)


def test_the_commission_is_described_in_full() -> None:
    assert [one for one in texts(sections("yamal")["status"]) if one.startswith(("4.4.", "4.5."))] == [
        "4.4. Статус присваивают на срок: 3 года. Его можно продлить. "
        "Тьютору напоминают об окончании срока за столько дней: 60, 30, 7.",
        "4.5. Комиссия:",
        "4.5.1. В неё могут войти: работники школ, орган управления образованием, методисты, учёные, профсоюз. "
        "По согласованию: учёные.",
        "4.5.2. Членов комиссии – не меньше 5. Срок её полномочий – 2 года.",
        "4.5.3. Заседание правомочно, когда присутствует не меньше 50 % состава комиссии.",
        "4.5.4. Голосование открытое. Решение принято, если за него больше половины присутствующих. "
        "При равенстве голосов решает голос председателя.",
        "4.5.5. Срок рассмотрения заявления – 30 дней. Отказ можно обжаловать, срок – 30 дней.",
    ]


def test_other_choices_of_the_commission_are_said_too() -> None:
    def choose(content: Any) -> None:
        content["status"] |= {"term_months": 18, "renewable": False, "remind_days": []}
        content["status"]["commission"] |= {
            "secret": True, "chair_breaks_tie": False, "appeal_days": 0, "quorum": 0.667, "by_consent": [],
        }  # fmt: skip

    said = " ".join(texts(sections(changed("yamal", choose))["status"]))
    assert "на срок: 18 месяцев. Его не продлевают: подают новое заявление." in said
    assert "Голосование тайное." in said
    assert "не меньше 66,7 % состава" in said
    assert "председателя" not in said
    assert "обжаловать" not in said
    assert "По согласованию" not in said


def test_an_order_rests_on_the_head() -> None:
    assert texts(sections("balta")["status"])[0] == (
        "3.1. Тьютора назначает и освобождает руководитель приказом. Статус называется «Тьютор»."
    )
    assert texts(sections("balta")["status"])[-1] == "3.4. Оплата: по положению об оплате труда в школе."


def test_stages_stand_with_what_they_leave() -> None:
    clauses = {last(one.key): one for one in sections("balta")["support"].clauses}
    assert clauses["organisational"].text == (
        "Организационный. Выяснить, что мешает в работе, и вместе с педагогом сформулировать его заказ. "
        "Что остаётся после этапа:"
    )
    assert clauses["organisational"].items == ("Проблемное поле", "Образовательный заказ")


def test_audits_and_the_plan_are_tables() -> None:
    found = sections("tbilisskaya")
    audits, plan = found["audits"].clauses[0].table, found["plan"].clauses[0].table
    assert audits is not None
    assert [row[2] for row in audits.rows] == ["раз в четверть", *["не реже раза в два месяца"] * 3]
    assert plan is not None
    assert plan.head == ("Мероприятие", "Срок", "Ответственные")
    assert plan.rows[0][1] == "Декабрь"


def test_the_archive_is_left_out() -> None:
    def archive(content: Any) -> None:
        for rows in (content["banks"], content["directions"], content["status"]["criteria"]["of"]):
            rows[0]["archived"] = True
        for rows in (content["minimum"], content["checklists"]):
            for row in rows:
                row["archived"] = True
        content["status"]["criteria"]["of"][4]["of"][0]["archived"] = True

    found = sections(changed("yamal", archive))
    assert "Учебные пособия" not in found["banks"].clauses[0].items
    assert found["directions"].clauses[0].text.startswith("Организационное.")
    assert found["status"].clauses[2].text.startswith("Высшее педагогическое образование")
    assert {"minimum", "expertise"} & set(found) == set()
    assert "Проектировочная" not in str(found["status"])


def test_rights_go_on_the_sentence() -> None:
    rights = sections("yamal")["rights"].clauses[0]
    assert rights.text == "Центр вправе:"
    assert rights.items[0] == "обращаться за помощью к специалистам регионального Центра открытого образования;"
    assert rights.items[-1].endswith(".")


def test_another_language_gives_other_words_of_ours() -> None:
    with translation.override("en"):
        assert sections("balta")["general"].title == "General provisions"
