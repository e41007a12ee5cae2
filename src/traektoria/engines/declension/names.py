"""Full names in six cases, and the gender that they tell."""

import re
from collections.abc import Callable

from . import dictionary
from .endings import CONSONANTS
from .given_names import decline_given, decline_patronymic, gender_of_patronymic
from .letters import initials, is_cyrillic, is_initials, normalised
from .model import NBSP, Case, Declined, FullName, NameGender
from .surnames import decline_surname

_MALE_SURNAME = re.compile(r".{2,}(?:[оеё]в|[иы]н|[сц]кий|[сц]кой|ый)", re.IGNORECASE)
_FEMALE_SURNAME = re.compile(r".{2,}(?:[оеё]ва|[иы]на|ая|яя)", re.IGNORECASE)


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
    male, female = (_declined(name, gender, case) for gender in NameGender)
    return male if male.text == female.text else Declined(nominative.text, certain=False)


def short(name: FullName) -> str:
    """«Иванова М. П.» with non-breaking spaces, for lists and signatures."""
    surname, *rest = (normalised(part) for part in (name.surname, name.given, name.patronymic))
    return NBSP.join(filter(None, [surname, *(initials(part).replace(" ", NBSP) for part in rest)]))


def detect_gender(name: FullName) -> NameGender | None:
    """The patronymic decides; without it the given name, then the surname. ``None`` when they tell nothing."""
    by_patronymic = gender_of_patronymic(normalised(name.patronymic))
    if by_patronymic:
        return by_patronymic
    given, surname = _gender_of_given(name.given), _gender_of_surname(name.surname)
    if given and surname and given is not surname:
        return None
    return given or surname


def _guessed_gender(name: FullName) -> bool:
    """Whether only a given name of a foreign look («Ли Сун», «Коваль Николь») tells the gender."""
    if name.gender or gender_of_patronymic(normalised(name.patronymic)):
        return False
    surname = normalised(name.surname)
    return not _gender_of_surname(surname) and not normalised(name.given).endswith(("а", "я", "й"))


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


def _declined(name: FullName, gender: NameGender, case: Case) -> Declined:
    rules: list[tuple[str, Callable[[str, NameGender, Case], Declined]]] = [
        (name.surname, decline_surname),
        (name.given, decline_given),
        (name.patronymic, decline_patronymic),
    ]
    cleaned = [(normalised(part), rule) for part, rule in rules]
    return _joined([_part(part, gender, case, rule) for part, rule in cleaned if part])


def _part(part: str, gender: NameGender, case: Case, rule: Callable[[str, NameGender, Case], Declined]) -> Declined:
    if is_initials(part):
        return Declined(_dotted(part))
    whole = all(re.split("[ -]", part))  # «-» and «а-» are no names
    return rule(part, gender, case) if whole and is_cyrillic(part) else Declined(part, False)


def _gender_of_given(raw: str) -> NameGender | None:
    """What the dictionary knows of the first word; an unknown one in «а», «я» is taken for a woman's."""
    text = normalised(raw)
    if not text or is_initials(text) or not is_cyrillic(text):
        return None
    word = re.split(r"[ -]", text)[0].lower()
    genders = dictionary.genders_of(word, dictionary.GIVEN)
    if len(genders) == 1:
        return next(iter(genders))
    if genders:
        return None
    return NameGender.FEMALE if word[-1:] in ("а", "я") else NameGender.MALE if word[-1:] in tuple(CONSONANTS) else None


def _gender_of_surname(raw: str) -> NameGender | None:
    last = normalised(raw).rsplit("-", 1)[-1]
    if _MALE_SURNAME.fullmatch(last):
        return NameGender.MALE
    return NameGender.FEMALE if _FEMALE_SURNAME.fullmatch(last) else None
