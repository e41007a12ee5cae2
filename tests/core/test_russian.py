"""The Russian catalogue as people read it: every plural at awkward numbers, and no word that takes a reader for a man.

Agreement is checked with the dictionary of OpenCorpora: the first noun after the figure stands in the form that Russian
asks for after 1, 2 and 5, whatever the case of the sentence.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from traektoria.engines.declension.dictionary import analyzer

SOURCES = Path(__file__).resolve().parents[2] / "src/traektoria"
NUMBERS = (0, 1, 2, 5, 11, 21, 101, 111, 1_000, 10_000)
FORMS = {0: 2, 1: 0, 2: 1, 5: 2, 11: 2, 21: 0, 101: 0, 111: 2, 1_000: 2, 10_000: 2}
BOTH_GENDERS = re.compile(r"[а-яё]\((?:а|на|ла|ась|ая|сь|ей|ой|шая|вшая)\)|\((?:согласна|она|её)\)")
PAST_OF_A_PERSON = re.compile(r"%\((?:name|person|tutor|teacher|giver|who|by)\)s (?:не |уже |ещё )?([а-яё]+)\b")
ONE_ONLY = re.compile(r"\b(?:он|она|оно|его|её|ему|ей|нём|ней|него|неё|первый|первая|первое|единственн\w+)\b")
#: Nouns that the dictionary does not decline as such.
NOT_IN_THE_DICTIONARY = {"проверяющий", "проверяющих"}


def _messages() -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    for path in sorted((SOURCES / "locale").glob("*/ru/LC_MESSAGES/django.po")):
        for message in read_po(path.open("rb"), locale="ru"):
            if message.id:
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                said = message.string if isinstance(message.string, tuple) else (message.string,)
                yield path.parts[-4], ids, said


PLURALS = [(ids, said) for _room, ids, said in _messages() if len(said) == 3]


def test_catalogue_takes_nobody_for_a_man_or_a_woman() -> None:
    wrong = [f"{room}: {one}" for room, _ids, said in _messages() for one in said if BOTH_GENDERS.search(one)]
    for path in [*SOURCES.rglob("*.py"), *SOURCES.rglob("*.html"), *SOURCES.rglob("*.typ")]:
        wrong += [f"{path.name}: {line.strip()}" for line in path.read_text().splitlines() if BOTH_GENDERS.search(line)]
    assert not wrong, "\n".join(wrong)


def test_nobody_is_named_with_a_verb_that_has_a_gender() -> None:
    """«%(name)s подписал» is wrong of every second teacher; «подпись: %(name)s» is right of all."""
    wrong = []
    for room, _ids, said in _messages():
        for one in said:
            about_a_thing = re.search("файл|артинк|рисун", one)
            for word in () if about_a_thing else PAST_OF_A_PERSON.findall(one):
                tag = analyzer().parse(word)[0].tag
                if (tag.POS in ("PRTS", "ADJS") or "past" in tag) and tag.gender in ("masc", "femn"):
                    wrong.append(f"{room}: {one}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("ids", "said"), PLURALS, ids=[ids[0] for ids, _said in PLURALS])
def test_plural_agrees_with_its_number(ids: tuple[str, ...], said: tuple[str, ...]) -> None:
    with translation.override("ru"):
        for number in NUMBERS:
            shown = translation.ngettext(ids[0], ids[1], number) % Filled(number)
            assert shown == said[FORMS[number]] % Filled(number)
            assert not re.search(r"%|\{|None|[a-z]{4,}", shown.replace("GIFT", "")), shown
    of_one_only = set(ONE_ONLY.findall(said[0])) - set(ONE_ONLY.findall(said[2]))
    assert not of_one_only, f"also said of 21: {said[0]}"
    nouns = [_noun_after_the_figure(one) for one in said]
    if all(nouns):
        assert _agree(*nouns), nouns  # type: ignore[arg-type]


class Filled(dict[str, int]):
    """The number in the place that counts, another one in all others."""

    def __init__(self, number: int) -> None:
        super().__init__({"n": number})
        self.number = number

    def __missing__(self, name: str) -> int:
        return self.number


def _noun_after_the_figure(text: str) -> str | None:
    """«заданий» of «%(n)s заданий в варианте»; an adjective between is passed over."""
    after = re.search(r"%\(\w+\)[sd] ((?:[а-яё-]+ ?)+)", text)
    words = after[1].split()[:2] if after else []
    for at, word in enumerate(words, start=1):
        if word in NOT_IN_THE_DICTIONARY:
            return None
        kinds = {parse.tag.POS for parse in analyzer().parse(word)}
        if kinds & {"ADJF", "PRTF"} and at < len(words):
            continue  # «новых» is a noun too
        if "NOUN" in kinds and not kinds & {"PREP", "CONJ", "ADVB"}:
            return word
        if not kinds & {"ADJF", "PRTF"}:
            return None
    return None


def _agree(one: str, few: str, many: str) -> bool:
    """After 1 a singular; after 2 and 5 either the genitives of counting, or the plural of the same case."""
    singular, two, five = ({_case_and_number(parse) for parse in analyzer().parse(word)} for word in (one, few, many))
    direct = any((case, "sing") in singular for case in ("nomn", "accs"))
    counting = direct and ("gent", "sing") in two and ("gent", "plur") in five
    return counting or any(
        (case, "sing") in singular and (case, "plur") in two and (case, "plur") in five
        for case in ("gent", "datv", "ablt", "loct")
    )


def _case_and_number(parse: object) -> tuple[str, str]:
    tag = parse.tag  # type: ignore[attr-defined]
    return str(tag.case), str(tag.number)


@pytest.mark.parametrize(
    ("one", "few", "many", "right"),
    [
        ("задание", "задания", "заданий", True), ("файлу", "файлам", "файлам", True),
        ("задание", "заданий", "заданий", False), ("заданий", "заданий", "заданий", False),
        ("школа", "школы", "школы", False),
    ],
)  # fmt: skip
def test_agreement_is_seen(one: str, few: str, many: str, right: bool) -> None:
    assert _agree(one, few, many) is right


#: What a machine can see of words that no teacher says. Pattern → what stands there instead.
NOBODY_SAYS = {
    r"(?<!«)—(?!»)": "«–»: one dash on all pages; papers make it long themselves",
    r"[“”„\"](?![^<]*>)": "«ёлочки»",
    r"\w - \w": "«–» between words",
    r"\b[Оо]бъект|\b[Сс]ущност(?!и, это)|\bинстанс": "the thing by its name",
    r"[Нн]евалид|[Нн]екорректн|[Вв]алидн": "what is wrong and what to write",
    r"[Ff]орма содержит ошибк|[Зз]апис[ьи] не найден|[Оо]бязательное поле": "what to write, and where",
    r"[Кк]ликн|[Чч]екбокс|[Дд]ропдаун|[Дд]ашборд|[Кк]онтент|\bюзер": "a word of people",
    r"[Оо]существля|[Пп]роизвест|[Вв] целях\b|[Пп]осредством|[Нн]адлежащ|[Вв] рамках\b|[Вв]вид[уе] ": "a verb",
    r"\bявляется\b|\b[Дд]анн(?:ый|ого|ому|ая|ой|ую)\b(?! от)": "a dash; «этот»",
    r"[Вв]ы уверены|[Ээ]то действие\b|\bуспешно\b": "what will happen, what is done",
    r"[ \u00a0][,.;!?](?:\s|$)": "no space before a sign",
}


@pytest.mark.parametrize("pattern", NOBODY_SAYS)
def test_catalogue_speaks_as_teachers_do(pattern: str) -> None:
    found = [f"{room}: {one}" for room, _ids, said in _messages() for one in said if re.search(pattern, one)]
    assert not found, f"{NOBODY_SAYS[pattern]}:\n" + "\n".join(found)
