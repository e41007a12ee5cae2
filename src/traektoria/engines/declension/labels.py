"""The label of a field as what a verb asks for: «Номер региона» → «номер региона», «Школа» → «школу».

A label is a thing (its head goes into the accusative, what follows it stays), an indirect question, an amount («Минут»
→ «, сколько минут») or a beginning or an end («Действует с» → «, с какого дня действует»). Whatever else it is, None:
the caller quotes the label as it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .dictionary import analyzer

if TYPE_CHECKING:
    from pymorphy3.analyzer import Parse

_QUESTION = re.compile(
    r"(?:(?:в|во|о|об|с|со|до|к|ко|на|по|за|из|от|для|у|чем)\s+)?"
    r"(?:что|чего|чему|чём|чем|кто|кого|кому|кем|ком|как|почему|зачем|где|куда|откуда|когда|сколько|скольким|скольких|"
    r"как(?:ой|ая|ое|ие|их|им|ими|ого|ому|ую|ом)|котор\w+)\b",
    re.IGNORECASE,
)
_DAYS = {"с": "с какого дня", "по": "по какой день", "до": "до какого дня"}
_BETWEEN = re.compile(r"(\s+(?:и|или)\s+)")
_MODIFIERS = {"ADJF", "PRTF"}
_PEOPLE = {"тьютор": "тьютора", "тьюторы": "тьюторов"}
"""People younger than the dictionary."""
_AS_WRITTEN = {"пол"}
"""What the dictionary takes for something else."""


def asked_for(label: str) -> str | None:
    """What follows «Напишите»: « номер региона» or «, почему»; None where the label is no phrase of these kinds."""
    text = " ".join(label.split()).rstrip("?:. ")
    if not re.search("[а-яё]", text, re.IGNORECASE):
        return None
    lowered = _lowered(text)
    *start, last = lowered.split(" ")
    if last in _DAYS:
        return " ".join([f", {_DAYS[last]}", *start])
    if _QUESTION.match(text):
        return f", {lowered}"
    pieces = _BETWEEN.split(lowered)
    first = _accusative(pieces[0])
    if first is None:
        return _amount_or_moment(lowered)
    others = [piece if at % 2 else _accusative(piece) or piece for at, piece in enumerate(pieces[1:], start=1)]
    return " " + "".join([first, *others])


def _lowered(text: str) -> str:
    """Without the capital of the first word; «ФИО» and «E-mail» keep theirs."""
    return text if text[1:2].isupper() or not re.match("[А-ЯЁ]", text) else text[0].lower() + text[1:]


def _accusative(phrase: str) -> str | None:
    """The words up to the first noun in the accusative; what follows stands in its own case."""
    words = phrase.split(" ")
    readings: list[Parse | None] = []
    for word in words:
        bare = word.rstrip(",;")
        parse = None if bare in _PEOPLE else _nominative(bare)
        if bare not in _PEOPLE and parse is None:
            return None
        readings.append(parse)
        if parse is None or parse.tag.POS == "NOUN":
            break
    else:
        return None
    person = readings[-1] is None or "anim" in readings[-1].tag
    done = [_object(word, parse, person) for word, parse in zip(words, readings, strict=False)]
    return " ".join([*done, *words[len(readings) :]])


def _nominative(word: str) -> Parse | None:
    """The most likely reading as a nominative noun or adjective."""
    readings = [parse for parse in analyzer().parse(word) if "nomn" in parse.tag and parse.is_known]
    return next((parse for parse in readings if parse.tag.POS in _MODIFIERS | {"NOUN"}), None)


def _object(word: str, parse: Parse | None, person: bool) -> str:
    bare = word.rstrip(",;")
    if parse is None:
        return _PEOPLE[bare] + word[len(bare) :]
    if bare.isupper() or bare in _AS_WRITTEN:
        return word
    wanted = {"accs", "plur" if "plur" in parse.tag else "sing"}
    if parse.tag.POS in _MODIFIERS and {"masc", "plur"} & parse.tag.grammemes:
        wanted |= {"anim" if person else "inan"}
    form = parse.inflect(wanted)
    return word if form is None else str(form.word) + word[len(bare) :]


def _amount_or_moment(lowered: str) -> str | None:
    first = lowered.split(" ")[0]
    for parse in analyzer().parse(first):
        if not parse.is_known:
            return None
        if {"gent", "plur"} <= parse.tag.grammemes and parse.tag.POS == "NOUN":
            return f", сколько {lowered}"
        if parse.tag.POS in {"INFN", "PRTS"}:
            return f", когда {lowered}"
    return None
