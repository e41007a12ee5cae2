"""Who is responsible, as written: «методист ИМЦ, тьюторы», «Иванова И. И.», «руководители ОО» → roles, people,
organisations. What is none of them stays a text.

Roles have the slugs of ``organisations.enums.Role``; "" is a role that the software has not («руководитель РМО»).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final


class Who(StrEnum):
    ROLE = "role"
    PERSON = "person"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Named:
    """One of those responsible; ``text`` as written. Of a person: surname, and what is known of the other names
    («И. И.» or in full). ``of``: the organisation beside a role."""

    text: str
    who: Who
    role: str = ""
    surname: str = ""
    names: str = ""
    of: str = ""


_ROLES: Final = (
    (
        "deputy_head",
        r"зам\w*\.? ?(?:директор\w*|заведующ\w*|руководител\w*|дир\.)|завуч\w*|здувр|зд(?: по)? ?увр",
    ),
    ("commission_member", r"(?:члены?|председател\w*|секретар\w*) комиссии|(?:[а-яё]+ ){0,2}комисси[яиюей]\w*"),
    ("tutor", r"(?:(?:сообществ\w*|групп\w*|муниципальн\w*|школьн\w*|педагог\w*)[ -])*тьютор(?!ант)\w*"),
    (
        "",
        r"руководител\w* (?:\w+ )?(?:рмо|шмо|гмо|мо|м/о|методическ\w* объединени\w*|творческ\w* групп\w*)"
        r"|специалист\w*|(?:педагог\w*-)?психолог\w*|логопед\w*|библиотекар\w*|наставник\w*|эксперт\w*"
        r"|методсовет\w*|(?:методическ|педагогическ|экспертн)\w* совет\w*|педсовет\w*|администраци\w*"
        r"|(?:творческ|рабоч|проектн)\w* групп\w*|социальн\w* педагог\w*|классн\w* руководител\w*|воспитател\w*"
        r"|[ршг]мо|методическ\w* объединени\w*|социальн\w* партн[её]р\w*",
    ),
    ("head", r"(?:и\. ?о\. ?)?(?:директор\w*|руководител\w*|заведующ\w*|начальник\w*)"),
    ("coordinator", r"(?:(?:муниципальн|старш|ведущ)\w* )*(?:координатор\w*|методист\w*|методическ\w* служб\w*)"),
    (
        "teacher",
        r"(?:(?:молод|педагогическ)\w* )?(?:учител\w*(?:[ -]предметник\w*)?|педагог\w*|тьюторант\w*|преподавател\w*"
        r"|работник\w*)",
    ),
)
_ROLE = [(slug, re.compile(rf"(?:{words})\b\.?(?P<rest>.*)", re.IGNORECASE | re.DOTALL)) for slug, words in _ROLES]
_BODY = (
    r"(?:М[КБА]?[ДО]?О?У|ГБ?О?У|ГАУ|ЧОУ|ЦРО|ИРО|ИМЦ|ММЦ|МЦ|НМЦ|РМЦ|СОШ|ООШ|НОШ|ДОУ|ОО|ОУ|РУО|УО|ДПО"
    r"|ШНОР|ШССУ|ТКП|МСУ)\b"
)
_ORGANISATION = re.compile(
    rf".*(?:\b{_BODY}|№ ?\d|\b[Шш]кол[аы]?\b|бразовательн\w+ (?:организаци|учреждени)|правлени[ея]\b|[Оо]тдел\b"
    r"|[Цц]ентр\b|имнази[яи]\b|[Лл]ице[йи]\b|нститут\b|инистерств[оа]\b|епартамент\b).*",
    re.DOTALL,
)
_CAPITAL = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS = r"[А-ЯЁ]\. ?(?:[А-ЯЁ]\.?)?"
_PATRONYMIC = r"[А-ЯЁ][а-яё]+(?:ич|ича|ичу|ичем|иче|вна|вны|вне|вну|вной|чна|чны|чне|чну|чной)"
_PERSON = re.compile(
    rf"\b(?:(?P<surname>{_CAPITAL}) (?P<names>{_CAPITAL} {_PATRONYMIC}|{_INITIALS})"
    rf"|(?P<names2>[А-ЯЁ]\. ?(?:[А-ЯЁ]\. ?)?)(?P<surname2>{_CAPITAL}))(?!\w)"
)
_TITLES: Final = frozenset({"методист", "тьютор", "директор", "завуч", "учитель", "координатор", "руководитель"})
_INSIDE = re.compile(r"«[^»]*»|\"[^\"]*\"|\([^)]*\)|“[^”]*”")
_SPOKEN_OF = re.compile(r"[а-яё-]+(?:ов|ей|ам|ям|ами|ями|ах|ях|ого|ому|ых|их)", re.IGNORECASE)
_ANOTHER = re.compile(
    r"(?<=\s)(?:сообщество|тьюторы?|методисты?|учителя|педагоги?|руководители|завучи?|координаторы?|специалисты?"
    r"|администрация|эксперты?|члены|заместител[ьи])\b"
)
_COMMA = re.compile(r"\s*[,;\n]\s*")
_AND = re.compile(r"\s+и\s+")
_EDGE = " \t\n,;.:–—-"


def read_responsible(text: str) -> tuple[Named, ...]:
    """Everybody named, in their order, each as written."""
    found = list[Named]()
    for part in _divided(text, _COMMA):
        for one in _both(part):
            last = found[-1] if found else None
            if last and last.who is Who.PERSON and not last.role and one.text.lower() in _TITLES:
                found[-1] = replace(last, text=f"{last.text}, {one.text}", role=one.role)
            else:
                found.append(one)
    return tuple(found)


def names_somebody(text: str) -> bool:
    """«Иванова М. П.», «Иванова Мария Петровна», in capitals too; «М. П. Иванова» where it stands first. A work about
    А. С. Пушкин names nobody of the school."""
    plain = " ".join(text.split())
    found = _PERSON.finditer(plain.title() if plain.isupper() else plain)
    return any(one["surname"] or not one.start() for one in found)


def is_recognised(text: str) -> bool:
    """Whether somebody is named, and nobody stays unknown."""
    named = read_responsible(text)
    return bool(named) and all(one.who is not Who.UNKNOWN for one in named)


def are_named(text: str) -> bool:
    """Stricter, for a text in which nobody wrote where those responsible begin: each of them is one, and is named and
    not spoken of («тьюторы», not «для тьюторов»)."""
    parts = _divided(text, _COMMA)
    return is_recognised(text) and not any(
        _SPOKEN_OF.fullmatch(part.split()[0]) or _ANOTHER.search(part) for part in parts
    )


def _divided(text: str, mark: re.Pattern[str]) -> list[str]:
    """The text cut at marks that stand in no quotation and in no brackets."""
    covered = [(found.start(), found.end()) for found in _INSIDE.finditer(text)]
    parts, start = [], 0
    for cut in mark.finditer(text):
        if not any(begin < cut.start() < end for begin, end in covered):
            parts.append(text[start : cut.start()])
            start = cut.end()
    return [part for one in (*parts, text[start:]) if (part := " ".join(one.strip(" \t\n,;:–—").split()))]


def _both(part: str) -> list[Named]:
    """«Тьюторы и методисты» are two if both are somebody, and so are people without a comma between them; «отдел
    воспитания и спорта» is one."""
    people = list(_PERSON.finditer(part))
    if len(people) > 1:
        before = _role(part[: people[0].start()].strip(_EDGE + "("))
        return [*([before] if before else []), *(Named(one[0], Who.PERSON, "", *_names(one)) for one in people)]
    halves = [_read(half) for half in _divided(part, _AND)]
    if len(halves) > 1 and all(half.who in {Who.ROLE, Who.PERSON} for half in halves):
        return halves
    return [_read(part)]


def _read(text: str) -> Named:
    person = _PERSON.search(text)
    if person:
        before, after = text[: person.start()].strip(_EDGE), text[person.end() :].strip(_EDGE + "()")
        role = _role(before) or _role(after)
        return Named(text, Who.PERSON, role.role if role else "", *_names(person))
    if role := _role(text):
        return role
    return Named(text, Who.ORGANISATION if _ORGANISATION.match(text) else Who.UNKNOWN)


def _names(person: re.Match[str]) -> tuple[str, str]:
    """Surname and the other names."""
    return person["surname"] or person["surname2"], (person["names"] or person["names2"]).strip()


def _role(text: str) -> Named | None:
    for slug, pattern in _ROLE:
        match = pattern.fullmatch(text)
        if match and (not match["rest"] or not match["rest"][0].isalnum()):
            rest = match["rest"].strip()
            return Named(text, Who.ROLE, slug, of=rest if rest and _ORGANISATION.match(rest) else "")
    return None
