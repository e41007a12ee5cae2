"""Given names and patronymics in six cases."""

import re

from . import dictionary
from .endings import CONSONANTS, OBLIQUE, SIBILANTS, Forms, fixed, noun_in_a, noun_in_consonant
from .letters import DAUGHTERSHIP, SONSHIP, capitalised_like, plain, syllables
from .model import Case, Declined, NameGender
from .surnames import ALL, NOTHING, Reading

_IRREGULAR: dict[tuple[str, NameGender], Forms] = {
    ("лев", NameGender.MALE): noun_in_consonant("льв"),
    ("павел", NameGender.MALE): noun_in_consonant("павл"),
    ("петр", NameGender.MALE): noun_in_consonant("петр"),
    ("пётр", NameGender.MALE): noun_in_consonant("петр"),
    ("илья", NameGender.MALE): noun_in_a("илья") | {Case.INSTRUMENTAL: "ильёй"},
    ("любовь", NameGender.FEMALE): fixed("любови") | {Case.ACCUSATIVE: "любовь", Case.INSTRUMENTAL: "любовью"},
}
#: Turkic names with the stress on the last syllable: «Зульфие» in grammar books, «Зульфии» in dictionaries.
_STRESSED_IYA = re.compile(r"(?:али|гали|гули|зульфи|гульфи|альфи|сани|хани|фани|рами|нази|сури|факи|роки|сафи)я")
_ENDING_STRESSED = {"ильич", "лукич", "кузьмич", "фомич"}
_MALE_PATRONYMIC = re.compile(r".+(?:[еоё]вич|ьич|[кмнтв]ич)")
_FEMALE_PATRONYMIC = re.compile(r".+(?:[вчш]|ль)на")


def decline_given(given: str, gender: NameGender, case: Case) -> Declined:
    """A cleaned Cyrillic given name of one or more words in an oblique case."""
    words = [_compound(word, gender, case) for word in given.split(" ")]
    return Declined(" ".join(word.text for word in words), all(word.certain for word in words))


def decline_patronymic(patronymic: str, gender: NameGender, case: Case) -> Declined:
    """Words of sonship («Мамед оглы») never change; what does not look like a patronymic of this gender is in doubt."""
    word = patronymic.lower()
    *_, last = re.split(r"[ -]", word)
    if last in SONSHIP | DAUGHTERSHIP or word.endswith(("оглы", "кызы")):
        return Declined(patronymic)
    certain = gender_of_patronymic(patronymic) is gender
    if gender is NameGender.MALE and word[-1] in CONSONANTS:
        forms = noun_in_consonant(word, stressed=word in _ENDING_STRESSED)
    elif gender is NameGender.FEMALE and word.endswith("на"):
        forms = noun_in_a(word)
    else:
        return Declined(patronymic, False)
    return Declined(capitalised_like(patronymic, forms[case]), certain)


def gender_of_patronymic(patronymic: str) -> NameGender | None:
    """What the ending of a patronymic tells; None for an empty or a foreign one."""
    word = patronymic.lower()
    *_, last = re.split(r"[ -]", word)
    if last in SONSHIP or word.endswith("оглы") or _MALE_PATRONYMIC.fullmatch(word):
        return NameGender.MALE
    if last in DAUGHTERSHIP or word.endswith("кызы") or _FEMALE_PATRONYMIC.fullmatch(word):
        return NameGender.FEMALE
    return None


def _compound(word: str, gender: NameGender, case: Case) -> Declined:
    """«Анны-Марии», but «Жан-Клода»: the first part of a man's double name stays as it is, as a rule."""
    *firsts, last = word.split("-")
    done = [_declined(part, _first_part(part.lower(), gender), case) for part in firsts]
    done.append(_declined(last, _read(last.lower(), gender), case))
    return Declined("-".join(part.text for part in done), all(part.certain for part in done))


def _declined(word: str, reading: Reading, case: Case) -> Declined:
    return Declined(capitalised_like(word, reading.forms[case]), case not in reading.doubts)


def _first_part(word: str, gender: NameGender) -> Reading:
    return Reading(fixed(word)) if gender is NameGender.MALE else _read(word, gender)


def _read(word: str, gender: NameGender) -> Reading:
    if irregular := _IRREGULAR.get((word, gender)):
        return Reading(irregular)
    rule = _man(word) if gender is NameGender.MALE else _woman(word)
    known = dictionary.known_name(word, dictionary.GIVEN, gender)
    if known is None or (word.endswith("ь") and known == fixed(word)):
        return rule
    if all(plain(known[case]) == plain(rule.forms[case]) for case in OBLIQUE):
        return Reading(rule.forms, rule.doubts if _STRESSED_IYA.fullmatch(word) else NOTHING)
    differs = frozenset(case for case in OBLIQUE if plain(known[case]) != plain(rule.forms[case]))
    return Reading(known, rule.doubts | differs)


def _man(word: str) -> Reading:
    if word[-1] in "ая":
        return _in_a(word)
    if word[-1] not in CONSONANTS + "ь":
        return Reading(fixed(word))
    reading = Reading(noun_in_consonant(word))
    if word.endswith(("ец", "ок", "ёк", "ень")):
        return reading.doubted()
    if word.endswith("ек") and not word.endswith("бек"):
        return reading.doubted()
    return reading.doubted(Case.INSTRUMENTAL) if word[-1] in SIBILANTS + "ц" else reading


def _woman(word: str) -> Reading:
    """A soft sign is «Любовь» or «Асель»: only the dictionary tells them apart."""
    if word[-1] in "ая":
        return _in_a(word)
    return Reading(fixed(word), ALL if word.endswith("ь") else NOTHING)


def _in_a(word: str) -> Reading:
    before = word[-2:-1]
    if word[-1] == "а" and before not in CONSONANTS:
        return Reading(fixed(word)).doubted()
    reading = Reading(noun_in_a(word))
    if _STRESSED_IYA.fullmatch(word) or (word.endswith("ия") and syllables(word) < 3):
        return reading.doubted(Case.DATIVE, Case.INSTRUMENTAL, Case.PREPOSITIONAL)
    return reading.doubted(Case.INSTRUMENTAL) if before in SIBILANTS + "ц" or word.endswith("ья") else reading
