"""The bank of the demo and what is made of it: a control work in two forms, a questionnaire, a lesson, a talk."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from traektoria.demo.stage import Stage
from traektoria.diagnostics.bank.actions import file_import
from traektoria.diagnostics.bank.actions import items as bank
from traektoria.diagnostics.instruments.actions import form_items, quick_items, versions
from traektoria.diagnostics.instruments.actions.assembly import assemble_version, save_blueprint
from traektoria.diagnostics.instruments.enums import InstrumentKind
from traektoria.diagnostics.instruments.settings import BlueprintRow
from traektoria.diagnostics.instruments.statements import statements_of
from traektoria.diagnostics.items.content import Content
from traektoria.diagnostics.items.kinds.choice import Choice
from traektoria.diagnostics.items.kinds.level import LevelMark
from traektoria.diagnostics.items.pieces.content import Option
from traektoria.diagnostics.models import BankItem, InstrumentVersion

KEEPER: Final = "koordinator"
DATA: Final = Path(__file__).parent / "data"
TOPICS: Final = ("Числа и проценты", "Уравнения и неравенства", "Функции и графики", "Геометрия")
STEPS: Final = ("совсем не про меня", "скорее не про меня", "скорее про меня", "точно про меня")
STATEMENTS: Final = """
Я уверенно разбираю с учениками задания второй части
− Мне трудно объяснить ученикам, за что снижен балл
Я знаю, какие задания у моих учеников получаются хуже всего
− На подготовку к экзамену мне не хватает времени на уроке
Мне легко показать свой урок коллегам
"""
OPEN: Final = (
    "С чем вы хотели бы разобраться в этом году в первую очередь?",
    "Какая помощь была бы для вас самой полезной?",
)
OBSERVED: Final = {
    "Цель урока": ("не названа", "названа учителем", "принята детьми", "сформулирована детьми"),
    "Работа с ошибкой": ("ошибка исправлена учителем", "дети сверяются с образцом", "дети находят причину ошибки"),
    "Обратная связь": ("нет", "только отметка", "отметка с пояснением", "дети знают, что делать дальше"),
}
TALK: Final = (
    "Что в последнее время получалось на уроках лучше всего?",
    "Какие темы приходится объяснять несколько раз?",
    "Что вы уже пробовали, чтобы справиться с этим?",
    "Какую помощь вы приняли бы охотно, а какую нет?",
)


def fill_bank(stage: Stage) -> None:
    """Two files of ours, read as any file is."""
    for name, subject in (("diagnostics_math.gift", "math"), ("diagnostics_primary.gift", "primary")):
        file_import.import_questions(
            centre=stage.population.centre,
            content=(DATA / name).read_bytes(),
            name=name,
            defaults={"subject": subject, "block": "subject"},
            by=stage.actor(KEEPER),
        )


def control_work(stage: Stage) -> InstrumentVersion:
    """Forms A and B of the bank by a plan: four topics, two items of each level."""
    me = stage.actor(KEEPER)
    draft = _new(stage, InstrumentKind.CONTROL_WORK, "Контрольная работа для учителей математики", "math")
    levels: tuple[Any, ...] = ("basic", "raised")
    rows = [BlueprintRow(topic=topic, level=level, number=2) for topic in TOPICS for level in levels]
    rows.append(BlueprintRow(topic="Уравнения и неравенства", level="high", number=1))
    versions.change_settings(
        version=draft,
        minutes=60,
        pauses=1,
        markers=2,
        instruction="Считать можно на бумаге. Калькулятор не нужен.",
        by=me,
    )
    save_blueprint(version=draft, rows=rows, by=me)
    assemble_version(version=draft, seed=2026, by=me)
    return versions.publish_version(version=draft, by=me)


def questionnaire(stage: Stage) -> InstrumentVersion:
    """Statements on a scale, topics to tick, questions to answer in one's own words."""
    me = stage.actor(KEEPER)
    draft = _new(stage, InstrumentKind.QUESTIONNAIRE, "Анкета «Что мне трудно в подготовке к экзаменам»", "")
    quick_items.add_statements(
        version=draft, statements=statements_of(STATEMENTS), steps=STEPS, scale="Уверенность", by=me
    )
    options = tuple(Option(text=topic) for topic in TOPICS)
    named = Choice(
        text="Какие темы вам самим труднее всего?", options=options, many=True, other=True, difficulties=True
    )
    _put(stage, draft, [named])
    quick_items.add_open_questions(version=draft, texts=OPEN, lines=3, by=me)
    return versions.publish_version(version=draft, by=me)


def primary_work(stage: Stage) -> InstrumentVersion:
    """One form of all that the bank has for primary school."""
    me = stage.actor(KEEPER)
    draft = _new(stage, InstrumentKind.CONTROL_WORK, "Русский язык: работа для учителей начальных классов", "primary")
    items = BankItem.objects.filter(centre=stage.population.centre, subject="primary").select_related("current")
    form_items.add_items(
        version=draft, item_versions=[one.current for one in items.order_by("pk") if one.current], by=me
    )
    versions.change_settings(version=draft, minutes=40, pauses=2, by=me)
    return versions.publish_version(version=draft, by=me)


def observation(stage: Stage) -> InstrumentVersion:
    draft = _new(stage, InstrumentKind.OBSERVATION, "Карта наблюдения урока", "")
    _put(stage, draft, [LevelMark(text=title, descriptors=steps) for title, steps in OBSERVED.items()])
    return versions.publish_version(version=draft, by=stage.actor(KEEPER))


def talk(stage: Stage) -> InstrumentVersion:
    draft = _new(stage, InstrumentKind.INTERVIEW, "Беседа о затруднениях", "")
    quick_items.add_open_questions(version=draft, texts=TALK, lines=4, by=stage.actor(KEEPER))
    return versions.publish_version(version=draft, by=stage.actor(KEEPER))


def _new(stage: Stage, kind: InstrumentKind, title: str, subject: str) -> InstrumentVersion:
    return versions.create_instrument(
        centre=stage.population.centre, kind=kind, title=title, subject=subject, by=stage.actor(KEEPER)
    )


def _put(stage: Stage, draft: InstrumentVersion, contents: Iterable[Content]) -> None:
    """New items that nobody gives points for, into the bank and into the draft."""
    me = stage.actor(KEEPER)
    made = [
        bank.add_item(
            centre=stage.population.centre, content=one, max_score=Decimal(0), fields={"name": one.text[:200]}, by=me
        )
        for one in contents
    ]
    form_items.add_items(version=draft, item_versions=[one.current for one in made if one.current], by=me)
