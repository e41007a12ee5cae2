"""Surnames in six cases: the ending tells the kind, the dictionary is a witness, and what they differ in is in doubt.

A form is certain when its kind leaves no choice («Иванов», «Шевченко», a woman's «Блок»), or when rule and dictionary
agree where it does. Families differ («Заяц»: «Зайца» or «Заяца»), and stress is not written («Ковачем», «Ковачом»).
"""

import re
from dataclasses import dataclass

from . import dictionary
from .endings import (
    CONSONANTS,
    OBLIQUE,
    SIBILANTS,
    Forms,
    adjective_man,
    adjective_woman,
    fixed,
    noun_in_a,
    noun_in_consonant,
    possessive_man,
    possessive_woman,
)
from .letters import capitalised_like, plain, syllables
from .model import Case, Declined, NameGender

NOTHING: frozenset[Case] = frozenset()
ALL = frozenset(OBLIQUE)
BY_STRESS = frozenset({Case.INSTRUMENTAL})

#: French surnames with the stress on the last syllable, which the ending would decline.
_STRESSED_LAST = {
    "золя", "дега", "дюма", "петипа", "люка", "бенуа", "гавальда", "труайя", "тома", "фермата", "моруа", "барбюса",
    "гюго", "дидро", "ожа", "делакруа", "франсуа", "лакруа", "нодья", "эредиа", "гарсиа", "жоффруа", "дюамеля",
}  # fmt: skip
#: First parts of compound surnames that are no surnames by themselves.
_PARTICLES = {
    "аль", "эль", "ибн", "бен", "бин", "тер", "ван", "фон", "дер", "де", "ди", "ла", "ле", "лё", "дю", "сан", "сен",
    "сент", "санта", "мак", "о", "кара", "шах", "бей", "хан", "абу", "абд", "абдул", "дон",
}  # fmt: skip
_POSSESSIVE = re.compile(r".*(?:[оеё]в|[иы]н)")
_POSSESSIVE_WOMAN = re.compile(r".*(?:[оеё]ва|[иы]на)")
_ADJECTIVE = re.compile(r".+(?:[сц]кий|[сц]кой|ый|ой|[гкхжшщчн]ий)")
_ADJECTIVE_WOMAN = re.compile(r".+(?:ая|яя)")
_SURELY_ADJECTIVE = re.compile(r".+(?:[сц]кий|[сц]кой|[^аеёиоуыэюя]ый|[гкх]ий|[гкхжшщч]ой)")
_FOREIGN = re.compile(r".*(?:[эф]|дж|кс|([бвгджзклмпрт])\1|(?:рв|пл|кл|лв|рл|рт|лт)ин).*")
_FLEETING = re.compile(r".*(?:[бвгджзклмнпрстфхцчшщ]ь?(?:ец|ок|ёк|ек|ёл|ень|ел|яц|ёр)|авель|лев|[оеё]нь)")
_ROOT_OF_PLURAL = re.compile(r".*(?:ых|[гкхжшщч]их)")


@dataclass(frozen=True)
class Reading:
    """All forms of a word in small letters, and the cases in which they are in doubt."""

    forms: Forms
    doubts: frozenset[Case] = NOTHING

    def doubted(self, *cases: Case) -> "Reading":
        return Reading(self.forms, self.doubts | (frozenset(cases) or ALL))


def decline_surname(surname: str, gender: NameGender, case: Case) -> Declined:
    """A cleaned Cyrillic surname, compound ones too, in an oblique case."""
    parts = surname.split("-")
    *firsts, last = parts
    if (
        len(parts) > 1
        and gender is NameGender.FEMALE
        and all(map(_POSSESSIVE_WOMAN.fullmatch, surname.lower().split("-")))
    ):
        forms = [_declined(part, Reading(possessive_woman(part.lower())), case) for part in parts]
        return Declined("-".join(part.text for part in forms))  # «Салтыкова-Щедрина»: no part of it is a noun
    done = [_declined(part, _first_part(part.lower(), gender), case) for part in firsts]
    done.append(_declined(last, _read(last.lower(), gender), case))
    return Declined("-".join(part.text for part in done), all(part.certain for part in done) and " " not in surname)


def _declined(word: str, reading: Reading, case: Case) -> Declined:
    return Declined(capitalised_like(word, reading.forms[case]), case not in reading.doubts)


def _first_part(word: str, gender: NameGender) -> Reading:
    """The first part of a compound changes where it is a surname by itself: «Салтыкова-Щедрина», «Бонч-Бруевича»."""
    if word in _PARTICLES:
        return Reading(fixed(word))
    if word[-1] not in CONSONANTS + "ь" or _POSSESSIVE.fullmatch(word) or _ADJECTIVE.fullmatch(word):
        return _read(word, gender)
    if gender is NameGender.FEMALE:
        return Reading(fixed(word))
    if syllables(word) > 1 or dictionary.known_name(word, dictionary.SURNAME, gender):
        return _read(word, gender).doubted()
    return Reading(fixed(word))


