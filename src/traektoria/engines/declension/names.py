"""Full names in six cases. Rules: petrovich-rules; its known gaps for surnames are closed or reported here."""

import logging
import re
from collections.abc import Callable
from functools import cache

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case as RuleCase
from pytrovich.enums import Gender as RuleGender
from pytrovich.enums import NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from .letters import DAUGHTERSHIP, SONSHIP, initials, is_cyrillic, is_initials, normalised, syllables
from .model import NBSP, Case, Declined, FullName, Gender

# The library writes names into its debug log: personal data has no business there.
logging.getLogger("pytrovich").setLevel(logging.ERROR)

_CASES = {case: RuleCase[case.name] for case in Case}
_GENDERS = {Gender.MALE: RuleGender.MALE, Gender.FEMALE: RuleGender.FEMALE}
_DETECTED = {rule: gender for gender, rule in _GENDERS.items()}

#: French surnames with the stress on the last syllable, which the rules decline by mistake.
_UNDECLINED_SURNAMES = {"золя", "дега", "дюма", "петипа", "люка", "бенуа", "гавальда", "труайя", "тома", "фермата"}
_SOFT_STEMS = {"соловей": "соловь", "муравей": "муравь", "воробей": "воробь"}
_SOFT_ENDINGS = {
    Case.GENITIVE: "я", Case.DATIVE: "ю", Case.ACCUSATIVE: "я", Case.INSTRUMENTAL: "ём", Case.PREPOSITIONAL: "е",
}  # fmt: skip
_HARD_ENDINGS = {
    Case.GENITIVE: "а", Case.DATIVE: "у", Case.ACCUSATIVE: "а", Case.INSTRUMENTAL: "ом", Case.PREPOSITIONAL: "е",
}  # fmt: skip
#: «Чугунок» → «Чугунка»: the vowel usually falls out, families differ, so never certain.
_FLEETING_K = re.compile(r"(?P<stem>.*[бвгджзклмнпрстфхцчшщ])(?P<vowel>[оё])к", re.IGNORECASE)
_FAMILY_HABIT = re.compile(r".*(?:[бвгджзклмнпрстфхцчшщ][оеё]к|ёл|яц|ень|авель)|лев|орел|козел", re.IGNORECASE)
_SIBILANT_END = re.compile(r".*[жшщцч]", re.IGNORECASE)
_MALE_SURNAME = re.compile(r".{2,}(?:[оеё]в|[иы]н|[сц]кий|[сц]кой|ый)", re.IGNORECASE)
_FEMALE_SURNAME = re.compile(r".{2,}(?:[оеё]ва|ая)", re.IGNORECASE)
_MALE_PATRONYMIC = re.compile(r".+(?:[еоё]вич|ьич|[кмнтв]ич)", re.IGNORECASE)
_FEMALE_PATRONYMIC = re.compile(r".+(?:[вчш]|ль)на", re.IGNORECASE)


def decline(name: FullName, case: Case) -> Declined:
    """Surname, given name and patronymic in ``case``.

    When the gender can't be told, both are tried: a name that sounds the same («Черных М. П.») is certain, otherwise it
    stays in the nominative and is not certain. Never raises.
    """
    if override := name.overrides.get(case, "").strip():
        return Declined(override)
    nominative = _joined([Declined(part) for part in _parts(name)])
    if case is Case.NOMINATIVE:
        return nominative
    if gender := name.gender or detect_gender(name):
        declined = _declined(name, gender, case)
        return Declined(declined.text, declined.certain and not _guessed_gender(name))
    male, female = (_declined(name, gender, case) for gender in Gender)
    return male if male.text == female.text else Declined(nominative.text, certain=False)


def short(name: FullName) -> str:
    """«Иванова М. П.» with non-breaking spaces, for lists and signatures."""
    surname, *rest = (normalised(part) for part in (name.surname, name.given, name.patronymic))
    return NBSP.join(filter(None, [surname, *(initials(part).replace(" ", NBSP) for part in rest)]))


def detect_gender(name: FullName) -> Gender | None:
    """The patronymic decides; without it the given name, then the surname. ``None`` when they tell nothing."""
    by_patronymic = _gender_of_patronymic(normalised(name.patronymic))
    if by_patronymic:
        return by_patronymic
    given, surname = _detected("firstname", name.given), _detected("lastname", name.surname)
    if given and surname and given is not surname:
        return None
    return given or surname


def _guessed_gender(name: FullName) -> bool:
    """Whether only a given name of a foreign look («Ли Сун», «Коваль Николь») tells the gender."""
    if name.gender or _gender_of_patronymic(normalised(name.patronymic)):
        return False
    surname = normalised(name.surname)
    marked = _MALE_SURNAME.fullmatch(surname) or _FEMALE_SURNAME.fullmatch(surname) or _detected("lastname", surname)
    return not marked and not normalised(name.given).endswith(("а", "я", "й"))


