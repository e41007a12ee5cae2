"""A lesson calendar that was brought to an audit: Russian of the fifth class, with the oversights that happen."""

from decimal import Decimal
from typing import Final

from traektoria.demo.stage import Stage
from traektoria.engines.lessons.model import Say, Stated
from traektoria.planning.audits.actions import lessons
from traektoria.planning.lessons.kept_calendar import topics_of
from traektoria.planning.lessons.models import LessonCalendar
from traektoria.planning.lessons.reader import Brought
from traektoria.planning.models import Audit

ROWS: Final = (
    ("", "Раздел 1. Повторение (6 ч)", "", ""),
    ("1", "Язык и речь. Правила речевого общения", "1", "02.09"),
    ("2", "Состав слова: корень, приставка, суффикс, окончание", "1", "03.09"),
    ("3", "Части речи. Имя существительное", "1", "04.09"),
    ("4", "Предложение и его главные члены", "1", "08.09"),
    ("5", "Контрольный диктант № 1", "1", "10.09"),
    ("", "Раздел 2. Текст (8 ч)", "", ""),
    ("6", "Текст и его основная мысль", "1", "11.09"),
    ("7", "Тема текста, план текста", "2", "15.09"),
    ("9", "Развитие речи. Сочинение по картине", "2", "09.09"),
    ("10", "Типы речи: описание, повествование, рассуждение", "1", "18.09"),
    ("11", "Анализ контрольной работы", "1", "22.09"),
    ("12", "Контрольная работа № 3 по теме «Текст»", "1", "24.09"),
    ("", "Раздел 3. Синтаксис и пунктуация (7 ч)", "", ""),
    ("13", "Словосочетание", "1", "25.09"),
    ("14", "Второстепенные члены предложения", "2", "29.09"),
    ("16", "Однородные члены предложения и знаки препинания при них", "2", "29.10"),
    ("18", "Обращение. Знаки препинания", "1", "04.11"),
    ("18", "Прямая речь. Диалог", "1", "06.11"),
    ("", "Итого", "24", ""),
)
TOPIC: Final = "Состав слова"
"""The results of the municipality may have named it already."""
STATED: Final = (Stated(Say.WEEK, Decimal(5)), Stated(Say.YEAR, Decimal(170)), Stated(Say.CONTROLS, Decimal(3)))


def lesson_calendar(stage: Stage, audit: Audit, *, by: str) -> LessonCalendar:
    """Brought, looked at for one topic; nothing of it is a finding yet."""
    lines = ["№ урока\tТема урока\tКол-во часов\tДата по плану", *map("\t".join, ROWS)]
    brought = Brought("russian", 5, "А", STATED, text="\n".join(lines))
    row = lessons.bring_calendar(audit=audit, brought=brought, by=stage.actor(by))
    row = lessons.add_topic(calendar=row, words=TOPIC, by=stage.actor(by))
    key = next(one.key for one in topics_of(row) if one.words.lower() == TOPIC.lower())
    return lessons.judge_topic(calendar=row, key=key, said=lessons.YES, by=stage.actor(by))