def _read(word: str, gender: NameGender) -> Reading:
    rule = _man(word) if gender is NameGender.MALE else _woman(word)
    known = dictionary.known_name(word, dictionary.SURNAME, gender)
    if known is None:
        return rule
    if word.endswith("ия") and known == fixed(word):
        return rule  # the dictionary leaves «Берия» of a woman as it is, grammar books don't
    differs = frozenset(case for case in OBLIQUE if plain(known[case]) != plain(rule.forms[case]))
    if not differs:
        settled = NOTHING if _FLEETING.fullmatch(word) or syllables(word) == 1 else BY_STRESS
        return Reading(rule.forms, rule.doubts - settled)
    return Reading(known, rule.doubts | differs)


def _man(word: str) -> Reading:
    if word in _STRESSED_LAST or word[-1] in "оеёэиыую":
        return Reading(fixed(word))
    if word[-1] in "ая":
        return _in_a(word)
    several = syllables(word) > 1
    if several and word.endswith(("ых", "их")):
        return Reading(fixed(word)) if _ROOT_OF_PLURAL.fullmatch(word) else Reading(noun_in_consonant(word)).doubted()
    if several and _POSSESSIVE.fullmatch(word) and not word.endswith("эн"):
        return Reading(possessive_man(word), BY_STRESS if _FOREIGN.fullmatch(word) else NOTHING)
    if several and _ADJECTIVE.fullmatch(word):
        return _adjective(word)
    return _consonant(word)


def _adjective(word: str) -> Reading:
    """«Толстой», but «Герой» is declined as the noun; «-ний» is soft in Russian and hard in Ukrainian families."""
    noun = dictionary.known_noun(word, NameGender.MALE)
    if noun and not _SURELY_ADJECTIVE.fullmatch(word):
        return Reading(noun).doubted()
    reading = Reading(adjective_man(word))
    return reading.doubted() if word.endswith("ний") else reading


def _consonant(word: str) -> Reading:
    """«Блок», «Коваль», «Гайдай», and nouns whose vowel falls out: «Кравца», «Соловья»."""
    noun = dictionary.known_noun(word, NameGender.MALE)
    if word.endswith("ей") and noun and noun[Case.GENITIVE].endswith("ья"):
        return Reading(noun)
    reading = Reading(noun_in_consonant(word))
    if word == "лев":
        return reading.doubted()
    if _FLEETING.fullmatch(word) and word[-1] != "ь":
        return _fleeting(word, noun)
    if noun and noun[Case.GENITIVE] != reading.forms[Case.GENITIVE]:
        return Reading(noun).doubted()
    if word.endswith(("ень", "авель")):
        return reading if noun else reading.doubted()
    if word[-1] in SIBILANTS + "ц" and not (word.endswith("ич") and syllables(word) > 1):
        stressed = noun[Case.INSTRUMENTAL].endswith("ом") if noun else syllables(word) == 1
        return Reading(noun_in_consonant(word, stressed=stressed and bool(noun))).doubted(Case.INSTRUMENTAL)
    if _POSSESSIVE.fullmatch(word):
        return reading.doubted(Case.INSTRUMENTAL)
    return reading


def _fleeting(word: str, noun: Forms | None) -> Reading:
    """The noun says whether the vowel stays («Кузнеца», «Бойца»); without one «Кравца» is usual and «Гашека» is not."""
    if noun:
        kept = plain(noun[Case.GENITIVE]) == plain(word + "а")
        return Reading(noun) if kept and word.endswith("ец") else Reading(noun).doubted()
    stem = word[:-2]
    if word.endswith("ец") and syllables(word) > 1:
        reading = Reading(noun_in_consonant(stem + "ц"))
        two_consonants = len(stem) > 1 and stem[-2] in CONSONANTS and stem[-1] in CONSONANTS
        return Reading(noun_in_consonant(word)).doubted() if two_consonants else reading.doubted(Case.INSTRUMENTAL)
    if word.endswith(("ок", "ёк")) and syllables(word) > 1:
        soft = "ь" if word.endswith("ёк") and stem[-1] in "лнр" else ""
        return Reading(noun_in_consonant(f"{stem}{soft}к")).doubted()
    return Reading(noun_in_consonant(word, stressed=word.endswith("ец"))).doubted()


def _in_a(word: str) -> Reading:
    """«Глинка», «Кваша», «Берия»; a vowel before «а» is foreign, one syllable is anybody's guess."""
    before = word[-2:-1]
    if word[-1] == "а" and before not in CONSONANTS:
        return Reading(fixed(word)).doubted()
    reading = Reading(noun_in_a(word))
    if syllables(word) == 1 or word.endswith(("ая", "яя", "ья", "оя", "уя", "ея")):
        return reading.doubted()
    return reading.doubted(Case.INSTRUMENTAL) if before in SIBILANTS + "ц" else reading


def _woman(word: str) -> Reading:
    if word in _STRESSED_LAST or word[-1] not in "ая":
        contradicts = _POSSESSIVE.fullmatch(word) or _SURELY_ADJECTIVE.fullmatch(word) or word.endswith("ый")
        return Reading(fixed(word)).doubted() if contradicts and syllables(word) > 1 else Reading(fixed(word))
    if _ADJECTIVE_WOMAN.fullmatch(word) and syllables(word) > 2:
        return Reading(adjective_woman(word))
    if not _POSSESSIVE_WOMAN.fullmatch(word):
        return _in_a(word)
    noun = dictionary.known_noun(word, NameGender.FEMALE)
    if noun or len(word) == 4:
        return Reading(noun or noun_in_a(word)).doubted()
    return Reading(possessive_woman(word))