def _parts(name: FullName) -> list[str]:
    """Cleaned parts that are not empty; initials get their dots and non-breaking spaces."""
    parts = (normalised(part) for part in (name.surname, name.given, name.patronymic))
    return [_dotted(part) if index and is_initials(part) else part for index, part in enumerate(parts) if part]


def _dotted(part: str) -> str:
    return " ".join(initials(word) for word in re.findall(r"[^\W\d_]\.?(?:-[^\W\d_]\.?)?", part))


def _joined(parts: list[Declined]) -> Declined:
    text = ""
    for part in parts:
        glue = NBSP if is_initials(part.text) else " "
        text += (glue if text else "") + (part.text.replace(" ", NBSP) if is_initials(part.text) else part.text)
    return Declined(text, all(part.certain for part in parts))


def _declined(name: FullName, gender: Gender, case: Case) -> Declined:
    rules: list[tuple[str, Callable[[str, Gender, Case], Declined]]] = [
        (name.surname, _surname),
        (name.given, _given),
        (name.patronymic, _patronymic),
    ]
    cleaned = [(normalised(part), rule) for part, rule in rules]
    return _joined([_part(part, gender, case, rule) for part, rule in cleaned if part])


def _part(part: str, gender: Gender, case: Case, rule: Callable[[str, Gender, Case], Declined]) -> Declined:
    if is_initials(part):
        return Declined(_dotted(part))
    return rule(part, gender, case) if is_cyrillic(part) else Declined(part, False)


def _surname(surname: str, gender: Gender, case: Case) -> Declined:
    if surname.lower() in _UNDECLINED_SURNAMES:
        return Declined(surname)
    text = _irregular_surname(surname, case) if gender is Gender.MALE else None
    text = text or _by_rules(NamePart.LASTNAME, surname, gender, case)
    return Declined(text, not _doubtful_surname(surname, gender, case))


def _irregular_surname(surname: str, case: Case) -> str | None:
    """Surnames of men equal to a noun whose last vowel falls out."""
    if stem := _SOFT_STEMS.get(surname.lower()):
        return surname[0] + stem[1:] + _SOFT_ENDINGS[case]
    match = _FLEETING_K.fullmatch(surname)
    if match and syllables(surname) > 1:
        softness = "ь" if match["vowel"] == "ё" and match["stem"][-1] in "лнр" else ""
        return f"{match['stem']}{softness}к{_HARD_ENDINGS[case]}"
    return None


def _doubtful_surname(surname: str, gender: Gender, case: Case) -> bool:
    """Where grammar books give two answers, or where surname and gender contradict each other."""
    if " " in surname:
        return True
    if syllables(surname) == 1 and surname[-1] in "ая":
        return True
    last = surname.rsplit("-", 1)[-1]
    if gender is Gender.FEMALE:
        return bool(_MALE_SURNAME.fullmatch(last))
    stressed_ending = case is Case.INSTRUMENTAL and syllables(last) == 1 and bool(_SIBILANT_END.fullmatch(last))
    doubtful = _FAMILY_HABIT.fullmatch(last) and syllables(last) > (0 if last.lower() == "лев" else 1)
    return bool(doubtful) or stressed_ending or bool(_FEMALE_SURNAME.fullmatch(last))


def _given(given: str, gender: Gender, case: Case) -> Declined:
    text = " ".join(_by_rules(NamePart.FIRSTNAME, word, gender, case) for word in given.split(" "))
    unknown_soft = gender is Gender.FEMALE and given.endswith("ь") and case is not Case.ACCUSATIVE and text == given
    return Declined(text, not unknown_soft)


def _patronymic(patronymic: str, gender: Gender, case: Case) -> Declined:
    *_, last = re.split(r"[ -]", patronymic.lower())
    if last in SONSHIP | DAUGHTERSHIP or patronymic.lower().endswith(("оглы", "кызы")):
        return Declined(patronymic)
    text = _by_rules(NamePart.MIDDLENAME, patronymic, gender, case)
    return Declined(text, _gender_of_patronymic(patronymic) is gender)


def _by_rules(part: NamePart, text: str, gender: Gender, case: Case) -> str:
    return str(_maker().make(part, _GENDERS[gender], _CASES[case], text))


def _gender_of_patronymic(patronymic: str) -> Gender | None:
    word = patronymic.lower()
    *_, last = re.split(r"[ -]", word)
    if last in SONSHIP or word.endswith("оглы") or _MALE_PATRONYMIC.fullmatch(word):
        return Gender.MALE
    if last in DAUGHTERSHIP or word.endswith("кызы") or _FEMALE_PATRONYMIC.fullmatch(word):
        return Gender.FEMALE
    return None


def _detected(part: str, raw: str) -> Gender | None:
    """Parts are asked one by one: asked together, the library logs a contradiction with the person's name."""
    text = normalised(raw)
    if not text or is_initials(text) or not is_cyrillic(text):
        return None
    return _DETECTED.get(_detector().detect(**{part: text}))


@cache
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()


@cache
def _detector() -> PetrovichGenderDetector:
    return PetrovichGenderDetector()
