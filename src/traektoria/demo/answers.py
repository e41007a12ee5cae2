"""Answers of the demo: drawn by chance, right as often as the person knows the topic."""

import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, assert_never

from traektoria.diagnostics.items.content import Content
from traektoria.diagnostics.items.kinds.choice import Choice
from traektoria.diagnostics.items.kinds.description import Description
from traektoria.diagnostics.items.kinds.extended import Extended
from traektoria.diagnostics.items.kinds.level import LevelMark
from traektoria.diagnostics.items.kinds.likert import Likert
from traektoria.diagnostics.items.kinds.matching import Matching, rights
from traektoria.diagnostics.items.kinds.multiple import Multiple
from traektoria.diagnostics.items.kinds.numeric import Numeric
from traektoria.diagnostics.items.kinds.open import Open
from traektoria.diagnostics.items.kinds.ordering import Ordering
from traektoria.diagnostics.items.kinds.short import Short
from traektoria.diagnostics.items.kinds.single import Single
from traektoria.diagnostics.items.kinds.unreadable import UnreadableItem
from traektoria.diagnostics.items.pieces.answers import Value

ABILITY: Final = {
    "Числа и проценты": 0.85,
    "Уравнения и неравенства": 0.78,
    "Функции и графики": 0.66,
    "Геометрия": 0.6,
}


@dataclass
class Sitter:
    """A teacher who answers: by chance, with a share of right answers for each topic."""

    login: str
    chance: random.Random
    shift: float = 0.0

    def knows(self, topic: str) -> bool:
        return self.chance.random() < min(0.97, max(0.08, ABILITY.get(topic, 0.7) + self.shift))


def answer(content: Content, sitter: Sitter, topic: str) -> Value:
    """What the sitter gives: right, or one of the mistakes that can be made."""
    chance, right = sitter.chance, sitter.knows(topic)
    match content:
        case Single():
            wanted = [place for place, one in enumerate(content.options) if (one.weight == "100") == right]
            return {"choice": chance.choice(wanted)}
        case Multiple():
            good = [place for place, one in enumerate(content.options) if not one.weight.startswith("-")]
            return {"choices": good if right else good[:1]}
        case Short():
            return {"text": content.accepted[0].text if right else "е"}
        case Numeric():
            return {"text": f"{content.ranges[0].low if right else content.ranges[0].high + chance.randint(1, 9):f}"}
        case Matching():
            places = [rights(content).index(pair.right) for pair in content.pairs]
            return {"pairs": places if right else places[1:] + places[:1]}
        case Ordering():
            order = list(range(len(content.order)))
            return {"order": order if right else [order[1], order[0], *order[2:]]}
        case Extended():
            return {"text": "Дискриминант равен нулю, отсюда и значения." if right else "Подставим число и проверим."}
        case Likert():
            return {"step": _agreement(content, sitter)}
        case Choice():
            hard = [place for place, one in enumerate(content.options) if not sitter.knows(one.text)]
            return {"choices": hard[:2]} if hard else {}
        case Open():
            return {
                "text": chance.choice(("Хочу разобраться с заданиями по геометрии.", "Нужны примеры уроков коллег."))
            }
        case LevelMark() | Description() | UnreadableItem():
            return {}
        case _:
            assert_never(content)


def _agreement(content: Likert, sitter: Sitter) -> int:
    """Those who know more are surer of themselves; a statement that is turned round is answered the other way."""
    most = len(content.steps)
    step = min(most, max(1, round((most + 1) / 2 + 3 * sitter.shift + sitter.chance.gauss(0, 0.8))))
    return most + 1 - step if content.reverse else step


def points(content: Extended, chance: random.Random, good: bool) -> dict[str, Decimal | None]:
    """What a marker gives by criterion: whole points, now and then one less than another marker would."""
    share = 1.0 if good else 0.4
    return {
        one.code: Decimal(round(float(one.most) * share * chance.choice((1.0, 1.0, 0.5)))) for one in content.criteria
    }
